package dev.depslim.ecosystem.python;

import dev.depslim.ecosystem.python.PythonTokens.Kind;
import dev.depslim.ecosystem.python.PythonTokens.Token;
import dev.depslim.ecosystem.python.PythonValue.Computed;
import dev.depslim.ecosystem.python.PythonValue.Items;
import dev.depslim.ecosystem.python.PythonValue.Other;
import dev.depslim.ecosystem.python.PythonValue.Pair;
import dev.depslim.ecosystem.python.PythonValue.Pairs;
import dev.depslim.ecosystem.python.PythonValue.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads expressions of literals: text, lists, tuples, sets, dictionaries, names of known values,
/// `+`, `%` with known text, `.format()`-less f-strings of known names, `"a b".split()`, and the
/// constructors `list`, `tuple`, `set`, `sorted` and `dict`. Everything else is computed.
final class PythonExpression {
  private static final int MAX_DEPTH = 200;
  private static final Token NOTHING = new Token(Kind.END, "", 0, 0, 0);

  private final List<Token> tokens;
  private final Map<String, PythonValue> names;
  private final PythonEffort effort;
  private int at;
  private int depth;

  /// @param names values of the names that are known
  PythonExpression(
      List<Token> tokens, int at, Map<String, PythonValue> names, PythonEffort effort) {
    this.tokens = tokens;
    this.at = at;
    this.names = names;
    this.effort = effort;
  }

  /// Index of the token behind what was read.
  int position() {
    return at;
  }

  private Token peek() {
    return at < tokens.size() ? tokens.get(at) : NOTHING;
  }

  private boolean skip(String operator) {
    if (peek().is(operator)) {
      at++;
      return true;
    }
    return false;
  }

  /// The value of the expression that begins here; `position` stands behind it.
  PythonValue value() {
    Token first = peek();
    if (++depth > MAX_DEPTH) {
      depth--;
      skipToEnd();
      return computed(first);
    }
    PythonValue value = term();
    if (value != null && (peek().is("+") || peek().is("%"))) {
      value = joined(new PythonSum(value, effort));
    }
    depth--;
    if (value == null || !isEnd(peek())) {
      skipToEnd();
      return computed(first);
    }
    return value;
  }

  private @Nullable PythonValue joined(PythonSum sum) {
    while (peek().is("+") || peek().is("%")) {
      boolean more = tokens.get(at++).is("+");
      PythonValue right = term();
      if (right == null) {
        return null;
      }
      if (more) {
        sum.add(right);
      } else {
        sum.fillIn(right);
      }
    }
    return sum.value();
  }

  private static PythonValue computed(Token at) {
    return new Computed(at.line(), at.column());
  }

  private static boolean isEnd(Token token) {
    return token.kind() == Kind.END
        || token.is(",")
        || token.is(")")
        || token.is("]")
        || token.is("}")
        || token.is(":")
        || token.is("=");
  }

  /// Passes over the rest of an expression.
  private void skipToEnd() {
    int open = 0;
    for (; at < tokens.size(); at++) {
      Token token = tokens.get(at);
      boolean closes = token.is(")") || token.is("]") || token.is("}");
      if (open == 0 && (closes || token.is(",") || token.kind() == Kind.END)) {
        return;
      }
      if (token.is("(") || token.is("[") || token.is("{")) {
        open++;
      } else if (closes) {
        open--;
      }
    }
  }

  private @Nullable PythonValue term() {
    Token first = peek();
    PythonValue value =
        switch (first.kind()) {
          case STRING, FORMATTED -> strings();
          case NAME -> name();
          case NUMBER -> {
            at++;
            yield new Other(first.line(), first.column());
          }
          case OPERATOR ->
              switch (first.text()) {
                case "[" -> items("]");
                case "(" -> items(")");
                case "{" -> braces();
                default -> null;
              };
          case OTHER_STRING, END -> null;
        };
    while (value != null && (peek().is(".") || peek().is("["))) {
      value = peek().is(".") ? method(value) : subscript(value);
    }
    return value;
  }

  /// Literals that stand side by side are one.
  private @Nullable PythonValue strings() {
    Token first = peek();
    StringBuilder out = new StringBuilder();
    boolean known = true;
    for (; peek().kind() == Kind.STRING || peek().kind() == Kind.FORMATTED; at++) {
      String text = peek().kind() == Kind.STRING ? peek().text() : formatted(peek().text());
      known &= text != null;
      out.append(text);
    }
    return known ? new Text(out.toString(), first.line(), first.column()) : computed(first);
  }

  /// An f-string whose parts are known names, else null.
  private @Nullable String formatted(String text) {
    StringBuilder out = new StringBuilder();
    int from = 0;
    for (int open = text.indexOf('{'); open >= 0; open = text.indexOf('{', from)) {
      int close = text.indexOf('}', open);
      PythonValue value = close < 0 ? null : names.get(text.substring(open + 1, close).strip());
      if (!(value instanceof Text known) || !effort.allows(known.text().length())) {
        return null;
      }
      out.append(text, from, open).append(known.text());
      from = close + 1;
    }
    return out.append(text.substring(from)).toString();
  }

  private @Nullable PythonValue name() {
    Token name = tokens.get(at++);
    if (peek().is("(")) {
      return switch (name.text()) {
        case "list", "tuple", "set", "sorted", "frozenset" -> copied(name);
        case "dict" -> dictionary(name);
        default -> null;
      };
    }
    return switch (name.text()) {
      case "None", "True", "False" -> new Other(name.line(), name.column());
      case "lambda", "not", "await", "yield" -> null;
      default -> names.getOrDefault(name.text(), computed(name));
    };
  }

  /// `list(x)` is `x`.
  private @Nullable PythonValue copied(Token name) {
    at++;
    if (skip(")")) {
      return new Items(List.of(), name.line(), name.column());
    }
    PythonValue value = value();
    return value instanceof Items && skip(")") ? value : null;
  }

  /// `dict(name=value, …)`, the `(` not yet taken.
  private PythonValue dictionary(Token name) {
    return new Pairs(arguments(), name.line(), name.column());
  }

  /// The keyword arguments of a call and what `**name` brings; the `(` is not yet taken, the `)` is
  /// afterwards.
  List<Pair> arguments() {
    List<Pair> out = new ArrayList<>();
    at++;
    while (at < tokens.size() && !skip(")")) {
      Token token = peek();
      if (token.kind() == Kind.NAME && at + 1 < tokens.size() && tokens.get(at + 1).is("=")) {
        at += 2;
        out.add(new Pair(new Text(token.text(), token.line(), token.column()), value()));
      } else {
        boolean spread = skip("**");
        PythonValue value = value();
        if (value instanceof Pairs known && effort.allows(known.pairs().size())) {
          out.addAll(known.pairs());
        } else if (spread) {
          out.add(new Pair(new Computed(token.line(), token.column()), value));
        }
      }
      if (!skip(",") && !peek().is(")")) {
        at++;
      }
    }
    return out;
  }

  private PythonValue items(String close) {
    Token open = tokens.get(at++);
    List<PythonValue> items = new ArrayList<>();
    boolean comma = false;
    while (at < tokens.size() && !skip(close)) {
      boolean spread = skip("*");
      PythonValue value = value();
      if (spread && value instanceof Items list && effort.allows(list.items().size())) {
        items.addAll(list.items());
      } else {
        items.add(spread ? new Computed(value.line(), value.column()) : value);
      }
      if (skip(",")) {
        comma = true;
      } else if (!peek().is(close)) {
        at++; // what belongs to no literal, such as the rest of a comprehension
      }
    }
    boolean parentheses = close.equals(")") && items.size() == 1 && !comma;
    return parentheses ? items.getFirst() : new Items(items, open.line(), open.column());
  }

  /// A dictionary or a set.
  private PythonValue braces() {
    Token open = tokens.get(at++);
    List<Pair> pairs = new ArrayList<>();
    List<PythonValue> items = new ArrayList<>();
    while (at < tokens.size() && !skip("}")) {
      Token token = peek();
      if (skip("**")) {
        PythonValue value = value();
        if (value instanceof Pairs known && effort.allows(known.pairs().size())) {
          pairs.addAll(known.pairs());
        } else {
          pairs.add(new Pair(new Computed(token.line(), token.column()), value));
        }
      } else {
        PythonValue key = value();
        if (skip(":")) {
          pairs.add(new Pair(key, value()));
        } else {
          items.add(key);
        }
      }
      if (!skip(",") && !peek().is("}")) {
        at++;
      }
    }
    return pairs.isEmpty() && !items.isEmpty()
        ? new Items(items, open.line(), open.column())
        : new Pairs(pairs, open.line(), open.column());
  }

  private @Nullable PythonValue subscript(PythonValue value) {
    at++;
    PythonValue key = value();
    boolean closed = skip("]");
    PythonValue found =
        value instanceof Pairs pairs
                && key instanceof Text text
                && effort.allowsLooking(pairs.pairs().size())
            ? pairs.get(text.text())
            : null;
    return closed ? found : null;
  }

  /// `.strip()`, `.split()`, `.splitlines()` of text, and `.copy()`.
  private @Nullable PythonValue method(PythonValue value) {
    at++;
    String name = peek().text();
    at++;
    if (!skip("(")) {
      return null;
    }
    PythonValue argument = peek().is(")") ? null : value();
    if (!skip(")")) {
      return null;
    }
    if (name.equals("copy") && argument == null) {
      return value;
    }
    if (!(value instanceof Text text) || !effort.allows(text.text().length())) {
      return null;
    }
    return switch (name) {
      case "strip" -> argument == null ? text : null;
      case "splitlines" -> lines(text);
      case "split" ->
          argument == null
              ? words(text)
              : argument instanceof Text separator && separator.text().equals("\n")
                  ? lines(text)
                  : null;
      default -> null;
    };
  }

  private static PythonValue lines(Text text) {
    List<PythonValue> out = new ArrayList<>();
    int line = text.line();
    for (String each : text.text().split("\n", -1)) {
      // Behind the quote in the first line; further lines have none in front of them.
      int column = line == text.line() ? text.column() : 0;
      out.add(new Text(each, line++, column));
    }
    return new Items(out, text.line(), text.column());
  }

  private static PythonValue words(Text text) {
    List<PythonValue> out = new ArrayList<>();
    for (PythonValue line : ((Items) lines(text)).items()) {
      if (line instanceof Text(String each, int number, int column)) {
        for (String word : each.split("\\s+")) {
          if (!word.isEmpty()) {
            out.add(new Text(word, number, column));
          }
        }
      }
    }
    return new Items(out, text.line(), text.column());
  }
}

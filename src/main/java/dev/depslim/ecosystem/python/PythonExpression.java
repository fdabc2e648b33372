package dev.depslim.ecosystem.python;

import dev.depslim.ecosystem.python.PythonTokens.Kind;
import dev.depslim.ecosystem.python.PythonTokens.Token;
import dev.depslim.ecosystem.python.PythonValue.Computed;
import dev.depslim.ecosystem.python.PythonValue.FileText;
import dev.depslim.ecosystem.python.PythonValue.Items;
import dev.depslim.ecosystem.python.PythonValue.Other;
import dev.depslim.ecosystem.python.PythonValue.Pair;
import dev.depslim.ecosystem.python.PythonValue.Pairs;
import dev.depslim.ecosystem.python.PythonValue.Text;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads expressions without running them: text, lists, tuples, sets, dictionaries, comprehensions,
/// names of known values, operators ([PythonOperators]) and calls ([PythonCalls]). Everything else
/// is computed.
final class PythonExpression {
  private static final int MAX_DEPTH = 100;
  private static final Token NOTHING = new Token(Kind.END, "", 0, 0, 0);

  private final List<Token> tokens;
  private final int end;
  private final PythonScope scope;
  private int at;
  private int depth;

  /// @param from index of the first token
  /// @param to index behind the last one
  PythonExpression(List<Token> tokens, int from, int to, PythonScope scope) {
    this.tokens = tokens;
    this.at = from;
    this.end = Math.min(to, tokens.size());
    this.scope = scope;
  }

  /// What a call is given.
  ///
  /// @param named keyword arguments, those that `**` brings too
  record Arguments(List<Pair> named, List<PythonValue> positional) {}

  /// Index of the token behind what was read.
  int position() {
    return at;
  }

  private Token peek() {
    return at < end ? tokens.get(at) : NOTHING;
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
    return value(false);
  }

  private PythonValue value(boolean key) {
    int start = at;
    Token first = peek();
    PythonValue value = operandOrNull();
    if (value != null && peek().isName("if")) {
      value = conditional(value);
    }
    if (value == null || !isEnd(peek())) {
      at = start;
      skipToEnd(key);
      return computed(first);
    }
    return value;
  }

  /// The value of the operands and operators from here on, whatever stands behind them.
  PythonValue operand() {
    Token first = peek();
    int start = at;
    PythonValue value = operandOrNull();
    if (value == null) {
      at = Math.max(at, start + 1);
      return computed(first);
    }
    return value;
  }

  private @Nullable PythonValue operandOrNull() {
    if (++depth > MAX_DEPTH) {
      depth--;
      return null;
    }
    PythonValue value = term();
    Items sum = null;
    while (value != null && PythonOperators.isOperator(peek())) {
      Token operator = tokens.get(at++);
      PythonValue right = term();
      if (right != null && !scope.effort().allows(PythonOperators.size(right))) {
        right = null;
      }
      if (right instanceof Items more && value == sum && operator.is("+")) {
        sum.items().addAll(List.copyOf(more.items())); // a list of this sum's own
      } else {
        value = right == null ? null : PythonOperators.value(value, operator, right);
        sum = operator.is("+") && value instanceof Items own ? own : null;
      }
    }
    depth--;
    return value;
  }

  private static PythonValue computed(Token at) {
    return new Computed(at.line(), at.column());
  }

  private static boolean isEnd(Token token) {
    return token.kind() == Kind.END
        || token.is(",")
        || token.closes()
        || token.is(":")
        || token.is("=");
  }

  /// Passes over the rest of an expression.
  ///
  /// @param key whether a colon ends it
  private void skipToEnd(boolean key) {
    int open = 0;
    for (; at < end; at++) {
      Token token = tokens.get(at);
      if (open == 0
          && (token.closes()
              || token.is(",")
              || (key && token.is(":"))
              || token.kind() == Kind.END)) {
        return;
      }
      open += PythonBrackets.step(token);
    }
  }

  /// `a if condition else b`, `if` not yet taken.
  private @Nullable PythonValue conditional(PythonValue yes) {
    int from = ++at;
    int open = 0;
    while (at < end && (open > 0 || !peek().isName("else"))) {
      open += PythonBrackets.step(peek());
      if (open < 0) {
        return null;
      }
      at++;
    }
    Boolean holds = PythonConditions.holds(tokens, from, at, scope);
    at++;
    PythonValue no = operandOrNull();
    if (no == null) {
      return null;
    }
    return holds == null ? PythonOperators.either(yes, no) : holds ? yes : no;
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
          case OPERATOR -> first.opens() ? display() : null;
          case OTHER_STRING, END -> null;
        };
    while (value != null) {
      if (peek().is("[")) {
        value = subscript(value, first);
      } else if (peek().is("(")) {
        arguments();
        value = computed(first);
      } else if (peek().is(".") && at + 1 < end && tokens.get(at + 1).kind() == Kind.NAME) {
        at++;
        String member = tokens.get(at++).text();
        value =
            peek().is("(")
                ? scope.kept(PythonCalls.method(value, member, arguments(), first, scope))
                : value instanceof FileText ? value : computed(first);
      } else {
        break;
      }
    }
    return value;
  }

  /// What `.method(…)` is called of where the whole is such a call, else null; `position` stands on
  /// the name of the method.
  @Nullable PythonValue beforeLastCall() {
    if (peek().kind() != Kind.NAME) {
      return null;
    }
    Token first = tokens.get(at++);
    PythonValue value = scope.get(first.text());
    while (value != null) {
      if (peek().is("[")) {
        value = subscript(value, first);
      } else {
        boolean call = peek().is(".") && at + 2 < end && tokens.get(at + 2).is("(");
        return call && closing(at + 2) == end - 1 && tokens.get(++at).kind() == Kind.NAME
            ? value
            : null;
      }
    }
    return null;
  }

  /// Literals that stand side by side are one.
  private PythonValue strings() {
    Token first = peek();
    StringBuilder out = new StringBuilder();
    for (; peek().kind() == Kind.STRING || peek().kind() == Kind.FORMATTED; at++) {
      out.append(
          peek().kind() == Kind.STRING
              ? peek().text()
              : PythonOperators.formatted(peek().text(), scope));
    }
    return new Text(out.toString(), first.line(), first.column());
  }

  private @Nullable PythonValue name() {
    Token name = tokens.get(at++);
    if (peek().is("(")) {
      return scope.kept(PythonCalls.function(name, arguments(), scope));
    }
    return switch (name.text()) {
      case "None", "True", "False" -> new Other(name.line(), name.column());
      case "lambda", "not", "await", "yield" -> null;
      default -> {
        PythonValue known = scope.get(name.text());
        yield known != null ? known : ofSystem(name);
      }
    };
  }

  /// `sys.platform` and `os.name`: of Linux, for which depslim reads.
  private PythonValue ofSystem(Token name) {
    if (at + 1 < end && peek().is(".")) {
      String whole = name.text() + "." + tokens.get(at + 1).text();
      String value =
          whole.equals("sys.platform") ? "linux" : whole.equals("os.name") ? "posix" : null;
      if (value != null) {
        at += 2;
        return new Text(value, name.line(), name.column());
      }
    }
    return computed(name);
  }

  /// The arguments of a call; the `(` is not yet taken, the `)` is afterwards.
  Arguments arguments() {
    int close = closing(at);
    at++;
    List<Pair> named = new ArrayList<>();
    List<PythonValue> positional = new ArrayList<>();
    int loop = comprehensionIn(at, close);
    if (loop >= 0) {
      positional.add(comprehension(at, loop, close));
      at = close + 1;
      return new Arguments(named, positional);
    }
    while (at < close) {
      Token token = peek();
      if (token.kind() == Kind.NAME && at + 1 < close && tokens.get(at + 1).is("=")) {
        at += 2;
        named.add(new Pair(new Text(token.text(), token.line(), token.column()), value()));
      } else {
        boolean pairs = skip("**");
        boolean items = skip("*");
        PythonValue value = value();
        if (value instanceof Pairs known && scope.effort().allows(known.pairs().size())) {
          (pairs ? named : new ArrayList<Pair>()).addAll(known.pairs());
        } else if (pairs) {
          named.add(new Pair(new Computed(token.line(), token.column()), value));
        }
        if (items && value instanceof Items list && scope.effort().allows(list.items().size())) {
          positional.addAll(list.items());
        } else if (!pairs) {
          positional.add(value);
        }
      }
      if (!skip(",")) {
        at++;
      }
    }
    at = close + 1;
    return new Arguments(named, positional);
  }

  private int closing(int open) {
    return PythonBrackets.closing(tokens, open, end);
  }

  /// Index of the first `for` that belongs to no inner bracket, or -1 where an element ends before
  /// it.
  private int comprehensionIn(int from, int to) {
    int found =
        PythonBrackets.first(tokens, from, to, token -> token.isName("for") || token.is(","));
    return found >= 0 && tokens.get(found).isName("for") ? found : -1;
  }

  private PythonValue comprehension(int from, int loop, int close) {
    return scope.kept(new PythonComprehension(tokens, from, loop, close).value(scope));
  }

  /// A list, tuple, set or dictionary, a comprehension, or an expression in parentheses.
  private PythonValue display() {
    Token open = tokens.get(at);
    int close = closing(at);
    at++;
    int loop = comprehensionIn(at, close);
    if (loop >= 0) {
      PythonValue value = comprehension(at, loop, close);
      at = close + 1;
      return value;
    }
    List<PythonValue> items = new ArrayList<>();
    List<Pair> pairs = new ArrayList<>();
    boolean comma = false;
    while (at < close) {
      element(open, items, pairs);
      if (skip(",")) {
        comma = true;
      } else {
        at++;
      }
    }
    at = close + 1;
    if (open.is("(") && items.size() == 1 && !comma) {
      return items.getFirst();
    }
    return open.is("{") && (items.isEmpty() || !pairs.isEmpty())
        ? new Pairs(pairs, open.line(), open.column())
        : new Items(items, open.line(), open.column());
  }

  private void element(Token open, List<PythonValue> items, List<Pair> pairs) {
    Token token = peek();
    if (skip("**")) {
      PythonValue value = value();
      if (value instanceof Pairs known && scope.effort().allows(known.pairs().size())) {
        pairs.addAll(known.pairs());
      } else {
        pairs.add(new Pair(computed(token), value));
      }
      return;
    }
    boolean spread = skip("*");
    PythonValue value = value(open.is("{"));
    if (open.is("{") && skip(":")) {
      pairs.add(new Pair(value, value()));
    } else if (spread
        && value instanceof Items list
        && scope.effort().allows(list.items().size())) {
      items.addAll(list.items());
    } else {
      items.add(spread && !(value instanceof FileText) ? computed(token) : value);
    }
  }

  /// `value[…]`.
  private PythonValue subscript(PythonValue value, Token first) {
    int close = closing(at);
    at++;
    PythonValue key = value(true);
    boolean whole = at == close;
    at = close + 1;
    if (value instanceof FileText) {
      return value;
    }
    PythonValue found =
        whole && value instanceof Pairs pairs && key instanceof Text text
            ? pairs.get(text.text())
            : null;
    return found != null ? found : computed(first);
  }
}

package dev.depslim.ecosystem.python;

import dev.depslim.ecosystem.python.PythonTokens.Kind;
import dev.depslim.ecosystem.python.PythonTokens.Token;
import dev.depslim.ecosystem.python.PythonValue.Computed;
import dev.depslim.ecosystem.python.PythonValue.FileText;
import dev.depslim.ecosystem.python.PythonValue.Items;
import dev.depslim.ecosystem.python.PythonValue.Pair;
import dev.depslim.ecosystem.python.PythonValue.Pairs;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Follows the statements of a module or of a function without running them: what names become,
/// what is added to lists and dictionaries, and what `setup(…)` is called with. All branches are
/// followed, one after the other; a loop is gone through once.
final class PythonStatements {
  private static final int MAX_ITEMS = 50_000;

  private final PythonScope scope;
  private final Consumer<List<Pair>> setup;
  private List<Token> tokens = List.of();
  private @Nullable PythonValue returned;

  /// @param setup gets the arguments of each call of `setup`
  PythonStatements(PythonScope scope, Consumer<List<Pair>> setup) {
    this.scope = scope;
    this.setup = setup;
  }

  /// The first known value that a `return` gives, else a computed one; null without any.
  @Nullable PythonValue returned() {
    return returned;
  }

  /// @param all statements, each with its end
  void run(List<Token> all) {
    tokens = all;
    int start = 0;
    while (start < all.size()) {
      int end = end(start);
      Token first = all.get(start);
      if (!scope.step(end - start) && scope.isCall()) {
        return;
      }
      if (first.isName("def") || first.isName("class") || first.isName("async")) {
        start = definition(start, end);
      } else if (first.isName("for")) {
        start = loop(start, end);
      } else {
        statement(start, end);
        start = end + 1;
      }
    }
  }

  /// Index of the end of the statement.
  private int end(int from) {
    for (int i = from; i < tokens.size(); i++) {
      if (tokens.get(i).kind() == Kind.END) {
        return i;
      }
    }
    return tokens.size();
  }

  /// Keeps a function; what a class says is passed over.
  ///
  /// @return where the statements behind it begin
  private int definition(int from, int end) {
    int next = end + 1;
    while (next < tokens.size() && tokens.get(next).indent() > tokens.get(from).indent()) {
      next = end(next) + 1;
    }
    int def = tokens.get(from).isName("async") ? from + 1 : from;
    int open = def + 2;
    if (open < end && tokens.get(def).isName("def") && tokens.get(open).is("(")) {
      int close = PythonBrackets.closing(tokens, open, end);
      int colon = colon(close, end);
      int last = Math.min(next, tokens.size());
      List<Token> body = tokens.subList(Math.min(colon + 1, last), last);
      scope.define(
          new PythonScope.Function(
              tokens.get(def + 1).text(),
              tokens.subList(open + 1, close),
              body.isEmpty() || body.getFirst().kind() != Kind.END
                  ? body
                  : body.subList(1, body.size())));
    }
    return next;
  }

  /// Index of the colon that ends the head of a compound statement, or of the end.
  private int colon(int from, int end) {
    int depth = 0;
    boolean lambda = false;
    for (int i = from; i < end; i++) {
      Token token = tokens.get(i);
      depth += PythonBrackets.step(token);
      lambda |= token.isName("lambda");
      if (depth <= 0 && token.is(":")) {
        if (!lambda) {
          return i;
        }
        lambda = false;
      }
    }
    return end;
  }

  private void statement(int from, int to) {
    if (from >= to) {
      return;
    }
    int call = setupCall(from, to);
    if (call >= 0) {
      setup.accept(new PythonExpression(tokens, call, to, scope).arguments().named());
      return;
    }
    Token first = tokens.get(from);
    if (first.kind() != Kind.NAME) {
      return;
    }
    switch (first.text()) {
      case "if", "elif", "else", "try", "except", "finally", "while" ->
          statement(colon(from, to) + 1, to);
      case "with" -> {
        with(from, to);
        statement(colon(from, to) + 1, to);
      }
      case "return" -> {
        if (returned == null || returned instanceof Computed) {
          returned = values(from + 1, to);
        }
      }
      default -> change(from, to);
    }
  }

  /// Index of the `(` of `setup(`, `setuptools.setup(` or `x = setup(`, or -1.
  private int setupCall(int from, int to) {
    for (int i = from; i + 1 < to; i++) {
      if (tokens.get(i).isName("setup") && tokens.get(i + 1).is("(")) {
        boolean whole =
            i == from
                || tokens.get(i - 1).is("=")
                || tokens.get(i - 1).is(":")
                || (tokens.get(i - 1).is(".") && i > 1 && tokens.get(i - 2).kind() == Kind.NAME);
        return whole ? i + 1 : -1;
      }
    }
    return -1;
  }

  private PythonValue value(int from, int to) {
    return new PythonExpression(tokens, from, to, scope).value();
  }

  /// One value, or a tuple of those between the commas.
  private PythonValue values(int from, int to) {
    List<PythonValue> all = new ArrayList<>();
    for (int at = from; at < to; at++) {
      PythonExpression expression = new PythonExpression(tokens, at, to, scope);
      all.add(expression.value());
      at = Math.max(at, expression.position());
      if (at < to && !tokens.get(at).is(",")) {
        break;
      }
    }
    return all.size() == 1
        ? all.getFirst()
        : new Items(all, tokens.get(from).line(), tokens.get(from).column());
  }

  /// A loop over what is known runs through it; over anything else its body is read once.
  ///
  /// @return where the statements behind it begin
  private int loop(int from, int end) {
    int colon = colon(from, end);
    int next = end + 1;
    while (next < tokens.size() && tokens.get(next).indent() > tokens.get(from).indent()) {
      next = end(next) + 1;
    }
    int in = from + 1;
    while (in < colon && !tokens.get(in).isName("in")) {
      in++;
    }
    PythonValue over = value(in + 1, colon);
    List<PythonValue> each =
        switch (over) {
          case Items list -> List.copyOf(list.items());
          case Pairs pairs -> pairs.pairs().stream().map(Pair::key).toList();
          case FileText _, PythonValue.Text _, PythonValue.Other _, Computed _ -> List.of(over);
        };
    List<Token> body = tokens.subList(Math.min(colon + 1, end), Math.min(next, tokens.size()));
    for (PythonValue value : each) {
      if (!scope.step(0)) {
        break;
      }
      unpack(from + 1, in, value);
      PythonStatements pass = new PythonStatements(scope, setup);
      pass.run(
          body.isEmpty() || body.getFirst().kind() != Kind.END
              ? body
              : body.subList(1, body.size()));
      if (returned == null || returned instanceof Computed) {
        returned = pass.returned != null ? pass.returned : returned;
      }
    }
    return next;
  }

  /// Sets the names of `a`, `a, b` or `(a, *b)` to parts of a value.
  private void unpack(int from, int to, PythonValue value) {
    List<Token> names = new ArrayList<>();
    for (int i = from; i < to; i++) {
      if (tokens.get(i).kind() == Kind.NAME) {
        names.add(tokens.get(i));
      }
    }
    boolean fits = value instanceof Items tuple && tuple.items().size() == names.size();
    for (int i = 0; i < names.size(); i++) {
      Token name = names.get(i);
      PythonValue part = new Computed(name.line(), name.column());
      if (value instanceof FileText
          || (names.size() == 1 && !(value instanceof PythonValue.Other))) {
        part = value;
      } else if (fits && value instanceof Items tuple) {
        part = tuple.items().get(i);
      }
      scope.set(name.text(), part);
    }
  }

  /// `with … as x, … as y:`.
  private void with(int from, int to) {
    int end = colon(from, to);
    int at = from + 1;
    while (at < end) {
      PythonExpression expression = new PythonExpression(tokens, at, end, scope);
      PythonValue value = expression.operand();
      at = expression.position();
      if (at + 1 < end && tokens.get(at).isName("as")) {
        scope.set(tokens.get(at + 1).text(), value);
        at += 2;
      }
      at++;
    }
  }

  /// `x = …`, `x = y = …`, `x: T = …`, `x += …`, `x["k"] = …` and calls that change a value.
  private void change(int from, int to) {
    Token name = tokens.get(from);
    Token next = from + 1 < to ? tokens.get(from + 1) : name;
    if (next.is(":")) {
      for (int i = from + 2; i < to; i++) {
        if (tokens.get(i).is("=")) {
          scope.set(name.text(), value(i + 1, to));
          return;
        }
      }
    } else if (next.is("+=")) {
      PythonValue known = scope.get(name.text());
      PythonValue more = value(from + 2, to);
      if (known instanceof Items list) {
        extend(list, more);
      } else if (known != null) {
        scope.set(name.text(), new Computed(name.line(), name.column()));
      }
    } else {
      assignment(from, to);
    }
  }

  private void assignment(int from, int to) {
    List<Integer> equals = new ArrayList<>();
    int depth = 0;
    for (int i = from; i < to; i++) {
      Token token = tokens.get(i);
      depth += PythonBrackets.step(token);
      if (depth == 0 && (token.is("=") || token.is("+="))) {
        equals.add(i);
      }
    }
    if (equals.isEmpty()) {
      call(from, to);
      return;
    }
    PythonValue value = values(equals.getLast() + 1, to);
    int start = from;
    for (int end : equals) {
      target(start, end, value, tokens.get(end).is("+="));
      start = end + 1;
    }
  }

  private void target(int from, int to, PythonValue value, boolean more) {
    Token name = tokens.get(from);
    if (name.kind() != Kind.NAME || from + 1 == to) {
      if (name.kind() == Kind.NAME && !more) {
        scope.set(name.text(), value);
      }
      return;
    }
    if (tokens.get(from + 1).is(",") && !more) {
      unpack(from, to, value);
      return;
    }
    if (!tokens.get(from + 1).is("[") || !(scope.get(name.text()) instanceof Pairs pairs)) {
      return;
    }
    PythonExpression expression = new PythonExpression(tokens, from + 2, to, scope);
    PythonValue key = expression.value();
    if (expression.position() + 1 != to) {
      return;
    }
    PythonValue before = key instanceof PythonValue.Text text ? pairs.get(text.text()) : null;
    if (more && before instanceof Items list) {
      extend(list, value);
    } else {
      boolean unknown = more && !(value instanceof FileText);
      pairs.put(
          List.of(new Pair(key, unknown ? new Computed(value.line(), value.column()) : value)));
    }
  }

  /// `x.append(…)`, `x.extend(…)`, `x.update(…)`, and the same of `x["k"]`; also a function of the
  /// module, which may change what it is given.
  private void call(int from, int to) {
    PythonExpression expression = new PythonExpression(tokens, from, to, scope);
    PythonValue known = expression.beforeLastCall();
    if (known == null) {
      value(from, to);
      return;
    }
    String method = tokens.get(expression.position()).text();
    PythonExpression.Arguments arguments =
        new PythonExpression(tokens, expression.position() + 1, to, scope).arguments();
    PythonValue first = arguments.positional().isEmpty() ? null : arguments.positional().getFirst();
    if (known instanceof Items list && first != null) {
      switch (method) {
        case "append", "add" -> append(list, first);
        case "extend", "update" -> extend(list, first);
        case "insert" -> append(list, arguments.positional().getLast());
        default -> {}
      }
    } else if (known instanceof Pairs pairs && method.equals("update")) {
      pairs.put(arguments.named());
    }
  }

  private static void append(Items list, PythonValue item) {
    if (list.items().size() < MAX_ITEMS) {
      list.items().add(item);
    }
  }

  private static void extend(Items list, PythonValue more) {
    switch (more) {
      case Items others -> List.copyOf(others.items()).forEach(item -> append(list, item));
      case Pairs pairs -> pairs.pairs().forEach(pair -> append(list, pair.key()));
      case FileText file -> append(list, file);
      case PythonValue.Text _, PythonValue.Other _, Computed _ ->
          append(list, new Computed(more.line(), more.column()));
    }
  }
}

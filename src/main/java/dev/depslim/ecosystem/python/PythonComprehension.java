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
import org.jspecify.annotations.Nullable;

/// `element for x in … if …`, in any brackets.
final class PythonComprehension {
  private final List<Token> tokens;
  private final int from;
  private final int loop;
  private final int close;
  private final List<PythonValue> items = new ArrayList<>();
  private final List<Pair> pairs = new ArrayList<>();
  private boolean unknown;

  /// @param from index of the element
  /// @param loop index of its first `for`
  /// @param close index of the bracket behind it
  PythonComprehension(List<Token> tokens, int from, int loop, int close) {
    this.tokens = tokens;
    this.from = from;
    this.loop = loop;
    this.close = close;
  }

  /// A list or a dictionary; with one computed item where what it goes through is not known.
  PythonValue value(PythonScope scope) {
    Token first = tokens.get(from);
    clause(loop, scope.inner());
    int colon = colon();
    if (unknown) {
      Computed computed = new Computed(first.line(), first.column());
      return colon >= 0 ? computed : new Items(new ArrayList<>(List.of(computed)), 0, 0);
    }
    return colon >= 0
        ? new Pairs(pairs, first.line(), first.column())
        : new Items(items, first.line(), first.column());
  }

  /// Index of the colon of `key: value`, or -1.
  private int colon() {
    return PythonBrackets.first(tokens, from, loop, token -> token.is(":"));
  }

  /// Goes through one `for`, with what follows it; the scope is changed.
  private void clause(int at, PythonScope scope) {
    int in = next(at + 1, "in");
    PythonExpression over = new PythonExpression(tokens, in + 1, close, scope);
    PythonValue values = over.operand();
    int rest = over.position();
    List<PythonValue> each =
        switch (values) {
          case Items list -> List.copyOf(list.items());
          case Pairs dictionary -> dictionary.pairs().stream().map(Pair::key).toList();
          case FileText file -> List.of(file);
          case PythonValue.Text _, PythonValue.Other _, Computed _ -> {
            unknown = true;
            yield List.of();
          }
        };
    for (PythonValue value : each) {
      if (!scope.step(close - from)) {
        unknown = true;
        return;
      }
      bind(at + 1, in, value, scope);
      pass(rest, scope);
    }
  }

  private int next(int at, String name) {
    int found = PythonBrackets.first(tokens, at, close, token -> token.isName(name));
    return found < 0 ? close : found;
  }

  private void bind(int at, int to, PythonValue value, PythonScope scope) {
    List<String> names = new ArrayList<>();
    for (int i = at; i < to; i++) {
      if (tokens.get(i).kind() == Kind.NAME) {
        names.add(tokens.get(i).text());
      }
    }
    for (int i = 0; i < names.size(); i++) {
      @Nullable PythonValue part =
          names.size() == 1 || value instanceof FileText
              ? value
              : value instanceof Items tuple && i < tuple.items().size()
                  ? tuple.items().get(i)
                  : null;
      scope.set(names.get(i), part != null ? part : new Computed(value.line(), value.column()));
    }
  }

  /// One pass: the conditions and further loops from here on, then the element.
  private void pass(int at, PythonScope scope) {
    if (at < close && tokens.get(at).isName("if")) {
      int end = Math.min(next(at + 1, "if"), next(at + 1, "for"));
      Boolean holds = PythonConditions.holds(tokens, at + 1, end, scope);
      if (holds == null) {
        unknown = true;
      } else if (holds) {
        pass(end, scope);
      }
    } else if (at < close && tokens.get(at).isName("for")) {
      clause(at, scope);
    } else if (at < close) {
      unknown = true;
    } else {
      element(scope);
    }
  }

  private void element(PythonScope scope) {
    int colon = colon();
    if (colon < 0) {
      items.add(new PythonExpression(tokens, from, loop, scope).value());
    } else {
      pairs.add(
          new Pair(
              new PythonExpression(tokens, from, colon, scope).value(),
              new PythonExpression(tokens, colon + 1, loop, scope).value()));
    }
  }
}

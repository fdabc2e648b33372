package dev.depslim.ecosystem.python;

import dev.depslim.ecosystem.python.PythonTokens.Kind;
import dev.depslim.ecosystem.python.PythonTokens.Token;
import dev.depslim.ecosystem.python.PythonValue.Computed;
import dev.depslim.ecosystem.python.PythonValue.Items;
import dev.depslim.ecosystem.python.PythonValue.Pair;
import dev.depslim.ecosystem.python.PythonValue.Pairs;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Gives the parameters of a function the values of a call.
final class PythonParameters {
  private PythonParameters() {}

  /// Parameters that no argument and no default gives a value are computed.
  static void bind(
      PythonScope.Function function,
      List<Pair> named,
      List<PythonValue> positional,
      PythonScope scope) {
    List<Token> tokens = function.parameters();
    int next = 0;
    for (int at = 0; at < tokens.size(); at = end(tokens, at) + 1) {
      Token first = tokens.get(at);
      boolean rest = first.is("*");
      int name = at + (rest || first.is("**") ? 1 : 0);
      if (name >= tokens.size() || tokens.get(name).kind() != Kind.NAME) {
        continue;
      }
      String parameter = tokens.get(name).text();
      if (rest) {
        int from = Math.min(next, positional.size());
        List<PythonValue> others = positional.subList(from, positional.size());
        scope.set(parameter, new Items(new ArrayList<>(others), first.line(), first.column()));
        next = positional.size();
      } else if (first.is("**")) {
        scope.set(parameter, new Pairs(new ArrayList<>(named), first.line(), first.column()));
      } else {
        PythonValue given = given(parameter, named);
        if (given == null && next < positional.size()) {
          given = positional.get(next++);
        }
        scope.set(parameter, given != null ? given : byDefault(tokens, at, scope));
      }
    }
  }

  private static @Nullable PythonValue given(String parameter, List<Pair> named) {
    for (Pair pair : named) {
      if (pair.key() instanceof PythonValue.Text key && key.text().equals(parameter)) {
        return pair.value();
      }
    }
    return null;
  }

  private static PythonValue byDefault(List<Token> tokens, int from, PythonScope scope) {
    int to = end(tokens, from);
    for (int at = from; at < to; at++) {
      if (tokens.get(at).is("=")) {
        return new PythonExpression(tokens, at + 1, to, scope).value();
      }
    }
    return new Computed(tokens.get(from).line(), tokens.get(from).column());
  }

  /// Index of the comma behind a parameter, or of the end.
  private static int end(List<Token> tokens, int from) {
    int open = 0;
    for (int at = from; at < tokens.size(); at++) {
      Token token = tokens.get(at);
      if (open == 0 && token.is(",")) {
        return at;
      }
      open += PythonBrackets.step(token);
    }
    return tokens.size();
  }
}

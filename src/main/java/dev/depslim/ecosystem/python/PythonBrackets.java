package dev.depslim.ecosystem.python;

import dev.depslim.ecosystem.python.PythonTokens.Token;
import java.util.List;
import java.util.function.Predicate;

/// Finds tokens of Python by the brackets that they stand in.
final class PythonBrackets {
  private PythonBrackets() {}

  /// Index of the bracket that closes the one at an index, or of the end.
  static int closing(List<Token> tokens, int open, int end) {
    int depth = 0;
    for (int i = open; i < end; i++) {
      depth += step(tokens.get(i));
      if (depth == 0) {
        return i;
      }
    }
    return end;
  }

  /// Index of the first such token that belongs to no inner bracket, or -1.
  static int first(List<Token> tokens, int from, int end, Predicate<Token> wanted) {
    int depth = 0;
    for (int i = from; i < end; i++) {
      Token token = tokens.get(i);
      if (depth == 0 && wanted.test(token)) {
        return i;
      }
      depth += step(token);
    }
    return -1;
  }

  /// By how much a token changes how many brackets are open.
  static int step(Token token) {
    return token.opens() ? 1 : token.closes() ? -1 : 0;
  }
}

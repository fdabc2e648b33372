package dev.depslim.ecosystem.python;

import org.jspecify.annotations.Nullable;

/// Takes one clause of a version specifier from the front of a text.
final class SpecifierScanner {
  private static final String[] OPERATORS = {"===", "==", "~=", "!=", "<=", ">=", "<", ">"};

  private final String text;
  private int at;

  SpecifierScanner(String text, int start) {
    this.text = text;
    this.at = start;
  }

  /// Where the clause ends.
  int position() {
    return at;
  }

  /// The operator at this place, or null.
  static @Nullable String operatorAt(String text, int at) {
    for (String operator : OPERATORS) {
      if (text.startsWith(operator, at)) {
        return operator;
      }
    }
    return null;
  }

  /// The clause, or null where there is none.
  VersionSpecifier.@Nullable Clause scan() {
    String operator = operatorAt(text, at);
    if (operator == null) {
      return null;
    }
    int from = at + operator.length();
    while (from < text.length() && Text.isSpace(text.charAt(from))) {
      from++;
    }
    if (operator.equals("===")) {
      int to = from;
      while (to < text.length()
          && !Text.isSpace(text.charAt(to))
          && text.charAt(to) != ';'
          && text.charAt(to) != ')') {
        to++;
      }
      at = to;
      return new VersionSpecifier.Clause(operator, text.substring(from, to));
    }
    boolean equality = operator.equals("==") || operator.equals("!=");
    VersionScanner version = new VersionScanner(text, from, text.length());
    if (!version.scan(equality) || (operator.equals("~=") && version.releaseSize() < 2)) {
      return null;
    }
    at = version.position();
    if (equality && version.isReleaseOnly() && text.startsWith(".*", at)) {
      at += 2;
    }
    return new VersionSpecifier.Clause(operator, text.substring(from, at));
  }
}

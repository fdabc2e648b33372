package dev.depslim.ecosystem.python;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A package as conda's `MatchSpec` writes it: `channel::name=version=build`, `name >=1,<2`,
/// `name[version='>=1']`. A single `=` is right here and means `1.2.*`.
///
/// @param name in lower case
/// @param constraint as written, without the build; empty for any
record CondaSpec(String name, String constraint) {
  /// The package that a text names, or null where it names none.
  static @Nullable CondaSpec parse(String written) {
    String text = Text.strip(written);
    int channel = text.lastIndexOf("::");
    if (channel >= 0) {
      text = text.substring(channel + 2);
    }
    int open = text.indexOf('[');
    String brackets = "";
    if (open >= 0) {
      brackets = text.substring(open);
      text = Text.strip(text.substring(0, open));
    }
    int end = 0;
    while (end < text.length() && isName(text.charAt(end))) {
      end++;
    }
    if (end == 0 || text.charAt(0) == '-' || text.charAt(0) == '.') {
      return null;
    }
    String name = text.substring(0, end).toLowerCase(Locale.ROOT);
    String constraint = withoutBuild(Text.strip(text.substring(end)));
    if (constraint == null) {
      return null;
    }
    return new CondaSpec(name, constraint.isEmpty() ? bracketed(brackets) : constraint);
  }

  private static boolean isName(char c) {
    return Text.isLetterOrDigit(c) || c == '-' || c == '_' || c == '.';
  }

  /// `=1.2=py39_0` and `1.2 py39_0` have a build; null where it is no constraint.
  private static @Nullable String withoutBuild(String constraint) {
    if (constraint.isEmpty() || constraint.equals("*")) {
      return constraint;
    }
    char first = constraint.charAt(0);
    boolean operator = "=<>!~".indexOf(first) >= 0;
    if (!operator && !Text.isLetterOrDigit(first)) {
      return null;
    }
    int at = 0;
    while (at < constraint.length() && "=<>!~".indexOf(constraint.charAt(at)) >= 0) {
      at++;
    }
    while (at < constraint.length() && Text.isSpace(constraint.charAt(at))) {
      at++;
    }
    int end = at;
    while (end < constraint.length()
        && !Text.isSpace(constraint.charAt(end))
        && constraint.charAt(end) != '=') {
      end++;
    }
    // What follows is a build, unless it goes on with another comparison: `>=1, <2`.
    String rest = Text.strip(constraint.substring(end));
    boolean more = rest.startsWith(",");
    return more || constraint.substring(at, end).matches(".*[<>!~|,].*")
        ? constraint
        : constraint.substring(0, end);
  }

  /// The version of `[version='>=1', build=…]`.
  private static String bracketed(String brackets) {
    int at = brackets.indexOf("version=");
    if (at < 0) {
      return "";
    }
    String value = brackets.substring(at + "version=".length());
    char quote = value.isEmpty() ? ' ' : value.charAt(0);
    if (quote == '\'' || quote == '"') {
      int close = value.indexOf(quote, 1);
      return close < 0 ? "" : value.substring(1, close);
    }
    int end = 0;
    while (end < value.length() && value.charAt(end) != ',' && value.charAt(end) != ']') {
      end++;
    }
    return Text.strip(value.substring(0, end));
  }
}

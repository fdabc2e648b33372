package dev.depslim.ecosystem.node;

import java.util.regex.Pattern;

/// The syntax of versions and ranges as npm takes them in a manifest (node-semver, loose).
final class NpmRange {
  private static final String ID = "(?:\\d+|[xX*])";
  private static final String TAIL =
      "(?:-?[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?(?:\\+[0-9A-Za-z.-]+)?";
  private static final String PARTIAL =
      "[v=\\s]*" + ID + "(?:\\." + ID + "(?:\\." + ID + TAIL + ")?)?";

  private static final Pattern VERSION = Pattern.compile("[v=\\s]*\\d+\\.\\d+\\.\\d+" + TAIL);
  private static final Pattern HYPHEN = Pattern.compile(PARTIAL + "\\s+-\\s+" + PARTIAL);
  private static final Pattern COMPARATOR = Pattern.compile("(?:[<>]?=?|~>?|\\^)" + PARTIAL);
  private static final Pattern OPERATOR_AND_SPACE = Pattern.compile("([<>]=?|=|~>?|\\^)\\s+");

  private NpmRange() {}

  /// Whether the text is one whole version, such as `1.2.3-beta.1` or `v1.2.3`.
  static boolean isVersion(String text) {
    return VERSION.matcher(text).matches();
  }

  /// Whether the text is a range. Of a list of comparators one that can be read is enough, as npm
  /// passes over the others.
  static boolean isRange(String text) {
    for (String part : text.split("\\|\\|", -1)) {
      String alternative = part.strip();
      if (alternative.isEmpty() || HYPHEN.matcher(alternative).matches()) {
        return true;
      }
      String joined = OPERATOR_AND_SPACE.matcher(alternative).replaceAll("$1");
      for (String comparator : joined.split("\\s+", -1)) {
        if (COMPARATOR.matcher(comparator).matches()) {
          return true;
        }
      }
    }
    return false;
  }
}

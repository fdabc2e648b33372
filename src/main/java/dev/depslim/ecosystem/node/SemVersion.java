package dev.depslim.ecosystem.node;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A version of a package (semver.org 2.0.0), ordered by precedence: the build does not count.
///
/// @param prerelease identifiers, numbers without leading zeros
/// @param build identifiers as written
record SemVersion(long major, long minor, long patch, List<String> prerelease, List<String> build)
    implements Comparable<SemVersion> {
  /// The greatest number that npm can count with: 2⁵³ − 1.
  static final long MAX_NUMBER = (1L << 53) - 1;

  private static final int MAX_LENGTH = 256;

  static final String NUMBER = "(?:0|[1-9][0-9]*)";
  static final String LOOSE_NUMBER = "[0-9]+";
  static final String PRERELEASE = prerelease("-", NUMBER);
  static final String LOOSE_PRERELEASE = prerelease("-?", LOOSE_NUMBER);
  static final String BUILD = "(?:\\+([a-zA-Z0-9-]+(?:\\.[a-zA-Z0-9-]+)*))";

  /// A whole version, and one as people write it: `v1.2.3`, `= 1.2.3`, `1.2.3beta`, `01.2.3`.
  static final String PLAIN = "v?" + numbers(NUMBER) + PRERELEASE + "?" + BUILD + "?";

  static final String LOOSE_PLAIN =
      "[v=\\s]*" + numbers(LOOSE_NUMBER) + LOOSE_PRERELEASE + "?" + BUILD + "?";

  private static final Pattern STRICT = Pattern.compile(PLAIN);
  private static final Pattern LOOSE = Pattern.compile(LOOSE_PLAIN);

  SemVersion {
    prerelease = List.copyOf(prerelease);
    build = List.copyOf(build);
  }

  private static String numbers(String number) {
    return "(" + number + ")\\.(" + number + ")\\.(" + number + ")";
  }

  private static String prerelease(String hyphen, String number) {
    String identifier = "(?:[0-9]*[a-zA-Z-][a-zA-Z0-9-]*|" + number + ")";
    return "(?:" + hyphen + "(" + identifier + "(?:\\." + identifier + ")*))";
  }

  /// The version as npm reads one in a manifest or a lock, or null where the text is none.
  static @Nullable SemVersion parse(String text) {
    return parse(text, true);
  }

  /// The version, or null where the text is none.
  ///
  /// @param loose whether the forms that people write by mistake count
  static @Nullable SemVersion parse(String text, boolean loose) {
    if (text.length() > MAX_LENGTH) {
      return null;
    }
    Matcher matcher = (loose ? LOOSE : STRICT).matcher(text.strip());
    return matcher.matches() ? of(matcher, 0) : null;
  }

  /// The version in the groups behind `before` of a match of [#PLAIN] or [#LOOSE_PLAIN], or null
  /// where a number is too large.
  static @Nullable SemVersion of(Matcher matcher, int before) {
    long major = number(matcher.group(before + 1));
    long minor = number(matcher.group(before + 2));
    long patch = number(matcher.group(before + 3));
    if (major < 0 || minor < 0 || patch < 0) {
      return null;
    }
    return new SemVersion(
        major,
        minor,
        patch,
        identifiers(matcher.group(before + 4)),
        split(matcher.group(before + 5)));
  }

  /// A release without build.
  static SemVersion release(long major, long minor, long patch) {
    return new SemVersion(major, minor, patch, List.of(), List.of());
  }

  /// The lowest version of all with these numbers: its first pre-release.
  static SemVersion lowest(long major, long minor, long patch) {
    return new SemVersion(major, minor, patch, List.of("0"), List.of());
  }

  /// The number, or -1 where it is greater than [#MAX_NUMBER].
  static long number(String digits) {
    int start = 0;
    while (start < digits.length() - 1 && digits.charAt(start) == '0') {
      start++;
    }
    if (digits.length() - start > 16) {
      return -1;
    }
    long number = Long.parseLong(digits, start, digits.length(), 10);
    return number > MAX_NUMBER ? -1 : number;
  }

  /// The identifiers of a pre-release; numbers lose leading zeros.
  static List<String> identifiers(@Nullable String text) {
    List<String> identifiers = new ArrayList<>();
    for (String identifier : split(text)) {
      long number = isNumeric(identifier) ? number(identifier) : -1;
      identifiers.add(number < 0 ? identifier : Long.toString(number));
    }
    return identifiers;
  }

  private static List<String> split(@Nullable String text) {
    return text == null ? List.of() : List.of(text.split("\\.", -1));
  }

  boolean isPrerelease() {
    return !prerelease.isEmpty();
  }

  /// Whether the numbers before the pre-release are the same.
  boolean isOfSameRelease(SemVersion other) {
    return major == other.major && minor == other.minor && patch == other.patch;
  }

  @Override
  public int compareTo(SemVersion other) {
    int order = Long.compare(major, other.major);
    order = order == 0 ? Long.compare(minor, other.minor) : order;
    order = order == 0 ? Long.compare(patch, other.patch) : order;
    if (order != 0 || !isPrerelease() && !other.isPrerelease()) {
      return order;
    }
    if (!isPrerelease() || !other.isPrerelease()) {
      return isPrerelease() ? -1 : 1;
    }
    int common = Math.min(prerelease.size(), other.prerelease.size());
    for (int i = 0; i < common && order == 0; i++) {
      order = compareIdentifiers(prerelease.get(i), other.prerelease.get(i));
    }
    return order == 0 ? Integer.compare(prerelease.size(), other.prerelease.size()) : order;
  }

  private static int compareIdentifiers(String a, String b) {
    boolean numeric = isNumeric(a);
    if (numeric != isNumeric(b)) {
      return numeric ? -1 : 1;
    }
    int byLength = numeric ? Integer.compare(a.length(), b.length()) : 0;
    return byLength == 0 ? a.compareTo(b) : byLength;
  }

  private static boolean isNumeric(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  /// The version without its build, as npm writes it.
  @Override
  public String toString() {
    String numbers = major + "." + minor + "." + patch;
    return isPrerelease() ? numbers + "-" + String.join(".", prerelease) : numbers;
  }
}

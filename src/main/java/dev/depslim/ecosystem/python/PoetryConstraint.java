package dev.depslim.ecosystem.python;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Versions that Poetry asks for ("Dependency specification" of its documentation): what PEP 440
/// knows, and `^1.2`, `~1.2`, `1.*`, `1.2` and `||`.
///
/// @param alternatives a version must satisfy any of them
record PoetryConstraint(List<VersionSpecifier> alternatives) {
  /// An operator, also before white space, and what it compares with.
  private static final Pattern PART =
      Pattern.compile("(\\^|~=|~|===|==|=|!=|<=|<|>=|>)?\\s*((?:\\d+!)?[^\\s,<>=!~^]+)");

  PoetryConstraint {
    alternatives = List.copyOf(alternatives);
  }

  /// The constraint that a text spells, or null where it is none.
  static @Nullable PoetryConstraint parse(String text) {
    List<VersionSpecifier> alternatives = new ArrayList<>();
    for (String alternative : text.split("\\|\\|?", -1)) {
      VersionSpecifier specifier = specifier(alternative);
      if (specifier == null) {
        return null;
      }
      alternatives.add(specifier);
    }
    return new PoetryConstraint(alternatives);
  }

  private static @Nullable VersionSpecifier specifier(String text) {
    List<VersionSpecifier.Clause> clauses = new ArrayList<>();
    Matcher part = PART.matcher(text);
    int from = 0;
    while (part.find()) {
      String between = text.substring(from, part.start());
      String operator = part.group(1);
      if (!between.replace(',', ' ').isBlank() || !add(operator, part.group(2), clauses)) {
        return null;
      }
      from = part.end();
    }
    boolean rest = text.substring(from).replace(',', ' ').isBlank();
    return rest && from > 0 ? new VersionSpecifier(clauses) : null;
  }

  private static boolean add(
      @Nullable String operator, String written, List<VersionSpecifier.Clause> clauses) {
    boolean wild = written.endsWith("*");
    String text = wild ? written.replaceAll("(\\.?\\*)+$", "") : written;
    if (text.isEmpty() || text.equals("v")) {
      return wild;
    }
    Version version = Version.parse(text);
    if (version == null) {
      return false;
    }
    switch (operator) {
      case "^" -> between(version, broken(version.release()), clauses);
      case "~" -> between(version, Math.min(1, version.release().size() - 1), clauses);
      case null, default -> {
        String pep = operator == null || operator.equals("=") ? "==" : operator;
        clauses.add(new VersionSpecifier.Clause(pep, version + (wild ? ".*" : "")));
      }
    }
    return true;
  }

  /// The number that a caret lets not change: the first that is not 0, or the last.
  private static int broken(List<String> release) {
    int at = 0;
    while (at < Math.min(release.size() - 1, 2) && release.get(at).equals("0")) {
      at++;
    }
    return at;
  }

  private static void between(Version from, int raised, List<VersionSpecifier.Clause> clauses) {
    List<String> numbers = new ArrayList<>(from.release());
    numbers.set(raised, new BigInteger(numbers.get(raised)).add(BigInteger.ONE).toString());
    for (int i = raised + 1; i < numbers.size(); i++) {
      numbers.set(i, "0");
    }
    clauses.add(new VersionSpecifier.Clause(">=", from.toString()));
    clauses.add(new VersionSpecifier.Clause("<", VersionRanges.release(from, numbers).toString()));
  }

  /// Whether a version satisfies it, pre-releases counted.
  boolean allows(String version) {
    for (VersionSpecifier alternative : alternatives) {
      if (alternative.contains(version, true)) {
        return true;
      }
    }
    return false;
  }

  /// The final releases that satisfy it; all where that cannot be told.
  VersionRanges ranges() {
    VersionRanges all = VersionRanges.NONE;
    for (VersionSpecifier alternative : alternatives) {
      VersionRanges one = VersionRanges.of(alternative);
      all = one == null ? VersionRanges.ALL : all.or(one);
    }
    return all;
  }

  /// The specifier of PEP 440 that says the same, or null where alternatives cannot be joined.
  @Nullable VersionSpecifier specifier() {
    if (alternatives.size() == 1) {
      return alternatives.getFirst();
    }
    VersionRanges all = ranges();
    if (all.ranges().size() != 1) {
      return null;
    }
    List<VersionSpecifier.Clause> clauses = new ArrayList<>();
    VersionRanges.Cut low = all.ranges().getFirst().low();
    VersionRanges.Cut high = all.ranges().getFirst().high();
    if (low.version() != null) {
      clauses.add(new VersionSpecifier.Clause(low.after() ? ">" : ">=", low.version().toString()));
    }
    if (high.version() != null) {
      clauses.add(
          new VersionSpecifier.Clause(high.after() ? "<=" : "<", high.version().toString()));
    }
    return new VersionSpecifier(clauses);
  }
}

package dev.depslim.ecosystem.python;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Versions that Poetry asks for ("Dependency specification" of its documentation): what PEP 440
/// knows, and `^1.2`, `~1.2`, `1.*`, `1.2` and `||`; read, joined and written as poetry-core does.
///
/// @param text as written
/// @param union the intervals of versions, sorted and apart; none where no version can satisfy it
record PoetryConstraint(String text, List<PoetryRange> union) {
  /// The patterns take time by the square of the length; no constraint of people comes near.
  private static final int MAX_LENGTH = 2_000;

  private static final Pattern ALTERNATIVES = Pattern.compile("\\s*\\|\\|?\\s*");
  private static final Pattern CONDITIONS =
      Pattern.compile("(?<!^)(?<![\\^~=>< ,]) *(?<!-)[, ](?!-) *(?!,|$)");
  private static final Pattern ANYTHING = Pattern.compile("[vV]?[xX*](?:\\.[xX*])*");
  private static final Pattern WILDCARDS =
      Pattern.compile("[vV]?(\\d+(?:\\.\\d+){0,2})(?:\\.\\*)+");
  private static final List<String> OPERATORS =
      List.of("~=", "<>", "!=", ">=", "<=", "==", "^", "~", ">", "<", "=");

  PoetryConstraint {
    union = List.copyOf(union);
  }

  /// The constraint that a text spells, or null where it is none.
  static @Nullable PoetryConstraint parse(String text) {
    if (text.length() > MAX_LENGTH) {
      return null;
    }
    if (text.equals("*")) {
      return new PoetryConstraint(text, List.of(PoetryRange.ANY));
    }
    String[] alternatives = ALTERNATIVES.split(text.strip(), -1);
    List<PoetryRange> all = new ArrayList<>();
    for (String alternative : alternatives) {
      List<PoetryRange> one = conditions(alternative);
      if (one == null) {
        return null;
      }
      all.addAll(one);
    }
    return new PoetryConstraint(text, alternatives.length == 1 ? all : PoetryRange.union(all));
  }

  private static @Nullable List<PoetryRange> conditions(String text) {
    int end = text.length();
    while (end > 0 && (text.charAt(end - 1) == ',' || text.charAt(end - 1) == ' ')) {
      end--;
    }
    List<PoetryRange> all = null;
    for (String condition : CONDITIONS.split(text.substring(0, end), -1)) {
      List<PoetryRange> one = condition(condition);
      if (one == null) {
        return null;
      }
      all = all == null ? one : PoetryRange.intersection(all, one);
    }
    return all;
  }

  private static @Nullable List<PoetryRange> condition(String text) {
    if (ANYTHING.matcher(text).matches()) {
      return List.of(PoetryRange.ANY);
    }
    String operator = "";
    for (String known : OPERATORS) {
      if (text.startsWith(known)) {
        operator = known;
        break;
      }
    }
    String rest = text.substring(operator.length()).stripLeading();
    var wildcards = WILDCARDS.matcher(rest);
    boolean equality = operator.isEmpty() || operator.equals("==") || operator.equals("!=");
    if (equality && wildcards.matches()) {
      return wildcard(Version.parse(wildcards.group(1)), operator);
    }
    boolean ranged = operator.startsWith("~") || operator.equals("^");
    boolean wild = !ranged && rest.endsWith(".*");
    String number = wild ? rest.substring(0, rest.length() - 2) : rest;
    Version version = !ranged && number.equals("dev") ? DEVELOPMENT : version(number);
    if (version == null) {
      return null;
    }
    return switch (operator) {
      case "^" -> upTo(version, broken(version.release()));
      case "~" -> upTo(version, Math.min(1, version.release().size() - 1));
      case "~=" -> upTo(version, version.release().size() == 2 ? 0 : 1);
      case ">" -> List.of(new PoetryRange(version, null, false, false));
      case ">=" -> List.of(new PoetryRange(version, null, true, false));
      case "<" -> List.of(new PoetryRange(null, version, false, false));
      case "<=" -> List.of(new PoetryRange(null, version, false, true));
      case "!=" ->
          wild
              ? wildcard(version, operator)
              : List.of(
                  new PoetryRange(null, version, false, false),
                  new PoetryRange(version, null, false, false));
      default -> wild ? wildcard(version, operator) : List.of(PoetryRange.point(version));
    };
  }

  private static final Version DEVELOPMENT =
      new Version("0", List.of("0", "0"), null, null, null, "0", null);

  private static @Nullable Version version(String text) {
    return text.isEmpty() || !text.equals(text.strip()) ? null : Version.parse(text);
  }

  private static @Nullable List<PoetryRange> wildcard(@Nullable Version version, String operator) {
    if (version == null) {
      return null;
    }
    PoetryRange taken = PoetryWildcard.of(version);
    return operator.equals("!=")
        ? List.of(
            new PoetryRange(null, taken.min(), false, false),
            new PoetryRange(taken.max(), null, true, false))
        : List.of(taken);
  }

  private static List<PoetryRange> upTo(Version version, int raised) {
    return List.of(PoetryRange.from(version, PoetryRange.raised(version, raised)));
  }

  /// The number that a caret lets not change: the first that is not 0, or the last.
  private static int broken(List<String> release) {
    int at = 0;
    while (at < Math.min(release.size() - 1, 2) && release.get(at).equals("0")) {
      at++;
    }
    return at;
  }

  /// Whether a version satisfies it, pre-releases counted; other text never does.
  boolean allows(String version) {
    Version parsed = Version.parse(version);
    if (parsed == null) {
      return false;
    }
    Version excluded = excluded();
    if (excluded != null) {
      return !PoetryRange.point(excluded).allows(parsed);
    }
    return union.stream().anyMatch(range -> range.allows(parsed));
  }

  boolean isAny() {
    return union.equals(List.of(PoetryRange.ANY));
  }

  /// The one version that it leaves out, or null.
  private @Nullable Version excluded() {
    if (union.size() != 2 || union.getFirst().min() != null || union.getLast().max() != null) {
      return null;
    }
    return seam(union.getFirst(), union.getLast());
  }

  /// The version between two intervals that meet there, neither with it; else null.
  private static @Nullable Version seam(PoetryRange low, PoetryRange high) {
    Version max = low.max();
    Version min = high.min();
    boolean meet = max != null && min != null && max.compareTo(min) == 0;
    return meet && !low.includeMax() && !high.includeMin() ? max : null;
  }

  /// `1.3.*` where two intervals leave out just that, else null.
  private static @Nullable String gap(PoetryRange low, PoetryRange high) {
    Version max = low.max();
    Version min = high.min();
    return max == null || min == null || low.includeMax() || !high.includeMin()
        ? null
        : PoetryWildcard.between(min, max, true);
  }

  /// The final releases that satisfy it.
  VersionRanges ranges() {
    VersionRanges all = VersionRanges.NONE;
    for (PoetryRange range : union) {
      Version min = released(range.min());
      Version max = released(range.max());
      all =
          all.or(
              VersionRanges.between(
                  min == null
                      ? VersionRanges.Cut.LOWEST
                      : new VersionRanges.Cut(min, !range.includeMin()),
                  max == null
                      ? VersionRanges.Cut.HIGHEST
                      : new VersionRanges.Cut(max, range.includeMax())));
    }
    return all;
  }

  /// No final release lies between the first development release and the release.
  private static @Nullable Version released(@Nullable Version version) {
    return version != null
            && version.post() == null
            && version.pre() == null
            && "0".equals(version.dev())
        ? version.base()
        : version;
  }

  /// The specifier of PEP 440 that says the same, or null where none does.
  @Nullable VersionSpecifier specifier() {
    List<VersionSpecifier.Clause> clauses = new ArrayList<>();
    if (union.isEmpty()) {
      return null;
    }
    String wild = union.size() == 1 ? taken(union.getFirst()) : null;
    Version first = union.getFirst().min();
    if (wild != null || (union.size() == 1 && union.getFirst().isPoint())) {
      clauses.add(new VersionSpecifier.Clause("==", wild == null ? String.valueOf(first) : wild));
      return new VersionSpecifier(clauses);
    }
    if (first != null) {
      String operator = union.getFirst().includeMin() ? ">=" : ">";
      clauses.add(new VersionSpecifier.Clause(operator, first.toString()));
    }
    Version last = union.getLast().max();
    if (last != null) {
      String operator = union.getLast().includeMax() ? "<=" : "<";
      clauses.add(new VersionSpecifier.Clause(operator, last.toString()));
    }
    for (int i = 1; i < union.size(); i++) {
      Version version = seam(union.get(i - 1), union.get(i));
      String without = version == null ? gap(union.get(i - 1), union.get(i)) : version.toString();
      if (without == null) {
        return null;
      }
      clauses.add(new VersionSpecifier.Clause("!=", without));
    }
    return new VersionSpecifier(clauses);
  }

  private static @Nullable String taken(PoetryRange range) {
    Version min = range.min();
    Version max = range.max();
    return min == null || max == null || !range.includeMin() || range.includeMax()
        ? null
        : PoetryWildcard.between(min, max, false);
  }

  /// The requirement that Poetry writes into the metadata of a package; alternatives stay `||`,
  /// which PEP 440 does not know.
  String requirement(String name) {
    if (isAny()) {
      return name;
    }
    if (union.size() < 2) {
      boolean point = union.size() == 1 && union.getFirst().isPoint();
      return name + " (" + (point ? "==" : "") + toString() + ")";
    }
    if (excluded() != null || (union.size() == 2 && wholeGap() != null)) {
      return name + " (" + this + ")";
    }
    List<String> parts = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      PoetryConstraint one = parse(part);
      parts.add(one == null ? part : one.toString());
    }
    return name + " (" + String.join(",", parts) + ")";
  }

  private @Nullable String wholeGap() {
    return union.getFirst().min() == null && union.getLast().max() == null
        ? gap(union.getFirst(), union.getLast())
        : null;
  }

  /// As Poetry writes it.
  @Override
  public String toString() {
    if (union.isEmpty()) {
      return "<empty>";
    }
    if (union.size() == 2) {
      Version version = excluded();
      String without = version == null ? wholeGap() : version.toString();
      if (without != null) {
        return "!=" + without;
      }
    }
    List<String> parts = new ArrayList<>();
    for (PoetryRange range : union) {
      String wild = taken(range);
      parts.add(wild == null ? range.toString() : "==" + wild);
    }
    return String.join(" || ", parts);
  }
}

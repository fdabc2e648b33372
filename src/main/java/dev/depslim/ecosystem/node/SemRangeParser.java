package dev.depslim.ecosystem.node;

import dev.depslim.ecosystem.node.SemComparator.Operator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads ranges as node-semver does (its README, "Ranges"): hyphen ranges, x-ranges, tildes and
/// carets all become plain conditions.
final class SemRangeParser {
  private static final Pattern SPACE = Pattern.compile("[\\s\\u00a0\\ufeff]+");
  private static final Pattern BUILD = Pattern.compile(SemVersion.BUILD);
  private static final Pattern STAR = Pattern.compile("[<>]?=?\\s*\\*");
  private static final Pattern SPACE_AFTER_SIGN =
      Pattern.compile(
          "(\\s*)([<>]?=?)\\s*("
              + SemVersion.LOOSE_PLAIN
              + "|"
              + partial(SemVersion.NUMBER, SemVersion.PRERELEASE)
              + ")");
  private static final Pattern SPACE_AFTER_TILDE = Pattern.compile("(\\s*)~>?\\s+");
  private static final Pattern SPACE_AFTER_CARET = Pattern.compile("(\\s*)\\^\\s+");

  private static final Grammar STRICT =
      new Grammar(partial(SemVersion.NUMBER, SemVersion.PRERELEASE), SemVersion.PLAIN);
  private static final Grammar LOOSE =
      new Grammar(
          partial(SemVersion.LOOSE_NUMBER, SemVersion.LOOSE_PRERELEASE), SemVersion.LOOSE_PLAIN);

  private final Grammar grammar;
  private final boolean loose;
  private final boolean includePrerelease;

  SemRangeParser(boolean loose, boolean includePrerelease) {
    this.grammar = loose ? LOOSE : STRICT;
    this.loose = loose;
    this.includePrerelease = includePrerelease;
  }

  /// The patterns of one strictness. In the partial versions the groups are: major, minor, patch,
  /// pre-release, build.
  private static final class Grammar {
    final Pattern hyphen;
    final Pattern prefixed;
    final Pattern comparator;

    Grammar(String partial, String plain) {
      hyphen = Pattern.compile("\\s*(" + partial + ")\\s+-\\s+(" + partial + ")\\s*");
      prefixed = Pattern.compile("(~>?|\\^|[<>]?=?)\\s*" + partial);
      comparator = Pattern.compile("([<>]?=?)\\s*" + plain);
    }
  }

  private static String partial(String number, String prerelease) {
    String part = "(" + number + "|x|X|\\*)";
    return "[v=\\s]*"
        + part
        + "(?:\\."
        + part
        + "(?:\\."
        + part
        + prerelease
        + "?"
        + SemVersion.BUILD
        + "?)?)?";
  }

  /// The alternatives, or null where the text is no range.
  @Nullable List<List<SemComparator>> parse(String text) {
    List<List<SemComparator>> alternatives = new ArrayList<>();
    for (String part : SPACE.matcher(text).replaceAll(" ").strip().split("\\|\\|", -1)) {
      List<SemComparator> conditions = conditions(part.strip());
      if (conditions == null) {
        return null;
      }
      if (!conditions.isEmpty()) {
        alternatives.add(conditions);
      }
    }
    if (alternatives.isEmpty()) {
      return null;
    }
    if (alternatives.size() > 1) {
      List<SemComparator> first = alternatives.getFirst();
      alternatives.removeIf(conditions -> conditions.getFirst().isNone());
      if (alternatives.isEmpty()) {
        return List.of(first);
      }
      for (List<SemComparator> conditions : alternatives) {
        if (conditions.size() == 1 && conditions.getFirst().isAny()) {
          return List.of(conditions);
        }
      }
    }
    return alternatives;
  }

  /// The conditions of one alternative, none where nothing in it can be read, or null where the
  /// whole range is invalid.
  private @Nullable List<SemComparator> conditions(String text) {
    String range = BUILD.matcher(text).replaceAll("");
    List<@Nullable SemComparator> found = new ArrayList<>();
    Matcher hyphen = grammar.hyphen.matcher(range);
    if (hyphen.matches()) {
      hyphen(hyphen, found);
    } else {
      range = SPACE_AFTER_SIGN.matcher(range).replaceAll("$1$2$3");
      range = SPACE_AFTER_TILDE.matcher(range).replaceAll("$1~");
      range = SPACE_AFTER_CARET.matcher(range).replaceAll("$1^");
      for (String token : range.split(" ", -1)) {
        if (!token(token, found)) {
          return null;
        }
      }
    }
    Map<String, SemComparator> byText = new LinkedHashMap<>();
    for (SemComparator comparator : found) {
      if (comparator == null) {
        return null;
      }
      if (comparator.isNone()) {
        return List.of(comparator);
      }
      byText.put(comparator.toString(), comparator);
    }
    if (byText.size() > 1) {
      byText.remove("");
    }
    return List.copyOf(byText.values());
  }

  /// Adds what one token means; a null stands for a number that is too large. Whether it can be
  /// read, or may be passed over.
  private boolean token(String token, List<@Nullable SemComparator> out) {
    if (token.isEmpty()) {
      out.add(SemComparator.ANY);
      return true;
    }
    Matcher prefixed = grammar.prefixed.matcher(token);
    if (prefixed.matches()) {
      String sign = prefixed.group(1);
      Partial partial = Partial.of(prefixed, 1);
      if (partial == null) {
        out.add(null);
        return true;
      }
      if (sign.startsWith("~")) {
        tilde(partial, out);
        return true;
      }
      if (sign.equals("^")) {
        caret(partial, out);
        return true;
      }
      if (partial.precision < 3 && !partial.isOutOfOrder()) {
        xRange(sign, partial, out);
        return true;
      }
    }
    String rest = STAR.matcher(token).replaceFirst("");
    if (rest.isEmpty()) {
      out.add(SemComparator.ANY);
      return true;
    }
    Matcher comparator = grammar.comparator.matcher(rest);
    if (!comparator.matches()) {
      return loose;
    }
    SemVersion version = SemVersion.of(comparator, 1);
    out.add(version == null ? null : condition(Operator.of(comparator.group(1)), version));
    return true;
  }

  /// A version of which the last numbers may be missing.
  ///
  /// @param precision how many of its numbers are known
  /// @param tail the number behind the first missing one, or null
  private record Partial(
      int precision,
      long major,
      long minor,
      long patch,
      List<String> prerelease,
      @Nullable String tail) {
    static @Nullable Partial of(Matcher matcher, int before) {
      long[] numbers = new long[3];
      int precision = 0;
      @Nullable String tail = null;
      for (int i = 0; i < 3; i++) {
        String text = matcher.group(before + 1 + i);
        boolean known = text != null && "xX*".indexOf(text.charAt(0)) < 0;
        if (known && precision == i) {
          numbers[precision++] = SemVersion.number(text);
        } else if (known) {
          tail = text;
        }
      }
      if (numbers[0] < 0 || numbers[1] < 0 || numbers[2] < 0) {
        return null;
      }
      List<String> prerelease =
          precision < 3 ? List.of() : SemVersion.identifiers(matcher.group(before + 4));
      return new Partial(precision, numbers[0], numbers[1], numbers[2], prerelease, tail);
    }

    boolean isOutOfOrder() {
      return tail != null;
    }

    /// The lowest version that it stands for.
    SemVersion floor(boolean withPrereleases) {
      return withPrereleases && precision < 3
          ? SemVersion.lowest(major, minor, patch)
          : new SemVersion(major, minor, patch, prerelease, List.of());
    }
  }

  private void tilde(Partial partial, List<@Nullable SemComparator> out) {
    if (partial.precision == 0) {
      out.add(SemComparator.ANY);
      return;
    }
    out.add(condition(Operator.AT_LEAST, partial.floor(includePrerelease)));
    out.add(below(partial, Math.min(partial.precision, 2)));
  }

  private void caret(Partial partial, List<@Nullable SemComparator> out) {
    if (partial.precision == 0) {
      out.add(SemComparator.ANY);
      return;
    }
    out.add(condition(Operator.AT_LEAST, partial.floor(includePrerelease)));
    int fixed = 1;
    if (partial.major == 0 && partial.precision > 1) {
      fixed = partial.minor == 0 && partial.precision > 2 ? 3 : 2;
    }
    out.add(below(partial, fixed));
  }

  /// Less than the next version that differs in one of the first `fixed` numbers; null where that
  /// number is too large.
  private static @Nullable SemComparator below(Partial partial, int fixed) {
    SemVersion next =
        switch (fixed) {
          case 1 -> SemVersion.lowest(partial.major + 1, 0, 0);
          case 2 -> SemVersion.lowest(partial.major, partial.minor + 1, 0);
          default -> SemVersion.lowest(partial.major, partial.minor, partial.patch + 1);
        };
    boolean counted =
        next.major() <= SemVersion.MAX_NUMBER
            && next.minor() <= SemVersion.MAX_NUMBER
            && next.patch() <= SemVersion.MAX_NUMBER;
    return counted ? new SemComparator(Operator.LESS, next) : null;
  }

  private void xRange(String sign, Partial partial, List<@Nullable SemComparator> out) {
    if (partial.precision == 0) {
      out.add(sign.equals("<") || sign.equals(">") ? SemComparator.NONE : SemComparator.ANY);
      return;
    }
    SemComparator next = below(partial, partial.precision);
    SemVersion bound = next == null ? null : next.version();
    if (bound == null) {
      out.add(null);
      return;
    }
    switch (sign) {
      case ">" -> {
        SemVersion first =
            includePrerelease
                ? bound
                : SemVersion.release(bound.major(), bound.minor(), bound.patch());
        out.add(condition(Operator.AT_LEAST, first));
      }
      case "<=" -> out.add(next);
      case "<" -> out.add(new SemComparator(Operator.LESS, partial.floor(true)));
      case ">=" -> out.add(condition(Operator.AT_LEAST, partial.floor(includePrerelease)));
      default -> {
        out.add(condition(Operator.AT_LEAST, partial.floor(includePrerelease)));
        out.add(next);
      }
    }
  }

  private void hyphen(Matcher matcher, List<@Nullable SemComparator> out) {
    Partial from = Partial.of(matcher, 1);
    Partial to = Partial.of(matcher, 7);
    if (from == null || to == null) {
      out.add(null);
      return;
    }
    boolean wholeFrom = from.precision == 3 && from.prerelease.isEmpty() && includePrerelease;
    out.add(
        from.precision == 0
            ? SemComparator.ANY
            : condition(
                Operator.AT_LEAST,
                wholeFrom
                    ? SemVersion.lowest(from.major, from.minor, from.patch)
                    : from.floor(includePrerelease)));
    if (to.precision == 0) {
      out.add(SemComparator.ANY);
    } else if (to.precision < 3 || to.prerelease.isEmpty() && includePrerelease) {
      out.add(below(to, to.precision));
    } else {
      out.add(condition(Operator.AT_MOST, to.floor(false)));
    }
  }

  /// At least the lowest version of all means any.
  private SemComparator condition(Operator operator, SemVersion version) {
    String lowest = includePrerelease ? "0.0.0-0" : "0.0.0";
    return operator == Operator.AT_LEAST && version.toString().equals(lowest)
        ? SemComparator.ANY
        : new SemComparator(operator, version);
  }
}

package dev.depslim.ecosystem.node;

import dev.depslim.ecosystem.node.SemComparator.Operator;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A range of versions as node-semver understands it: alternatives, each a list of conditions that
/// all must hold.
///
/// A pre-release fits only where a condition of the alternative names a pre-release of the same
/// numbers, or where pre-releases are asked for.
record SemRange(List<List<SemComparator>> alternatives, boolean includePrerelease) {
  /// The patterns take time by the square of the length; no range that people write comes near.
  private static final int MAX_LENGTH = 2_000;

  SemRange {
    alternatives = alternatives.stream().map(List::copyOf).toList();
  }

  /// The range as npm reads one in a manifest, or null where the text is none.
  static @Nullable SemRange parse(String text) {
    return parse(text, true, false);
  }

  /// The range, or null where the text is none.
  ///
  /// @param loose whether the forms that people write by mistake count; conditions that cannot be
  ///   read are then passed over as long as one can
  /// @param includePrerelease whether pre-releases fit like all others
  static @Nullable SemRange parse(String text, boolean loose, boolean includePrerelease) {
    if (text.length() > MAX_LENGTH) {
      return null;
    }
    List<List<SemComparator>> alternatives =
        new SemRangeParser(loose, includePrerelease).parse(text);
    return alternatives == null ? null : new SemRange(alternatives, includePrerelease);
  }

  /// Whether a version fits; what is no version never does.
  static boolean satisfies(@Nullable String version, String range) {
    SemVersion parsed = version == null ? null : SemVersion.parse(version);
    SemRange wanted = parsed == null ? null : parse(range);
    return parsed != null && wanted != null && wanted.test(parsed);
  }

  /// Whether the version fits.
  boolean test(SemVersion version) {
    for (List<SemComparator> alternative : alternatives) {
      if (test(alternative, version)) {
        return true;
      }
    }
    return false;
  }

  private boolean test(List<SemComparator> alternative, SemVersion version) {
    boolean named = false;
    for (SemComparator comparator : alternative) {
      if (!comparator.test(version)) {
        return false;
      }
      SemVersion bound = comparator.version();
      named |= bound != null && bound.isPrerelease() && bound.isOfSameRelease(version);
    }
    return !version.isPrerelease() || includePrerelease || named;
  }

  /// Whether some version can fit both ranges.
  boolean intersects(SemRange other) {
    for (List<SemComparator> ours : alternatives) {
      for (List<SemComparator> theirs : other.alternatives) {
        if (isPossible(ours) && isPossible(theirs) && intersect(ours, theirs)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean isPossible(List<SemComparator> conditions) {
    for (int i = 0; i < conditions.size(); i++) {
      for (int j = 0; j < i; j++) {
        if (!intersect(conditions.get(i), conditions.get(j))) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean intersect(List<SemComparator> ours, List<SemComparator> theirs) {
    for (SemComparator a : ours) {
      for (SemComparator b : theirs) {
        if (!intersect(a, b)) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean intersect(SemComparator a, SemComparator b) {
    SemVersion first = a.version();
    SemVersion second = b.version();
    if (first == null) {
      return true;
    }
    if (a.operator() == Operator.EQUAL) {
      return test(List.of(b), first); // a pre-release is not in "any"
    }
    if (second == null) {
      return true;
    }
    return b.operator() == Operator.EQUAL
        ? test(List.of(a), second)
        : a.overlaps(b, includePrerelease);
  }

  /// The alternative that reaches highest: there lies what npm takes of all that is published.
  SemRange newest() {
    List<SemComparator> highest = alternatives.getFirst();
    for (List<SemComparator> alternative : alternatives) {
      SemVersion top = upper(highest);
      SemVersion bound = upper(alternative);
      if (top != null && (bound == null || bound.compareTo(top) > 0)) {
        highest = alternative;
      }
    }
    return new SemRange(List.of(highest), includePrerelease);
  }

  /// Whether versions fit however high they are.
  boolean isOpenAbove() {
    return alternatives.stream().anyMatch(alternative -> upper(alternative) == null);
  }

  private static @Nullable SemVersion upper(List<SemComparator> alternative) {
    @Nullable SemVersion lowest = null;
    for (SemComparator comparator : alternative) {
      SemVersion bound = comparator.operator().isLower() ? null : comparator.version();
      if (bound != null && (lowest == null || bound.compareTo(lowest) < 0)) {
        lowest = bound;
      }
    }
    return lowest;
  }

  /// As npm writes it: `*` for any version.
  @Override
  public String toString() {
    List<String> parts = new ArrayList<>(alternatives.size());
    for (List<SemComparator> alternative : alternatives) {
      parts.add(String.join(" ", alternative.stream().map(SemComparator::toString).toList()));
    }
    String text = String.join("||", parts);
    return text.isEmpty() ? "*" : text;
  }
}

package dev.depslim.ecosystem.python;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An interval of versions as Poetry reckons with it (poetry-core, `VersionRange`): open ends are
/// null, and one version alone is an interval from itself to itself.
record PoetryRange(
    @Nullable Version min, @Nullable Version max, boolean includeMin, boolean includeMax) {
  static final PoetryRange ANY = new PoetryRange(null, null, false, false);

  static PoetryRange point(Version version) {
    return new PoetryRange(version, version, true, true);
  }

  static PoetryRange from(Version min, Version below) {
    return new PoetryRange(min, below, true, false);
  }

  boolean isAny() {
    return min == null && max == null;
  }

  boolean isPoint() {
    return min != null && includeMin && includeMax && same(min, max);
  }

  /// Whether a version lies in it; a local label counts where the bound has one.
  boolean allows(Version version) {
    if (isPoint()) {
      return same(min, weak(version, min));
    }
    if (min != null) {
      Version other = version;
      if (!includeMin && min.post() == null && other.post() != null) {
        other = other.withoutPost();
      }
      other = weak(other, min);
      int order = other.compareTo(min);
      if (order < 0 || (!includeMin && order == 0)) {
        return false;
      }
    }
    Version limit = highest();
    if (max != null && limit != null) {
      Version other = weak(version, limit);
      int order = other.compareTo(limit);
      return order <= 0 && (includeMax || (order != 0 && other.compareTo(max) != 0));
    }
    return true;
  }

  private static Version weak(Version version, @Nullable Version bound) {
    return bound != null && bound.local() == null ? version.withoutLocal() : version;
  }

  /// The upper bound, below the pre-releases of a version that is itself left out.
  private @Nullable Version highest() {
    return max == null || includeMax || max.isPreRelease() ? max : max.firstDevelopment();
  }

  /// The versions in both, or null where there are none.
  @Nullable PoetryRange and(PoetryRange other) {
    if (isPoint() && other.isPoint()) {
      return allowsPoint(other) ? other : other.allowsPoint(this) ? this : null;
    }
    if (isPoint()) {
      return other.and(this);
    }
    if (other.isPoint()) {
      if (allowsPoint(other)) {
        return other;
      }
      boolean local = min != null && min.local() != null && other.allows(min);
      return local && min != null && other.min != null
          ? new PoetryRange(min, raised(stable(other.min), 2), includeMin, false)
          : null;
    }
    if (isBelow(other) || other.isBelow(this)) {
      return null;
    }
    PoetryRange low = beginsBefore(other) ? other : this;
    PoetryRange high = endsAfter(other) ? other : this;
    return new PoetryRange(low.min, high.max, low.includeMin, high.includeMax);
  }

  private boolean allowsPoint(PoetryRange point) {
    return point.min != null && allows(point.min);
  }

  private boolean overlaps(PoetryRange other) {
    return isPoint() || other.isPoint()
        ? and(other) != null
        : !isBelow(other) && !other.isBelow(this);
  }

  private boolean touches(PoetryRange next) {
    return max != null && next.min != null && same(max, next.min) && includeMax != next.includeMin;
  }

  private PoetryRange with(PoetryRange other) {
    PoetryRange low = beginsBefore(other) ? this : other;
    PoetryRange high = endsAfter(other) ? this : other;
    return new PoetryRange(low.min, high.max, low.includeMin, high.includeMax);
  }

  private boolean beginsBefore(PoetryRange other) {
    if (min == null || other.min == null) {
      return min == null && other.min != null;
    }
    int order = min.compareTo(other.min);
    return order == 0 ? includeMin && !other.includeMin : order < 0;
  }

  /// Whether it reaches higher than another.
  boolean endsAfter(PoetryRange other) {
    Version ours = highest();
    Version theirs = other.highest();
    if (ours == null || theirs == null) {
      return ours == null && theirs != null;
    }
    int order = ours.compareTo(theirs);
    return order == 0 ? includeMax && !other.includeMax : order > 0;
  }

  private boolean isBelow(PoetryRange other) {
    Version ours = highest();
    if (ours == null || other.min == null) {
      return false;
    }
    int order = ours.compareTo(other.min);
    return order == 0 ? !(includeMax && other.includeMin) : order < 0;
  }

  private int order(PoetryRange other) {
    if (min == null || other.min == null) {
      return min == other.min ? orderOfEnds(other) : min == null ? -1 : 1;
    }
    int order = min.compareTo(other.min);
    if (order == 0 && includeMin != other.includeMin) {
      return includeMin ? -1 : 1;
    }
    return order == 0 ? orderOfEnds(other) : order;
  }

  private int orderOfEnds(PoetryRange other) {
    if (max == null || other.max == null) {
      return max == other.max ? 0 : max == null ? 1 : -1;
    }
    int order = max.compareTo(other.max);
    return order == 0 ? Boolean.compare(includeMax, other.includeMax) : order;
  }

  /// The union, sorted, without intervals that overlap or touch.
  static List<PoetryRange> union(List<PoetryRange> ranges) {
    List<PoetryRange> sorted = new ArrayList<>(ranges);
    if (sorted.stream().anyMatch(PoetryRange::isAny)) {
      return List.of(ANY);
    }
    sorted.sort(PoetryRange::order);
    List<PoetryRange> merged = new ArrayList<>();
    for (PoetryRange range : sorted) {
      PoetryRange last = merged.isEmpty() ? null : merged.getLast();
      if (last == null || (!last.overlaps(range) && !last.touches(range))) {
        merged.add(range);
      } else {
        merged.set(merged.size() - 1, last.with(range));
      }
    }
    return merged;
  }

  /// What lies in both of two unions. Where bounds of both mean the same, that of the left one
  /// stays, or of the one that has several intervals.
  static List<PoetryRange> intersection(List<PoetryRange> left, List<PoetryRange> right) {
    if (left.size() == 1 && right.size() > 1) {
      return intersection(right, left);
    }
    List<PoetryRange> out = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < left.size() && j < right.size()) {
      PoetryRange both = left.get(i).and(right.get(j));
      if (both != null) {
        out.add(both);
      }
      if (right.get(j).endsAfter(left.get(i))) {
        i++;
      } else {
        j++;
      }
    }
    return union(out);
  }

  private static boolean same(@Nullable Version a, @Nullable Version b) {
    return a != null && b != null && a.compareTo(b) == 0;
  }

  /// A version without its phases before the release.
  static Version stable(Version version) {
    return version.isPreRelease() ? version.base() : version;
  }

  /// The release with one number raised and all behind it 0.
  ///
  /// @param at its place; numbers up to it that are missing count as 0
  static Version raised(Version version, int at) {
    List<String> numbers = new ArrayList<>(version.release());
    while (numbers.size() <= at) {
      numbers.add("0");
    }
    numbers.set(at, Version.next(numbers.get(at)));
    for (int i = at + 1; i < numbers.size(); i++) {
      numbers.set(i, "0");
    }
    return VersionRanges.release(version, numbers);
  }

  @Override
  public String toString() {
    if (isPoint() && min != null) {
      return min.toString();
    }
    String low = min == null ? "" : (includeMin ? ">=" : ">") + min;
    String high = max == null ? "" : (includeMax ? "<=" : "<") + max;
    return isAny() ? "*" : low + (low.isEmpty() || high.isEmpty() ? "" : ",") + high;
  }
}

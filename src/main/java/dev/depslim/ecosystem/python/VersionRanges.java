package dev.depslim.ecosystem.python;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A set of versions: ranges that are sorted and neither overlap nor touch, so that equal sets are
/// equal.
record VersionRanges(List<Range> ranges) {
  /// No version.
  static final VersionRanges NONE = new VersionRanges(List.of());

  /// Every version.
  static final VersionRanges ALL = new VersionRanges(List.of(new Range(Cut.LOWEST, Cut.HIGHEST)));

  VersionRanges {
    ranges = List.copyOf(ranges);
  }

  /// A place between versions: just before or just after one, or at an end of all.
  ///
  /// @param version null for an end: the lower one, or with `after` the upper one
  record Cut(@Nullable Version version, boolean after) implements Comparable<Cut> {
    static final Cut LOWEST = new Cut(null, false);
    static final Cut HIGHEST = new Cut(null, true);

    Cut {
      version = version == null ? null : version.withoutTrailingZeros();
    }

    static Cut before(Version version) {
      return new Cut(version, false);
    }

    static Cut after(Version version) {
      return new Cut(version, true);
    }

    @Override
    public int compareTo(Cut other) {
      if (version == null || other.version == null) {
        return Integer.compare(rank(), other.rank());
      }
      int order = version.compareTo(other.version);
      return order == 0 ? Boolean.compare(after, other.after) : order;
    }

    private int rank() {
      return version != null ? 0 : after ? 1 : -1;
    }
  }

  /// From one cut to a later one.
  record Range(Cut low, Cut high) {
    /// The one version that it holds, or null.
    @Nullable Version point() {
      Version version = low.version();
      return version != null && !low.after() && high.after() && version.equals(high.version())
          ? version
          : null;
    }
  }

  /// One range; nothing where it is empty.
  static VersionRanges between(Cut low, Cut high) {
    return low.compareTo(high) < 0 ? new VersionRanges(List.of(new Range(low, high))) : NONE;
  }

  boolean isEmpty() {
    return ranges.isEmpty();
  }

  /// Whether a version is in it; the local label counts only where a range names one.
  boolean contains(Version version) {
    return has(version) || (version.local() != null && has(version.withoutLocal()));
  }

  private boolean has(Version version) {
    Cut before = Cut.before(version);
    Cut after = Cut.after(version);
    for (Range range : ranges) {
      if (range.low().compareTo(before) <= 0 && range.high().compareTo(after) >= 0) {
        return true;
      }
    }
    return false;
  }

  VersionRanges or(VersionRanges other) {
    List<Range> all = new ArrayList<>(ranges);
    all.addAll(other.ranges);
    all.sort((a, b) -> a.low().compareTo(b.low()));
    List<Range> out = new ArrayList<>();
    for (Range range : all) {
      Range last = out.isEmpty() ? null : out.getLast();
      if (last == null || last.high().compareTo(range.low()) < 0) {
        out.add(range);
      } else if (last.high().compareTo(range.high()) < 0) {
        out.set(out.size() - 1, new Range(last.low(), range.high()));
      }
    }
    return new VersionRanges(out);
  }

  VersionRanges not() {
    List<Range> out = new ArrayList<>();
    Cut low = Cut.LOWEST;
    for (Range range : ranges) {
      if (low.compareTo(range.low()) < 0) {
        out.add(new Range(low, range.low()));
      }
      low = range.high();
    }
    if (low.compareTo(Cut.HIGHEST) < 0) {
      out.add(new Range(low, Cut.HIGHEST));
    }
    return new VersionRanges(out);
  }

  VersionRanges and(VersionRanges other) {
    return not().or(other.not()).not();
  }

  /// The final releases that satisfy clauses of PEP 440, such as `requires-python`; null where a
  /// clause compares text (`===`).
  static @Nullable VersionRanges of(VersionSpecifier specifier) {
    VersionRanges out = ALL;
    for (VersionSpecifier.Clause clause : specifier.clauses()) {
      VersionRanges one = of(clause.operator(), clause.version());
      if (one == null) {
        return null;
      }
      out = out.and(one);
    }
    return out;
  }

  /// The final releases that satisfy one clause, or null where it is none.
  static @Nullable VersionRanges of(String operator, String text) {
    boolean prefix = text.endsWith(".*");
    Version version = Version.parse(prefix ? text.substring(0, text.length() - 2) : text);
    if (version == null || (prefix && !operator.equals("==") && !operator.equals("!="))) {
      return null;
    }
    Cut before = Cut.before(version);
    Cut after = Cut.after(version);
    return switch (operator) {
      case "==" -> prefix ? between(before, Cut.before(next(version))) : between(before, after);
      case "!=" -> Objects.requireNonNull(of("==", text)).not();
      case ">=" -> between(before, Cut.HIGHEST);
      case ">" -> between(after, Cut.HIGHEST);
      case "<=" -> between(Cut.LOWEST, after);
      case "<" -> between(Cut.LOWEST, before);
      case "~=" ->
          version.release().size() < 2 ? null : between(before, Cut.before(next(shorter(version))));
      default -> null;
    };
  }

  private static Version shorter(Version version) {
    return release(version, version.release().subList(0, version.release().size() - 1));
  }

  /// The release whose last number is one higher: `3.9` for `3.8`.
  static Version next(Version version) {
    List<String> numbers = new ArrayList<>(version.release());
    String last = numbers.removeLast();
    numbers.add(Version.next(last));
    return release(version, numbers);
  }

  /// A final release of the same epoch.
  static Version release(Version version, List<String> numbers) {
    return new Version(version.epoch(), numbers, null, null, null, null, null);
  }
}

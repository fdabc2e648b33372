package dev.depslim.ecosystem.node;

import org.jspecify.annotations.Nullable;

/// One condition of a range, such as `>=1.2.3`.
///
/// @param version null where every version fits
record SemComparator(Operator operator, @Nullable SemVersion version) {
  enum Operator {
    EQUAL(""),
    LESS("<"),
    AT_MOST("<="),
    GREATER(">"),
    AT_LEAST(">=");

    final String sign;

    Operator(String sign) {
      this.sign = sign;
    }

    static Operator of(String sign) {
      return switch (sign) {
        case "<" -> LESS;
        case "<=" -> AT_MOST;
        case ">" -> GREATER;
        case ">=" -> AT_LEAST;
        default -> EQUAL;
      };
    }

    boolean isLower() {
      return this == GREATER || this == AT_LEAST;
    }

    boolean isUpper() {
      return this == LESS || this == AT_MOST;
    }

    boolean isInclusive() {
      return this == AT_MOST || this == AT_LEAST;
    }
  }

  static final SemComparator ANY = new SemComparator(Operator.EQUAL, null);

  /// What no version fits: less than the lowest of all.
  static final SemComparator NONE = new SemComparator(Operator.LESS, SemVersion.lowest(0, 0, 0));

  boolean isAny() {
    return version == null;
  }

  boolean isNone() {
    return toString().equals(NONE.toString());
  }

  /// Whether the version fits, whatever is said of pre-releases.
  boolean test(SemVersion candidate) {
    if (version == null) {
      return true;
    }
    int order = candidate.compareTo(version);
    return switch (operator) {
      case EQUAL -> order == 0;
      case LESS -> order < 0;
      case AT_MOST -> order <= 0;
      case GREATER -> order > 0;
      case AT_LEAST -> order >= 0;
    };
  }

  /// Whether some version can fit this and another condition, neither of them an equality.
  boolean overlaps(SemComparator other, boolean includePrerelease) {
    if (version == null || other.version == null) {
      return true;
    }
    String nothingLower = includePrerelease ? "<0.0.0-0" : "<0.0.0";
    if (includePrerelease
        ? toString().equals(nothingLower) || other.toString().equals(nothingLower)
        : toString().startsWith(nothingLower) || other.toString().startsWith(nothingLower)) {
      return false;
    }
    if (operator.isLower() == other.operator.isLower()) {
      return true;
    }
    int order = version.compareTo(other.version);
    if (order == 0) {
      return operator.isInclusive() && other.operator.isInclusive();
    }
    return order < 0 ? operator.isLower() : operator.isUpper();
  }

  /// As npm writes it; empty where every version fits.
  @Override
  public String toString() {
    return version == null ? "" : operator.sign + version;
  }
}

package dev.depslim.model;

import java.util.Locale;

/// One scale for everything that is concluded and not read; the surest first.
public enum Confidence {
  CERTAIN,
  LIKELY,
  GUESS;

  /// The name used in reports.
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Whether this is at least as sure as the other.
  public boolean atLeast(Confidence other) {
    return compareTo(other) <= 0;
  }
}

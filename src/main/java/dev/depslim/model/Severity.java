package dev.depslim.model;

import java.util.Locale;

/// How serious an issue or a finding is; the most serious first.
public enum Severity {
  ERROR,
  WARNING,
  NOTE;

  /// The name used in reports.
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Whether this is at least as serious as the other.
  public boolean atLeast(Severity other) {
    return compareTo(other) <= 0;
  }
}

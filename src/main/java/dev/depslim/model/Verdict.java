package dev.depslim.model;

import java.util.List;
import java.util.Locale;

/// What should become of a declared dependency, and why.
public record Verdict(Action action, Confidence confidence, List<String> reasons) {
  public Verdict {
    reasons = List.copyOf(reasons);
    if (reasons.isEmpty()) {
      throw new IllegalArgumentException("a verdict needs a reason");
    }
  }

  /// What to do.
  public enum Action {
    KEEP,
    DROP,
    MOVE_TO_DEV,
    MOVE_TO_PROD,
    REVIEW;

    /// The name used in reports, such as `move-to-dev`.
    public String id() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}

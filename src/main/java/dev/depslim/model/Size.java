package dev.depslim.model;

import org.jspecify.annotations.Nullable;

/// How many bytes something takes, and how that is known; an unknown size is never 0.
public sealed interface Size {
  /// Counted where the package lies.
  ///
  /// @param ownBytes bytes of the package alone
  /// @param retainedBytes bytes that would go with its declaration
  /// @param basis where it was counted
  /// @param notCounted what is not in `retainedBytes` and why, for people; null where all is
  record Measured(long ownBytes, long retainedBytes, Basis basis, @Nullable String notCounted)
      implements Size {
    /// Where everything is counted.
    public Measured(long ownBytes, long retainedBytes, Basis basis) {
      this(ownBytes, retainedBytes, basis, null);
    }
  }

  /// Not known.
  ///
  /// @param reason why, for people
  record Unknown(String reason) implements Size {}

  /// What bytes were counted; sizes of different bases are never added up.
  enum Basis {
    /// Real bytes in an image.
    IMAGE,
    /// Real bytes of an installed tree.
    INSTALLED,
    /// What the lock states of the registry's archives, compressed.
    LOCK,
    /// What the registry states.
    REGISTRY;

    /// The name used in reports.
    public String id() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }
}

package dev.depslim.model;

/// How many bytes something takes, and how that is known; an unknown size is never 0.
public sealed interface Size {
  /// Counted where the package lies.
  ///
  /// @param ownBytes bytes of the package alone
  /// @param retainedBytes bytes that would go with its declaration
  /// @param basis where it was counted
  record Measured(long ownBytes, long retainedBytes, Basis basis) implements Size {}

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

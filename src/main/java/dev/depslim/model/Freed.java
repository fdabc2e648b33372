package dev.depslim.model;

import org.jspecify.annotations.Nullable;

/// What goes when declarations or packages go.
///
/// @param packages third-party packages, one of each name and version
/// @param known of how many of them the size is known
/// @param bytes of those; null where something goes and no size of it is known
public record Freed(int packages, int known, @Nullable Long bytes) {
  /// Nothing goes.
  public static final Freed NOTHING = new Freed(0, 0, 0L);

  public Freed {
    if (known > packages || known < 0) {
      throw new IllegalArgumentException(known + " of " + packages + " are known");
    }
  }

  /// This and what something else frees, of which nothing is in both.
  public Freed and(Freed other) {
    Long sum =
        bytes == null ? other.bytes : other.bytes == null ? bytes : (Long) (bytes + other.bytes);
    return new Freed(packages + other.packages, known + other.known, sum);
  }
}

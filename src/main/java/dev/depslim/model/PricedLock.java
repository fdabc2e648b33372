package dev.depslim.model;

import org.jspecify.annotations.Nullable;

/// A lock with the bytes of its packages: all that is needed to say what its declarations cost.
///
/// @param lock of what is only installed, the path is the folder that it lies in
/// @param basis what `bytes` counts; null where no size is known
/// @param bytes of each of [Lockfile#packages()], [#UNKNOWN] where not known
/// @param missing why sizes that are not known are not, for people
/// @param file whether it was read from a lock file; else it is what is installed
@SuppressWarnings("ArrayRecordComponent") // large, made once and never compared
public record PricedLock(
    Lockfile lock, Size.@Nullable Basis basis, long[] bytes, String missing, boolean file) {
  /// What `bytes` holds where the size is not known.
  public static final long UNKNOWN = -1;

  /// The bytes of a package on a basis, or [#UNKNOWN]. What the lock itself states is known beside
  /// the basis that was chosen.
  public long bytes(int copy, Size.Basis on) {
    if (on == basis) {
      return bytes[copy];
    }
    Long stated = lock.packages().get(copy).compressedBytes();
    return on == Size.Basis.LOCK && stated != null ? stated : UNKNOWN;
  }
}

package dev.depslim.ecosystem;

import dev.depslim.model.Lockfile;
import dev.depslim.model.Size;

/// Says how many bytes the packages of a lock take. Every source counts bytes of one basis, and
/// bytes of different bases are never added up.
public interface SizeSource {
  /// What `bytes` holds where the size is not known.
  long UNKNOWN = -1;

  /// What is counted.
  Size.Basis basis();

  /// The sizes of a lock's packages.
  Sizes sizes(Lockfile lock);

  /// Sizes.
  ///
  /// @param bytes of each of [Lockfile#packages()], or [#UNKNOWN]; 0 for what is a part of another
  ///   one of them
  /// @param missing why those that are unknown are not known, for people; the end of a sentence
  ///   such as `there is no node_modules`
  @SuppressWarnings("ArrayRecordComponent") // large, made once and never compared
  record Sizes(long[] bytes, String missing) {}
}

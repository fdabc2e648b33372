package dev.depslim.ecosystem;

import dev.depslim.model.Issue;
import dev.depslim.model.Lockfile;
import dev.depslim.model.Size;
import java.util.List;
import java.util.Map;

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
  /// @param because the same for single packages, by index, where more can be said
  /// @param issues what kept the source from knowing more
  @SuppressWarnings("ArrayRecordComponent") // large, made once and never compared
  record Sizes(long[] bytes, String missing, Map<Integer, String> because, List<Issue> issues) {
    public Sizes {
      because = Map.copyOf(because);
      issues = List.copyOf(issues);
    }

    /// Sizes that are unknown for one reason.
    public Sizes(long[] bytes, String missing) {
      this(bytes, missing, Map.of(), List.of());
    }
  }
}

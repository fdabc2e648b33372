package dev.depslim.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Why a locked package is here, and what goes with it.
///
/// @param lockfile path of the lock; for what is only installed, the folder that it lies in
/// @param ownBytes of all its copies; null where not known
/// @param basis what bytes are counted; null where none are known
/// @param missing why sizes that are not known are not, for people
/// @param ways for each declaration that brings it a shortest way, the shortest first; then one
///   through each package that needs it and is on none of those
/// @param alone what goes when the package itself goes, itself among it
/// @param going the packages that go with it, the largest first
public record Explanation(
    Ecosystem ecosystem,
    String name,
    @Nullable String version,
    String lockfile,
    @Nullable Long ownBytes,
    Size.@Nullable Basis basis,
    String missing,
    List<Way> ways,
    Freed alone,
    List<Item> going) {
  public Explanation {
    ways = List.copyOf(ways);
    going = List.copyOf(going);
  }

  /// A way from a declaration to the package.
  ///
  /// @param project path of the project that declares, relative to the analysed root, `.` for the
  ///   root itself
  /// @param declared the declared name
  /// @param production whether a plain production install follows the declaration
  /// @param packages what it leads through: from the declared package to the explained one
  public record Way(String project, String declared, boolean production, List<Item> packages) {
    public Way {
      packages = List.copyOf(packages);
    }
  }

  /// A package.
  ///
  /// @param bytes of it alone; null where not known, and where it is only passed through
  public record Item(String name, @Nullable String version, @Nullable Long bytes) {}
}

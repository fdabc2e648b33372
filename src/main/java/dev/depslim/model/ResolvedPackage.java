package dev.depslim.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A third-party package that a lock file resolves: one row per name, version and lock.
///
/// @param scope runtime, optional or dev, by reachability from the projects of the lock
/// @param direct whether a project of the lock declares it
/// @param requiredBy names of the locked packages that require it directly, sorted
/// @param broughtBy names of the declared dependencies through which production reaches it, sorted;
///   for a direct one its own name
/// @param inProduction whether a plain production install brings it
/// @param lockfile path of the lock
/// @param line where its entry begins in the lock; 0 where not known
/// @param ownBytes of all its copies; null where not known
/// @param dominated what goes when the package itself goes, itself among it; nothing where nothing
///   asks for it
public record ResolvedPackage(
    Ecosystem ecosystem,
    String name,
    @Nullable String version,
    Scope scope,
    Classification classification,
    boolean direct,
    List<String> requiredBy,
    List<String> broughtBy,
    boolean inProduction,
    String lockfile,
    int line,
    @Nullable Long ownBytes,
    Freed dominated) {
  public ResolvedPackage {
    requiredBy = List.copyOf(requiredBy);
    broughtBy = List.copyOf(broughtBy);
  }

  /// A package of which no size and no cost is known.
  public ResolvedPackage(
      Ecosystem ecosystem,
      String name,
      @Nullable String version,
      Scope scope,
      Classification classification,
      boolean direct,
      List<String> requiredBy,
      List<String> broughtBy,
      boolean inProduction,
      String lockfile,
      int line) {
    this(
        ecosystem,
        name,
        version,
        scope,
        classification,
        direct,
        requiredBy,
        broughtBy,
        inProduction,
        lockfile,
        line,
        null,
        new Freed(1, 0, null));
  }

  /// The package URL.
  public String purl() {
    return Purl.of(ecosystem, name, version);
  }
}

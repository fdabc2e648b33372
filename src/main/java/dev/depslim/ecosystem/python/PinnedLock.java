package dev.depslim.ecosystem.python;

import dev.depslim.ecosystem.python.MarkerAlgebra.Node;
import dev.depslim.model.Scope;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A lock with all that a requirement file needs of it: where each package comes from, its hashes,
/// and under which condition one needs another.
///
/// @param path of the lock, relative to the analysed root
/// @param kind name of the format, such as `uv.lock`
/// @param command how the lock is written anew
/// @param graph whether it tells which package needs which
/// @param python versions of Python that it was made for
/// @param pins the packages, the user's own among them
/// @param direct what the project asks for
/// @param overridden normalised names whose versions the project sets against what others ask for
record PinnedLock(
    String path,
    String kind,
    String command,
    boolean graph,
    VersionRanges python,
    List<Pin> pins,
    List<Direct> direct,
    Set<String> overridden) {
  /// In place of a name: no manifest asks for the package, and the lock does not tell what does.
  static final String NEEDED = "another package";

  PinnedLock {
    pins = List.copyOf(pins);
    direct = List.copyOf(direct);
    overridden = Set.copyOf(overridden);
  }

  /// A locked package.
  ///
  /// @param line where it begins in the lock
  /// @param hashes `sha256:…` of each file that may be installed; empty where the lock has none
  /// @param sourceOnly whether the lock knows files of it and none is a wheel
  /// @param when the condition that the lock itself gives the package
  /// @param extras what each of its extras needs on top
  record Pin(
      String name,
      @Nullable String version,
      int line,
      Source source,
      List<String> hashes,
      boolean sourceOnly,
      Node when,
      List<Need> needs,
      Map<String, List<Need>> extras) {
    Pin {
      hashes = List.copyOf(hashes);
      needs = List.copyOf(needs);
    }
  }

  /// One package needs another.
  ///
  /// @param target index into `pins`
  /// @param extras of the target, in their normal form
  record Need(int target, Set<String> extras, Node when) {}

  /// What the project asks for.
  ///
  /// @param name normalised, or NEEDED
  record Direct(String name, Scope scope, @Nullable String group, Need need) {}

  /// Where a package comes from.
  sealed interface Source {
    /// A registry.
    ///
    /// @param index its address, null for the one that the installer asks anyway
    record Registry(@Nullable String index) implements Source {}

    /// A repository or archive behind an address that pip takes.
    ///
    /// @param repository whether it is a repository: pip cannot check its hash
    record Url(String url, boolean repository) implements Source {}

    /// An archive of the tree.
    record Archive(String path) implements Source {}

    /// A folder of the user's own sources, relative to that of the lock.
    record Folder(String path) implements Source {}
  }

  /// The files that pip can check: it takes no other algorithms.
  static boolean isStrong(String hash) {
    return hash.startsWith("sha256:") || hash.startsWith("sha384:") || hash.startsWith("sha512:");
  }
}

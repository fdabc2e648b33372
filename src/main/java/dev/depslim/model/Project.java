package dev.depslim.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A folder with manifests or lock files of one ecosystem.
///
/// @param path relative to the analysed root, `.` for the root itself
/// @param name as the manifest states it, or null
public record Project(
    String path,
    Ecosystem ecosystem,
    @Nullable String name,
    List<ManifestFile> manifests,
    List<LockfileFile> lockfiles,
    List<Dependency> dependencies,
    List<ResolvedPackage> resolved) {
  public Project {
    manifests = List.copyOf(manifests);
    lockfiles = List.copyOf(lockfiles);
    dependencies = List.copyOf(dependencies);
    resolved = List.copyOf(resolved);
  }

  /// A manifest that was read.
  public record ManifestFile(String path, String kind) {}

  /// A lock file that was read.
  ///
  /// @param packages how many third-party packages it resolves
  public record LockfileFile(String path, String kind, @Nullable String format, int packages) {}
}

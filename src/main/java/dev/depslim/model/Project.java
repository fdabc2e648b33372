package dev.depslim.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A folder with manifests or lock files of one ecosystem.
///
/// @param path relative to the analysed root, `.` for the root itself
/// @param name as the manifest states it, or null
/// @param servedBy locks of folders above that resolve it too: those of its workspace
/// @param disagreements where its locks do not say what their manifests say
public record Project(
    String path,
    Ecosystem ecosystem,
    @Nullable String name,
    List<ManifestFile> manifests,
    List<LockfileFile> lockfiles,
    List<LockfileFile> servedBy,
    List<Dependency> dependencies,
    List<ResolvedPackage> resolved,
    List<Disagreement> disagreements) {
  public Project {
    manifests = List.copyOf(manifests);
    lockfiles = List.copyOf(lockfiles);
    servedBy = List.copyOf(servedBy);
    dependencies = List.copyOf(dependencies);
    resolved = List.copyOf(resolved);
    disagreements = List.copyOf(disagreements);
  }

  /// A project whose locks agree with their manifests.
  public Project(
      String path,
      Ecosystem ecosystem,
      @Nullable String name,
      List<ManifestFile> manifests,
      List<LockfileFile> lockfiles,
      List<LockfileFile> servedBy,
      List<Dependency> dependencies,
      List<ResolvedPackage> resolved) {
    this(path, ecosystem, name, manifests, lockfiles, servedBy, dependencies, resolved, List.of());
  }

  /// A project that is no member of a workspace.
  public Project(
      String path,
      Ecosystem ecosystem,
      @Nullable String name,
      List<ManifestFile> manifests,
      List<LockfileFile> lockfiles,
      List<Dependency> dependencies,
      List<ResolvedPackage> resolved) {
    this(path, ecosystem, name, manifests, lockfiles, List.of(), dependencies, resolved);
  }

  /// The same project with these rows in place of its own.
  public Project with(List<Dependency> otherDependencies, List<ResolvedPackage> otherResolved) {
    return new Project(
        path,
        ecosystem,
        name,
        manifests,
        lockfiles,
        servedBy,
        otherDependencies,
        otherResolved,
        disagreements);
  }

  /// A manifest that was read.
  public record ManifestFile(String path, String kind) {}

  /// A lock file that was read.
  ///
  /// @param packages how many third-party packages it resolves
  public record LockfileFile(String path, String kind, @Nullable String format, int packages) {}
}

package dev.depslim.ecosystem.python;

import dev.depslim.ecosystem.ManifestReader;
import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.ecosystem.SourceFile;
import dev.depslim.model.DeclaredDependency;
import dev.depslim.model.Scope;
import java.util.List;

/// What the manifest beside a lock declares, for formats that do not say themselves what is direct.
final class DeclaredRoots {
  private DeclaredRoots() {}

  /// The declarations of the manifest in the folder of the lock, those of the build system left
  /// out; empty where there is no manifest.
  static List<DeclaredDependency> beside(
      SourceFile lock, String manifest, ManifestReader reader, ProjectFiles files) {
    String path = Paths.below(lock.folder(), manifest);
    byte[] bytes = files.read(path);
    if (bytes == null) {
      return List.of();
    }
    return reader.read(new SourceFile(path, bytes), files).dependencies().stream()
        .filter(declared -> declared.scope() != Scope.BUILD)
        .toList();
  }
}

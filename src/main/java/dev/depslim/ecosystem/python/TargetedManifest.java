package dev.depslim.ecosystem.python;

import dev.depslim.ecosystem.ManifestReader;
import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.ecosystem.SourceFile;
import dev.depslim.model.DeclaredDependency;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.Manifest;
import java.util.List;

/// A reader that marks what is declared for other systems only than those of the project's
/// [PythonTarget].
public record TargetedManifest(ManifestReader reader) implements ManifestReader {
  @Override
  public Ecosystem ecosystem() {
    return reader.ecosystem();
  }

  @Override
  public boolean reads(String path) {
    return reader.reads(path);
  }

  @Override
  public boolean reads(String path, ProjectFiles files) {
    return reader.reads(path, files);
  }

  @Override
  public Manifest read(SourceFile file, ProjectFiles files) {
    Manifest manifest = reader.read(file, files);
    if (manifest.dependencies().stream().allMatch(one -> one.marker() == null)) {
      return manifest;
    }
    PythonTarget target = PythonTarget.of(file.folder(), files, null);
    List<DeclaredDependency> all =
        manifest.dependencies().stream()
            .map(one -> target.mayHold(one.marker()) ? one : one.forOtherSystems())
            .toList();
    return new Manifest(
        manifest.path(),
        manifest.ecosystem(),
        manifest.kind(),
        manifest.name(),
        all,
        manifest.includes(),
        manifest.constraints(),
        manifest.workspaces(),
        manifest.issues());
  }
}

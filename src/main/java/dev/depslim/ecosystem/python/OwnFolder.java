package dev.depslim.ecosystem.python;

import dev.depslim.ecosystem.ManifestReader;
import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.ecosystem.SourceFile;
import org.jspecify.annotations.Nullable;

/// The user's own project in a folder that a requirement names.
final class OwnFolder {
  private OwnFolder() {}

  /// Its name after pyproject.toml, setup.cfg or setup.py, or null where none of them tells it.
  ///
  /// @param folder relative to the root, `""` for the root itself
  static @Nullable String statedName(String folder, ProjectFiles files) {
    String name = PyprojectToml.projectName(Paths.below(folder, "pyproject.toml"), files);
    if (name == null) {
      name = name(new SetupCfg(), Paths.below(folder, "setup.cfg"), files);
    }
    return name == null ? name(new SetupPy(), Paths.below(folder, "setup.py"), files) : name;
  }

  private static @Nullable String name(ManifestReader reader, String path, ProjectFiles files) {
    byte[] bytes = files.read(path);
    String name = bytes == null ? null : reader.read(new SourceFile(path, bytes), files).name();
    return name == null || name.isBlank() ? null : name;
  }

  /// Its name, or that of the folder where no file tells it.
  static String name(String folder, ProjectFiles files) {
    String name = statedName(folder, files);
    return name != null ? name : folder.isEmpty() ? "." : Paths.name(folder);
  }
}

package dev.depslim.ecosystem;

import dev.depslim.model.Ecosystem;
import dev.depslim.model.Manifest;

/// Reads one format of manifest.
public interface ManifestReader {
  /// The package manager family that the format belongs to.
  Ecosystem ecosystem();

  /// Whether a file with this path is read as this format.
  ///
  /// @param path relative to the analysed root
  boolean reads(String path);

  /// The same for formats that can only be told by what lies beside the file or by its content.
  default boolean reads(String path, ProjectFiles files) {
    return reads(path);
  }

  /// What the file declares. Never throws for bad content: what cannot be read is an issue of the
  /// result, with line and column, and the rest of the file counts.
  Manifest read(SourceFile file, ProjectFiles files);
}

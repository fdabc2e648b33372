package dev.depslim.ecosystem;

import dev.depslim.model.Ecosystem;
import dev.depslim.model.Lockfile;

/// Reads one format of lock file.
public interface LockfileReader {
  /// The package manager family that the format belongs to.
  Ecosystem ecosystem();

  /// Whether the file is of this format.
  ///
  /// @param path relative to the analysed root
  /// @param files for formats that can only be told by what lies beside them or by their content
  boolean reads(String path, ProjectFiles files);

  /// What the file resolves. Never throws for bad content: what cannot be read is an issue of the
  /// result, with line and column; a file that is not of the format at all has no packages and one
  /// issue of severity error.
  Lockfile read(SourceFile file, ProjectFiles files);
}

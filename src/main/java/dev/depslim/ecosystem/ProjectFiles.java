package dev.depslim.ecosystem;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The files of the analysed tree; nothing outside the root can be reached through it.
public interface ProjectFiles {
  /// The bytes of a file, or null where there is none (or it lies outside the root).
  ///
  /// @param path relative to the root, with `/`; `.` and `..` segments are resolved
  byte @Nullable [] read(String path);

  /// The content of a file from front to back, or null where there is none. The stream throws
  /// [java.io.UncheckedIOException] where it cannot be read.
  default @Nullable InputStream open(String path) {
    byte[] bytes = read(path);
    return bytes == null ? null : new ByteArrayInputStream(bytes);
  }

  /// Whether there is such a file, without reading it.
  boolean exists(String path);

  /// The folders that hold a file of this name, sorted, relative to the root, `""` for the root
  /// itself; empty where the files cannot be listed.
  default List<String> foldersWith(String fileName) {
    return List.of();
  }
}

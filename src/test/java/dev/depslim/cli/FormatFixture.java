package dev.depslim.cli;

import dev.depslim.ecosystem.LockfileReader;
import dev.depslim.ecosystem.ManifestReader;
import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.ecosystem.SourceFile;
import dev.depslim.ecosystem.python.TargetedManifest;
import dev.depslim.project.Formats;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A file of some format and what lies beside it.
///
/// @param id where it was found, for messages
/// @param path the file, relative to the folder of the fixture
/// @param files all files of the folder by their path
record FormatFixture(String id, String path, Map<String, byte[]> files) implements ProjectFiles {
  /// What reads a file: a reader of manifests or one of locks, never both.
  record Reader(@Nullable ManifestReader manifest, @Nullable LockfileReader lock) {
    /// The name of the class that reads.
    String name() {
      Object reader = manifest == null ? lock : manifest;
      return reader == null ? "none" : nameOf(reader);
    }

    /// The name of the class that reads the format.
    static String nameOf(Object reader) {
      Object format = reader instanceof TargetedManifest(ManifestReader inner) ? inner : reader;
      return format.getClass().getSimpleName();
    }
  }

  FormatFixture {
    files = Map.copyOf(files);
  }

  /// The same with another content.
  FormatFixture with(byte[] content) {
    Map<String, byte[]> others = new HashMap<>(files);
    others.put(path, content);
    return new FormatFixture(id, path, others);
  }

  SourceFile source() {
    return new SourceFile(path, content());
  }

  byte[] content() {
    byte[] bytes = files.get(path);
    return bytes == null ? new byte[0] : bytes;
  }

  /// The reader that discovery would choose, or null.
  @Nullable Reader reader(Formats formats) {
    for (LockfileReader reader : formats.lockfiles()) {
      if (reader.reads(path, this)) {
        return new Reader(null, reader);
      }
    }
    for (ManifestReader reader : formats.manifests()) {
      if (reader.reads(path, this)) {
        return new Reader(reader, null);
      }
    }
    return null;
  }

  @Override
  public byte @Nullable [] read(String wanted) {
    try {
      return files.get(Path.of(wanted).normalize().toString());
    } catch (InvalidPathException _) {
      return null;
    }
  }

  @Override
  public boolean exists(String wanted) {
    return read(wanted) != null;
  }
}

package dev.depslim.minimize;

import dev.depslim.ecosystem.ProjectFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The files of a folder as they lie there now.
final class WrittenFiles implements ProjectFiles {
  private final Path folder;

  WrittenFiles(Path folder) {
    this.folder = folder;
  }

  @Override
  public byte @Nullable [] read(String path) {
    Path file = inside(path);
    try {
      return file == null ? null : Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean exists(String path) {
    return inside(path) != null;
  }

  private @Nullable Path inside(String path) {
    Path relative = Path.of(path).normalize();
    Path file = folder.resolve(relative);
    return relative.isAbsolute() || relative.startsWith("..") || !Files.isRegularFile(file)
        ? null
        : file;
  }
}

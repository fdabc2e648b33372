package dev.depslim.ecosystem;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/// A file that is to be read; whoever reads decides on the encoding.
public final class SourceFile {
  private final String path;
  private final @Nullable ProjectFiles files;
  private byte @Nullable [] bytes;

  /// A file whose content is there.
  ///
  /// @param path relative to the analysed root, with `/`
  /// @param bytes the content as it lies there
  public SourceFile(String path, byte[] bytes) {
    this.path = path;
    this.bytes = bytes;
    this.files = null;
  }

  private SourceFile(String path, ProjectFiles files) {
    this.path = path;
    this.files = files;
  }

  /// A file of a tree, of which nothing is read until it is asked for.
  public static SourceFile in(ProjectFiles files, String path) {
    return new SourceFile(path, files);
  }

  /// Relative to the analysed root, with `/`.
  public String path() {
    return path;
  }

  /// The whole content, kept as long as this object.
  ///
  /// @throws UncheckedIOException where it cannot be read
  public byte[] bytes() {
    byte[] known = bytes;
    if (known == null) {
      known = files == null ? null : files.read(path);
      if (known == null) {
        throw gone();
      }
      bytes = known;
    }
    return known;
  }

  /// The content from front to back, for files that may be too large to be held. The stream throws
  /// [UncheckedIOException] where it cannot be read.
  public InputStream open() {
    byte[] known = bytes;
    InputStream stream =
        known != null ? new ByteArrayInputStream(known) : files == null ? null : files.open(path);
    if (stream == null) {
      throw gone();
    }
    return stream;
  }

  private UncheckedIOException gone() {
    return new UncheckedIOException(new IOException("it is there no more"));
  }

  /// The last segment of the path.
  public String fileName() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /// The folder of the file, `""` for the root.
  public String folder() {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }
}

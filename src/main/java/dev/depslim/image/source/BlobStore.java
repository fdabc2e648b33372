package dev.depslim.image.source;

import dev.depslim.image.layer.LayerIndex;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The files of an archive or a layout by their names.
interface BlobStore extends Closeable {
  /// The most bytes of a manifest or a configuration.
  int MAX_DOCUMENT = 32 << 20;

  /// Whether there is a file, symbolic links followed.
  boolean has(String name);

  /// The content of a small file.
  ///
  /// @throws IOException also where it is not there or too large
  byte[] read(String name) throws IOException;

  /// The size of a file, by which the work is ordered.
  long size(String name);

  /// Reads a layer. May be called by several threads.
  ///
  /// @throws IOException where it is damaged or beyond a limit
  Indexed index(String name, ImageRequest request) throws IOException;

  /// A layer that was read.
  ///
  /// @param sha256 digest of the uncompressed layer, or null where nobody asked for it
  record Indexed(
      LayerIndex entries,
      @Nullable LayerContents contents,
      long blobBytes,
      long tarBytes,
      Compression compression,
      @Nullable String sha256) {}
}

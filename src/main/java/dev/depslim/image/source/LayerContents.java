package dev.depslim.image.source;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/// Reads contents of a layer again, where its source can be seeked.
@FunctionalInterface
public interface LayerContents {
  /// A reader for one thread, which closes it.
  Reader reader();

  /// Reads contents by position.
  @FunctionalInterface
  interface Reader extends Closeable {
    /// Fills a buffer with bytes of a regular file; less where the content ends before.
    ///
    /// @param entry a [dev.depslim.image.layer.EntryType#FILE] of the layer's index
    /// @param position in the content
    /// @return false where the source has it in a form that cannot be read as it is (sparse files
    ///   in archives)
    boolean read(int entry, long position, ByteBuffer target) throws IOException;

    @Override
    default void close() {}
  }
}

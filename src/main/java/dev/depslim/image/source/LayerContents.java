package dev.depslim.image.source;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// Reads contents of a layer again, where its source can be seeked.
@FunctionalInterface
public interface LayerContents {
  /// The content of a regular file, or null where the source has it in a form that cannot be read
  /// as it is (sparse files in archives).
  ///
  /// @param entry a [dev.depslim.image.layer.EntryType#FILE] of the layer's index
  @Nullable InputStream open(int entry) throws IOException;
}

package dev.depslim.image.source;

import java.io.IOException;
import java.io.InputStream;

/// Reads contents of a layer again, where its source can be seeked.
@FunctionalInterface
public interface LayerContents {
  /// The content of a regular file.
  ///
  /// @param entry a [dev.depslim.image.layer.EntryType#FILE] of the layer's index
  InputStream open(int entry) throws IOException;
}

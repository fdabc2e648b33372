package dev.depslim.image.source;

import java.util.List;

/// What the configuration of an image says of its layers, without a look at them.
///
/// @param diffIds digests of its uncompressed layers, lowest first
/// @param history empty where the source does not tell
public record ImageOutline(
    String reference, List<String> diffIds, List<ImageSource.History> history) {
  public ImageOutline {
    diffIds = List.copyOf(diffIds);
    history = List.copyOf(history);
  }
}

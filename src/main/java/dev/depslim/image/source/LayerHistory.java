package dev.depslim.image.source;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Joins the history of a configuration with its layers.
public final class LayerHistory {
  private LayerHistory() {}

  /// The instruction of each layer: the history without its empty layers, one by one. Where the
  /// counts differ nothing is guessed and each is null.
  public static List<@Nullable String> createdBy(List<ImageSource.History> history, int layers) {
    List<@Nullable String> out = new ArrayList<>();
    for (ImageSource.History item : history) {
      if (!item.emptyLayer()) {
        out.add(item.createdBy());
      }
    }
    return out.size() == layers ? out : Collections.nCopies(layers, null);
  }
}

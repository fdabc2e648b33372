package dev.depslim.image.source;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One image of an archive or a layout, before its layers are read: names of blobs.
///
/// @param config name of the blob with the configuration
/// @param layers lowest first
/// @param tags names that the archive gives the image
/// @param platform what the index says, or null
record ImageManifest(
    String config,
    List<LayerBlob> layers,
    List<String> tags,
    @Nullable Platform platform,
    Map<String, String> annotations) {
  ImageManifest {
    layers = List.copyOf(layers);
    tags = List.copyOf(tags);
    annotations = Map.copyOf(annotations);
  }

  /// A layer.
  ///
  /// @param transferBytes what a registry transfers, or null where the manifest does not tell
  record LayerBlob(String name, @Nullable Long transferBytes) {}

  ImageManifest withPlatform(@Nullable Platform other) {
    return new ImageManifest(config, layers, tags, other, annotations);
  }

  /// What chooses it among others: its first tag, or without one the blob of its configuration.
  String name() {
    return tags.isEmpty() ? config : tags.getFirst();
  }

  /// How it is named in messages.
  String label() {
    String name = tags.isEmpty() ? config : String.join(", ", tags);
    return platform == null ? name : name + " (" + platform + ")";
  }
}

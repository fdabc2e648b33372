package dev.depslim.image.source;

import dev.depslim.syntax.Json;
import dev.depslim.syntax.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `manifest.json` of `docker save`: a list of `Config`, `RepoTags` and `Layers`, all of them names
/// in the archive. jib writes the keys with a small first letter.
final class DockerManifest {
  private DockerManifest() {}

  static List<ImageManifest> read(byte[] json) {
    List<ImageManifest> images = new ArrayList<>();
    if (Json.parse(json) instanceof Tree.Sequence items) {
      for (Tree item : items.items()) {
        if (item instanceof Tree.Mapping image
            && get(image, "config") instanceof Tree.Scalar config) {
          images.add(
              new ImageManifest(
                  BlobNames.clean(config.text()),
                  strings(get(image, "layers")).stream()
                      .map(name -> new ImageManifest.LayerBlob(BlobNames.clean(name), null))
                      .toList(),
                  strings(get(image, "repotags")),
                  null,
                  Map.of()));
        }
      }
    }
    return images;
  }

  private static List<String> strings(@Nullable Tree tree) {
    return tree instanceof Tree.Sequence sequence ? sequence.strings() : List.of();
  }

  private static @Nullable Tree get(Tree.Mapping mapping, String lowerCaseName) {
    for (Tree.Member member : mapping.members()) {
      if (member.name().toLowerCase(Locale.ROOT).equals(lowerCaseName)) {
        return member.value();
      }
    }
    return null;
  }
}

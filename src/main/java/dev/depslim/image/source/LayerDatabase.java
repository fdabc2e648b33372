package dev.depslim.image.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What Docker keeps of the layers of the overlay2 driver, beside their folders: in
/// `image/overlay2/layerdb/sha256/CHAIN` the digest (`diff`), the folder (`cache-id`) and all of
/// the layer's archive but the contents (`tar-split.json.gz`). CHAIN is the chain id of the OCI
/// image specification (config.md, "Layer ChainID").
final class LayerDatabase {
  private LayerDatabase() {}

  /// The descriptions of the layers, lowest first; null where one is missing or is not that of its
  /// folder.
  ///
  /// @param folders `ROOT/overlay2/ID/diff`
  static @Nullable List<Path> descriptions(List<Path> folders, List<String> diffIds) {
    List<Path> found = new ArrayList<>();
    String chain = "";
    for (int i = 0; i < folders.size(); i++) {
      String diffId = diffIds.get(i);
      chain = i == 0 ? diffId : Sha256.of((chain + " " + diffId).getBytes(UTF_8));
      Path layer = folders.get(i).getParent();
      Path driver = layer == null ? null : layer.getParent();
      if (layer == null || driver == null || !chain.startsWith("sha256:")) {
        return null;
      }
      Path record =
          driver
              .resolveSibling("image/overlay2/layerdb/sha256")
              .resolve(chain.substring("sha256:".length()));
      Path description = record.resolve("tar-split.json.gz");
      if (!says(record.resolve("cache-id"), String.valueOf(layer.getFileName()))
          || !says(record.resolve("diff"), diffId)
          || !Files.isReadable(description)) {
        return null;
      }
      found.add(description);
    }
    return found;
  }

  private static boolean says(Path file, String text) {
    try {
      return Files.readString(file).strip().equals(text);
    } catch (IOException _) {
      return false;
    }
  }
}

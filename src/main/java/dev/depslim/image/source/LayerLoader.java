package dev.depslim.image.source;

import dev.depslim.model.DepslimException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Reads the layers of an image on all processors, the largest first, each blob once.
final class LayerLoader {
  private LayerLoader() {}

  static List<BlobStore.Indexed> load(
      BlobStore blobs, List<ImageManifest.LayerBlob> layers, ImageRequest request, String where)
      throws IOException {
    List<String> names =
        layers.stream()
            .map(ImageManifest.LayerBlob::name)
            .distinct()
            .sorted(Comparator.comparingLong(blobs::size).reversed())
            .toList();
    int threads = Math.clamp(names.size(), 1, Runtime.getRuntime().availableProcessors());
    Map<String, Future<BlobStore.Indexed>> running = new HashMap<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      for (String name : names) {
        running.put(name, pool.submit(() -> blobs.index(name, request)));
      }
    }
    List<BlobStore.Indexed> out = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      String name = layers.get(i).name();
      Future<BlobStore.Indexed> done = running.get(name);
      if (done == null) {
        throw new IllegalStateException("not asked for: " + name);
      }
      out.add(result(done, where + ": layer " + i + " (" + name + ")"));
    }
    return out;
  }

  private static BlobStore.Indexed result(Future<BlobStore.Indexed> done, String where)
      throws IOException {
    try {
      return done.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw new DepslimException.InvalidInput(
            where + " cannot be read: " + cause.getMessage() + "; save the image again", cause);
      }
      throw new IllegalStateException(where, e.getCause());
    }
  }
}

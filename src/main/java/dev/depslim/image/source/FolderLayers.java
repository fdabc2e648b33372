package dev.depslim.image.source;

import dev.depslim.image.layer.LayerIndex;
import dev.depslim.image.layer.LayerReader;
import dev.depslim.image.layer.TarSplitInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/// Indexes the layers of an image in the folders of the engine, on all processors: by what the
/// engine keeps of their archives, which is a few bytes an entry and has the checksums of all
/// contents, or by walking the folders where that is not there.
final class FolderLayers {
  private final LinuxFiles linux;
  private final List<Path> folders;
  private final ImageRequest request;

  private FolderLayers(LinuxFiles linux, List<Path> folders, ImageRequest request) {
    this.linux = linux;
    this.folders = folders;
    this.request = request;
  }

  /// The indexes of all layers, lowest first. All have hashes of their contents or none has.
  ///
  /// @throws IOException where a folder holds what an archive would tell otherwise
  static List<LayerIndex> read(
      LinuxFiles linux, List<Path> folders, List<String> diffIds, ImageRequest request)
      throws IOException {
    FolderLayers layers = new FolderLayers(linux, folders, request);
    List<Path> descriptions = LayerDatabase.descriptions(folders, diffIds);
    if (descriptions != null) {
      try {
        return layers.described(descriptions);
      } catch (IOException _) {
        // The folders say the same, in more time.
      }
    }
    return layers.all(
        IntStream.range(0, folders.size()).boxed().toList(),
        layer -> FolderWalk.read(linux, folders.get(layer), request.wanted(), request.limits()));
  }

  private List<LayerIndex> described(List<Path> descriptions) throws IOException {
    List<Integer> largestFirst =
        IntStream.range(0, descriptions.size())
            .boxed()
            .sorted(
                Comparator.comparingLong(
                        (Integer layer) -> descriptions.get(layer).toFile().length())
                    .reversed())
            .toList();
    return all(largestFirst, layer -> described(descriptions.get(layer), folders.get(layer)));
  }

  private LayerIndex described(Path description, Path folder) throws IOException {
    LayerReader reader = new LayerReader(request.wanted(), request.limits(), false);
    try (FolderFiles contents = new FolderFiles(linux, folder)) {
      try (TarSplitInput lines = lines(description, contents)) {
        reader.read(lines);
        lines.drain();
      }
      if (reader.hasPassedBy()) {
        try (TarSplitInput again = lines(description, contents)) {
          reader.fetchPassedBy(again);
        }
      }
    }
    return reader.index();
  }

  private static TarSplitInput lines(Path description, FolderFiles contents) throws IOException {
    InputStream packed = Files.newInputStream(description);
    return new TarSplitInput(new GzipStream(packed), contents);
  }

  private interface Indexing {
    LayerIndex index(int layer) throws IOException;
  }

  /// @param order in which the work on the layers begins
  private List<LayerIndex> all(List<Integer> order, Indexing indexing) throws IOException {
    int threads = Math.clamp(folders.size(), 1, Runtime.getRuntime().availableProcessors());
    List<Future<LayerIndex>> running = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      for (int layer : order) {
        running.add(pool.submit(() -> indexing.index(layer)));
      }
    }
    LayerIndex[] indexes = new LayerIndex[folders.size()];
    for (int i = 0; i < indexes.length; i++) {
      indexes[order.get(i)] = result(running.get(i));
    }
    return List.of(indexes);
  }

  private static LayerIndex result(Future<LayerIndex> done) throws IOException {
    try {
      return done.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw new IllegalStateException("reading the engine's folders failed", e.getCause());
    }
  }
}

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/// The least that a reader of an OCI layout with gzip layers can do: inflate every layer, the largest
/// first, on all processors, and throw the bytes away.
///
///     java InflateLayers.java LAYOUT
class InflateLayers {
  public static void main(String[] args) throws Exception {
    List<Path> blobs;
    try (Stream<Path> all = Files.list(Path.of(args[0], "blobs", "sha256"))) {
      blobs =
          all.filter(InflateLayers::isGzip)
              .sorted(Comparator.comparingLong((Path blob) -> blob.toFile().length()).reversed())
              .toList();
    }
    long bytes = 0;
    try (var pool = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
      List<Future<Long>> running = new ArrayList<>();
      for (Path blob : blobs) {
        running.add(pool.submit(() -> inflate(blob)));
      }
      for (Future<Long> done : running) {
        bytes += done.get();
      }
    }
    System.out.println(blobs.size() + " layers, " + bytes + " bytes");
  }

  private static boolean isGzip(Path blob) {
    try (InputStream in = Files.newInputStream(blob)) {
      return in.read() == 0x1f && in.read() == 0x8b;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static long inflate(Path blob) throws IOException {
    byte[] buffer = new byte[1 << 16];
    long bytes = 0;
    try (InputStream file = Files.newInputStream(blob);
        GZIPInputStream in = new GZIPInputStream(new BufferedInputStream(file, 1 << 16), 1 << 16)) {
      for (int count; (count = in.read(buffer)) > 0; ) {
        bytes += count;
      }
    }
    return bytes;
  }
}

package dev.depslim.image;

import dev.depslim.image.source.ImageSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/// Work on contents of stored files, done on all processors. It is begun in its order, so that
/// archives are read from front to back.
final class ContentWork {
  /// What a thread takes at once; so few that no other waits long for the last ones.
  private static final int BATCH = 32;

  private ContentWork() {}

  /// One piece of work.
  @FunctionalInterface
  interface Piece {
    /// @param same for this thread
    /// @param number of the piece, from 0
    void run(SameContent same, int number) throws IOException;
  }

  /// Does all pieces.
  ///
  /// @param count how many pieces there are
  /// @throws IOException where a content cannot be read
  static void run(StoredEntries stored, List<ImageSource.Layer> layers, int count, Piece piece)
      throws IOException {
    AtomicInteger next = new AtomicInteger();
    int threads = Math.clamp(count / BATCH, 1, Runtime.getRuntime().availableProcessors());
    if (threads == 1) {
      work(stored, layers, count, piece, next);
      return;
    }
    List<Future<?>> running = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      for (int i = 0; i < threads; i++) {
        running.add(
            pool.submit(() -> {
              work(stored, layers, count, piece, next);
              return null;
            }));
      }
    }
    for (Future<?> done : running) {
      check(done);
    }
  }

  private static void work(
      StoredEntries stored,
      List<ImageSource.Layer> layers,
      int count,
      Piece piece,
      AtomicInteger next)
      throws IOException {
    try (SameContent same = new SameContent(stored, layers)) {
      for (int from = next.getAndAdd(BATCH); from < count; from = next.getAndAdd(BATCH)) {
        for (int number = from; number < Math.min(count, from + BATCH); number++) {
          piece.run(same, number);
        }
      }
    }
  }

  private static void check(Future<?> done) throws IOException {
    try {
      done.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw new IllegalStateException("reading contents failed", e.getCause());
    }
  }
}

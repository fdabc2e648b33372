package dev.depslim.image;

import dev.depslim.image.source.ImageSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/// Pairs of stored files whose contents are to be compared, all of them on all processors. They are
/// taken in the order in which they came, so that archives are read from front to back.
final class Comparisons {
  /// Pairs that a thread takes at once; so few that no other waits long for the last ones.
  private static final int BATCH = 64;

  /// Fewer are compared sooner than a thread is started.
  private static final int FEW = 32;

  private final StoredEntries stored;
  private final List<ImageSource.Layer> layers;
  private int[] pairs = new int[64];
  private int size;

  Comparisons(StoredEntries stored, List<ImageSource.Layer> layers) {
    this.stored = stored;
    this.layers = layers;
  }

  /// Adds a pair.
  ///
  /// @return its number, counted from 0
  int add(int left, int right) {
    if (2 * size == pairs.length) {
      pairs = Arrays.copyOf(pairs, 2 * pairs.length);
    }
    pairs[2 * size] = left;
    pairs[2 * size + 1] = right;
    return size++;
  }

  /// The numbers of the pairs that have the same content.
  ///
  /// @throws IOException where a content cannot be read
  BitSet equal() throws IOException {
    AtomicInteger next = new AtomicInteger();
    int threads = size < FEW ? 1 : Runtime.getRuntime().availableProcessors();
    if (threads == 1) {
      return compare(next);
    }
    List<Future<BitSet>> running = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      for (int i = 0; i < threads; i++) {
        running.add(pool.submit(() -> compare(next)));
      }
    }
    BitSet equal = new BitSet(size);
    for (Future<BitSet> done : running) {
      equal.or(result(done));
    }
    return equal;
  }

  private BitSet compare(AtomicInteger next) throws IOException {
    BitSet equal = new BitSet(size);
    try (SameContent same = new SameContent(stored, layers)) {
      for (int from = next.getAndAdd(BATCH); from < size; from = next.getAndAdd(BATCH)) {
        for (int i = from; i < Math.min(size, from + BATCH); i++) {
          if (same.equal(pairs[2 * i], pairs[2 * i + 1])) {
            equal.set(i);
          }
        }
      }
    }
    return equal;
  }

  private static BitSet result(Future<BitSet> done) throws IOException {
    try {
      return done.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw new IllegalStateException("the comparison of contents failed", e.getCause());
    }
  }
}

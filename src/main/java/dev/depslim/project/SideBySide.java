package dev.depslim.project;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/// Does the same with many things on all processors.
final class SideBySide {
  /// So many things are quicker done one after the other than with another thread.
  private static final int FEW = 24;

  /// How many things a thread takes at once: most are done within microseconds.
  private static final int BATCH = 8;

  private SideBySide() {}

  /// The result for each thing, in their order. An exception of one of them ends the whole.
  static <T, R> List<R> map(List<T> things, Function<T, R> work) {
    int threads = Math.min(Runtime.getRuntime().availableProcessors(), things.size() / FEW);
    if (threads < 2) {
      return things.stream().map(work).toList();
    }
    List<FutureTask<List<R>>> batches = new ArrayList<>();
    for (int from = 0; from < things.size(); from += BATCH) {
      List<T> batch = things.subList(from, Math.min(things.size(), from + BATCH));
      batches.add(new FutureTask<>(() -> batch.stream().map(work).toList()));
    }
    AtomicInteger next = new AtomicInteger();
    Runnable worker =
        () -> {
          for (int i = next.getAndIncrement(); i < batches.size(); i = next.getAndIncrement()) {
            batches.get(i).run();
          }
        };
    for (int i = 1; i < threads; i++) {
      Thread.ofPlatform().daemon().name("depslim-read-" + i).start(worker);
    }
    worker.run();
    return results(batches);
  }

  private static <R> List<R> results(List<FutureTask<List<R>>> batches) {
    List<R> results = new ArrayList<>();
    try {
      for (FutureTask<List<R>> batch : batches) {
        results.addAll(batch.get());
      }
      return results;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException known
          ? known
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while files were read", e);
    }
  }
}

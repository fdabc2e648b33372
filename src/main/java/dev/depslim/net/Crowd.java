package dev.depslim.net;

import java.util.Collection;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/// Many questions at a time.
public final class Crowd {
  private Crowd() {}

  /// Told how far the work is.
  public interface Meter {
    /// @param done of `all`
    void at(int done, int all);
  }

  /// Does something for each item, in no order; returns when all is done.
  public static <T> void each(Collection<T> items, Meter meter, Consumer<T> work) {
    if (items.isEmpty()) {
      return;
    }
    meter.at(0, items.size());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      ExecutorCompletionService<Void> running = new ExecutorCompletionService<>(threads);
      for (T item : items) {
        running.submit(() -> work.accept(item), null);
      }
      for (int done = 1; done <= items.size(); done++) {
        running.take().get();
        meter.at(done, items.size());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException known) {
        throw known;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}

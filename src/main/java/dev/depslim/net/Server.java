package dev.depslim.net;

import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// One server: how many ask it at a time, and whether it still is asked.
final class Server {
  private final String name;
  private final int failuresAllowed;
  private final Semaphore permits;
  private int failures;
  private @Nullable String down;

  Server(String name, Pace pace) {
    this.name = name;
    this.failuresAllowed = pace.failures();
    this.permits = new Semaphore(pace.parallel());
  }

  String name() {
    return name;
  }

  void enter() throws InterruptedException {
    permits.acquire();
  }

  void leave() {
    permits.release();
  }

  /// Why it is not asked any more; null where it is.
  synchronized @Nullable String down() {
    return down;
  }

  synchronized void answered() {
    failures = 0;
  }

  /// Notes that it did not answer.
  synchronized void failed(String reason) {
    if (++failures >= failuresAllowed && down == null) {
      down = reason;
    }
  }

  /// Notes that asking again makes no sense.
  synchronized void giveUp(String reason) {
    down = reason;
  }
}

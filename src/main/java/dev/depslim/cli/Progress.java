package dev.depslim.cli;

import java.io.PrintWriter;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One line on standard error that says what is being done; only on a terminal, and only once the
/// work has lasted a second.
final class Progress implements Consumer<String>, AutoCloseable {
  private static final long DELAY_MILLIS = 1000;
  private static final int BAR = 20;
  private static final String CLEAR = "\r\u001b[K";

  private final PrintWriter err;
  private final @Nullable Thread starter;
  private String message = "";
  private boolean shown;
  private boolean closed;

  Progress(Streams streams) {
    err = streams.err();
    starter = streams.terminal().err() ? Thread.ofVirtual().start(this::showLater) : null;
  }

  @Override
  public synchronized void accept(String step) {
    message = step;
    if (shown && !closed) {
      draw();
    }
  }

  /// A step of which the end is known, with a bar.
  void accept(String step, int done, int all) {
    int full = all == 0 ? BAR : (int) ((long) BAR * done / all);
    accept(step + " " + "█".repeat(full) + "░".repeat(BAR - full) + " " + done + " of " + all);
  }

  private void showLater() {
    try {
      Thread.sleep(DELAY_MILLIS);
    } catch (InterruptedException _) {
      return;
    }
    synchronized (this) {
      if (!closed) {
        shown = true;
        draw();
      }
    }
  }

  private void draw() {
    err.print(CLEAR + message + " …");
    err.flush();
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (starter != null) {
      starter.interrupt();
    }
    if (shown) {
      err.print(CLEAR);
      err.flush();
    }
  }
}

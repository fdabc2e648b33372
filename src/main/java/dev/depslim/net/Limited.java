package dev.depslim.net;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// The content of an answer, up to a number of bytes and a moment.
final class Limited extends FilterInputStream {
  private long left;
  private final long deadline;

  /// The answer is longer than what is read of it.
  static final class TooLarge extends IOException {
    private static final long serialVersionUID = 1L;

    TooLarge() {
      super("the answer is too large");
    }
  }

  /// The answer takes longer than is waited for.
  static final class TooSlow extends IOException {
    private static final long serialVersionUID = 1L;

    TooSlow() {
      super("the answer takes too long");
    }
  }

  /// @param deadline by `System.nanoTime`
  Limited(InputStream in, long limit, long deadline) {
    super(in);
    this.left = limit;
    this.deadline = deadline;
  }

  @Override
  public int read() throws IOException {
    int read = in.read();
    if (read >= 0) {
      count(1);
    }
    return read;
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    int read = in.read(into, from, length);
    if (read > 0) {
      count(read);
    }
    return read;
  }

  @Override
  public long skip(long bytes) throws IOException {
    long skipped = in.skip(bytes);
    count(skipped);
    return skipped;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void count(long bytes) throws IOException {
    left -= bytes;
    if (left < 0) {
      throw new TooLarge();
    }
    if (System.nanoTime() - deadline > 0) {
      throw new TooSlow();
    }
  }
}

package dev.depslim.image.layer;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/// An archive that comes as a stream, read once from the first byte to the last.
public final class StreamTarInput extends TarInput {
  /// The inflater keeps 32 KiB of what it gave out on every call, so calls are to be few.
  private static final int WINDOW = 1 << 17;

  private final InputStream in;

  public StreamTarInput(InputStream in) {
    super(WINDOW);
    this.in = in;
  }

  @Override
  boolean fill(int count) throws IOException {
    System.arraycopy(window, position, window, 0, limit - position);
    limit -= position;
    position = 0;
    while (limit < count) {
      int read = in.read(window, limit, window.length - limit);
      if (read < 0) {
        return false;
      }
      limit += read;
      limitOffset += read;
    }
    return true;
  }

  @Override
  void skipBeyond(long count) throws IOException {
    position = 0;
    limit = 0;
    for (long left = count; left > 0; ) {
      int read = in.read(window, 0, (int) Math.min(left, window.length));
      if (read < 0) {
        throw new EOFException();
      }
      limitOffset += read;
      left -= read;
    }
  }

  @Override
  void readBeyond(byte[] target, int start, int count) throws IOException {
    position = 0;
    limit = 0;
    int read = in.readNBytes(target, start, count);
    limitOffset += read;
    if (read < count) {
      throw new EOFException();
    }
  }

  /// Reads to the end of the stream.
  ///
  /// @return the length of all of it in bytes
  public long drain() throws IOException {
    position = 0;
    limit = 0;
    for (int read = in.read(window); read >= 0; read = in.read(window)) {
      limitOffset += read;
    }
    return limitOffset;
  }
}

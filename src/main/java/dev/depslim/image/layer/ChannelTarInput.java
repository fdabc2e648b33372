package dev.depslim.image.layer;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/// An archive that lies uncompressed in a part of a file. Reads are positional, so several may work
/// on one channel. The window grows while headers stand close together and shrinks while large
/// contents lie between them, so that little is read that is not needed.
public final class ChannelTarInput extends TarInput {
  private static final int SMALLEST = 1 << 10;
  private static final int LARGEST = 1 << 16;
  private final FileChannel channel;
  private final long start;
  private final long length;
  private final ByteBuffer buffer;
  private int size = 4 * SMALLEST;

  /// An archive of `length` bytes that begins at `start`.
  public ChannelTarInput(FileChannel channel, long start, long length) {
    super(LARGEST);
    this.channel = channel;
    this.start = start;
    this.length = length;
    this.buffer = ByteBuffer.wrap(window);
  }

  @Override
  boolean fill(int count) throws IOException {
    int kept = limit - position;
    // Bytes were left over, or all were used: the window was not too large.
    size = Math.min(LARGEST, 2 * size);
    System.arraycopy(window, position, window, 0, kept);
    position = 0;
    limit = kept;
    return load(Math.max(count, size)) >= count;
  }

  /// Reads until the window holds `wanted` bytes or the archive ends.
  private int load(int wanted) throws IOException {
    int most = (int) Math.min(wanted, limit + (length - limitOffset));
    while (limit < most) {
      buffer.limit(most).position(limit);
      int read = channel.read(buffer, start + limitOffset);
      if (read < 0) {
        break;
      }
      limit += read;
      limitOffset += read;
    }
    return limit;
  }

  @Override
  void skipBeyond(long count) throws IOException {
    if (limitOffset + count > length) {
      throw new EOFException();
    }
    position = 0;
    limit = 0;
    limitOffset += count;
    if (count > size) {
      size = Math.max(SMALLEST, size / 4);
    }
  }

  @Override
  void readBeyond(byte[] target, int from, int count) throws IOException {
    if (limitOffset + count > length) {
      throw new EOFException();
    }
    position = 0;
    limit = 0;
    ByteBuffer direct = ByteBuffer.wrap(target, from, count);
    while (direct.hasRemaining()) {
      int read = channel.read(direct, start + limitOffset);
      if (read < 0) {
        throw new EOFException();
      }
      limitOffset += read;
    }
  }
}

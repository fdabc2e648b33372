package dev.depslim.image.source;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/// Unpacks gzip (RFC 1952) of one or more members, as eStargz and parallel writers make them. The
/// JDK's own stream guesses from `available()` whether a further member follows.
final class GzipStream extends InputStream {
  private static final int FLAG_CRC = 2;
  private static final int FLAG_EXTRA = 4;
  private static final int FLAG_NAME = 8;
  private static final int FLAG_COMMENT = 16;

  private final InputStream in;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private final byte[] buffer = new byte[1 << 16];
  private int position;
  private int limit;
  private boolean inMember;
  private boolean ended;

  GzipStream(InputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 255;
  }

  @Override
  public int read(byte[] target, int start, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    try {
      while (!ended) {
        if (!inMember && !header()) {
          ended = true;
          return -1;
        }
        int count = inflater.inflate(target, start, length);
        if (count > 0) {
          crc.update(target, start, count);
          return count;
        }
        if (inflater.finished()) {
          trailer();
        } else if (inflater.needsDictionary()) {
          throw new ZipException("gzip data that needs a dictionary");
        } else if (inflater.needsInput()) {
          refill();
        }
      }
      return -1;
    } catch (DataFormatException e) {
      throw new ZipException("damaged gzip data: " + e.getMessage());
    }
  }

  private void refill() throws IOException {
    limit = in.read(buffer, 0, buffer.length);
    position = 0;
    if (limit < 0) {
      limit = 0;
      throw new EOFException("the gzip data ends too early");
    }
    inflater.setInput(buffer, 0, limit);
  }

  /// Reads the header of the next member; false where there is none but zeros that fill up.
  private boolean header() throws IOException {
    int first = peek();
    while (first == 0) {
      first = peek();
    }
    if (first < 0) {
      return false;
    }
    if (first != 0x1f || next() != 0x8b || next() != 8) {
      throw new ZipException("no gzip member where one should begin");
    }
    int flags = next();
    for (int i = 0; i < 6; i++) {
      next();
    }
    if ((flags & FLAG_EXTRA) != 0) {
      for (int left = next() | next() << 8; left > 0; left--) {
        next();
      }
    }
    for (int flag : new int[] {FLAG_NAME, FLAG_COMMENT}) {
      if ((flags & flag) != 0) {
        while (next() != 0) {
          // a text up to its zero byte
        }
      }
    }
    if ((flags & FLAG_CRC) != 0) {
      next();
      next();
    }
    inflater.reset();
    crc.reset();
    inflater.setInput(buffer, position, limit - position);
    inMember = true;
    return true;
  }

  private void trailer() throws IOException {
    position = limit - inflater.getRemaining();
    long sum = next() | next() << 8 | next() << 16 | (long) next() << 24;
    long size = next() | next() << 8 | next() << 16 | (long) next() << 24;
    if (sum != crc.getValue() || size != (inflater.getBytesWritten() & 0xffffffffL)) {
      throw new ZipException("damaged gzip data: the checksum does not match");
    }
    inMember = false;
  }

  private int next() throws IOException {
    int value = peek();
    if (value < 0) {
      throw new EOFException("the gzip data ends too early");
    }
    return value;
  }

  /// The next packed byte, or -1 at the end.
  private int peek() throws IOException {
    if (position == limit) {
      limit = Math.max(0, in.read(buffer, 0, buffer.length));
      position = 0;
      if (limit == 0) {
        return -1;
      }
    }
    return buffer[position++] & 255;
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    in.close();
  }
}

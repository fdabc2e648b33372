package dev.depslim.image.source;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/// Passes on Zstandard data (RFC 8878) without its skippable frames, which the decoder does not
/// know and zstd:chunked images have at the end.
final class ZstdFrames extends InputStream {
  private static final int MAGIC = 0xFD2FB528;
  private static final int SKIPPABLE = 0x184D2A50;

  private final InputStream in;

  /// Of the frame: what was read ahead and is passed on first.
  private final byte[] head = new byte[18];

  private int headPosition;
  private int headLength;

  /// Bytes of the block at work that are passed on as they are.
  private long body;

  private boolean inFrame;
  private boolean lastBlock;
  private boolean checksum;

  ZstdFrames(InputStream in) {
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
    while (headPosition == headLength && body == 0) {
      if (inFrame && lastBlock) {
        inFrame = false;
        body = checksum ? 4 : 0;
      } else if (inFrame) {
        blockHeader();
      } else if (!frameHeader()) {
        return -1;
      }
    }
    if (headPosition < headLength) {
      int count = Math.min(length, headLength - headPosition);
      System.arraycopy(head, headPosition, target, start, count);
      headPosition += count;
      return count;
    }
    int count = in.read(target, start, (int) Math.min(length, body));
    if (count < 0) {
      throw new EOFException("the zstd data ends too early");
    }
    body -= count;
    return count;
  }

  private boolean frameHeader() throws IOException {
    while (true) {
      int count = in.readNBytes(head, 0, 4);
      if (count == 0) {
        return false;
      }
      headPosition = 0;
      headLength = count;
      if (count < 4) {
        throw new EOFException("the zstd data ends too early");
      }
      int magic = (int) number(0, 4);
      if (magic == MAGIC) {
        break;
      }
      if ((magic & 0xfffffff0) != SKIPPABLE) {
        throw new IOException("no zstd frame where one should begin");
      }
      more(4);
      in.skipNBytes(number(4, 4));
      headLength = 0;
    }
    more(1);
    int descriptor = head[4] & 255;
    boolean single = (descriptor & 0x20) != 0;
    checksum = (descriptor & 4) != 0;
    int sizeFlag = descriptor >> 6;
    int size = sizeFlag == 0 ? (single ? 1 : 0) : 1 << sizeFlag;
    int dictionary = descriptor & 3;
    more((single ? 0 : 1) + (dictionary == 3 ? 4 : dictionary) + size);
    inFrame = true;
    lastBlock = false;
    return true;
  }

  private void blockHeader() throws IOException {
    headPosition = 0;
    headLength = 0;
    more(3);
    int header = (int) number(0, 3);
    lastBlock = (header & 1) != 0;
    boolean repeated = (header >> 1 & 3) == 1;
    body = repeated ? 1 : header >>> 3;
  }

  private void more(int count) throws IOException {
    if (in.readNBytes(head, headLength, count) < count) {
      throw new EOFException("the zstd data ends too early");
    }
    headLength += count;
  }

  private long number(int start, int count) {
    long value = 0;
    for (int i = start + count - 1; i >= start; i--) {
      value = value << 8 | head[i] & 255;
    }
    return value;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}

package dev.depslim.ecosystem.node;

import dev.depslim.net.BodyReader;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// Counts the bytes of the files in an archive of npm without keeping them: the figure that newer
/// clients publish as `unpackedSize`.
final class TarballBytes {
  private static final int BLOCK = 512;
  private static final long MAX_BYTES = 4L << 30;
  private static final int MAX_EXTENSION = 1 << 20;

  private TarballBytes() {}

  /// @throws BodyReader.Unusable where it is no archive, or one that unpacks to more than 4 GiB
  static long of(InputStream body) throws IOException {
    BufferedInputStream in = new BufferedInputStream(body);
    in.mark(2);
    boolean packed = in.read() == 0x1f && in.read() == 0x8b;
    in.reset();
    try {
      return count(packed ? new GZIPInputStream(in, 1 << 13) : in);
    } catch (ZipException e) {
      throw new BodyReader.Unusable("sends an archive that is damaged");
    }
  }

  private static long count(InputStream tar) throws IOException {
    byte[] header = new byte[BLOCK];
    long sum = 0;
    long passed = 0;
    long stated = -1; // by an extended header, for the next file
    while (true) {
      int read = tar.readNBytes(header, 0, BLOCK);
      if (read == 0 || isEmpty(header)) {
        return sum;
      }
      if (read < BLOCK) {
        throw new EOFException();
      }
      long size = stated >= 0 ? stated : number(header);
      stated = -1;
      byte type = header[156];
      passed += size;
      if (passed > MAX_BYTES || passed < 0) {
        throw new BodyReader.Unusable("sends an archive of more than 4 GiB");
      }
      long padded = (size + BLOCK - 1) / BLOCK * BLOCK;
      if (type == 'x' && size <= MAX_EXTENSION) {
        byte[] extension = tar.readNBytes((int) padded);
        stated =
            stated(
                new String(
                    extension, 0, (int) Math.min(size, extension.length), StandardCharsets.UTF_8));
        continue;
      }
      if (type == '0' || type == 0 || type == '7') {
        sum += size;
      }
      tar.skipNBytes(padded);
    }
  }

  private static boolean isEmpty(byte[] header) {
    return header[0] == 0;
  }

  /// The size, in octal, or in binary where the first bit is set (GNU tar).
  private static long number(byte[] header) throws IOException {
    long value = 0;
    if ((header[124] & 0x80) != 0) {
      for (int i = 128; i < 136; i++) {
        value = value << 8 | header[i] & 0xff;
      }
      return value;
    }
    for (int i = 124; i < 136; i++) {
      byte digit = header[i];
      if (digit >= '0' && digit <= '7') {
        value = value * 8 + digit - '0';
      } else if (digit != ' ' && digit != 0) {
        throw new BodyReader.Unusable("sends something that is no archive");
      }
    }
    return value;
  }

  /// The `size` of an extended header (POSIX, pax): lines of `length name=value`; -1 for none.
  private static long stated(String text) {
    for (String line : text.split("\n", -1)) {
      int name = line.indexOf(" size=");
      if (name > 0) {
        try {
          return Long.parseLong(line.substring(name + " size=".length()));
        } catch (NumberFormatException _) {
          return -1;
        }
      }
    }
    return -1;
  }
}

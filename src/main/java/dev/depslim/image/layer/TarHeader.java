package dev.depslim.image.layer;

/// Reads fields of a tar header block: POSIX ustar and the extensions of GNU and star.
final class TarHeader {
  static final int BLOCK = 512;
  private static final int CHECKSUM = 148;

  private TarHeader() {}

  static boolean isZero(byte[] block, int start) {
    // The first byte of a name decides nearly always.
    for (int i = start; i < start + BLOCK; i++) {
      if (block[i] != 0) {
        return false;
      }
    }
    return true;
  }

  /// Whether the checksum is right; old writers added signed bytes.
  static boolean isValid(byte[] block, int start) {
    long stored = number(block, start + CHECKSUM, 8);
    int sum = 0;
    for (int i = start; i < start + BLOCK; i++) {
      sum += block[i] & 255;
    }
    for (int i = start + CHECKSUM; i < start + CHECKSUM + 8; i++) {
      sum += ' ' - (block[i] & 255);
    }
    return stored == sum || stored == signedSum(block, start);
  }

  private static int signedSum(byte[] block, int start) {
    int sum = 0;
    for (int i = start; i < start + BLOCK; i++) {
      boolean inField = i >= start + CHECKSUM && i < start + CHECKSUM + 8;
      sum += inField ? ' ' : block[i];
    }
    return sum;
  }

  /// A number in octal digits or, with the first bit set, in base 256 as GNU tar writes large and
  /// negative ones. Anything else counts as the digits before it.
  static long number(byte[] block, int start, int length) {
    if ((block[start] & 0x80) != 0) {
      long value =
          (block[start] & 0x40) != 0 ? -1L << 6 | block[start] & 0x3f : block[start] & 0x3f;
      for (int i = start + 1; i < start + length; i++) {
        value = value << 8 | block[i] & 255;
      }
      return value;
    }
    int at = start;
    int end = start + length;
    while (at < end && (block[at] == ' ' || block[at] == 0)) {
      at++;
    }
    long value = 0;
    for (; at < end && block[at] >= '0' && block[at] <= '7'; at++) {
      value = value << 3 | block[at] - '0';
    }
    return value;
  }

  /// The length of a text that ends with the field or a zero byte.
  static int length(byte[] block, int start, int most) {
    int length = 0;
    while (length < most && block[start + length] != 0) {
      length++;
    }
    return length;
  }

  /// Whether the magic is the one of POSIX, so that the field `prefix` holds the first part of the
  /// name. GNU's own magic (`ustar `) has other things there.
  static boolean hasPrefix(byte[] block, int start) {
    int magic = start + 257;
    return block[magic] == 'u'
        && block[magic + 1] == 's'
        && block[magic + 2] == 't'
        && block[magic + 3] == 'a'
        && block[magic + 4] == 'r'
        && block[magic + 5] == 0;
  }
}

package dev.depslim.image.layer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The extended header of POSIX pax: `LENGTH KEY=VALUE\n` again and again. Only what changes name,
/// link, size, time or owner is kept.
final class PaxRecords {
  byte @Nullable [] path;
  byte @Nullable [] linkPath;
  @Nullable Long size;
  @Nullable Long modified;
  @Nullable Long uid;
  @Nullable Long gid;

  /// The size of a sparse file as it is seen, in any of the three formats of GNU tar.
  @Nullable Long sparseSize;

  boolean sparse;

  void clear() {
    path = null;
    linkPath = null;
    size = null;
    modified = null;
    uid = null;
    gid = null;
    sparseSize = null;
    sparse = false;
  }

  void read(byte[] records) throws LayerException {
    int at = 0;
    while (at < records.length && records[at] != 0) {
      int length = 0;
      int digit = at;
      for (; digit < records.length && records[digit] >= '0' && records[digit] <= '9'; digit++) {
        length = Math.min(length, 1 << 26) * 10 + records[digit] - '0';
      }
      int end = at + length;
      if (digit == at
          || digit == records.length
          || records[digit] != ' '
          || end <= digit
          || end > records.length) {
        throw new LayerException("a damaged pax header");
      }
      int equals = digit + 1;
      while (equals < end && records[equals] != '=') {
        equals++;
      }
      if (equals < end) {
        String key = new String(records, digit + 1, equals - digit - 1, UTF_8);
        keep(key, records, equals + 1, Math.max(equals + 1, end - 1));
      }
      at = end;
    }
  }

  private void keep(String key, byte[] records, int start, int end) throws LayerException {
    switch (key) {
      case "path" -> path = bytes(records, start, end);
      case "linkpath" -> linkPath = bytes(records, start, end);
      case "size" -> size = number(records, start, end);
      case "mtime" -> modified = number(records, start, end);
      case "uid" -> uid = number(records, start, end);
      case "gid" -> gid = number(records, start, end);
      case "GNU.sparse.name" -> {
        path = bytes(records, start, end);
        sparse = true;
      }
      case "GNU.sparse.size", "GNU.sparse.realsize" -> {
        sparseSize = number(records, start, end);
        sparse = true;
      }
      default -> sparse |= key.startsWith("GNU.sparse.");
    }
  }

  private static byte[] bytes(byte[] records, int start, int end) {
    return Arrays.copyOfRange(records, start, end);
  }

  /// The whole part of a decimal number, rounded down; null for an empty value, which takes a
  /// former one back.
  private static @Nullable Long number(byte[] records, int start, int end) throws LayerException {
    if (start == end) {
      return null;
    }
    boolean negative = records[start] == '-';
    int at = negative ? start + 1 : start;
    long value = 0;
    for (; at < end && records[at] >= '0' && records[at] <= '9'; at++) {
      if (value > Long.MAX_VALUE / 10 - 1) {
        throw new LayerException("a number too large in a pax header");
      }
      value = value * 10 + records[at] - '0';
    }
    boolean fraction = false;
    for (int i = at; i < end; i++) {
      fraction |= records[i] >= '1' && records[i] <= '9';
    }
    return negative ? -value - (fraction ? 1 : 0) : value;
  }
}

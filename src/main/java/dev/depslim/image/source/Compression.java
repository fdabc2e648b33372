package dev.depslim.image.source;

import java.util.Locale;

/// How a blob is packed, told by its first bytes: media types and file names are only hints.
public enum Compression {
  NONE,
  GZIP,
  ZSTD;

  /// The packing of something that begins with these bytes.
  static Compression of(byte[] start, int length) {
    if (length >= 2 && (start[0] & 255) == 0x1f && (start[1] & 255) == 0x8b) {
      return GZIP;
    }
    if (length >= 4 && (start[1] & 255) == 0xb5 && start[2] == 0x2f && (start[3] & 255) == 0xfd) {
      return (start[0] & 255) == 0x28 ? ZSTD : NONE;
    }
    // Zstandard may begin with a skippable frame (RFC 8878, section 3.1.2).
    boolean skippable =
        length >= 4
            && (start[0] & 0xf0) == 0x50
            && start[1] == 0x2a
            && start[2] == 0x4d
            && start[3] == 0x18;
    return skippable ? ZSTD : NONE;
  }

  /// The name used in reports.
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}

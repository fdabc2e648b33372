package dev.depslim.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Makes wheels.
final class Wheels {
  private Wheels() {}

  /// A wheel of two files and a folder, that unpacks to a number of bytes; its content cannot be
  /// packed, so that its directory lies far behind its beginning.
  static byte[] of(int unpacked, int files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    java.util.Random random = new java.util.Random(7);
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("a/"));
      for (int i = 0; i < files; i++) {
        byte[] content = new byte[unpacked / files + (i == 0 ? unpacked % files : 0)];
        random.nextBytes(content);
        zip.putNextEntry(new ZipEntry("a/file" + i + ".py"));
        zip.write(content);
      }
    }
    return bytes.toByteArray();
  }
}

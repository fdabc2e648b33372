package dev.depslim.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/// Makes archives as npm publishes them.
final class Tarballs {
  private Tarballs() {}

  /// @param files name → bytes
  static byte[] of(Map<String, Integer> files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(new GZIPOutputStream(bytes), "UTF-8")) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      tar.putArchiveEntry(new TarArchiveEntry("package/"));
      tar.closeArchiveEntry();
      for (Map.Entry<String, Integer> file : new TreeMap<>(files).entrySet()) {
        TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
        entry.setSize(file.getValue());
        entry.addPaxHeader("comment", "of a test");
        tar.putArchiveEntry(entry);
        tar.write(new byte[file.getValue()]);
        tar.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }
}

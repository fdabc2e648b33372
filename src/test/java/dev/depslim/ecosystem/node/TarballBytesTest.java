package dev.depslim.ecosystem.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.depslim.net.BodyReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;

class TarballBytesTest {
  private static byte[] tar() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      tar.putArchiveEntry(new TarArchiveEntry("package/"));
      tar.closeArchiveEntry();
      file(tar, "package/a.js", 1);
      file(tar, "package/" + "long/".repeat(60) + "b.js", 512);
      TarArchiveEntry sized = new TarArchiveEntry("package/c.js");
      sized.setSize(513);
      sized.addPaxHeader("size", "513");
      put(tar, sized, 513);
      TarArchiveEntry link = new TarArchiveEntry("package/link", TarConstants.LF_SYMLINK);
      link.setLinkName("a.js");
      tar.putArchiveEntry(link);
      tar.closeArchiveEntry();
      file(tar, "package/empty", 0);
    }
    return bytes.toByteArray();
  }

  private static void file(TarArchiveOutputStream tar, String name, int size) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(size);
    put(tar, entry, size);
  }

  private static void put(TarArchiveOutputStream tar, TarArchiveEntry entry, int size)
      throws IOException {
    tar.putArchiveEntry(entry);
    tar.write(new byte[size]);
    tar.closeArchiveEntry();
  }

  private static byte[] packed(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }

  private static long of(byte[] bytes) throws IOException {
    return TarballBytes.of(new ByteArrayInputStream(bytes));
  }

  @Test
  void filesCountAndNothingElseDoes() throws IOException {
    assertEquals(1026, of(packed(tar())));
    assertEquals(1026, of(tar())); // a server that unpacks what it serves
  }

  @Test
  void archiveThatIsCutIsAskedForAgain() throws IOException {
    byte[] whole = packed(tar());
    assertThrows(EOFException.class, () -> of(Arrays.copyOf(whole, whole.length / 2)));
    assertThrows(EOFException.class, () -> of(Arrays.copyOf(tar(), 700)));
  }

  @Test
  void somethingElseIsNoArchive() {
    byte[] text = "<html>".repeat(200).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    assertThrows(BodyReader.Unusable.class, () -> of(text));
    byte[] damaged = {0x1f, (byte) 0x8b, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9};
    assertThrows(BodyReader.Unusable.class, () -> of(damaged));
  }
}

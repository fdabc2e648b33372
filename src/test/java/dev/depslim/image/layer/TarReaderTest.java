package dev.depslim.image.layer;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.depslim.image.LayerFixture;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TarReaderTest {
  @TempDir private Path folder;

  @Test
  void readsWhatAnotherReaderReads() throws IOException {
    for (int mode :
        new int[] {TarArchiveOutputStream.LONGFILE_POSIX, TarArchiveOutputStream.LONGFILE_GNU}) {
      for (long seed = 0; seed < 20; seed++) {
        byte[] archive = archive(new SplittableRandom(seed), mode);
        List<String> expected = oracle(archive);
        assertTrue(expected.size() > 50);
        same(expected, ours(new StreamTarInput(new ByteArrayInputStream(archive))), seed);
        Path file = Files.write(folder.resolve("a.tar"), archive);
        try (FileChannel channel = FileChannel.open(file)) {
          same(expected, ours(new ChannelTarInput(channel, 0, archive.length)), seed);
        }
      }
    }
  }

  private static void same(List<String> expected, List<String> actual, long seed) {
    for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
      assertEquals(expected.get(i), actual.get(i), "entry " + i + " with seed " + seed);
    }
    assertEquals(expected.size(), actual.size(), "seed " + seed);
  }

  private static byte[] archive(SplittableRandom random, int mode) {
    LayerFixture layer = new LayerFixture(mode);
    for (int i = 0; i < 60; i++) {
      String name = "é-" + i + "x".repeat(random.nextInt(1, 60)) + "/";
      String path = name.repeat(random.nextInt(1, 9)) + "f";
      layer.modified(random.nextLong(-5, 20_000_000_000L)).owner(random.nextInt(4_000_000));
      switch (random.nextInt(6)) {
        case 0 -> layer.folder(path);
        case 1 -> layer.symlink(path, "../" + path);
        case 2 -> layer.hardLink(path, path + "g");
        case 3 -> layer.pipe(path);
        default -> layer.file(path, random.nextInt(random.nextBoolean() ? 2_000 : 100_000));
      }
    }
    return layer.build();
  }

  private static List<String> oracle(byte[] archive) throws IOException {
    List<String> out = new ArrayList<>();
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new ByteArrayInputStream(archive), "UTF-8")) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        String type =
            entry.isDirectory()
                ? "FOLDER"
                : entry.isSymbolicLink()
                    ? "SYMLINK"
                    : entry.isLink() ? "HARDLINK" : entry.isFIFO() ? "OTHER" : "FILE";
        out.add(
            type
                + " "
                + entry.getName()
                + " "
                + entry.getSize()
                + " "
                + Math.floorDiv(entry.getLastModifiedTime().toMillis(), 1000)
                + " "
                + (entry.getMode() & 07777)
                + " "
                + entry.getLongUserId()
                + " "
                + entry.getLongGroupId()
                + " "
                + entry.getLinkName()
                + " "
                + Arrays.hashCode(tar.readAllBytes()));
      }
    }
    return out;
  }

  private static List<String> ours(TarInput in) throws IOException {
    List<String> out = new ArrayList<>();
    TarReader tar = new TarReader(in);
    while (tar.next()) {
      byte[] content = new byte[(int) tar.storedSize()];
      tar.readFully(content);
      out.add(
          tar.type()
              + " "
              + tar.name()
              + " "
              + tar.bytes()
              + " "
              + tar.modified()
              + " "
              + tar.mode()
              + " "
              + tar.uid()
              + " "
              + tar.gid()
              + " "
              + tar.link()
              + " "
              + Arrays.hashCode(content));
    }
    return out;
  }

  @Test
  void aSizeInBase256IsRead() {
    byte[] field = new byte[12];
    field[0] = (byte) 0x80;
    field[6] = 2;
    assertEquals(2L << 40, TarHeader.number(field, 0, 12));
    Arrays.fill(field, (byte) 0xff);
    assertEquals(-1, TarHeader.number(field, 0, 12));
  }

  @Test
  void aCutArchiveIsAnErrorWithThePathOrTheOffset() {
    byte[] archive = new LayerFixture().file("a/b", 5_000).build();
    assertEquals("the archive ends in the middle of a/b", failure(Arrays.copyOf(archive, 3_000)));
    assertEquals("it is no tar archive", failure(Arrays.copyOf(archive, 300)));
  }

  @Test
  void somethingElseIsAnError() {
    assertEquals("it is no tar archive", failure(LayerFixture.random(1, 4_000)));
  }

  private static String failure(byte[] archive) {
    TarReader tar = new TarReader(new StreamTarInput(new ByteArrayInputStream(archive)));
    return String.valueOf(
        assertThrows(
                LayerException.class,
                () -> {
                  while (tar.next()) {
                    // up to the error
                  }
                })
            .getMessage());
  }

  @Test
  void aSparseFileHasTheSizeThatIsSeen() throws IOException {
    byte[] archive = new LayerFixture().file("s", 1_024).file("next", 3).build();
    // The old format of GNU tar: type S, the size that is seen at 483, no further header.
    archive[156] = 'S';
    System.arraycopy("00004000000\0".getBytes(US_ASCII), 0, archive, 483, 12);
    // Not the magic of POSIX, whose prefix has that place.
    System.arraycopy("ustar  \0".getBytes(US_ASCII), 0, archive, 257, 8);
    int sum = 0;
    Arrays.fill(archive, 148, 156, (byte) ' ');
    for (int i = 0; i < 512; i++) {
      sum += archive[i] & 255;
    }
    byte[] digits = String.format("%06o\0 ", sum).getBytes(US_ASCII);
    System.arraycopy(digits, 0, archive, 148, 8);
    TarReader tar = new TarReader(new StreamTarInput(new ByteArrayInputStream(archive)));
    assertTrue(tar.next());
    assertEquals(1 << 20, tar.bytes());
    assertEquals(1_024, tar.storedSize());
    assertTrue(tar.isSparse());
    assertTrue(tar.next());
    assertEquals("next", tar.name());
  }
}

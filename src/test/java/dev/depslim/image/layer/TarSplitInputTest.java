package dev.depslim.image.layer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.depslim.image.LayerFixture;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class TarSplitInputTest {
  private static final Wanted WANTED = (folder, name) -> name.startsWith("wanted");
  private final Map<String, byte[]> contents = new HashMap<>();

  private static LayerFixture layer() {
    LayerFixture layer = new LayerFixture();
    layer.folder("./").folder("a").modified(1_700_000_000).owner(1000).mode(0640);
    for (int i = 0; i < 300; i++) {
      layer.file("a/" + "long name ".repeat(i % 30) + i, LayerFixture.random(i, i * 7 % 1_500));
    }
    return layer
        .file("a/wanted", "content")
        .file("a/wanted \"<\\>&\n\u2028é", "of a name that is escaped")
        .file("a/wanted raw", "of a name that is no text")
        .file("a/same", "content")
        .file("a/other", "kontent")
        .file("a/wanted empty", "")
        .file("a/wanted large", LayerFixture.random(1, 200_000))
        .file("first", "passed by")
        .hardLink("wanted link", "first")
        .symlink("link", "a/same")
        .whiteout("a/gone")
        .opaque("b")
        .pipe("pipe");
  }

  /// The lines that tar-split writes of an archive.
  private String lines(byte[] archive) throws IOException {
    StringBuilder out = new StringBuilder();
    TarReader tar = new TarReader(new StreamTarInput(new ByteArrayInputStream(archive)));
    int last = 0;
    int position = 0;
    while (tar.next()) {
      int start = (int) tar.offset();
      segment(out, Arrays.copyOfRange(archive, last, start), position++);
      last = start + (int) tar.storedSize();
      byte[] content = Arrays.copyOfRange(archive, start, last);
      contents.put(tar.name(), content);
      out.append("{\"type\":1,").append(name(tar.name()));
      CRC32 sum = new CRC32();
      sum.update(content);
      byte[] eight = ByteBuffer.allocate(8).putLong(sum.getValue() * 0x1_0000_0001L).array();
      out.append(content.length == 0 ? "" : ",\"size\":" + content.length)
          .append(",\"payload\":")
          .append(content.length == 0 ? "null" : "\"" + base64(eight) + "\"")
          .append(",\"position\":" + position++ + "}\n");
    }
    segment(out, Arrays.copyOfRange(archive, last, archive.length), position);
    return out.toString();
  }

  private static void segment(StringBuilder out, byte[] bytes, int position) {
    out.append(
        "{\"type\":2,\"payload\":\"" + base64(bytes) + "\",\"position\":" + position + "}\n");
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static String name(String name) {
    if (name.endsWith("raw")) {
      return "\"name_raw\":\"" + base64(name.getBytes(UTF_8)) + "\"";
    }
    StringBuilder out = new StringBuilder("\"name\":\"");
    for (char c : name.toCharArray()) {
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\n' -> out.append("\\n");
        case '<', '>', '&', '\u2028' -> out.append(String.format("\\u%04x", (int) c));
        default -> out.append(c);
      }
    }
    return out.append('"').toString();
  }

  private TarSplitInput input(InputStream lines) {
    return new TarSplitInput(
        lines,
        (name, target, start, count) -> {
          byte[] content = contents.get(name);
          if (content == null || content.length != count) {
            throw new IOException(name);
          }
          System.arraycopy(content, 0, target, start, count);
        });
  }

  private LayerIndex read(String lines) throws IOException {
    return read(new ByteArrayInputStream(lines.getBytes(UTF_8)), lines);
  }

  private LayerIndex read(InputStream in, String again) throws IOException {
    LayerReader reader = new LayerReader(WANTED, Limits.DEFAULT, false);
    reader.read(input(in));
    reader.fetchPassedBy(input(new ByteArrayInputStream(again.getBytes(UTF_8))));
    return reader.index();
  }

  private static List<String> entries(LayerIndex index) {
    List<String> out = new ArrayList<>();
    for (int entry = 0; entry < index.size(); entry++) {
      byte[] content = index.content(entry);
      out.add(
          index.type(entry)
              + " "
              + index.path(entry)
              + (" " + index.bytes(entry) + " " + index.modified(entry) + " " + index.mode(entry))
              + (" " + index.uid(entry) + " " + index.gid(entry) + " " + index.linkTarget(entry))
              + (content == null ? "" : " " + Arrays.hashCode(content)));
    }
    return out;
  }

  @Test
  void tellsWhatTheArchiveTells() throws IOException {
    byte[] archive = layer().build();
    LayerReader reader = new LayerReader(WANTED, Limits.DEFAULT, false);
    reader.read(new StreamTarInput(new ByteArrayInputStream(archive)));
    reader.fetchPassedBy(new StreamTarInput(new ByteArrayInputStream(archive)));
    List<String> expected = entries(reader.index());
    String lines = lines(archive);
    same(expected, entries(read(lines)));
    same(expected, entries(read(new InPieces(lines.getBytes(UTF_8)), lines)));
  }

  private static void same(List<String> expected, List<String> actual) {
    for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
      assertEquals(expected.get(i), actual.get(i));
    }
    assertEquals(expected.size(), actual.size());
  }

  @Test
  void contentsAreReadWhereTheyAreWanted() throws IOException {
    LayerIndex index = read(lines(layer().build()));
    Map<String, String> kept = new HashMap<>();
    for (int entry = 0; entry < index.size(); entry++) {
      byte[] content = index.content(entry);
      if (content != null) {
        kept.put(index.path(entry), new String(content, UTF_8));
      }
    }
    assertEquals("content", kept.get("a/wanted"));
    assertEquals("of a name that is escaped", kept.get("a/wanted \"<\\>&\n\u2028é"));
    assertEquals("of a name that is no text", kept.get("a/wanted raw"));
    assertEquals("passed by", kept.get("wanted link"));
    assertEquals("", kept.get("a/wanted empty"));
  }

  @Test
  void hashesAreThoseOfTheLines() throws IOException {
    LayerIndex index = read(lines(layer().build()));
    Map<String, ContentHash.Value> hashes = new HashMap<>();
    for (int entry = 0; entry < index.size(); entry++) {
      boolean full = index.bytes(entry) > 0;
      assertEquals(full, index.hashed(entry), index.path(entry));
      hashes.put(
          index.path(entry), new ContentHash.Value(index.hashHigh(entry), index.hashLow(entry)));
    }
    assertEquals(hashes.get("a/wanted"), hashes.get("a/same"));
    assertFalse(String.valueOf(hashes.get("a/same")).equals(String.valueOf(hashes.get("a/other"))));
  }

  @Test
  void whatLooksOtherwiseIsRefused() throws IOException {
    String lines = lines(layer().build());
    for (String broken :
        List.of(
            lines.replace("\"type\":1", "\"type\":3"),
            lines.replace("\"payload\":null", "\"payload\":none"),
            lines.replaceFirst("\"size\":7", "\"size\":8"),
            lines.replaceFirst("AAAA", "A!AA"),
            lines.replaceFirst("\\{\"type\":1.*\"size\".*\n", ""),
            lines.substring(0, lines.length() / 2),
            "{}\n")) {
      assertThrows(IOException.class, () -> read(broken));
    }
    assertArrayEquals(new byte[0], contents.get("a/wanted empty"));
  }

  /// Gives little at a time.
  private static final class InPieces extends InputStream {
    private final byte[] bytes;
    private int at;

    InPieces(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public int read() {
      return at < bytes.length ? bytes[at++] & 255 : -1;
    }

    @Override
    public int read(byte[] target, int start, int length) {
      int count = Math.min(Math.min(length, 1 + at % 701), bytes.length - at);
      System.arraycopy(bytes, at, target, start, count);
      at += count;
      return count == 0 ? -1 : count;
    }
  }
}

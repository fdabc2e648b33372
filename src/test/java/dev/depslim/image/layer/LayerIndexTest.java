package dev.depslim.image.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.depslim.image.LayerFixture;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayerIndexTest {
  private static LayerIndex read(LayerFixture layer) throws IOException {
    return read(layer, (folder, name) -> name.equals("wanted"), Limits.DEFAULT);
  }

  private static LayerIndex read(LayerFixture layer, Wanted wanted, Limits limits)
      throws IOException {
    LayerReader reader = new LayerReader(wanted, limits, true);
    byte[] archive = layer.build();
    reader.read(new StreamTarInput(new ByteArrayInputStream(archive)));
    if (reader.hasPassedBy()) {
      reader.fetchPassedBy(new StreamTarInput(new ByteArrayInputStream(archive)));
    }
    return reader.index();
  }

  private static List<String> entries(LayerIndex index) {
    List<String> out = new ArrayList<>();
    for (int entry = 0; entry < index.size(); entry++) {
      out.add(
          index.type(entry)
              + " "
              + index.path(entry)
              + (index.superseded(entry) ? " superseded" : ""));
    }
    return out;
  }

  @Test
  void parentsWithoutAnEntryAreImplied() throws IOException {
    assertEquals(
        List.of("IMPLIED ", "IMPLIED a", "IMPLIED a/b", "FILE a/b/c"),
        entries(read(new LayerFixture().file("a/b/c", 1))));
  }

  @Test
  void leadingDotsAndSlashesDoNotMatter() throws IOException {
    assertEquals(
        List.of("FOLDER ", "FOLDER a", "FILE a/b", "FILE a/c", "FILE a/d"),
        entries(
            read(
                new LayerFixture()
                    .folder("./")
                    .folder("./a")
                    .file("/a/b", 1)
                    .file("a/./c", 1)
                    .file("a//d", 1))));
  }

  @Test
  void aPathWithTwoDotsIsLeftOutWithAnIssue() throws IOException {
    LayerIndex index =
        read(new LayerFixture().file("../../etc/passwd", 1).file("a/../b", 1).file("..", 1));
    assertEquals(List.of("IMPLIED ", "IMPLIED a"), entries(index));
    assertEquals(3, index.issues().size());
    assertEquals(
        "../../etc/passwd: warning: a path with .. in a layer is left out",
        index.issues().getFirst().toString());
  }

  @Test
  void theLastOfDuplicatePathsWinsAndTheBytesOfTheFirstAreStored() throws IOException {
    LayerIndex index =
        read(new LayerFixture().folder("d").file("d/a", 5).file("d", 7).file("d/b", 1));
    assertEquals(
        List.of(
            "IMPLIED ",
            "FOLDER d superseded",
            "FILE d/a superseded",
            "FILE d superseded",
            "IMPLIED d",
            "FILE d/b"),
        entries(index));
    assertEquals(13, index.storedBytes());
  }

  @Test
  void whiteoutsStandBesideWhatTheyDoNotHide() throws IOException {
    assertEquals(
        List.of(
            "IMPLIED ", "FILE a", "WHITEOUT a", "FOLDER d", "OPAQUE d/", "OPAQUE ", "FILE .wh."),
        entries(
            read(
                new LayerFixture()
                    .file("a", 1)
                    .whiteout("a")
                    .folder("d")
                    .opaque("d")
                    .file(".wh..wh..opq", 0)
                    .file(".wh.", 1)
                    .file(".wh..wh.aufs", 9)
                    .file(".wh..wh.plnk/1.2", 9))));
  }

  @Test
  void aHardLinkHasTheContentOfItsFirstName() throws IOException {
    LayerIndex index =
        read(
            new LayerFixture()
                .file("store/x", "text")
                .hardLink("p/one", "/store/x")
                .hardLink("p/wanted", "p/one")
                .hardLink("q", "absent"));
    assertEquals(2, index.carrier(4));
    assertEquals(2, index.carrier(5));
    assertEquals("store/x", index.linkTarget(5));
    assertArrayEquals(new byte[] {'t', 'e', 'x', 't'}, index.content(5));
    assertEquals(LayerIndex.NONE, index.carrier(6));
    assertEquals("absent", index.linkTarget(6));
    assertNull(index.content(6));
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    LayerIndex index =
        read(
            new LayerFixture()
                .modified(-7)
                .owner(70_000)
                .folder("a")
                .mode(04755)
                .file("a/wanted", "kept")
                .symlink("a/l", "wanted")
                .hardLink("a/h", "a/wanted")
                .file("../x", 1)
                .whiteout("b")
                .opaque("a")
                .file("a/é", 12));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    index.write(out);
    LayerIndex again = LayerIndex.read(new ByteArrayInputStream(out.toByteArray()));
    assertEquals(columns(index), columns(again));
    assertEquals(index.issues(), again.issues());
    assertEquals(index.storedBytes(), again.storedBytes());
  }

  private static List<String> columns(LayerIndex index) {
    List<String> out = new ArrayList<>();
    for (int i = 0; i < index.size(); i++) {
      out.add(
          index.type(i)
              + " "
              + index.path(i)
              + " "
              + index.parent(i)
              + " "
              + index.superseded(i)
              + " "
              + index.bytes(i)
              + " "
              + index.modified(i)
              + " "
              + index.mode(i)
              + " "
              + index.uid(i)
              + " "
              + index.gid(i)
              + " "
              + index.linkTarget(i)
              + " "
              + index.carrier(i)
              + " "
              + index.dataOffset(i)
              + " "
              + index.hashHigh(i)
              + " "
              + index.hashLow(i)
              + " "
              + Arrays.toString(index.content(i)));
    }
    return out;
  }

  @Test
  void aDamagedStoredIndexIsAnError() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    read(new LayerFixture().file("a/b", 3)).write(out);
    byte[] stored = out.toByteArray();
    for (int length = 0; length < stored.length; length++) {
      byte[] cut = Arrays.copyOf(stored, length);
      assertThrows(LayerException.class, () -> LayerIndex.read(new ByteArrayInputStream(cut)));
    }
    stored[7]++;
    assertEquals(
        "a layer index of version 3, not 2",
        assertThrows(LayerException.class, () -> LayerIndex.read(new ByteArrayInputStream(stored)))
            .getMessage());
  }

  @Test
  void limitsEndTheReadingWithAReason() {
    Limits entries = new Limits(3, 10, 100, 10, 10, 1, 1);
    assertEquals(
        "more than 3 entries in a layer",
        failure(new LayerFixture().file("a", 0).file("b", 0).file("c", 0), entries));
    Limits few = new Limits(100, 2, 20, 10, 10, 1, 1);
    assertEquals(
        "folders nested more than 2 deep", failure(new LayerFixture().file("a/b/c/d", 0), few));
    assertEquals(
        "a path of 30 bytes, the limit is 20",
        failure(new LayerFixture().file("x".repeat(30), 0), few));
    assertEquals(
        "a link target of 30 bytes: l",
        failure(new LayerFixture().symlink("l", "x".repeat(30)), few));
  }

  @Test
  void aWantedFileBeyondTheLimitIsNotKeptAndAnIssueSaysSo() throws IOException {
    LayerIndex index =
        read(
            new LayerFixture().file("wanted", 11).file("a/wanted", 6).file("b/wanted", 6),
            (folder, name) -> true,
            new Limits(100, 20, 200, 10, 10, 1, 1));
    assertNull(index.content(1));
    assertArrayEquals(LayerFixture.random("a/wanted".hashCode(), 6), index.content(3));
    assertNull(index.content(5));
    assertEquals(2, index.issues().size());
  }

  private static String failure(LayerFixture layer, Limits limits) {
    return String.valueOf(
        assertThrows(LayerException.class, () -> read(layer, Wanted.NOTHING, limits)).getMessage());
  }
}

package dev.depslim.minimize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.depslim.minimize.SlimFolder.Content;
import dev.depslim.model.DepslimException;
import dev.depslim.model.Minimization.Change;
import dev.depslim.model.Minimization.Written;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlimFolderTest {
  private static final List<Content> FILES =
      List.of(content("a.json", "new a"), content("sub/b.txt", "new b"));

  @TempDir Path root;

  @Test
  void foldersAreMadeAndFilesWritten() throws IOException {
    assertEquals(List.of(), folder().obstacles(FILES, false));
    assertEquals(
        List.of(
            new Written("a.json", Change.CREATED, null),
            new Written("sub/b.txt", Change.CREATED, null)),
        folder().write(FILES, List::of));
    assertEquals("{slim/a.json=new a, slim/sub/b.txt=new b}", tree());
  }

  @Test
  void secondRunChangesNothing() throws IOException {
    folder().write(FILES, List::of);
    assertEquals(List.of(), folder().obstacles(FILES, false));
    assertEquals(
        List.of(Change.UNCHANGED, Change.UNCHANGED),
        folder().write(FILES, List::of).stream().map(Written::change).toList());
    assertEquals("{slim/a.json=new a, slim/sub/b.txt=new b}", tree());
  }

  @Test
  void fileThatDiffersStandsInTheWay() throws IOException {
    put("slim/a.json", "mine");
    List<String> obstacles = folder().obstacles(FILES, false);
    assertEquals(1, obstacles.size());
    assertTrue(obstacles.getFirst().contains("a.json exists and differs"), obstacles.getFirst());
    assertEquals(List.of(), folder().obstacles(FILES, true));
  }

  @Test
  void replacedFileIsKept() throws IOException {
    put("slim/a.json", "mine");
    assertEquals(
        new Written("a.json", Change.REPLACED, "a.json.bak"),
        folder().write(FILES, List::of).getFirst());
    assertEquals("{slim/a.json=new a, slim/a.json.bak=mine, slim/sub/b.txt=new b}", tree());
  }

  @Test
  void inputsAreNeverOverwritten() throws IOException {
    put("a.json", "the input");
    Set<Path> inputs = Set.of(root.resolve("a.json").toRealPath());
    for (Path target : List.of(root, root.resolve("x/.."), root.resolve("./"))) {
      SlimFolder folder = new SlimFolder(target, inputs);
      assertThrows(DepslimException.Usage.class, () -> folder.obstacles(FILES, true));
    }
    Files.createSymbolicLink(root.resolve("link"), root);
    SlimFolder linked = new SlimFolder(root.resolve("link"), inputs);
    assertThrows(DepslimException.Usage.class, () -> linked.obstacles(FILES, true));
    assertEquals("the input", Files.readString(root.resolve("a.json")));
  }

  @Test
  void fileWhereAFolderIsNeededStandsInTheWay() throws IOException {
    put("slim/sub", "a file");
    assertTrue(folder().obstacles(FILES, true).getFirst().endsWith("a folder is needed there"));
    put("file", "x");
    SlimFolder below = new SlimFolder(root.resolve("file"), Set.of());
    assertFalse(below.obstacles(FILES, true).isEmpty());
  }

  @Test
  void folderWhereAFileIsWantedStandsInTheWay() throws IOException {
    Files.createDirectories(root.resolve("slim/a.json"));
    assertTrue(folder().obstacles(FILES, true).getFirst().contains("is no file"));
  }

  @Test
  void writeThatFailsHalfwayLeavesTheOldFiles() throws IOException {
    put("slim/a.json", "mine");
    put("slim/a.json.bak", "older");
    List<Content> files =
        List.of(FILES.getFirst(), FILES.getLast(), content("x".repeat(300), "name too long"));
    assertThrows(DepslimException.InvalidInput.class, () -> folder().write(files, List::of));
    assertEquals("{slim/a.json=mine, slim/a.json.bak=older}", tree());
    assertFalse(Files.exists(root.resolve("slim/sub")));
  }

  @Test
  void whatTheCheckFindsTakesEverythingBack() throws IOException {
    put("slim/a.json", "mine");
    IllegalStateException e =
        assertThrows(
            IllegalStateException.class,
            () -> folder().write(FILES, () -> List.of("a.json declares jest")));
    assertTrue(String.valueOf(e.getMessage()).contains("a.json declares jest"), e.getMessage());
    assertEquals("{slim/a.json=mine}", tree());
  }

  @Test
  void writtenFilesAreReadableForOthers() throws IOException {
    folder().write(FILES, List::of);
    Path plain = Files.writeString(root.resolve("plain"), "x");
    assertEquals(
        Files.getPosixFilePermissions(plain),
        Files.getPosixFilePermissions(root.resolve("slim/a.json")));
  }

  private SlimFolder folder() {
    return new SlimFolder(root.resolve("slim"), Set.of());
  }

  private static Content content(String path, String text) {
    return new Content(path, text.getBytes(StandardCharsets.UTF_8));
  }

  private void put(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private String tree() throws IOException {
    TreeMap<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(root.relativize(file).toString(), Files.readString(file));
      }
    }
    return files.toString();
  }
}

package dev.depslim.project;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.depslim.ecosystem.ImageFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderFilesTest {
  @TempDir Path folder;

  private void write(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @Test
  void onlyWhatWasAskedForIsListed() throws IOException {
    write("node_modules/a/index.js", "12345");
    write("src/secret.js", "");
    write("packages/b/node_modules/c/index.js", "1");
    write("packages/b-c/node_modules/c/index.js", "1");
    FolderFiles files =
        FolderFiles.list(
            folder,
            List.of(
                "node_modules",
                "packages/b/node_modules",
                "packages/b-c/node_modules",
                "not/there"));
    assertEquals(5, files.size(files.find("node_modules/a/index.js")));
    assertEquals("packages/b/node_modules/c", files.path(files.find("packages/b/node_modules/c")));
    assertTrue(files.isFolder(files.find("packages/b-c/node_modules/c")));
    assertEquals(ImageFiles.NONE, files.find("src"));
    assertArrayEquals(
        "1".getBytes(StandardCharsets.UTF_8),
        files.content(files.find("packages/b/node_modules/c/index.js")));
  }

  @Test
  void foldersComeBeforeWhatTheyHold() throws IOException {
    write("node_modules/a/lib/x.js", "");
    write("node_modules/b/x.js", "");
    FolderFiles files = FolderFiles.list(folder, List.of("node_modules"));
    for (int file = 1; file < files.count(); file++) {
      assertTrue(files.parent(file) < file, files.path(file));
    }
  }

  @Test
  void aFileWithSeveralNamesIsCountedOnce() throws IOException {
    write("node_modules/a/x.js", "12345");
    Files.createLink(folder.resolve("node_modules/b.js"), folder.resolve("node_modules/a/x.js"));
    FolderFiles files = FolderFiles.list(folder, List.of("node_modules"));
    assertEquals(
        5,
        files.size(files.find("node_modules/a/x.js"))
            + files.size(files.find("node_modules/b.js")));
  }

  @Test
  void linksAreFollowedInsideAndNotCounted() throws IOException {
    write("node_modules/.pnpm/a@1/node_modules/a/x.js", "12345");
    Files.createSymbolicLink(folder.resolve("node_modules/a"), Path.of(".pnpm/a@1/node_modules/a"));
    Files.createSymbolicLink(folder.resolve("node_modules/out"), Path.of("/etc"));
    Files.createSymbolicLink(folder.resolve("node_modules/loop"), Path.of("loop"));
    Files.createSymbolicLink(
        folder.resolve("node_modules/absolute"),
        folder.toAbsolutePath().resolve("node_modules/.pnpm"));
    FolderFiles files = FolderFiles.list(folder, List.of("node_modules"));
    int link = files.child(files.find("node_modules"), "a");
    assertEquals(".pnpm/a@1/node_modules/a", files.linkTarget(link));
    assertEquals(0, files.size(link));
    assertFalse(files.isFolder(link));
    assertEquals(
        files.find("node_modules/.pnpm/a@1/node_modules/a/x.js"),
        files.find("node_modules/a/x.js"));
    assertEquals(ImageFiles.NONE, files.find("node_modules/out/passwd"));
    assertEquals(ImageFiles.NONE, files.find("node_modules/loop/x"));
    assertEquals(files.find("node_modules/.pnpm"), files.find("node_modules/absolute"));
    assertNull(files.content(link));
  }
}

package dev.depslim.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectTreeTest {
  @TempDir Path folder;

  @Test
  void leavesOutWhatIsInstalled() throws IOException {
    write("a/package.json", "");
    write("a/node_modules/x/package.json", "");
    write("venv/pyvenv.cfg", "");
    write("venv/requirements.txt", "");
    write(".git/config", "");
    assertEquals(List.of("a/package.json"), ProjectTree.at(folder).files());
  }

  @Test
  void leavesOutWhatGitIgnores() throws IOException {
    write(".gitignore", "*.log\n/build/\n!keep.log\ndocs/**/tmp\n");
    write("build/package.json", "");
    write("sub/build/package.json", "");
    write("x.log", "");
    write("keep.log", "");
    write("docs/a/b/tmp", "");
    write("sub/.gitignore", "private.txt\n");
    write("sub/private.txt", "");
    write("private.txt", "");
    assertEquals(
        List.of(
            ".gitignore", "keep.log", "private.txt", "sub/.gitignore", "sub/build/package.json"),
        ProjectTree.at(folder).files());
  }

  @Test
  void linksOutOfTheRootAreNotFollowed() throws IOException {
    Path outside = Files.createTempFile("outside", ".txt");
    write("in.txt", "in");
    Files.createSymbolicLink(folder.resolve("out.txt"), outside);
    Files.createSymbolicLink(folder.resolve("up"), folder.getParent());
    Files.createSymbolicLink(folder.resolve("same.txt"), Path.of("in.txt"));
    ProjectTree tree = ProjectTree.at(folder);
    assertEquals(List.of("in.txt", "same.txt"), tree.files());
    assertNull(tree.read("out.txt"));
    assertNull(tree.read("../" + outside.getFileName()));
    assertNull(tree.read(outside.toString()));
    Files.delete(outside);
  }

  @Test
  void readsTheIndexOfGit() throws IOException {
    // Two entries of version 2: 62 fixed bytes, the path, then zeros up to a multiple of eight.
    byte[] index = new byte[12 + 72 + 80];
    index[0] = 'D';
    index[1] = 'I';
    index[2] = 'R';
    index[3] = 'C';
    index[7] = 2;
    index[11] = 2;
    put(index, 12 + 62, "a.txt");
    put(index, 12 + 72 + 62, "build/b.txt");
    assertEquals(Set.of("a.txt", "build/b.txt"), GitIndex.parse(index));
    assertEquals(Set.of(), GitIndex.parse(new byte[] {1, 2, 3}));
  }

  private static void put(byte[] bytes, int at, String text) {
    for (int i = 0; i < text.length(); i++) {
      bytes[at + i] = (byte) text.charAt(i);
    }
  }

  private void write(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}

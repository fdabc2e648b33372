package dev.depslim.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.depslim.ecosystem.SlimMark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlimMarkTest {
  private static final SlimMark MARK =
      new SlimMark(
          List.of("package-production.json", "api/package-production.json"),
          List.of("constraints.txt", "two words 100%.txt"));

  @TempDir Path root;

  @Test
  void markIsReadAsItWasWritten() {
    assertEquals(MARK, SlimMark.of(MARK.line() + "\n# Slim dependencies\n"));
    assertNull(SlimMark.of("# Minimize\n"));
    assertNull(SlimMark.of(""));
  }

  @Test
  void folderWithASlimFormAloneIsNoProject() throws IOException {
    write("slim/MINIMIZE.md", MARK.line());
    write("slim/package-production.json", "{}");
    write("slim/package-production.json.bak", "{}");
    write("slim/constraints.txt", "");
    write("slim/api/package-production.json", "{}");
    write("package.json", "{}");
    assertEquals(
        List.of("package.json", "slim/MINIMIZE.md", "slim/package-production.json.bak"),
        ProjectTree.at(root).files());
  }

  @Test
  void folderThatWasAskedForIsReadWhateverItHolds() throws IOException {
    write("MINIMIZE.md", MARK.line());
    write("constraints.txt", "");
    assertEquals(List.of("MINIMIZE.md", "constraints.txt"), ProjectTree.at(root).files());
  }

  @Test
  void besideOtherFilesAnOriginalStaysOne() throws IOException {
    for (String folder : List.of("", "service/")) {
      write(folder + "MINIMIZE.md", MARK.line());
      write(folder + "package-production.json", "{}");
      write(folder + "constraints.txt", "");
      write(folder + "main.py", "");
    }
    assertEquals(
        List.of(
            "MINIMIZE.md",
            "constraints.txt",
            "main.py",
            "service/MINIMIZE.md",
            "service/constraints.txt",
            "service/main.py"),
        ProjectTree.at(root).files());
  }

  private void write(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}

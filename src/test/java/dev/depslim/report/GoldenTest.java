package dev.depslim.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoldenTest {
  @Test
  void theFirstDifferenceIsNamedByItsLine() {
    assertNull(Golden.firstDifference("a\nb\n", "a\nb\n"));
    assertEquals(
        "differs in line 2\nexpected: b\nbut was:  c", Golden.firstDifference("a\nb\n", "a\nc\n"));
    assertEquals(
        "differs in line 2\nexpected: (no such line)\nbut was:  ",
        Golden.firstDifference("a", "a\n"));
  }

  @Test
  void ciNeverUpdates(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("sub/report.txt");
    assertThrows(AssertionError.class, () -> Golden.update(file, "text", true));
    assertFalse(Files.exists(file));
    Golden.update(file, "text\n", false);
    assertEquals("text\n", Files.readString(file));
  }
}

package dev.depslim.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FactStoreTest {
  @TempDir Path folder;

  private void keep(String key, String value) {
    try (FactStore store = FactStore.in(folder.resolve("sizes"))) {
      store.put(key, value);
    }
  }

  @Test
  void factsAreThereInTheNextRun() throws IOException {
    keep("npm registry.example chalk 5.0.0", "42");
    keep("npm registry.example chalk 4.0.0", "41");
    FactStore store = FactStore.in(folder.resolve("sizes"));
    assertEquals("42", store.get("npm registry.example chalk 5.0.0"));
    assertEquals("41", store.get("npm registry.example chalk 4.0.0"));
    assertNull(store.get("npm registry.example chalk 3.0.0"));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(folder.resolve("sizes")), files.toList());
    }
  }

  @Test
  void runsAtTheSameTimeDoNotForgetEachOther() {
    FactStore one = FactStore.in(folder.resolve("sizes"));
    FactStore two = FactStore.in(folder.resolve("sizes"));
    one.put("a", "1");
    two.put("b", "2");
    one.close();
    two.close();
    FactStore store = FactStore.in(folder.resolve("sizes"));
    assertEquals("1", store.get("a"));
    assertEquals("2", store.get("b"));
  }

  @Test
  void damagedLinesAreAskedForAgain() throws IOException {
    keep("a", "100");
    keep("b", "200");
    keep("c", "300");
    Path file = folder.resolve("sizes");
    String text = Files.readString(file);
    Files.writeString(file, "noise\n\n\t\t\n" + text.replace("\t200\n", "\t900\n"));
    FactStore store = FactStore.in(file);
    assertEquals("100", store.get("a"));
    assertNull(store.get("b"));
    assertEquals("300", store.get("c"));
    Files.writeString(file, text.substring(0, text.length() - 3));
    assertNull(FactStore.in(file).get("c"));
    Files.write(file, new byte[] {(byte) 0xff, 0, 1, 2});
    keep("d", "400");
    assertEquals("400", FactStore.in(file).get("d"));
  }

  @Test
  void folderThatCannotBeWrittenIsNoError() throws IOException {
    Path blocked = Files.writeString(folder.resolve("blocked"), "a file");
    try (FactStore store = FactStore.in(blocked.resolve("sizes"))) {
      store.put("a", "1");
      assertEquals("1", store.get("a"));
    }
    assertEquals("a file", Files.readString(blocked));
  }

  @Test
  void factsOfSeveralLinesAreNotKept() {
    keep("a\nb", "1");
    keep("a", "1\t2");
    assertFalse(Files.exists(folder.resolve("sizes")));
  }

  @Test
  void folderFollowsTheSpecification() {
    assertEquals(
        Path.of("/c/depslim"), FactStore.folder(Map.of("XDG_CACHE_HOME", "/c", "HOME", "/h")));
    assertEquals(
        Path.of("/h/.cache/depslim"),
        FactStore.folder(Map.of("XDG_CACHE_HOME", "relative", "HOME", "/h")));
    assertNull(FactStore.folder(Map.of()));
  }
}

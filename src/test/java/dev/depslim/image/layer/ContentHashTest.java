package dev.depslim.image.layer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.depslim.image.LayerFixture;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ContentHashTest {
  @Test
  void isMurmurHash3OfTheReference() {
    // x64 128, seed 0, as the reference implementation prints it.
    assertEquals("00000000000000000000000000000000", hex(""));
    assertEquals("cbd8a7b341bd9b025b1e906a48ae1d19", hex("hello"));
    assertEquals(
        "e34bbc7bbc071b6c7a433ca9c49a9347", hex("The quick brown fox jumps over the lazy dog"));
  }

  private static String hex(String text) {
    ContentHash hash = new ContentHash();
    byte[] bytes = text.getBytes(UTF_8);
    hash.update(bytes, 0, bytes.length);
    ContentHash.Value value = hash.value();
    return HexFormat.of().toHexDigits(value.high()) + HexFormat.of().toHexDigits(value.low());
  }

  @Test
  void doesNotDependOnThePieces() {
    byte[] bytes = LayerFixture.random(3, 1_000);
    ContentHash whole = new ContentHash();
    whole.update(bytes, 0, bytes.length);
    ContentHash.Value expected = whole.value();
    for (int piece = 1; piece < 60; piece++) {
      ContentHash hash = new ContentHash();
      for (int at = 0; at < bytes.length; at += piece) {
        hash.update(bytes, at, Math.min(piece, bytes.length - at));
      }
      assertEquals(expected, hash.value(), "pieces of " + piece);
    }
  }
}

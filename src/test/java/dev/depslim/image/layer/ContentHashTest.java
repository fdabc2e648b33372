package dev.depslim.image.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.depslim.image.LayerFixture;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ContentHashTest {
  @Test
  void nothingHashesToNothing() {
    assertEquals(new ContentHash.Value(0, 0), hash(new byte[0]));
  }

  @Test
  void doesNotDependOnThePieces() {
    byte[] bytes = LayerFixture.random(3, 10_000);
    ContentHash.Value expected = hash(bytes);
    for (int piece : new int[] {1, 7, 511, 4095, 4096, 4097, 8192, 9999}) {
      ContentHash hash = new ContentHash();
      for (int at = 0; at < bytes.length; at += piece) {
        hash.update(bytes, at, Math.min(piece, bytes.length - at));
      }
      assertEquals(expected, hash.value(), "pieces of " + piece);
    }
  }

  @Test
  void everyFlippedBitTells() {
    byte[] bytes = LayerFixture.random(5, 4_200);
    Set<ContentHash.Value> seen = new HashSet<>();
    seen.add(hash(bytes));
    for (int bit = 0; bit < bytes.length * 8; bit += 13) {
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
      assertTrue(seen.add(hash(bytes)), "bit " + bit);
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
    }
  }

  @Test
  void lengthAndOrderOfBlocksTell() {
    Set<ContentHash.Value> seen = new HashSet<>();
    for (int length = 0; length < 9_000; length += 97) {
      assertTrue(seen.add(hash(new byte[length])), "zeros " + length);
    }
    byte[] blocks = LayerFixture.random(7, 8_192);
    byte[] swapped = new byte[8_192];
    System.arraycopy(blocks, 0, swapped, 4_096, 4_096);
    System.arraycopy(blocks, 4_096, swapped, 0, 4_096);
    assertTrue(!hash(blocks).equals(hash(swapped)));
  }

  @Test
  void canStartAnew() {
    ContentHash hash = new ContentHash();
    hash.update(new byte[] {1, 2, 3}, 0, 3);
    hash.reset();
    hash.update(new byte[] {4}, 0, 1);
    assertEquals(hash(new byte[] {4}), hash.value());
  }

  private static ContentHash.Value hash(byte[] bytes) {
    ContentHash hash = new ContentHash();
    hash.update(bytes, 0, bytes.length);
    return hash.value();
  }
}

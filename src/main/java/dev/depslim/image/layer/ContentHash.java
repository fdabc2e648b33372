package dev.depslim.image.layer;

import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/// A 128-bit hash fed piece by piece: fast, not cryptographic. It tells whether two files of one
/// image are equal and nothing else; whoever can write layers can make collisions, and gains a
/// wrong word in a report.
///
/// CRC-32 and CRC-32C of every block of 4 KiB, mixed as MurmurHash3 x64 128 (seed 0) mixes the
/// bytes of its input. Both checksums are single instructions of the processor under every compiler
/// of the JVM, so the hash costs a tenth of MurmurHash3 over the bytes themselves.
public final class ContentHash {
  private static final int BLOCK = 4096;
  private static final long C1 = 0x87c37b91114253d5L;
  private static final long C2 = 0x4cf5ad432745937fL;

  private final CRC32 crc = new CRC32();
  private final CRC32C castagnoli = new CRC32C();
  private int inBlock;
  private long h1;
  private long h2;
  private long length;

  /// The 128 bits.
  public record Value(long high, long low) {}

  /// Starts anew.
  public void reset() {
    startBlock();
    h1 = 0;
    h2 = 0;
    length = 0;
  }

  /// Takes the next bytes.
  public void update(byte[] bytes, int start, int count) {
    length += count;
    int at = start;
    int left = count;
    while (left > 0) {
      int take = Math.min(BLOCK - inBlock, left);
      crc.update(bytes, at, take);
      castagnoli.update(bytes, at, take);
      inBlock += take;
      at += take;
      left -= take;
      if (inBlock == BLOCK) {
        endBlock();
      }
    }
  }

  private void startBlock() {
    crc.reset();
    castagnoli.reset();
    inBlock = 0;
  }

  private void endBlock() {
    long plain = crc.getValue();
    long other = castagnoli.getValue();
    h1 ^= mix1(plain << 32 | other);
    h1 = (Long.rotateLeft(h1, 27) + h2) * 5 + 0x52dce729;
    h2 ^= mix2(other << 32 | plain);
    h2 = (Long.rotateLeft(h2, 31) + h1) * 5 + 0x38495ab5;
    startBlock();
  }

  private static long mix1(long k) {
    return Long.rotateLeft(k * C1, 31) * C2;
  }

  private static long mix2(long k) {
    return Long.rotateLeft(k * C2, 33) * C1;
  }

  /// The hash of what was taken since the start. No more may be taken before [#reset].
  public Value value() {
    if (inBlock > 0) {
      endBlock();
    }
    long a = h1 ^ length;
    long b = h2 ^ length;
    a += b;
    b += a;
    a = finish(a);
    b = finish(b);
    a += b;
    b += a;
    return new Value(a, b);
  }

  private static long finish(long k) {
    long x = (k ^ k >>> 33) * 0xff51afd7ed558ccdL;
    x = (x ^ x >>> 33) * 0xc4ceb9fe1a85ec53L;
    return x ^ x >>> 33;
  }
}

package dev.depslim.image.layer;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// MurmurHash3 x64 128 with seed 0, fed piece by piece: fast, not cryptographic. It tells whether
/// two files of one image are equal and nothing else; whoever can write layers can make collisions,
/// and gains a wrong word in a report.
public final class ContentHash {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, LITTLE_ENDIAN);
  private static final long C1 = 0x87c37b91114253d5L;
  private static final long C2 = 0x4cf5ad432745937fL;

  private final byte[] rest = new byte[16];
  private int restLength;
  private long h1;
  private long h2;
  private long length;

  /// The 128 bits.
  public record Value(long high, long low) {}

  /// Starts anew.
  public void reset() {
    restLength = 0;
    h1 = 0;
    h2 = 0;
    length = 0;
  }

  /// Takes the next bytes.
  public void update(byte[] bytes, int start, int count) {
    length += count;
    int at = start;
    int end = start + count;
    if (restLength > 0) {
      int take = Math.min(16 - restLength, count);
      System.arraycopy(bytes, at, rest, restLength, take);
      restLength += take;
      at += take;
      if (restLength < 16) {
        return;
      }
      blocks(rest, 0, 16);
      restLength = 0;
    }
    int whole = end - at & ~15;
    if (whole > 0) {
      blocks(bytes, at, at + whole);
      at += whole;
    }
    if (at < end) {
      System.arraycopy(bytes, at, rest, 0, end - at);
      restLength = end - at;
    }
  }

  private void blocks(byte[] bytes, int start, int end) {
    long a = h1;
    long b = h2;
    for (int at = start; at < end; at += 16) {
      a ^= mix1((long) LONG.get(bytes, at));
      a = (Long.rotateLeft(a, 27) + b) * 5 + 0x52dce729;
      b ^= mix2((long) LONG.get(bytes, at + 8));
      b = (Long.rotateLeft(b, 31) + a) * 5 + 0x38495ab5;
    }
    h1 = a;
    h2 = b;
  }

  private static long mix1(long k) {
    return Long.rotateLeft(k * C1, 31) * C2;
  }

  private static long mix2(long k) {
    return Long.rotateLeft(k * C2, 33) * C1;
  }

  /// The hash of what was taken since the start. No more may be taken before [#reset].
  public Value value() {
    long k1 = 0;
    long k2 = 0;
    for (int i = restLength - 1; i >= 8; i--) {
      k2 = k2 << 8 | rest[i] & 255;
    }
    for (int i = Math.min(restLength, 8) - 1; i >= 0; i--) {
      k1 = k1 << 8 | rest[i] & 255;
    }
    long a = h1 ^ mix1(k1) ^ length;
    long b = h2 ^ mix2(k2) ^ length;
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

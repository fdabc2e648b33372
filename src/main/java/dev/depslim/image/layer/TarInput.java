package dev.depslim.image.layer;

import java.io.EOFException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A window that moves over the bytes of an archive. What is skipped is not read where the source
/// can be seeked.
public abstract class TarInput {
  byte[] window;
  int position;
  int limit;

  /// Where `window[limit]` is in the archive.
  long limitOffset;

  TarInput(int capacity) {
    window = new byte[capacity];
  }

  /// How many bytes were passed.
  public final long offset() {
    return limitOffset - (limit - position);
  }

  /// Makes that many bytes available in the window, from `position`; false where the archive ends
  /// before.
  final boolean require(int count) throws IOException {
    return limit - position >= count || fill(count);
  }

  abstract boolean fill(int count) throws IOException;

  /// Moves forward over bytes beyond the window.
  abstract void skipBeyond(long count) throws IOException;

  /// Moves forward.
  ///
  /// @throws EOFException where the archive ends before
  public final void skip(long count) throws IOException {
    int inside = (int) Math.min(count, limit - position);
    position += inside;
    if (inside < count) {
      skipBeyond(count - inside);
    }
  }

  /// Takes the next bytes, straight into an array where that saves a copy.
  final void read(byte[] target, int start, int count) throws IOException {
    int inside = Math.min(count, limit - position);
    System.arraycopy(window, position, target, start, inside);
    position += inside;
    if (inside < count) {
      readBeyond(target, start + inside, count - inside);
    }
  }

  abstract void readBeyond(byte[] target, int start, int count) throws IOException;

  /// The hash of the content that begins here, where the source knows it.
  ///
  /// @param count the size of the content; not 0
  ContentHash.@Nullable Value knownHash(long count) throws IOException {
    return null;
  }

  /// Passes the next bytes to a hash.
  final void hash(ContentHash hash, long count) throws IOException {
    for (long left = count; left > 0; ) {
      if (position == limit && !fill(1)) {
        throw new EOFException();
      }
      int take = (int) Math.min(left, limit - position);
      hash.update(window, position, take);
      position += take;
      left -= take;
    }
  }
}

package dev.depslim.image;

import dev.depslim.image.layer.ContentHash;
import dev.depslim.image.layer.LayerIndex;
import dev.depslim.image.source.ImageSource;
import dev.depslim.image.source.LayerContents;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Tells whether two stored files have the same content: by their hashes where the source was read
/// as a stream, by their bytes where it can be seeked. Only files of equal size are looked at.
final class SameContent {
  private static final int CHUNK = 1 << 16;
  private static final int START = 4_096;

  /// Made once: tens of thousands of small files are compared where a layer changed only owners.
  private final byte[] leftChunk = new byte[CHUNK];

  private final byte[] rightChunk = new byte[CHUNK];
  private final StoredEntries stored;
  private final List<ImageSource.Layer> layers;

  SameContent(StoredEntries stored, List<ImageSource.Layer> layers) {
    this.stored = stored;
    this.layers = layers;
  }

  boolean equal(int left, int right) throws IOException {
    if (stored.bytes(left) != stored.bytes(right)) {
      return false;
    }
    LayerIndex leftIndex = stored.index(left);
    LayerIndex rightIndex = stored.index(right);
    boolean hashed = leftIndex.hashed(stored.entry(left)) || rightIndex.hashed(stored.entry(right));
    if (!hashed && stored.bytes(left) > 0) {
      return sameBytes(left, right);
    }
    ContentHash.Value one = hash(left);
    return one != null && one.equals(hash(right));
  }

  /// The hash of a file: the one of its layer's index, or computed; null where neither can be had.
  ContentHash.@Nullable Value hash(int version) throws IOException {
    LayerIndex index = stored.index(version);
    int entry = stored.entry(version);
    if (index.hashed(entry)) {
      return new ContentHash.Value(index.hashHigh(entry), index.hashLow(entry));
    }
    LayerContents contents = layers.get(stored.layer(version)).contents();
    return contents == null ? null : read(contents, entry, Long.MAX_VALUE);
  }

  /// Whether the index of its layer has the hash of a file.
  boolean isHashed(int version) {
    return stored.index(version).hashed(stored.entry(version));
  }

  /// The hash of how a file begins, or null where it cannot be read.
  ContentHash.@Nullable Value start(int version) throws IOException {
    LayerContents contents = layers.get(stored.layer(version)).contents();
    return contents == null ? null : read(contents, stored.entry(version), START);
  }

  private static ContentHash.@Nullable Value read(LayerContents contents, int entry, long most)
      throws IOException {
    ContentHash hash = new ContentHash();
    byte[] chunk = new byte[(int) Math.min(most, CHUNK)];
    try (InputStream in = contents.open(entry)) {
      if (in == null) {
        return null;
      }
      long left = most;
      for (int read = in.readNBytes(chunk, 0, chunk.length);
          read > 0 && left > 0;
          read = in.readNBytes(chunk, 0, (int) Math.min(left, chunk.length))) {
        hash.update(chunk, 0, read);
        left -= read;
      }
    }
    return hash.value();
  }

  private boolean sameBytes(int left, int right) throws IOException {
    LayerContents one = layers.get(stored.layer(left)).contents();
    LayerContents two = layers.get(stored.layer(right)).contents();
    if (one == null || two == null) {
      return false;
    }
    byte[] a = leftChunk;
    byte[] b = rightChunk;
    try (InputStream first = one.open(stored.entry(left));
        InputStream second = two.open(stored.entry(right))) {
      if (first == null || second == null) {
        return false;
      }
      while (true) {
        int read = first.readNBytes(a, 0, CHUNK);
        if (read != second.readNBytes(b, 0, CHUNK) || !Arrays.equals(a, 0, read, b, 0, read)) {
          return false;
        }
        if (read < CHUNK) {
          return true;
        }
      }
    }
  }
}

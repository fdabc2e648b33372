package dev.depslim.image;

import dev.depslim.image.layer.ContentHash;
import dev.depslim.image.layer.LayerIndex;
import dev.depslim.image.source.ImageSource;
import dev.depslim.image.source.LayerContents;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Tells whether two stored files have the same content: by their hashes where the source was read
/// as a stream, by their bytes where it can be seeked. Only files of equal size are looked at. For
/// one thread.
final class SameContent implements Closeable {
  private static final int CHUNK = 1 << 17;
  private static final int START = 4_096;
  private final StoredEntries stored;
  private final List<ImageSource.Layer> layers;
  private final LayerContents.@Nullable Reader[] readers;
  private final ByteBuffer one = ByteBuffer.allocateDirect(CHUNK);
  private final ByteBuffer two = ByteBuffer.allocateDirect(CHUNK);

  SameContent(StoredEntries stored, List<ImageSource.Layer> layers) {
    this.stored = stored;
    this.layers = layers;
    this.readers = new LayerContents.@Nullable Reader[layers.size()];
  }

  boolean equal(int left, int right) throws IOException {
    if (stored.bytes(left) != stored.bytes(right)) {
      return false;
    }
    if (!isHashed(left) && !isHashed(right) && stored.bytes(left) > 0) {
      return sameBytes(left, right);
    }
    ContentHash.Value hash = hash(left);
    return hash != null && hash.equals(hash(right));
  }

  /// The hash of a file: the one of its layer's index, or computed; null where neither can be had.
  ContentHash.@Nullable Value hash(int version) throws IOException {
    LayerIndex index = stored.index(version);
    int entry = stored.entry(version);
    return index.hashed(entry)
        ? new ContentHash.Value(index.hashHigh(entry), index.hashLow(entry))
        : hash(version, stored.bytes(version));
  }

  /// Whether the index of its layer has the hash of a file.
  boolean isHashed(int version) {
    return stored.index(version).hashed(stored.entry(version));
  }

  /// The hash of how a file begins, or null where it cannot be read.
  ContentHash.@Nullable Value start(int version) throws IOException {
    return hash(version, Math.min(START, stored.bytes(version)));
  }

  private ContentHash.@Nullable Value hash(int version, long bytes) throws IOException {
    LayerContents.Reader reader = reader(stored.layer(version));
    if (reader == null) {
      return null;
    }
    ContentHash hash = new ContentHash();
    byte[] chunk = new byte[(int) Math.min(bytes, CHUNK)];
    for (long at = 0; at < bytes; at += CHUNK) {
      int count = (int) Math.min(CHUNK, bytes - at);
      if (!reader.read(stored.entry(version), at, one.clear().limit(count))) {
        return null;
      }
      int read = one.position();
      one.get(0, chunk, 0, read);
      hash.update(chunk, 0, read);
    }
    return hash.value();
  }

  private boolean sameBytes(int left, int right) throws IOException {
    LayerContents.Reader first = reader(stored.layer(left));
    LayerContents.Reader second = reader(stored.layer(right));
    if (first == null || second == null) {
      return false;
    }
    long bytes = stored.bytes(left);
    for (long at = 0; at < bytes; at += CHUNK) {
      int count = (int) Math.min(CHUNK, bytes - at);
      if (!first.read(stored.entry(left), at, one.clear().limit(count))
          || !second.read(stored.entry(right), at, two.clear().limit(count))
          || one.position() != count
          || !one.flip().equals(two.flip())) {
        return false;
      }
    }
    return true;
  }

  private LayerContents.@Nullable Reader reader(int layer) {
    LayerContents.Reader reader = readers[layer];
    LayerContents contents = layers.get(layer).contents();
    if (reader == null && contents != null) {
      reader = contents.reader();
      readers[layer] = reader;
    }
    return reader;
  }

  @Override
  public void close() {
    for (LayerContents.Reader reader : readers) {
      if (reader != null) {
        reader.close();
      }
    }
  }
}

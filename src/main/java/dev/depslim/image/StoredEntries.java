package dev.depslim.image;

import dev.depslim.image.layer.EntryType;
import dev.depslim.image.layer.LayerIndex;
import java.util.Arrays;
import java.util.List;

/// Every entry that some layer of an image stores, in the order of the layers, numbered from 0.
/// Implied folders, whiteouts and opaque markers are not among them.
///
/// A regular file and its hard links share bytes: the *carrier* has them, and they are live as long
/// as one of the names is.
public final class StoredEntries {
  /// No entry, or no layer.
  public static final int NONE = -1;

  final List<LayerIndex> layers;
  private int size;
  private short[] layer = new short[1024];
  private int[] entry = new int[1024];
  private int[] file = new int[1024];
  private int[] previous = new int[1024];
  private short[] removedIn = new short[1024];
  private int[] replacedBy = new int[1024];

  /// The carrier; `NONE` for what has no bytes. The names of a carrier are a ring.
  private int[] carrier = new int[1024];

  private int[] nextName = new int[1024];

  StoredEntries(List<LayerIndex> layers) {
    this.layers = List.copyOf(layers);
  }

  int add(int inLayer, int indexEntry, int node, int before) {
    if (size == layer.length) {
      int capacity = size + (size >> 1);
      layer = Arrays.copyOf(layer, capacity);
      entry = Arrays.copyOf(entry, capacity);
      file = Arrays.copyOf(file, capacity);
      previous = Arrays.copyOf(previous, capacity);
      removedIn = Arrays.copyOf(removedIn, capacity);
      replacedBy = Arrays.copyOf(replacedBy, capacity);
      carrier = Arrays.copyOf(carrier, capacity);
      nextName = Arrays.copyOf(nextName, capacity);
    }
    layer[size] = (short) inLayer;
    entry[size] = indexEntry;
    file[size] = node;
    previous[size] = before;
    removedIn[size] = NONE;
    replacedBy[size] = NONE;
    carrier[size] = NONE;
    nextName[size] = size;
    return size++;
  }

  void carries(int stored) {
    carrier[stored] = stored;
  }

  void shares(int stored, int withCarrier) {
    carrier[stored] = withCarrier;
    nextName[stored] = nextName[withCarrier];
    nextName[withCarrier] = stored;
  }

  void remove(int stored, int inLayer, int by) {
    removedIn[stored] = (short) inLayer;
    replacedBy[stored] = by;
  }

  /// How many there are.
  public int size() {
    return size;
  }

  /// The layer that stores it.
  public int layer(int stored) {
    return layer[stored];
  }

  /// Its number in the index of the layer.
  public int entry(int stored) {
    return entry[stored];
  }

  /// The file of the [ImageTree] whose version it is.
  public int file(int stored) {
    return file[stored];
  }

  /// The version of the same path before it, or `NONE`.
  public int previous(int stored) {
    return previous[stored];
  }

  /// What it is.
  public EntryType type(int stored) {
    return index(stored).type(entry[stored]);
  }

  /// The size of a regular file; 0 for everything else, hard links among them.
  public long bytes(int stored) {
    return index(stored).bytes(entry[stored]);
  }

  /// The index of the layer that stores it.
  public LayerIndex index(int stored) {
    return layers.get(layer[stored]);
  }

  /// Whether the path shows this version in the merged file system.
  public boolean isLive(int stored) {
    return removedIn[stored] == NONE;
  }

  /// The layer that hides this version, or `NONE` where it is live; its own where a later entry of
  /// the same layer has the same path.
  public int removedIn(int stored) {
    return removedIn[stored];
  }

  /// The version that took its place in the layer that hides it, or `NONE` where it was deleted.
  public int replacedBy(int stored) {
    return replacedBy[stored];
  }

  /// The regular file whose bytes it has: itself, or of a hard link the first name; `NONE` for
  /// everything that has no bytes.
  public int carrier(int stored) {
    return carrier[stored];
  }

  /// All names of the bytes of a carrier, itself first.
  public int[] names(int ofCarrier) {
    int count = 1;
    for (int at = nextName[ofCarrier]; at != ofCarrier; at = nextName[at]) {
      count++;
    }
    int[] names = new int[count];
    names[0] = ofCarrier;
    for (int at = nextName[ofCarrier]; at != ofCarrier; at = nextName[at]) {
      names[--count] = at;
    }
    return names;
  }

  /// Whether a carrier has further names.
  public boolean isShared(int ofCarrier) {
    return nextName[ofCarrier] != ofCarrier;
  }

  /// Whether the bytes of a carrier are live: under its own name or another.
  public boolean hasLiveBytes(int ofCarrier) {
    int at = ofCarrier;
    do {
      if (removedIn[at] == NONE) {
        return true;
      }
      at = nextName[at];
    } while (at != ofCarrier);
    return false;
  }
}

package dev.depslim.image.layer;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The columns of a [LayerIndex]: parallel arrays, one pool of names, one of link targets. Columns
/// that many layers do not need (links, offsets, hashes) appear with their first value.
final class EntryTable {
  static final int NONE = -1;
  private static final byte SUPERSEDED = (byte) 0x80;
  private static final byte[] NOTHING = {};

  int size;
  int[] parent;
  int[] nameEnd;
  byte[] type;
  long[] bytes;
  long[] modified;
  short[] mode;
  int[] uid;
  int[] gid;

  /// An entry where it is not negative, `NONE`, or -2 - the start in `targets`.
  int @Nullable [] link;

  long @Nullable [] offset;

  /// Two for each entry; both 0 where there is none.
  long @Nullable [] hash;

  byte[] names = NOTHING;
  byte[] targets = NOTHING;
  int targetsSize;
  final Map<Integer, byte[]> contents = new HashMap<>();

  EntryTable(int capacity) {
    parent = new int[capacity];
    nameEnd = new int[capacity];
    type = new byte[capacity];
    bytes = new long[capacity];
    modified = new long[capacity];
    mode = new short[capacity];
    uid = new int[capacity];
    gid = new int[capacity];
  }

  int add(int parentEntry, EntryType entryType, byte[] name, int start, int length) {
    if (size == parent.length) {
      resize(size + (size >> 1) + 64);
    }
    int begin = size == 0 ? 0 : nameEnd[size - 1];
    if (begin + length > names.length) {
      names = Arrays.copyOf(names, Math.max(begin + length, names.length + (names.length >> 1)));
    }
    System.arraycopy(name, start, names, begin, length);
    parent[size] = parentEntry;
    nameEnd[size] = begin + length;
    type[size] = (byte) entryType.ordinal();
    if (link != null) {
      link[size] = NONE;
    }
    if (offset != null) {
      offset[size] = NONE;
    }
    return size++;
  }

  private void resize(int capacity) {
    parent = Arrays.copyOf(parent, capacity);
    nameEnd = Arrays.copyOf(nameEnd, capacity);
    type = Arrays.copyOf(type, capacity);
    bytes = Arrays.copyOf(bytes, capacity);
    modified = Arrays.copyOf(modified, capacity);
    mode = Arrays.copyOf(mode, capacity);
    uid = Arrays.copyOf(uid, capacity);
    gid = Arrays.copyOf(gid, capacity);
    link = link == null ? null : Arrays.copyOf(link, capacity);
    offset = offset == null ? null : Arrays.copyOf(offset, capacity);
    hash = hash == null ? null : Arrays.copyOf(hash, 2 * capacity);
  }

  void trim() {
    resize(size);
    names = Arrays.copyOf(names, size == 0 ? 0 : nameEnd[size - 1]);
    targets = Arrays.copyOf(targets, targetsSize);
  }

  EntryType type(int entry) {
    return EntryType.of(type[entry] & ~SUPERSEDED);
  }

  void type(int entry, EntryType value) {
    type[entry] = (byte) (value.ordinal() | type[entry] & SUPERSEDED);
  }

  boolean superseded(int entry) {
    return type[entry] < 0;
  }

  void supersede(int entry) {
    type[entry] |= SUPERSEDED;
  }

  int nameStart(int entry) {
    return entry == 0 ? 0 : nameEnd[entry - 1];
  }

  int nameLength(int entry) {
    return nameEnd[entry] - nameStart(entry);
  }

  void linkTo(int entry, int target) {
    links()[entry] = target;
  }

  void linkTo(int entry, byte[] target, int start, int length) {
    if (targetsSize + 4 + length > targets.length) {
      targets =
          Arrays.copyOf(
              targets, Math.max(targetsSize + 4 + length, targets.length + (targets.length >> 1)));
    }
    links()[entry] = -2 - targetsSize;
    targets[targetsSize++] = (byte) (length >> 24);
    targets[targetsSize++] = (byte) (length >> 16);
    targets[targetsSize++] = (byte) (length >> 8);
    targets[targetsSize++] = (byte) length;
    System.arraycopy(target, start, targets, targetsSize, length);
    targetsSize += length;
  }

  int targetLength(int start) {
    return (targets[start] & 255) << 24
        | (targets[start + 1] & 255) << 16
        | (targets[start + 2] & 255) << 8
        | targets[start + 3] & 255;
  }

  private int[] links() {
    int[] column = link;
    if (column == null) {
      column = new int[parent.length];
      Arrays.fill(column, NONE);
      link = column;
    }
    return column;
  }

  void offset(int entry, long value) {
    long[] column = offset;
    if (column == null) {
      column = new long[parent.length];
      Arrays.fill(column, NONE);
      offset = column;
    }
    column[entry] = value;
  }

  void hash(int entry, long high, long low) {
    long[] column = hash;
    if (column == null) {
      column = new long[2 * parent.length];
      hash = column;
    }
    column[2 * entry] = high;
    column[2 * entry + 1] = low;
  }
}

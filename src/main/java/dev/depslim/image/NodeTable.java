package dev.depslim.image;

import dev.depslim.image.layer.LayerIndex;
import java.util.Arrays;
import java.util.List;

/// The paths of an image as a tree: parent and name, found by both. A name is the one of the first
/// entry that has it.
final class NodeTable {
  static final int NONE = -1;

  private final List<LayerIndex> layers;
  int size;
  int[] parent = new int[1024];
  private short[] nameLayer = new short[1024];
  private int[] nameEntry = new int[1024];
  int[] firstChild = new int[1024];
  int[] nextSibling = new int[1024];

  /// The live version, [LayerMerge#DEAD] or [LayerMerge#IMPLIED].
  int[] live = new int[1024];

  /// The last version, or `NONE`.
  int[] last = new int[1024];

  /// Node + 1, open addressing; 0 is free.
  private int[] slots = new int[4096];

  NodeTable(List<LayerIndex> layers) {
    this.layers = layers;
  }

  int add(int parentNode, int inLayer, int entry) {
    if (size == parent.length) {
      int capacity = size + (size >> 1);
      parent = Arrays.copyOf(parent, capacity);
      nameLayer = Arrays.copyOf(nameLayer, capacity);
      nameEntry = Arrays.copyOf(nameEntry, capacity);
      firstChild = Arrays.copyOf(firstChild, capacity);
      nextSibling = Arrays.copyOf(nextSibling, capacity);
      live = Arrays.copyOf(live, capacity);
      last = Arrays.copyOf(last, capacity);
    }
    int node = size++;
    parent[node] = parentNode;
    nameLayer[node] = (short) inLayer;
    nameEntry[node] = entry;
    firstChild[node] = NONE;
    live[node] = LayerMerge.DEAD;
    last[node] = NONE;
    nextSibling[node] = NONE;
    if (node != 0) {
      nextSibling[node] = firstChild[parentNode];
      firstChild[parentNode] = node;
    }
    return node;
  }

  byte[] names(int node) {
    return layers.get(nameLayer[node]).names();
  }

  int nameStart(int node) {
    return layers.get(nameLayer[node]).nameStart(nameEntry[node]);
  }

  int nameLength(int node) {
    return layers.get(nameLayer[node]).nameLength(nameEntry[node]);
  }

  /// The child of a name, made where there is none yet.
  int child(int node, int inLayer, int entry) {
    LayerIndex index = layers.get(inLayer);
    byte[] names = index.names();
    int start = index.nameStart(entry);
    int length = index.nameLength(entry);
    int slot = slot(node, names, start, length);
    if (slots[slot] != 0) {
      return slots[slot] - 1;
    }
    int made = add(node, inLayer, entry);
    slots[slot] = made + 1;
    if (size > slots.length / 2) {
      grow();
    }
    return made;
  }

  /// The child of a name, or `NONE`.
  int find(int node, byte[] name, int start, int length) {
    return slots[slot(node, name, start, length)] - 1;
  }

  private void grow() {
    slots = new int[2 * slots.length];
    int mask = slots.length - 1;
    for (int node = 1; node < size; node++) {
      int at = hash(parent[node], names(node), nameStart(node), nameLength(node)) & mask;
      while (slots[at] != 0) {
        at = at + 1 & mask;
      }
      slots[at] = node + 1;
    }
  }

  private int slot(int node, byte[] name, int start, int length) {
    int mask = slots.length - 1;
    int at = hash(node, name, start, length) & mask;
    while (slots[at] != 0) {
      int other = slots[at] - 1;
      if (parent[other] == node) {
        int begin = nameStart(other);
        int end = begin + nameLength(other);
        if (Arrays.equals(names(other), begin, end, name, start, start + length)) {
          return at;
        }
      }
      at = at + 1 & mask;
    }
    return at;
  }

  private static int hash(int node, byte[] name, int start, int length) {
    int hash = node * 0x9E3779B9;
    for (int i = start; i < start + length; i++) {
      hash = hash * 31 + name[i];
    }
    hash *= 0x85EBCA6B;
    return hash ^ hash >>> 15;
  }

  /// Compares names by their UTF-8 bytes, which is the order of their code points.
  int compareNames(int left, int right) {
    int leftStart = nameStart(left);
    int rightStart = nameStart(right);
    return Arrays.compareUnsigned(
        names(left),
        leftStart,
        leftStart + nameLength(left),
        names(right),
        rightStart,
        rightStart + nameLength(right));
  }
}

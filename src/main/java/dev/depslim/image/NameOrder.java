package dev.depslim.image;

import java.util.Arrays;

/// Sorts nodes by name without boxing them: a merge sort that is done when it finds them in order,
/// as most archives have them.
final class NameOrder {
  private static final int SMALL = 8;
  private final NodeTable nodes;
  private int[] half = new int[64];

  NameOrder(NodeTable nodes) {
    this.nodes = nodes;
  }

  void sort(int[] list, int from, int to) {
    if (to - from <= SMALL) {
      insert(list, from, to);
      return;
    }
    if (isSorted(list, from, to)) {
      return;
    }
    int middle = from + to >>> 1;
    sort(list, from, middle);
    sort(list, middle, to);
    join(list, from, middle, to);
  }

  private boolean isSorted(int[] list, int from, int to) {
    for (int i = from + 1; i < to; i++) {
      if (nodes.compareNames(list[i - 1], list[i]) > 0) {
        return false;
      }
    }
    return true;
  }

  private void insert(int[] list, int from, int to) {
    for (int i = from + 1; i < to; i++) {
      int node = list[i];
      int at = i;
      while (at > from && nodes.compareNames(list[at - 1], node) > 0) {
        list[at] = list[at - 1];
        at--;
      }
      list[at] = node;
    }
  }

  private void join(int[] list, int from, int middle, int to) {
    int length = middle - from;
    if (half.length < length) {
      half = Arrays.copyOf(half, Math.max(length, 2 * half.length));
    }
    System.arraycopy(list, from, half, 0, length);
    int left = 0;
    int right = middle;
    for (int at = from; left < length; at++) {
      boolean takeRight = right < to && nodes.compareNames(half[left], list[right]) > 0;
      list[at] = takeRight ? list[right++] : half[left++];
    }
  }
}

package dev.depslim.graph;

import java.util.Arrays;
import java.util.BitSet;

/// Immediate dominators of the nodes that a set of roots reaches, after Cooper, Harvey and Kennedy,
/// "A Simple, Fast Dominance Algorithm" (2001). All roots hang below one node of their own, so what
/// two roots reach is dominated by neither.
final class Dominators {
  /// Node of the graph by its number in reverse postorder; number 0 is the node above the roots.
  private final int[] nodeAt;

  /// Immediate dominator, both in reverse postorder, so it is smaller than what it dominates.
  private final int[] above;

  private final int size;

  private Dominators(int size, int[] nodeAt, int[] above) {
    this.size = size;
    this.nodeAt = nodeAt;
    this.above = above;
  }

  static Dominators of(int size, int[] start, int[] target, BitSet roots) {
    int[] nodeAt = reversePostorder(size, start, target, roots);
    int count = nodeAt.length;
    int[] numberOf = new int[size];
    for (int number = 1; number < count; number++) {
      numberOf[nodeAt[number]] = number;
    }
    int[] from = new int[count + 1];
    for (int number = 1; number < count; number++) {
      for (int i = start[nodeAt[number]]; i < start[nodeAt[number] + 1]; i++) {
        from[numberOf[target[i]] + 1]++;
      }
    }
    for (int number = 0; number < count; number++) {
      from[number + 1] += from[number];
    }
    int[] before = new int[from[count]];
    int[] next = Arrays.copyOf(from, count);
    for (int number = 1; number < count; number++) {
      for (int i = start[nodeAt[number]]; i < start[nodeAt[number] + 1]; i++) {
        before[next[numberOf[target[i]]]++] = number;
      }
    }
    int[] above = new int[count];
    Arrays.fill(above, -1);
    above[0] = 0;
    for (boolean changed = true; changed; ) {
      changed = false;
      for (int number = 1; number < count; number++) {
        int best = roots.get(nodeAt[number]) ? 0 : -1;
        for (int i = from[number]; i < from[number + 1]; i++) {
          if (above[before[i]] >= 0) {
            best = best < 0 ? before[i] : meet(above, best, before[i]);
          }
        }
        if (above[number] != best) {
          above[number] = best;
          changed = true;
        }
      }
    }
    return new Dominators(size, nodeAt, above);
  }

  private static int meet(int[] above, int left, int right) {
    int one = left;
    int two = right;
    while (one != two) {
      while (one > two) {
        one = above[one];
      }
      while (two > one) {
        two = above[two];
      }
    }
    return one;
  }

  private static int[] reversePostorder(int size, int[] start, int[] target, BitSet roots) {
    int[] order = new int[size];
    int first = size;
    BitSet seen = new BitSet(size);
    int[] path = new int[size];
    int[] edge = new int[size];
    for (int root = roots.nextSetBit(0); root >= 0; root = roots.nextSetBit(root + 1)) {
      if (seen.get(root)) {
        continue;
      }
      int depth = 0;
      path[0] = root;
      edge[0] = start[root];
      seen.set(root);
      while (depth >= 0) {
        int node = path[depth];
        if (edge[depth] == start[node + 1]) {
          order[--first] = node;
          depth--;
          continue;
        }
        int next = target[edge[depth]++];
        if (!seen.get(next)) {
          seen.set(next);
          depth++;
          path[depth] = next;
          edge[depth] = start[next];
        }
      }
    }
    int[] result = new int[size - first + 1];
    result[0] = -1;
    System.arraycopy(order, first, result, 1, size - first);
    return result;
  }

  /// For each node the weights of all that it dominates, itself among it; 0 where no root reaches.
  long[] sums(long[] weights) {
    long[] byNumber = new long[nodeAt.length];
    for (int number = nodeAt.length - 1; number > 0; number--) {
      byNumber[number] += weights[nodeAt[number]];
      byNumber[above[number]] += byNumber[number];
    }
    long[] sums = new long[size];
    for (int number = 1; number < nodeAt.length; number++) {
      sums[nodeAt[number]] = byNumber[number];
    }
    return sums;
  }
}

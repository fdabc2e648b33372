package dev.depslim.graph;

import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntToLongFunction;

/// Immediate dominators of the nodes that a set of roots reaches, after Lengauer and Tarjan, "A
/// Fast Algorithm for Finding Dominators in a Flowgraph" (1979), with simple linking: O(m log n) on
/// every graph. All roots hang below one node of their own, so what two roots reach is dominated by
/// neither.
///
/// Nodes are handled by their number in the order of a depth-first search; number 0 is the node
/// above the roots.
final class Dominators {
  private static final int NONE = -1;

  private final int size;

  /// Edges in compressed rows, as the graph has them.
  private final int[] start;

  private final int[] target;

  /// Node of the graph by number.
  private int[] nodeAt = {};

  private int[] numberOf = {};

  /// Immediate dominator by number; smaller than what it dominates.
  private int[] above = {};

  private Dominators(int size, int[] start, int[] target) {
    this.size = size;
    this.start = start;
    this.target = target;
  }

  /// @param out nodes that no way may use
  static Dominators of(int size, int[] start, int[] target, BitSet roots, BitSet out) {
    Dominators dominators = new Dominators(size, start, target);
    int[] parent = dominators.search(roots, out);
    dominators.climb(roots, parent);
    return dominators;
  }

  /// Numbers the nodes. Returns by number the one from which the search came.
  private int[] search(BitSet roots, BitSet out) {
    int[] order = new int[size + 1];
    int[] from = new int[size + 1];
    int[] edge = new int[size + 1];
    int[] numbers = new int[size];
    Arrays.fill(numbers, NONE);
    order[0] = NONE;
    int count = 1;
    for (int root = roots.nextSetBit(0); root >= 0; root = roots.nextSetBit(root + 1)) {
      if (numbers[root] != NONE || out.get(root)) {
        continue;
      }
      int at = count;
      numbers[root] = at;
      order[count++] = root;
      edge[at] = start[root];
      while (at > 0) {
        if (edge[at] == start[order[at] + 1]) {
          at = from[at];
          continue;
        }
        int next = target[edge[at]++];
        if (numbers[next] == NONE && !out.get(next)) {
          numbers[next] = count;
          order[count] = next;
          from[count] = at;
          edge[count] = start[next];
          at = count++;
        }
      }
    }
    nodeAt = Arrays.copyOf(order, count);
    numberOf = numbers;
    return Arrays.copyOf(from, count);
  }

  /// The numbers with an edge to each number, in compressed rows behind `begin`.
  private int[] requirers(int[] begin) {
    int count = nodeAt.length;
    for (int number = 1; number < count; number++) {
      for (int i = start[nodeAt[number]]; i < start[nodeAt[number] + 1]; i++) {
        int to = numberOf[target[i]];
        if (to != NONE) {
          begin[to + 1]++;
        }
      }
    }
    for (int number = 0; number < count; number++) {
      begin[number + 1] += begin[number];
    }
    int[] requirers = new int[begin[count]];
    int[] next = Arrays.copyOf(begin, count);
    for (int number = 1; number < count; number++) {
      for (int i = start[nodeAt[number]]; i < start[nodeAt[number] + 1]; i++) {
        int to = numberOf[target[i]];
        if (to != NONE) {
          requirers[next[to]++] = number;
        }
      }
    }
    return requirers;
  }

  private void climb(BitSet roots, int[] parent) {
    int count = nodeAt.length;
    int[] begin = new int[count + 1];
    int[] requirers = requirers(begin);
    Forest forest = new Forest(count);
    int[] semi = forest.semi;
    int[] firstIn = new int[count];
    int[] nextIn = new int[count];
    Arrays.fill(firstIn, NONE);
    above = new int[count];
    for (int number = count - 1; number > 0; number--) {
      int best = roots.get(nodeAt[number]) ? 0 : semi[number];
      for (int i = begin[number]; i < begin[number + 1]; i++) {
        best = Math.min(best, semi[forest.least(requirers[i])]);
      }
      semi[number] = best;
      nextIn[number] = firstIn[best];
      firstIn[best] = number;
      int from = parent[number];
      forest.link(from, number);
      for (int one = firstIn[from]; one != NONE; one = nextIn[one]) {
        int least = forest.least(one);
        above[one] = semi[least] < semi[one] ? least : from;
      }
      firstIn[from] = NONE;
    }
    for (int number = 1; number < count; number++) {
      if (above[number] != semi[number]) {
        above[number] = above[above[number]];
      }
    }
  }

  /// For each node the weights of all that it dominates, itself among it; 0 where no root reaches.
  ///
  /// @param weight of a node
  long[] sums(IntToLongFunction weight) {
    long[] byNumber = new long[nodeAt.length];
    for (int number = nodeAt.length - 1; number > 0; number--) {
      byNumber[number] += weight.applyAsLong(nodeAt[number]);
      byNumber[above[number]] += byNumber[number];
    }
    long[] sums = new long[size];
    for (int number = 1; number < nodeAt.length; number++) {
      sums[nodeAt[number]] = byNumber[number];
    }
    return sums;
  }

  /// Whether every way from the roots to a node passes another one; a node passes itself. Nothing
  /// is said of what no root reaches: false.
  boolean dominates(int node, int other) {
    int wanted = numberOf[node];
    int number = numberOf[other];
    while (number > wanted) {
      number = above[number];
    }
    return wanted != NONE && number == wanted;
  }

  /// The linked part of the search tree, with paths that grow shorter whenever they are walked.
  private static final class Forest {
    /// Semidominators, as far as they are known.
    final int[] semi;

    private final int[] ancestor;
    private final int[] label;
    private final int[] path;

    Forest(int count) {
      semi = new int[count];
      ancestor = new int[count];
      label = new int[count];
      path = new int[count];
      Arrays.fill(ancestor, NONE);
      Arrays.setAll(semi, number -> number);
      Arrays.setAll(label, number -> number);
    }

    void link(int from, int to) {
      ancestor[to] = from;
    }

    /// The number of least semidominator on the way from a number up to its root, without the root.
    int least(int number) {
      if (ancestor[number] == NONE) {
        return number;
      }
      int depth = 0;
      for (int at = number; ancestor[ancestor[at]] != NONE; at = ancestor[at]) {
        path[depth++] = at;
      }
      while (depth > 0) {
        int at = path[--depth];
        int up = ancestor[at];
        if (semi[label[up]] < semi[label[at]]) {
          label[at] = label[up];
        }
        ancestor[at] = ancestor[up];
      }
      return label[number];
    }
  }
}

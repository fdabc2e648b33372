package dev.depslim.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/// Which of a number of things need which: nodes are 0 … n − 1, and every need is met by any one of
/// one or more nodes. Roots are there for their own sake; a node is *alive* when a root reaches it.
///
/// A need is met by all of its alternatives that are there: none of them is given up as long as the
/// one that needs it stays. This errs on the side of keeping.
public final class DependencyGraph {
  private final int size;

  /// Edges in compressed rows: the targets of node n are those from `start[n]`.
  private final int[] start;

  private final int[] target;
  private final BitSet roots;

  private DependencyGraph(int size, int[] start, int[] target, BitSet roots) {
    this.size = size;
    this.start = start;
    this.target = target;
    this.roots = roots;
  }

  /// Starts a graph.
  ///
  /// @param size how many nodes it has
  public static Builder builder(int size) {
    return new Builder(size);
  }

  /// How many nodes there are.
  public int size() {
    return size;
  }

  /// The nodes that are there for their own sake.
  public BitSet roots() {
    return (BitSet) roots.clone();
  }

  /// What a node needs, ascending and each once.
  public int[] needs(int node) {
    return Arrays.copyOfRange(target, start[node], start[node + 1]);
  }

  /// The nodes that the roots reach.
  public BitSet alive() {
    return aliveWithout(new BitSet());
  }

  /// The nodes that the roots reach when some nodes are taken out.
  public BitSet aliveWithout(BitSet out) {
    return reach(roots, out);
  }

  /// The nodes that some nodes reach, themselves among them, on ways that avoid others.
  public BitSet reach(BitSet from, BitSet avoiding) {
    BitSet reached = (BitSet) from.clone();
    reached.andNot(avoiding);
    int[] waiting = new int[Math.max(16, reached.cardinality())];
    int count = 0;
    for (int node = reached.nextSetBit(0); node >= 0; node = reached.nextSetBit(node + 1)) {
      waiting[count++] = node;
    }
    while (count > 0) {
      int node = waiting[--count];
      for (int i = start[node]; i < start[node + 1]; i++) {
        int next = target[i];
        if (!reached.get(next) && !avoiding.get(next)) {
          reached.set(next);
          if (count == waiting.length) {
            waiting = Arrays.copyOf(waiting, 2 * count);
          }
          waiting[count++] = next;
        }
      }
    }
    return reached;
  }

  /// What is alive now and no longer when some nodes are taken out, those nodes among it. Only what
  /// they reach is looked at.
  public BitSet lostWithout(BitSet out) {
    BitSet lost = new BitSet();
    for (int node : removals().lostWithout(out.stream().toArray())) {
      lost.set(node);
    }
    return lost;
  }

  /// The same for many questions on one graph.
  Removals removals() {
    return new Removals(size, start, target, roots, alive());
  }

  /// What is alive now and no longer when some roots are roots no more: they may still be needed.
  public BitSet lostWhenUndeclared(BitSet undeclared) {
    BitSet left = roots();
    left.andNot(undeclared);
    BitSet lost = alive();
    lost.andNot(reach(left, new BitSet()));
    return lost;
  }

  /// For each node the sum of the weights of what is lost when it alone is taken out, its own among
  /// them; 0 for nodes that are not alive.
  ///
  /// @param weights one for each node, such as bytes
  public long[] dominated(long[] weights) {
    return dominators(new BitSet()).sums(node -> weights[node]);
  }

  /// The dominators when some nodes are taken out already.
  Dominators dominators(BitSet out) {
    return Dominators.of(size, start, target, roots, out);
  }

  /// A shortest way from some nodes to one, both ends among it; empty where there is none.
  ///
  /// @param within the nodes that it may use
  public List<Integer> way(BitSet from, int to, BitSet within) {
    int[] before = new int[size];
    Arrays.fill(before, -1);
    int[] queue = new int[size];
    int end = 0;
    for (int node = from.nextSetBit(0); node >= 0; node = from.nextSetBit(node + 1)) {
      if (within.get(node)) {
        before[node] = node;
        queue[end++] = node;
      }
    }
    for (int at = 0; at < end && before[to] < 0; at++) {
      int node = queue[at];
      for (int i = start[node]; i < start[node + 1]; i++) {
        int next = target[i];
        if (before[next] < 0 && within.get(next)) {
          before[next] = node;
          queue[end++] = next;
        }
      }
    }
    List<Integer> way = new ArrayList<>();
    if (before[to] >= 0) {
      int node = to;
      while (before[node] != node) {
        way.add(node);
        node = before[node];
      }
      way.add(node);
    }
    return way.reversed();
  }

  /// Collects nodes, needs and roots.
  public static final class Builder {
    private final int size;
    private final BitSet roots = new BitSet();
    private long[] edges = new long[64];
    private int count;

    private Builder(int size) {
      this.size = size;
    }

    /// Makes a node a root.
    public Builder root(int node) {
      roots.set(check(node));
      return this;
    }

    /// A node needs any one of others.
    public Builder need(int from, int... anyOf) {
      for (int to : anyOf) {
        if (count == edges.length) {
          edges = Arrays.copyOf(edges, 2 * count);
        }
        edges[count++] = (long) check(from) << 32 | check(to);
      }
      return this;
    }

    private int check(int node) {
      if (node < 0 || node >= size) {
        throw new IndexOutOfBoundsException("no node " + node + " among " + size);
      }
      return node;
    }

    /// Makes every node a root that nothing else keeps: those that nobody needs, and of what then
    /// is still not reached, in the order of the numbers, the first of each circle.
    public Builder rootsWhereNobodyNeeds(BitSet candidates) {
      BitSet needed = new BitSet();
      for (int i = 0; i < count; i++) {
        if ((int) edges[i] != (int) (edges[i] >>> 32)) {
          needed.set((int) edges[i]);
        }
      }
      BitSet lonely = (BitSet) candidates.clone();
      lonely.andNot(needed);
      roots.or(lonely);
      DependencyGraph graph = build();
      BitSet left = (BitSet) candidates.clone();
      left.andNot(graph.alive());
      for (int node = left.nextSetBit(0); node >= 0; node = left.nextSetBit(node + 1)) {
        roots.set(node);
        BitSet one = new BitSet();
        one.set(node);
        left.andNot(graph.reach(one, new BitSet()));
      }
      return this;
    }

    /// The graph; more may be added for another one.
    public DependencyGraph build() {
      int[] start = new int[size + 1];
      for (int i = 0; i < count; i++) {
        start[(int) (edges[i] >>> 32) + 1]++;
      }
      for (int node = 0; node < size; node++) {
        start[node + 1] += start[node];
      }
      int[] next = Arrays.copyOf(start, size);
      int[] target = new int[count];
      for (int i = 0; i < count; i++) {
        target[next[(int) (edges[i] >>> 32)]++] = (int) edges[i];
      }
      return new DependencyGraph(size, start, sortedOnce(start, target), (BitSet) roots.clone());
    }

    /// Sorts the targets of each node and leaves out what stands twice.
    private int[] sortedOnce(int[] start, int[] target) {
      int kept = 0;
      for (int node = 0, from = 0; node < size; node++) {
        int to = start[node + 1];
        Arrays.sort(target, from, to);
        for (int i = from; i < to; i++) {
          if (i == from || target[i] != target[i - 1]) {
            target[kept++] = target[i];
          }
        }
        start[node + 1] = kept;
        from = to;
      }
      return kept == target.length ? target : Arrays.copyOf(target, kept);
    }
  }
}

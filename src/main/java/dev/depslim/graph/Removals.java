package dev.depslim.graph;

import java.util.BitSet;

/// Answers what a graph loses when nodes are taken out. A question costs as much as the part that
/// those nodes reach, not as the whole graph.
final class Removals {
  private final int[] start;
  private final int[] target;
  private final BitSet roots;
  private final BitSet alive;

  /// The edges turned round: what needs node n are the sources from `sourceStart[n]`.
  private final int[] sourceStart;

  private final int[] source;
  private final int[] waiting;

  Removals(int size, int[] start, int[] target, BitSet roots, BitSet alive) {
    this.start = start;
    this.target = target;
    this.roots = roots;
    this.alive = alive;
    this.sourceStart = new int[size + 1];
    this.source = new int[target.length];
    this.waiting = new int[size];
    for (int to : target) {
      sourceStart[to + 1]++;
    }
    for (int node = 0; node < size; node++) {
      sourceStart[node + 1] += sourceStart[node];
    }
    int[] next = sourceStart.clone();
    for (int from = 0; from < size; from++) {
      for (int i = start[from]; i < start[from + 1]; i++) {
        source[next[target[i]]++] = from;
      }
    }
  }

  /// What is alive now.
  BitSet alive() {
    return (BitSet) alive.clone();
  }

  /// What is alive and no longer without some nodes, those nodes among it.
  BitSet lostWithout(BitSet out) {
    BitSet touched = new BitSet();
    int count = 0;
    for (int node = out.nextSetBit(0); node >= 0; node = out.nextSetBit(node + 1)) {
      if (alive.get(node)) {
        touched.set(node);
        waiting[count++] = node;
      }
    }
    while (count > 0) {
      int node = waiting[--count];
      for (int i = start[node]; i < start[node + 1]; i++) {
        if (!touched.get(target[i])) {
          touched.set(target[i]);
          waiting[count++] = target[i];
        }
      }
    }
    BitSet kept = kept(touched, out);
    touched.andNot(kept);
    return touched;
  }

  /// What of the touched part is still reached: from its own roots and from outside of it.
  private BitSet kept(BitSet touched, BitSet out) {
    BitSet kept = new BitSet();
    int count = 0;
    for (int node = touched.nextSetBit(0); node >= 0; node = touched.nextSetBit(node + 1)) {
      if (!out.get(node) && (roots.get(node) || isNeededFromOutside(node, touched))) {
        kept.set(node);
        waiting[count++] = node;
      }
    }
    while (count > 0) {
      int node = waiting[--count];
      for (int i = start[node]; i < start[node + 1]; i++) {
        int next = target[i];
        if (!kept.get(next) && !out.get(next)) {
          kept.set(next);
          waiting[count++] = next;
        }
      }
    }
    return kept;
  }

  private boolean isNeededFromOutside(int node, BitSet touched) {
    for (int i = sourceStart[node]; i < sourceStart[node + 1]; i++) {
      if (alive.get(source[i]) && !touched.get(source[i])) {
        return true;
      }
    }
    return false;
  }
}

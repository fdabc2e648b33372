package dev.depslim.graph;

import java.util.Arrays;
import java.util.BitSet;

/// Answers what a graph loses when nodes are taken out. A question costs as much as the part that
/// those nodes reach, not as the whole graph, and allocates its answer only. One question at a
/// time.
final class Removals {
  private static final int TOUCHED = 1;
  private static final int KEPT = 2;
  private static final int OUT = 3;
  private static final int STATES = 4;

  private final int[] start;
  private final int[] target;
  private final BitSet roots;
  private final BitSet alive;

  /// The edges turned round: what needs node n are the sources from `sourceStart[n]`.
  private final int[] sourceStart;

  private final int[] source;

  /// Round × [#STATES] + state of a node in that round; what is of an earlier round is untouched.
  private final int[] mark;

  private int round;
  private int[] region = new int[64];
  private int[] waiting = new int[64];

  Removals(int size, int[] start, int[] target, BitSet roots, BitSet alive) {
    this.start = start;
    this.target = target;
    this.roots = roots;
    this.alive = alive;
    this.sourceStart = new int[size + 1];
    this.source = new int[target.length];
    this.mark = new int[size];
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

  /// What is alive and no longer without some nodes, those nodes among it; each once, in no order.
  int[] lostWithout(int[] out) {
    nextRound();
    int count = 0;
    for (int node : out) {
      if (alive.get(node) && !isTouched(node)) {
        set(node, OUT);
        region = withRoom(region, count);
        region[count++] = node;
      }
    }
    count = spread(count, true);
    keep(count);
    int[] lost = new int[count];
    int found = 0;
    for (int at = 0; at < count; at++) {
      if (!is(region[at], KEPT)) {
        lost[found++] = region[at];
      }
    }
    return Arrays.copyOf(lost, found);
  }

  /// Marks what of the region is still reached: from its own roots and from outside of it.
  private void keep(int size) {
    int count = 0;
    for (int at = 0; at < size; at++) {
      int node = region[at];
      if (is(node, TOUCHED) && (roots.get(node) || isNeededFromOutside(node))) {
        set(node, KEPT);
        waiting = withRoom(waiting, count);
        waiting[count++] = node;
      }
      while (count > 0) {
        int from = waiting[--count];
        for (int i = start[from]; i < start[from + 1]; i++) {
          int next = target[i];
          if (is(next, TOUCHED)) {
            set(next, KEPT);
            waiting = withRoom(waiting, count);
            waiting[count++] = next;
          }
        }
      }
    }
  }

  private boolean isNeededFromOutside(int node) {
    for (int i = sourceStart[node]; i < sourceStart[node + 1]; i++) {
      if (!isTouched(source[i]) && alive.get(source[i])) {
        return true;
      }
    }
    return false;
  }

  /// What some nodes reach, themselves among it, on ways that pass no root but those nodes; each
  /// once, in no order.
  int[] reachedPastRoots(int[] from) {
    nextRound();
    int count = 0;
    for (int node : from) {
      if (!isTouched(node)) {
        set(node, TOUCHED);
        region = withRoom(region, count);
        region[count++] = node;
      }
    }
    count = spread(count, false); // may make the region anew
    return Arrays.copyOf(region, count);
  }

  /// Adds to the region what it reaches; its size then.
  ///
  /// @param throughRoots whether roots that are not in it yet may be added
  private int spread(int size, boolean throughRoots) {
    int count = size;
    for (int at = 0; at < count; at++) {
      int node = region[at];
      for (int i = start[node]; i < start[node + 1]; i++) {
        int next = target[i];
        if (!isTouched(next) && (throughRoots || !roots.get(next))) {
          set(next, TOUCHED);
          region = withRoom(region, count);
          region[count++] = next;
        }
      }
    }
    return count;
  }

  private void nextRound() {
    if (++round == Integer.MAX_VALUE / STATES) {
      Arrays.fill(mark, 0);
      round = 1;
    }
  }

  private void set(int node, int state) {
    mark[node] = round * STATES + state;
  }

  private boolean is(int node, int state) {
    return mark[node] == round * STATES + state;
  }

  private boolean isTouched(int node) {
    return mark[node] >= round * STATES;
  }

  private static int[] withRoom(int[] some, int used) {
    return used < some.length ? some : Arrays.copyOf(some, 2 * used);
  }
}

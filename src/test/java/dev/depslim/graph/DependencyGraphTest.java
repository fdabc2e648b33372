package dev.depslim.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class DependencyGraphTest {
  private static BitSet bits(int... nodes) {
    BitSet set = new BitSet();
    for (int node : nodes) {
      set.set(node);
    }
    return set;
  }

  /// The oracle: deletes nodes and reaches again, over sets and by name of the definition.
  private record Plain(int size, Set<Long> edges, Set<Integer> roots) {
    Set<Integer> alive(Set<Integer> out) {
      Set<Integer> alive = new HashSet<>(roots);
      alive.removeAll(out);
      boolean grew = true;
      while (grew) {
        grew = false;
        for (long edge : edges) {
          int to = (int) edge;
          if (alive.contains((int) (edge >> 32)) && !out.contains(to)) {
            grew |= alive.add(to);
          }
        }
      }
      return alive;
    }

    long lost(Set<Integer> out, long[] weights) {
      Set<Integer> lost = alive(Set.of());
      lost.removeAll(alive(out));
      return lost.stream().mapToLong(node -> weights[node]).sum();
    }

    DependencyGraph graph() {
      DependencyGraph.Builder builder = DependencyGraph.builder(size);
      edges.forEach(edge -> builder.need((int) (edge >> 32), edge.intValue()));
      roots.forEach(builder::root);
      return builder.build();
    }
  }

  private static Plain random(RandomGenerator random) {
    int size = 1 + random.nextInt(24);
    Set<Long> edges = new HashSet<>();
    int count = random.nextInt(3 * size);
    for (int i = 0; i < count; i++) {
      edges.add((long) random.nextInt(size) << 32 | random.nextInt(size));
    }
    Set<Integer> roots = new HashSet<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      roots.add(random.nextInt(size));
    }
    return new Plain(size, edges, roots);
  }

  private static long sum(BitSet set, long[] weights) {
    return set.stream().mapToLong(node -> weights[node]).sum();
  }

  @Test
  void dominatedAndRetainedWeightsEqualDeletingAndReachingAgain() {
    for (long seed = 1; seed <= 2000; seed++) {
      RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
      Plain plain = random(random);
      long[] weights = random.longs(plain.size(), 1, 1000).toArray();
      DependencyGraph graph = plain.graph();
      long[] dominated = graph.dominated(weights);
      for (int node = 0; node < plain.size(); node++) {
        assertEquals(plain.lost(Set.of(node), weights), dominated[node], "seed " + seed);
      }
      Set<Integer> out = new HashSet<>();
      BitSet outBits = new BitSet();
      for (int i = random.nextInt(4); i > 0; i--) {
        int node = random.nextInt(plain.size());
        out.add(node);
        outBits.set(node);
      }
      assertEquals(
          plain.lost(out, weights), sum(graph.lostWithout(outBits), weights), "seed " + seed);
      Set<Integer> left = new HashSet<>(plain.roots());
      left.removeAll(out);
      Set<Integer> lost = plain.alive(Set.of());
      lost.removeAll(new Plain(plain.size(), plain.edges(), left).alive(Set.of()));
      assertEquals(lost.size(), graph.lostWhenUndeclared(outBits).cardinality(), "seed " + seed);
    }
  }

  @Test
  void everythingIsAliveWhenWhatNobodyNeedsBecomesARoot() {
    for (long seed = 1; seed <= 500; seed++) {
      RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
      Plain plain = random(random);
      DependencyGraph.Builder builder = DependencyGraph.builder(plain.size());
      plain.edges().forEach(edge -> builder.need((int) (edge >> 32), edge.intValue()));
      plain.roots().forEach(builder::root);
      BitSet all = new BitSet();
      all.set(0, plain.size());
      DependencyGraph graph = builder.rootsWhereNobodyNeeds(all).build();
      assertEquals(all, graph.alive(), "seed " + seed);
    }
  }

  /// A chain, and for each of its nodes a leaf that the root needs too: looking for the common
  /// ancestor step by step walks the whole chain for each leaf.
  @Test
  @Timeout(60)
  void aLongChainWithShortcutsIsQuick() {
    int length = 50_000;
    DependencyGraph.Builder builder = DependencyGraph.builder(2 * length + 1).root(0);
    for (int i = 1; i <= length; i++) {
      builder.need(i - 1, i).need(i, length + i).need(0, length + i);
    }
    long[] dominated = builder.build().dominated(ones(2 * length + 1));
    assertEquals(2 * length + 1, dominated[0]);
    assertEquals(length, dominated[1]);
    assertEquals(1, dominated[length]);
    assertEquals(1, dominated[2 * length]);
  }

  /// Chains that lead into each other, one of them in both directions: repeating until nothing
  /// changes takes as many rounds as the chain is long (Georgiadis, Tarjan and Werneck, "Finding
  /// Dominators in Practice", 2006, the family itworst without its dense part).
  @Test
  @Timeout(60)
  void chainsInBothDirectionsAreQuick() {
    int k = 25_000;
    DependencyGraph.Builder builder =
        DependencyGraph.builder(4 * k + 1).root(0).need(0, 1).need(0, k + 1).need(0, 4 * k);
    for (int i = 1; i < k; i++) {
      builder.need(i, i + 1).need(i, 2 * k + i).need(i, 3 * k - i);
      builder.need(k + i, k + i + 1).need(2 * k + i, 2 * k + i + 1);
      builder.need(3 * k + i, 3 * k + i + 1).need(3 * k + i + 1, 3 * k + i);
    }
    DependencyGraph graph = builder.need(2 * k, 2 * k + 1).need(3 * k, 3 * k + 1).build();
    long[] dominated = graph.dominated(ones(4 * k + 1));
    assertEquals(4 * k + 1, dominated[0]);
    assertEquals(k, dominated[1]);
    assertEquals(k, dominated[k + 1]);
    assertEquals(1, dominated[2 * k + 1]);
    assertEquals(1, dominated[4 * k]);
  }

  private static long[] ones(int size) {
    long[] ones = new long[size];
    Arrays.fill(ones, 1);
    return ones;
  }

  @Test
  void whatTwoNeedIsDominatedByNeither() {
    DependencyGraph graph =
        DependencyGraph.builder(4).root(0).root(1).need(0, 2).need(1, 2).need(2, 3).build();
    assertArrayEquals(
        new long[] {1, 10, 1100, 1000}, graph.dominated(new long[] {1, 10, 100, 1000}));
    assertEquals(bits(0, 1, 2, 3), graph.lostWithout(bits(0, 1)));
  }

  @Test
  void everyAlternativeThatIsThereIsKept() {
    DependencyGraph graph = DependencyGraph.builder(3).root(0).need(0, 1, 2).build();
    assertEquals(bits(0, 1, 2), graph.alive());
  }

  @Test
  void theWayToANodeIsAShortestOne() {
    DependencyGraph graph =
        DependencyGraph.builder(5)
            .root(0)
            .need(0, 1)
            .need(1, 2)
            .need(2, 4)
            .need(0, 3)
            .need(3, 4)
            .build();
    assertEquals(List.of(0, 3, 4), graph.way(graph.roots(), 4, graph.alive()));
    assertEquals(List.of(0, 1, 2, 4), graph.way(graph.roots(), 4, bits(0, 1, 2, 4)));
    assertEquals(List.of(), graph.way(bits(4), 0, graph.alive()));
  }

  @Test
  void aNodeThatIsNotThereIsRefused() {
    assertThrows(IndexOutOfBoundsException.class, () -> DependencyGraph.builder(2).need(0, 2));
    assertTrue(DependencyGraph.builder(0).build().alive().isEmpty());
  }
}

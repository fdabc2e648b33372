package dev.depslim.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.depslim.graph.DeclarationGraph.Line;
import dev.depslim.model.Lockfile;
import dev.depslim.model.Lockfile.Direct;
import dev.depslim.model.Lockfile.Edge;
import dev.depslim.model.Lockfile.Node;
import dev.depslim.model.Lockfile.Root;
import dev.depslim.model.Scope;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/// The retained size of declarations equals what taking them out of the lock and counting again
/// says, on every lock of the conformance vectors.
class RetainedSizeTest {
  private static final int RANDOM_SETS = 8;

  /// The oracle: a lock from which declarations are cut, walked from its roots.
  private static Lockfile cut(Lockfile lock, Set<Line> out) {
    List<Root> roots = new ArrayList<>();
    Node[] nodes = lock.packages().toArray(Node[]::new);
    for (Root root : lock.roots()) {
      List<Direct> left =
          root.direct().stream().filter(direct -> !out.contains(line(lock, root, direct))).toList();
      roots.add(new Root(root.path(), left, root.node()));
      for (int i = 0; i < nodes.length; i++) {
        if (isItself(lock, root, nodes[i])) {
          nodes[i] = cut(nodes[i], root.direct(), left);
        }
      }
    }
    return new Lockfile(
        lock.path(),
        lock.kind(),
        lock.format(),
        lock.ecosystem(),
        Arrays.asList(nodes),
        roots,
        lock.flat(),
        lock.issues());
  }

  private static boolean isItself(Lockfile lock, Root root, Node node) {
    if (node.origin().isThirdParty()) {
      return false;
    }
    return root.node() >= 0
        ? lock.packages().get(root.node()).name().equals(node.name())
        : !root.path().isEmpty() && root.path().equals(node.path());
  }

  private static Node cut(Node node, List<Direct> before, List<Direct> left) {
    List<Edge> edges =
        node.edges().stream().filter(edge -> !asks(before, edge) || asks(left, edge)).toList();
    return new Node(
        node.name(),
        node.version(),
        node.origin(),
        node.declared(),
        node.compressedBytes(),
        node.line(),
        edges,
        node.path());
  }

  private static boolean asks(List<Direct> directs, Edge edge) {
    return directs.stream()
        .anyMatch(direct ->
            direct.target() == edge.target()
                && (direct.scope() == Scope.DEV) == (edge.scope() == Scope.DEV));
  }

  private static Line line(Lockfile lock, Root root, Direct direct) {
    return new Line(
        root.path(),
        lock.ecosystem().normalize(direct.name()),
        DeclarationGraph.inProduction(lock.ecosystem(), direct.scope()));
  }

  private static Set<Line> normalized(Lockfile lock, DeclarationGraph graph, BitSet lines) {
    Set<Line> out = new HashSet<>();
    lines.stream()
        .mapToObj(graph.lines()::get)
        .forEach(line ->
            out.add(
                new Line(
                    line.project(), lock.ecosystem().normalize(line.name()), line.production())));
    return out;
  }

  private static Set<Integer> reached(Lockfile lock) {
    Set<Integer> reached = new TreeSet<>();
    Deque<Integer> waiting = new ArrayDeque<>();
    lock.roots().forEach(root -> root.direct().forEach(direct -> waiting.add(direct.target())));
    while (!waiting.isEmpty()) {
      int at = waiting.remove();
      if (reached.add(at)) {
        lock.packages().get(at).edges().stream()
            .filter(edge -> !edge.wish())
            .forEach(edge -> waiting.add(edge.target()));
      }
    }
    return reached;
  }

  /// The lock in which nothing asks for what markers keep for other systems.
  private static Lockfile ofThisSystem(Lockfile lock) {
    List<Root> roots = new ArrayList<>();
    for (Root root : lock.roots()) {
      List<Direct> left =
          root.direct().stream()
              .filter(direct -> !lock.packages().get(direct.target()).elsewhere())
              .toList();
      roots.add(new Root(root.path(), left, root.node()));
    }
    List<Node> nodes = new ArrayList<>();
    for (Node node : lock.packages()) {
      List<Edge> left =
          node.edges().stream()
              .filter(edge -> !lock.packages().get(edge.target()).elsewhere())
              .toList();
      nodes.add(
          new Node(
              node.name(),
              node.version(),
              node.origin(),
              node.declared(),
              node.compressedBytes(),
              node.line(),
              left,
              node.path(),
              node.elsewhere()));
    }
    return new Lockfile(
        lock.path(),
        lock.kind(),
        lock.format(),
        lock.ecosystem(),
        nodes,
        roots,
        lock.flat(),
        lock.issues());
  }

  private static Set<Integer> inProduction(Lockfile lock) {
    LockScopes scopes = LockScopes.of(ofThisSystem(lock));
    Set<Integer> found = new TreeSet<>();
    for (int copy = 0; copy < lock.packages().size(); copy++) {
      Scope scope = lock.packages().get(copy).elsewhere() ? null : scopes.scope(copy);
      if (scope != null && DeclarationGraph.inProduction(lock.ecosystem(), scope)) {
        found.add(copy);
      }
    }
    return found;
  }

  private static Set<String> rows(Lockfile lock, Set<Integer> copies) {
    Set<String> rows = new TreeSet<>();
    for (int copy : copies) {
      Node node = lock.packages().get(copy);
      if (node.origin().isThirdParty()) {
        rows.add(node.name() + " " + node.version());
      }
    }
    return rows;
  }

  private static long sum(Set<Integer> copies, long[] bytes) {
    return copies.stream().mapToLong(copy -> bytes[copy]).sum();
  }

  private static Set<Integer> difference(Set<Integer> all, Set<Integer> without) {
    Set<Integer> left = new TreeSet<>(all);
    left.removeAll(without);
    return left;
  }

  private static Set<Integer> copies(DeclarationView.Packages packages) {
    Set<Integer> out = new TreeSet<>();
    packages.copies().stream().forEach(out::add);
    return out;
  }

  private static Set<String> rows(DeclarationGraph graph, DeclarationView.Packages packages) {
    Set<String> out = new TreeSet<>();
    packages.rows().stream()
        .mapToObj(graph.rows()::get)
        .forEach(row -> out.add(row.name() + " " + row.version()));
    return out;
  }

  @Test
  void everyDeclarationRetainsWhatTheLockLosesWithoutIt() throws IOException {
    int declarations = 0;
    Map<String, int[]> byKind = new TreeMap<>();
    for (Lockfile lock : AllLocks.read()) {
      DeclarationGraph graph = DeclarationGraph.of(lock);
      long[] bytes = bytes(lock);
      DeclarationView.Weights retained =
          graph.everything().alone(new BitSet()).weights(copy -> bytes[copy], _ -> 0);
      DeclarationView.Weights rowCounts =
          graph.everything().alone(new BitSet()).weights(_ -> 0, _ -> 1);
      DeclarationView.Weights inProduction =
          graph.production().alone(new BitSet()).weights(copy -> bytes[copy], _ -> 0);
      for (int line = 0; line < graph.lines().size(); line++) {
        BitSet one = only(line);
        check(lock, graph, one);
        Lockfile without = cut(lock, normalized(lock, graph, one));
        Set<Integer> lost = difference(reached(lock), reached(without));
        String at = lock.kind() + " " + lock.path() + " " + graph.lines().get(line);
        assertEquals(sum(lost, bytes), retained.ofLine(line), at);
        Set<String> lostRows = rows(lock, reached(lock));
        lostRows.removeAll(rows(lock, reached(without)));
        assertEquals(lostRows.size(), rowCounts.ofLine(line), at);
        assertEquals(
            sum(difference(inProduction(lock), inProduction(without)), bytes),
            inProduction.ofLine(line),
            at);
        declarations++;
      }
      int[] counts = byKind.computeIfAbsent(lock.kind(), _ -> new int[3]);
      counts[0]++;
      counts[1] += graph.lines().size();
      counts[2] += graph.rows().size();
    }
    byKind.forEach((kind, counts) ->
        System.out.printf(
            Locale.ROOT,
            "retained = removed and counted again: %-20s %3d locks, %5d declarations, %6d"
                + " packages%n",
            kind,
            counts[0],
            counts[1],
            counts[2]));
    assertTrue(declarations > 1_000, declarations + " declarations are too few");
  }

  /// The lines that bring a package themselves are the only smallest set without which it goes.
  @Test
  void aPackageGoesExactlyWhenAllLinesGoThatBringIt() throws IOException {
    int packages = 0;
    for (Lockfile lock : AllLocks.read()) {
      DeclarationGraph graph = DeclarationGraph.of(lock);
      DeclarationView view = graph.production();
      BitSet[] bringing = new BitSet[graph.rows().size()];
      Arrays.setAll(bringing, _ -> new BitSet());
      for (int line : graph.lines(Line::production).stream().toArray()) {
        int it = line;
        view.broughtBy(only(line)).forEachRow(row -> bringing[row].set(it));
      }
      Set<BitSet> seen = new HashSet<>();
      for (int row = 0; row < bringing.length; row++) {
        BitSet lines = bringing[row];
        String at = lock.kind() + " " + lock.path() + " " + graph.rows().get(row);
        if (!lines.isEmpty() && seen.add(lines)) {
          assertTrue(view.lostWithoutLines(lines).rows().get(row), at);
          for (int line : lines.stream().toArray()) {
            BitSet fewer = (BitSet) lines.clone();
            fewer.clear(line);
            assertTrue(!view.lostWithoutLines(fewer).rows().get(row), at + " without " + line);
          }
          packages++;
        }
      }
    }
    assertTrue(packages > 500, packages + " packages are too few");
  }

  @Test
  void randomSetsRetainWhatTheLockLosesWithoutThem() throws IOException {
    int sets = 0;
    for (Lockfile lock : AllLocks.read()) {
      DeclarationGraph graph = DeclarationGraph.of(lock);
      for (long seed = 1; seed <= RANDOM_SETS && !graph.lines().isEmpty(); seed++) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        double share = random.nextDouble();
        check(lock, graph, graph.lines(_ -> random.nextDouble() < share));
        sets++;
      }
    }
    assertTrue(sets > 500, sets + " sets are too few");
  }

  @Test
  void aPackageDominatesWhatIsLostWhenItIsTakenOut() throws IOException {
    for (Lockfile lock : AllLocks.read()) {
      DeclarationGraph graph = DeclarationGraph.of(lock);
      long[] bytes = bytes(lock);
      DeclarationView.Weights dominated =
          graph.everything().alone(new BitSet()).weights(copy -> bytes[copy], _ -> 0);
      for (int row = 0; row < graph.rows().size(); row++) {
        if (graph.copyCount(row) == 1) {
          DeclarationView.Packages lost = graph.everything().lostWithoutRows(only(row));
          assertEquals(sum(copies(lost), bytes), dominated.ofCopy(graph.copy(row, 0)));
        }
      }
    }
  }

  @Test
  void dominatorsSayOfEachCopyWhetherItGoes() throws IOException {
    int questions = 0;
    for (Lockfile lock : AllLocks.read()) {
      DeclarationGraph graph = DeclarationGraph.of(lock);
      DeclarationView view = graph.everything();
      DeclarationView.Alone alone = view.alone(new BitSet());
      for (int line = 0; line < graph.lines().size(); line++) {
        BitSet lost = view.lostWithoutLines(only(line)).copies();
        BitSet targets = graph.targets(line);
        int target = targets.nextSetBit(0);
        BitSet more = view.lostWithout(only(line), targets).copies();
        String at = lock.kind() + " " + lock.path() + " " + graph.lines().get(line);
        for (int copy = 0; copy < lock.packages().size(); copy++) {
          assertEquals(lost.get(copy), alone.goesWithLine(copy, line), at);
          if (targets.cardinality() == 1) {
            assertEquals(more.get(copy), alone.goesWithCopy(copy, target), at);
          }
          questions++;
        }
      }
    }
    assertTrue(questions > 10_000, questions + " questions are too few");
  }

  private static BitSet only(int one) {
    BitSet only = new BitSet();
    only.set(one);
    return only;
  }

  private static void check(Lockfile lock, DeclarationGraph graph, BitSet out) {
    Lockfile without = cut(lock, normalized(lock, graph, out));
    String at = lock.kind() + " " + lock.path() + " without " + normalized(lock, graph, out);
    DeclarationView.Packages lost = graph.everything().lostWithoutLines(out);
    assertEquals(difference(reached(lock), reached(without)), copies(lost), at);
    Set<String> lostRows = rows(lock, reached(lock));
    lostRows.removeAll(rows(lock, reached(without)));
    assertEquals(lostRows, rows(graph, lost), at);
    DeclarationView.Packages fewer = graph.production().lostWithoutLines(out);
    assertEquals(difference(inProduction(lock), inProduction(without)), copies(fewer), at);
  }

  /// Weights of which no two sums are equal by chance.
  private static long[] bytes(Lockfile lock) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
    return random.longs(lock.packages().size(), 1, 1L << 40).toArray();
  }
}

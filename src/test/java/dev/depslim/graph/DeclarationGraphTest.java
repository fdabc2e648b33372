package dev.depslim.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.depslim.model.Ecosystem;
import dev.depslim.model.Lockfile;
import dev.depslim.model.Lockfile.Direct;
import dev.depslim.model.Lockfile.Edge;
import dev.depslim.model.Lockfile.Node;
import dev.depslim.model.Lockfile.Root;
import dev.depslim.model.Origin;
import dev.depslim.model.Scope;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeclarationGraphTest {
  private static BitSet bits(int... set) {
    BitSet bits = new BitSet();
    Arrays.stream(set).forEach(bits::set);
    return bits;
  }

  private static Node node(String name, int... needs) {
    return node(name, Origin.REGISTRY, null, needs);
  }

  private static Node node(String name, Origin origin, @Nullable String path, int... needs) {
    List<Edge> edges = Arrays.stream(needs).mapToObj(to -> new Edge(to, Scope.RUNTIME)).toList();
    return new Node(name, "1.0.0", origin, null, null, 0, edges, path);
  }

  private static Direct direct(String name, int target, Scope scope) {
    return new Direct(name, target, scope, null);
  }

  private static DeclarationGraph graph(List<Node> nodes, Root... roots) {
    return DeclarationGraph.of(
        new Lockfile("lock", "lock", null, Ecosystem.NPM, nodes, List.of(roots), List.of()));
  }

  private static long[] byLine(DeclarationView view, long... byCopy) {
    DeclarationView.Weights weights =
        view.alone(new BitSet()).weights(copy -> byCopy[copy], _ -> 0);
    return new long[] {weights.ofLine(0), weights.ofLine(1)};
  }

  private static long[] rowsByLine(DeclarationGraph graph) {
    DeclarationView.Weights weights =
        graph.everything().alone(new BitSet()).weights(_ -> 0, _ -> 1);
    return new long[] {weights.ofLine(0), weights.ofLine(1)};
  }

  @Test
  void whatTwoDeclarationsNeedIsRetainedByTheirSetOnly() {
    DeclarationGraph graph =
        graph(
            List.of(node("a", 2), node("b", 2), node("shared")),
            new Root("", List.of(direct("a", 0, Scope.RUNTIME), direct("b", 1, Scope.RUNTIME))));
    assertArrayEquals(new long[] {1, 10}, byLine(graph.everything(), 1, 10, 100));
    assertArrayEquals(new long[] {1, 1}, rowsByLine(graph));
    DeclarationView.Weights left =
        graph.everything().alone(bits(0)).weights(copy -> new long[] {1, 10, 100}[copy], _ -> 0);
    assertEquals(0, left.ofLine(0));
    assertEquals(110, left.ofLine(1));
    assertEquals(bits(0, 1, 2), graph.everything().lostWithoutLines(bits(0, 1)).rows());
  }

  @Test
  void aDeclarationThatAnotherPackageNeedsTooRetainsNothing() {
    DeclarationGraph graph =
        graph(
            List.of(node("a", 1), node("b")),
            new Root("", List.of(direct("a", 0, Scope.RUNTIME), direct("b", 1, Scope.RUNTIME))));
    assertArrayEquals(new long[] {1, 0}, byLine(graph.everything(), 1, 10));
  }

  @Test
  void productionLosesWhatOnlyDevelopmentWouldKeep() {
    DeclarationGraph graph =
        graph(
            List.of(node("a", 2), node("lint", 2), node("shared")),
            new Root("", List.of(direct("a", 0, Scope.RUNTIME), direct("lint", 1, Scope.DEV))));
    assertEquals(bits(0), graph.everything().lostWithoutLines(bits(0)).copies());
    assertEquals(bits(0, 2), graph.production().lostWithoutLines(bits(0)).copies());
    assertEquals(bits(0, 2), graph.production().reached().copies());
  }

  @Test
  void aRowIsLostWithItsLastCopy() {
    DeclarationGraph graph =
        graph(
            List.of(node("a", 2), node("b", 3), node("twice"), node("twice")),
            new Root("", List.of(direct("a", 0, Scope.RUNTIME), direct("b", 1, Scope.RUNTIME))));
    DeclarationView.Packages lost = graph.everything().lostWithoutLines(bits(0));
    assertEquals(bits(0, 2), lost.copies());
    assertEquals(
        List.of("a"),
        lost.rows().stream().mapToObj(graph.rows()::get).map(DeclarationGraph.Row::name).toList());
    assertArrayEquals(new long[] {1, 1}, rowsByLine(graph));
    assertEquals(3, graph.everything().lostWithoutLines(bits(0, 1)).rows().cardinality());
  }

  @Test
  void whatAMemberNoLongerDeclaresIsLostAlthoughOthersNeedTheMember() {
    DeclarationGraph graph =
        graph(
            List.of(node("member", Origin.WORKSPACE, "packages/member", 1), node("a")),
            new Root("", List.of(direct("member", 0, Scope.RUNTIME))),
            new Root("packages/member", List.of(direct("a", 1, Scope.RUNTIME))));
    BitSet line = graph.lines(one -> one.name().equals("a"));
    assertEquals(bits(1), graph.everything().lostWithoutLines(line).copies());
    BitSet use = graph.lines(one -> one.name().equals("member"));
    assertEquals(bits(0), graph.everything().lostWithoutLines(use).copies());
    assertTrue(graph.everything().lostWithoutLines(use).rows().isEmpty(), "it is no third party");
  }

  @Test
  void whatNobodyNeedsIsThereForItsOwnSakeWhereTheLockDoesNotSayWhatIsDeclared() {
    DeclarationGraph graph = graph(List.of(node("a", 1), node("b")));
    assertEquals(List.of(), graph.lines());
    assertEquals(bits(0, 1), graph.everything().reached().copies());
    DeclarationView.Weights weights =
        graph.everything().alone(new BitSet()).weights(copy -> new long[] {1, 10}[copy], _ -> 0);
    assertEquals(11, weights.ofCopy(0));
    assertEquals(10, weights.ofCopy(1));
    assertEquals(bits(0, 1), graph.everything().lostWithoutRows(bits(0)).rows());
  }
}

package dev.depslim.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.depslim.model.Ecosystem;
import dev.depslim.model.Lockfile;
import dev.depslim.model.Lockfile.Direct;
import dev.depslim.model.Lockfile.Edge;
import dev.depslim.model.Lockfile.Node;
import dev.depslim.model.Lockfile.Root;
import dev.depslim.model.Origin;
import dev.depslim.model.Scope;
import java.util.List;
import org.junit.jupiter.api.Test;

class LockScopesTest {
  @Test
  void runtimeWinsOverOptionalOverDev() {
    LockScopes scopes =
        scopes(
            List.of(
                node("runtime", new Edge(3, Scope.RUNTIME)),
                node("optional", new Edge(3, Scope.RUNTIME), new Edge(4, Scope.RUNTIME)),
                node("dev", new Edge(4, Scope.RUNTIME), new Edge(5, Scope.RUNTIME)),
                node("by runtime and optional"),
                node("by optional and dev"),
                node("by dev")),
            new Direct("runtime", 0, Scope.RUNTIME, null),
            new Direct("optional", 1, Scope.OPTIONAL, "docs"),
            new Direct("dev", 2, Scope.DEV, "lint"));
    assertEquals(Scope.RUNTIME, scopes.scope(3));
    assertEquals(Scope.OPTIONAL, scopes.scope(4));
    assertTrue(scopes.devOrOptional(4));
    assertFalse(scopes.onlyDev(4));
    assertEquals(Scope.DEV, scopes.scope(5));
    assertTrue(scopes.onlyDev(5));
  }

  @Test
  void anOptionalRequirementOfADevPackageStaysDev() {
    LockScopes scopes =
        scopes(
            List.of(node("dev", new Edge(1, Scope.OPTIONAL)), node("below")),
            new Direct("dev", 0, Scope.DEV, null));
    assertEquals(Scope.DEV, scopes.scope(1));
    assertTrue(scopes.onlyDev(1));
    assertTrue(scopes.onlyOptional(1));
    assertFalse(scopes.devOrOptional(1));
  }

  @Test
  void aPeerCountsLikeARuntimeRequirement() {
    LockScopes scopes =
        scopes(
            List.of(node("a", new Edge(1, Scope.PEER)), node("peer")),
            new Direct("a", 0, Scope.RUNTIME, null));
    assertEquals(Scope.RUNTIME, scopes.scope(1));
  }

  @Test
  void cyclesEndAndALaterBetterWayRaisesThemAll() {
    LockScopes scopes =
        scopes(
            List.of(
                node("dev", new Edge(1, Scope.RUNTIME)),
                node("one", new Edge(2, Scope.RUNTIME)),
                node("two", new Edge(1, Scope.RUNTIME)),
                node("runtime", new Edge(2, Scope.RUNTIME))),
            new Direct("dev", 0, Scope.DEV, null),
            new Direct("runtime", 3, Scope.RUNTIME, null));
    assertEquals(Scope.RUNTIME, scopes.scope(1));
    assertEquals(Scope.RUNTIME, scopes.scope(2));
    assertEquals(Scope.DEV, scopes.scope(0));
  }

  @Test
  void whatNoRootReachesHasNoScope() {
    LockScopes scopes =
        scopes(List.of(node("a"), node("left over")), new Direct("a", 0, Scope.RUNTIME, null));
    assertNull(scopes.scope(1));
    assertFalse(scopes.onlyDev(1));
    assertFalse(scopes.onlyOptional(1));
  }

  @Test
  void requirersAreListedOnce() {
    LockScopes scopes =
        scopes(
            List.of(
                node("a", new Edge(2, Scope.RUNTIME), new Edge(2, Scope.PEER)),
                node("b", new Edge(2, Scope.RUNTIME)),
                node("c")),
            new Direct("a", 0, Scope.RUNTIME, null));
    assertArrayEquals(new int[] {0, 1}, scopes.requiredBy(2));
    assertArrayEquals(new int[] {}, scopes.requiredBy(0));
    assertTrue(scopes.isDirect(0));
    assertFalse(scopes.isDirect(2));
  }

  private static LockScopes scopes(List<Node> nodes, Direct... direct) {
    return LockScopes.of(
        new Lockfile(
            "lock",
            "lock",
            null,
            Ecosystem.NPM,
            nodes,
            List.of(new Root("", List.of(direct))),
            List.of()));
  }

  private static Node node(String name, Edge... edges) {
    return new Node(name, "1.0.0", Origin.REGISTRY, null, null, 0, List.of(edges));
  }
}

package dev.depslim.analysis;

import dev.depslim.graph.DeclarationGraph;
import dev.depslim.graph.DeclarationView;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.Size;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// One lock before and after, as an install of it brings packages: production, or everything.
final class LockChange {
  private final Side before;
  private final Side after;
  private final Ecosystem ecosystem;

  /// One of both.
  ///
  /// @param graph null where there is no such lock
  /// @param reached what the install brings
  /// @param names of the packages, and their versions
  /// @param touched the lines whose declarations are not on the other side, or not the same there
  record Side(
      @Nullable PricedGraph graph,
      @Nullable DeclarationView view,
      BitSet rows,
      BitSet copies,
      Map<String, Set<String>> names,
      BitSet touched) {
    private static Side of(@Nullable PricedGraph graph, boolean production, BitSet touched) {
      if (graph == null) {
        return new Side(null, null, new BitSet(), new BitSet(), Map.of(), touched);
      }
      DeclarationView view = graph.view(production);
      DeclarationView.Packages reached = production ? view.reached() : view.all();
      Map<String, Set<String>> names = new HashMap<>();
      reached.rows().stream()
          .forEach(row -> {
            DeclarationGraph.Row it = graph.graph().rows().get(row);
            names
                .computeIfAbsent(graph.ecosystem().normalize(it.name()), _ -> new TreeSet<>())
                .add(it.version() == null ? "" : it.version());
          });
      BitSet own = graph.lines(production);
      own.and(touched);
      return new Side(graph, view, reached.rows(), reached.copies(), names, own);
    }

    /// The reached row of a name and version; -1 where there is none.
    int row(String key) {
      int row = graph == null ? -1 : graph.row(key);
      return row >= 0 && rows.get(row) ? row : -1;
    }
  }

  private LockChange(Side before, Side after, Ecosystem ecosystem) {
    this.before = before;
    this.after = after;
    this.ecosystem = ecosystem;
  }

  static LockChange of(
      Pairing.Pair<PricedGraph> pair, boolean production, DeclaredChanges declared) {
    PricedGraph any = pair.after() != null ? pair.after() : pair.before();
    return new LockChange(
        Side.of(pair.before(), production, touched(pair.before(), pair.after(), declared)),
        Side.of(pair.after(), production, touched(pair.after(), pair.before(), declared)),
        java.util.Objects.requireNonNull(any).ecosystem());
  }

  /// Lines whose declaration the manifests changed, and those that the other lock does not have.
  private static BitSet touched(
      @Nullable PricedGraph graph, @Nullable PricedGraph other, DeclaredChanges declared) {
    if (graph == null) {
      return new BitSet();
    }
    Set<DeclarationGraph.Line> there = new HashSet<>();
    if (other != null) {
      other.graph().lines().forEach(line -> there.add(normal(graph, line)));
    }
    return graph
        .graph()
        .lines(line ->
            !there.contains(normal(graph, line))
                || declared.touches(graph.ecosystem(), graph.projectPath(line), line.name()));
  }

  private static DeclarationGraph.Line normal(PricedGraph graph, DeclarationGraph.Line line) {
    return new DeclarationGraph.Line(
        line.project(), graph.ecosystem().normalize(line.name()), line.production());
  }

  Side before() {
    return before;
  }

  Side after() {
    return after;
  }

  Ecosystem ecosystem() {
    return ecosystem;
  }

  /// The bases on which both sides can be counted.
  Set<Size.Basis> bases() {
    Set<Size.Basis> bases = EnumSet.allOf(Size.Basis.class);
    for (Side side : List.of(before, after)) {
      if (side.graph() != null && !side.rows().isEmpty()) {
        bases.retainAll(side.graph().bases());
      }
    }
    return bases;
  }

  /// Whether the size of a row counts. That of a package that stays counts where it is known on
  /// both sides, so that no difference comes from what is known.
  boolean counts(Side side, int row, Size.@Nullable Basis basis) {
    PricedGraph graph = side.graph();
    if (graph == null || !graph.isKnown(row, basis)) {
      return false;
    }
    Side other = side == before ? after : before;
    int there = other.row(graph.key(row));
    return there < 0 || (other.graph() != null && other.graph().isKnown(there, basis));
  }

  long bytes(Side side, int row, Size.Basis basis) {
    return side.graph() == null ? 0 : side.graph().bytes(row, side.copies(), basis);
  }
}

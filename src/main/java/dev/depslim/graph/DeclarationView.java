package dev.depslim.graph;

import java.util.BitSet;
import java.util.List;

/// What the lines of a [DeclarationGraph] reach, and what goes when some of them go. Copies, rows
/// and lines are counted from 0 each.
///
/// The retained weight of a set of lines is what is reached with all lines and not without those;
/// it is computed for the set, never added up.
public final class DeclarationView {
  private final DependencyGraph graph;
  private final Removals removals;
  private final int copies;
  private final List<DeclarationGraph.Row> rows;
  private final int lineStart;

  DeclarationView(DependencyGraph graph, int copies, List<DeclarationGraph.Row> rows) {
    this.graph = graph;
    this.removals = graph.removals();
    this.copies = copies;
    this.rows = rows;
    this.lineStart = copies + rows.size();
  }

  /// Packages.
  ///
  /// @param copies indexes in the lock
  /// @param rows indexes in [DeclarationGraph#rows()]
  public record Packages(BitSet copies, BitSet rows) {}

  /// What is reached at all.
  public Packages reached() {
    return packages(removals.alive());
  }

  /// What lines reach, whatever else is declared.
  public Packages reachedBy(BitSet some) {
    return packages(graph.reach(nodes(some), new BitSet()));
  }

  /// What a line brings itself, and not through another line that is declared for its own sake. A
  /// package goes exactly when all those lines go that bring it so.
  ///
  /// @param line a root of this view
  public Packages broughtBy(int line) {
    BitSet others = graph.roots();
    others.clear(lineStart + line);
    BitSet from = new BitSet();
    from.set(lineStart + line);
    return packages(graph.reach(from, others));
  }

  /// The copies on a shortest way from lines to a row, from what is declared to one of the row's;
  /// empty where there is none.
  public List<Integer> way(BitSet fromLines, int row) {
    return graph.way(nodes(fromLines), copies + row, removals.alive()).stream()
        .filter(node -> node < copies)
        .toList();
  }

  /// What goes when lines are removed, all at once.
  public Packages lostWithoutLines(BitSet some) {
    return packages(removals.lostWithout(nodes(some)));
  }

  /// What goes when packages are taken out, they themselves among it.
  public Packages lostWithoutRows(BitSet some) {
    BitSet out = new BitSet();
    some.stream().forEach(row -> rows.get(row).copies().forEach(out::set));
    return packages(removals.lostWithout(out));
  }

  /// What goes when lines are removed and copies are taken out.
  public Packages lostWithout(BitSet someLines, BitSet someCopies) {
    BitSet out = nodes(someLines);
    out.or(someCopies);
    return packages(removals.lostWithout(out));
  }

  /// What goes with each copy and each line when it alone goes: near-linear for all of them.
  ///
  /// @param without lines that are removed already; nothing goes with those
  public Alone alone(BitSet without) {
    return new Alone(graph.dominators(nodes(without)));
  }

  /// What goes with single copies and single lines.
  public final class Alone {
    private final Dominators dominators;

    private Alone(Dominators dominators) {
      this.dominators = dominators;
    }

    /// The weights that go.
    ///
    /// @param copyWeights one for each copy, such as bytes
    /// @param rowWeights one for each row, such as 1
    public Weights weights(long[] copyWeights, long[] rowWeights) {
      long[] weights = new long[graph.size()];
      System.arraycopy(copyWeights, 0, weights, 0, copies);
      System.arraycopy(rowWeights, 0, weights, copies, rows.size());
      return new Weights(dominators.sums(weights), lineStart);
    }
  }

  /// Weights that go with each copy and each line.
  public static final class Weights {
    private final long[] sums;
    private final int lineStart;

    private Weights(long[] sums, int lineStart) {
      this.sums = sums;
      this.lineStart = lineStart;
    }

    public long ofCopy(int copy) {
      return sums[copy];
    }

    public long ofLine(int line) {
      return sums[lineStart + line];
    }
  }

  private Packages packages(BitSet nodes) {
    return new Packages(nodes.get(0, copies), nodes.get(copies, lineStart));
  }

  private BitSet nodes(BitSet some) {
    BitSet out = new BitSet();
    some.stream().forEach(line -> out.set(lineStart + line));
    return out;
  }
}

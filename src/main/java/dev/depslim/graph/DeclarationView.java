package dev.depslim.graph;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/// What the lines of a [DeclarationGraph] reach, and what goes when some of them go. Copies, rows
/// and lines are counted from 0 each.
///
/// The retained weight of a set of lines is what is reached with all lines and not without those;
/// it is computed for the set, never added up.
public final class DeclarationView {
  private final DependencyGraph graph;
  private final int copies;
  private final List<DeclarationGraph.Row> rows;
  private final int lineStart;
  private final int lines;

  DeclarationView(DependencyGraph graph, int copies, List<DeclarationGraph.Row> rows, int lines) {
    this.graph = graph;
    this.copies = copies;
    this.rows = rows;
    this.lineStart = copies + rows.size();
    this.lines = lines;
  }

  /// Packages.
  ///
  /// @param copies indexes in the lock
  /// @param rows indexes in [DeclarationGraph#rows()]
  public record Packages(BitSet copies, BitSet rows) {}

  /// What is reached at all.
  public Packages reached() {
    return packages(graph.alive());
  }

  /// What lines reach, whatever else is declared.
  public Packages reachedBy(BitSet some) {
    return packages(graph.reach(shifted(some, lineStart), new BitSet()));
  }

  /// What goes when lines are removed, all at once.
  public Packages lostWithoutLines(BitSet some) {
    return packages(graph.lostWithout(shifted(some, lineStart)));
  }

  /// What goes when packages are taken out, they themselves among it.
  public Packages lostWithoutRows(BitSet some) {
    BitSet out = new BitSet();
    some.stream().forEach(row -> rows.get(row).copies().forEach(out::set));
    return packages(graph.lostWithout(out));
  }

  /// The retained weight of each line alone; near-linear for all of them together.
  ///
  /// @param byCopy the weight of each copy, such as bytes
  public long[] retainedByLine(long[] byCopy) {
    long[] sums = graph.dominated(Arrays.copyOf(byCopy, graph.size()));
    return Arrays.copyOfRange(sums, lineStart, lineStart + lines);
  }

  /// How many rows each line retains.
  public int[] rowsByLine() {
    long[] one = new long[graph.size()];
    Arrays.fill(one, copies, lineStart, 1);
    long[] sums = graph.dominated(one);
    int[] counts = new int[lines];
    Arrays.setAll(counts, line -> (int) sums[lineStart + line]);
    return counts;
  }

  /// The weight of each copy with all that goes when this copy alone goes; 0 where it is not
  /// reached.
  public long[] dominatedByCopy(long[] byCopy) {
    return Arrays.copyOf(graph.dominated(Arrays.copyOf(byCopy, graph.size())), copies);
  }

  private Packages packages(BitSet nodes) {
    return new Packages(shifted(nodes.get(0, copies), 0), shifted(nodes.get(copies, lineStart), 0));
  }

  private static BitSet shifted(BitSet set, int by) {
    BitSet out = new BitSet();
    set.stream().forEach(bit -> out.set(bit + by));
    return out;
  }
}

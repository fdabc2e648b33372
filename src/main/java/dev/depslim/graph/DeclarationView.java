package dev.depslim.graph;

import java.util.BitSet;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What the lines of a [DeclarationGraph] reach, and what goes when some of them go. Copies, rows
/// and lines are counted from 0 each.
///
/// The retained weight of a set of lines is what is reached with all lines and not without those;
/// it is computed for the set, never added up. Not for several threads at once.
public final class DeclarationView {
  private final DependencyGraph graph;
  private final int copies;
  private final DeclarationGraph rows;
  private final int lineStart;
  private final BitSet alive;
  private @Nullable Removals removals;

  DeclarationView(DependencyGraph graph, DeclarationGraph rows) {
    this.graph = graph;
    this.copies = rows.lock().packages().size();
    this.rows = rows;
    this.lineStart = copies + rows.rows().size();
    this.alive = graph.alive();
  }

  /// Packages, as copies in the lock and as rows of [DeclarationGraph#rows()].
  public final class Packages {
    private final int[] nodes;

    private Packages(int[] nodes) {
      this.nodes = nodes;
    }

    /// Indexes in the lock.
    public BitSet copies() {
      BitSet found = new BitSet();
      forEachCopy(found::set);
      return found;
    }

    /// Indexes of rows.
    public BitSet rows() {
      BitSet found = new BitSet();
      forEachRow(found::set);
      return found;
    }

    /// Hands over each copy once, in no order.
    public void forEachCopy(IntConsumer consumer) {
      for (int node : nodes) {
        if (node < copies) {
          consumer.accept(node);
        }
      }
    }

    /// Hands over each row once, in no order.
    public void forEachRow(IntConsumer consumer) {
      for (int node : nodes) {
        if (node >= copies && node < lineStart) {
          consumer.accept(node - copies);
        }
      }
    }
  }

  /// All that the lock has, also what nothing reaches.
  public Packages all() {
    return new Packages(IntStream.range(0, lineStart).toArray());
  }

  /// What is reached at all.
  public Packages reached() {
    return new Packages(alive.stream().toArray());
  }

  /// Whether a copy is reached at all.
  public boolean reaches(int copy) {
    return alive.get(copy);
  }

  /// What lines reach, whatever else is declared.
  public Packages reachedBy(BitSet some) {
    BitSet from = new BitSet();
    some.stream().forEach(line -> from.set(lineStart + line));
    return new Packages(graph.reach(from, new BitSet()).stream().toArray());
  }

  /// What lines bring themselves, and not through another line that is declared for its own sake. A
  /// package goes exactly when all those lines go that bring it so.
  ///
  /// @param some roots of this view
  public Packages broughtBy(BitSet some) {
    return new Packages(removals().reachedPastRoots(nodes(some)));
  }

  /// The copies on a shortest way from lines to a row, from what is declared to one of the row's;
  /// empty where there is none.
  public List<Integer> way(BitSet fromLines, int row) {
    BitSet from = new BitSet();
    fromLines.stream().forEach(line -> from.set(lineStart + line));
    return graph.way(from, copies + row, alive).stream().filter(node -> node < copies).toList();
  }

  /// What goes when lines are removed, all at once.
  public Packages lostWithoutLines(BitSet some) {
    return new Packages(removals().lostWithout(nodes(some)));
  }

  /// What goes when packages are taken out, they themselves among it.
  public Packages lostWithoutRows(BitSet some) {
    int[] out = some.stream().flatMap(row -> IntStream.of(rows.copies(row))).toArray();
    return new Packages(removals().lostWithout(out));
  }

  /// What goes when lines are removed and copies are taken out.
  public Packages lostWithout(BitSet someLines, BitSet someCopies) {
    int[] out = IntStream.concat(IntStream.of(nodes(someLines)), someCopies.stream()).toArray();
    return new Packages(removals().lostWithout(out));
  }

  private int[] nodes(BitSet lines) {
    return lines.stream().map(line -> lineStart + line).toArray();
  }

  private Removals removals() {
    if (removals == null) {
      removals = graph.removals();
    }
    return removals;
  }

  /// What goes with each copy and each line when it alone goes: near-linear for all of them.
  ///
  /// @param without lines that are removed already; nothing goes with those
  public Alone alone(BitSet without) {
    BitSet out = new BitSet();
    without.stream().forEach(line -> out.set(lineStart + line));
    return new Alone(graph.dominators(out));
  }

  /// What goes with single copies and single lines.
  public final class Alone {
    private final Dominators dominators;

    private Alone(Dominators dominators) {
      this.dominators = dominators;
    }

    /// The weights that go.
    ///
    /// @param ofCopy weight of a copy, such as bytes
    /// @param ofRow weight of a row, such as 1
    public Weights weights(IntToLongFunction ofCopy, IntToLongFunction ofRow) {
      return new Weights(
          dominators.sums(node ->
              node < copies
                  ? ofCopy.applyAsLong(node)
                  : node < lineStart ? ofRow.applyAsLong(node - copies) : 0),
          lineStart);
    }

    /// Whether a copy goes when a line alone goes.
    public boolean goesWithLine(int copy, int line) {
      return dominators.dominates(lineStart + line, copy);
    }

    /// Whether a copy goes when another one alone is taken out; a copy goes with itself.
    public boolean goesWithCopy(int copy, int other) {
      return dominators.dominates(other, copy);
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
}

package dev.depslim.project;

import dev.depslim.ecosystem.SizeSource;
import dev.depslim.graph.DeclarationGraph;
import dev.depslim.graph.DeclarationView;
import dev.depslim.model.Freed;
import dev.depslim.model.PricedLock;
import dev.depslim.model.Size;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The sizes of a lock's packages on the one basis that was chosen for it.
///
/// The first source that knows at least half of the packages is taken, else the one that knows
/// most.
final class CopySizes {
  private final DeclarationGraph graph;
  private final Size.@Nullable Basis basis;

  /// Of each copy, [SizeSource#UNKNOWN] where not known.
  private final long[] bytes;

  private final BitSet unknownRows = new BitSet();
  private final String missing;

  private CopySizes(
      DeclarationGraph graph, Size.@Nullable Basis basis, long[] bytes, String missing) {
    this.graph = graph;
    this.basis = basis;
    this.bytes = bytes;
    this.missing = missing;
    for (int row = 0; row < graph.rows().size(); row++) {
      for (int copy : graph.rows().get(row).copies()) {
        if (bytes[copy] == SizeSource.UNKNOWN) {
          unknownRows.set(row);
        }
      }
    }
  }

  static CopySizes of(DeclarationGraph graph, List<SizeSource> sources) {
    CopySizes best = null;
    List<String> reasons = new ArrayList<>();
    for (SizeSource source : sources) {
      SizeSource.Sizes sizes = source.sizes(graph.lock());
      CopySizes found = new CopySizes(graph, source.basis(), sizes.bytes(), sizes.missing());
      int rows = graph.rows().size();
      int known = rows - found.unknownRows.cardinality();
      if (known == 0) {
        reasons.add(sizes.missing());
        continue;
      }
      if (2 * known >= rows) {
        return found;
      }
      if (best == null || known > rows - best.unknownRows.cardinality()) {
        best = found;
      }
    }
    if (best != null) {
      return best;
    }
    long[] unknown = new long[graph.lock().packages().size()];
    java.util.Arrays.fill(unknown, SizeSource.UNKNOWN);
    return new CopySizes(
        graph, null, unknown, reasons.isEmpty() ? "not measured" : String.join(", and ", reasons));
  }

  Size.@Nullable Basis basis() {
    return basis;
  }

  String missing() {
    return missing;
  }

  PricedLock priced(boolean file) {
    return new PricedLock(graph.lock(), basis, bytes, missing, file);
  }

  /// What goes with each line and each copy alone when some lines are removed already.
  Sums sums(DeclarationView view, BitSet without) {
    long[] each = new long[graph.rows().size()];
    long[] known = new long[each.length];
    for (int row = 0; row < each.length; row++) {
      each[row] = 1;
      known[row] = unknownRows.get(row) ? 0 : 1;
    }
    long[] counted = new long[bytes.length];
    for (int copy = 0; copy < counted.length; copy++) {
      counted[copy] = Math.max(0, bytes[copy]);
    }
    DeclarationView.Alone alone = view.alone(without);
    return new Sums(
        alone.weights(new long[bytes.length], each),
        alone.weights(new long[bytes.length], known),
        alone.weights(counted, new long[each.length]),
        basis != null);
  }

  /// What goes with lines and copies.
  record Sums(
      DeclarationView.Weights packages,
      DeclarationView.Weights known,
      DeclarationView.Weights bytes,
      boolean measured) {
    Freed byLine(int line) {
      return freed(packages.ofLine(line), known.ofLine(line), bytes.ofLine(line));
    }

    Freed byCopy(int copy) {
      return freed(packages.ofCopy(copy), known.ofCopy(copy), bytes.ofCopy(copy));
    }

    private Freed freed(long count, long sized, long sum) {
      boolean any = sized > 0 || sum > 0 || (count == 0 && measured);
      return new Freed((int) count, (int) sized, any ? (Long) sum : null);
    }
  }

  Freed freed(DeclarationView.Packages packages) {
    int rows = packages.rows().cardinality();
    BitSet unknown = (BitSet) unknownRows.clone();
    unknown.and(packages.rows());
    int known = rows - unknown.cardinality();
    long sum = 0;
    boolean any = known > 0;
    for (int copy = packages.copies().nextSetBit(0);
        copy >= 0;
        copy = packages.copies().nextSetBit(copy + 1)) {
      sum += Math.max(0, bytes[copy]);
      any |= bytes[copy] > 0;
    }
    return new Freed(rows, known, any || (rows == 0 && basis != null) ? (Long) sum : null);
  }

  @Nullable Long ownBytes(int row) {
    return basis == null || unknownRows.get(row) ? null : (Long) sum(row);
  }

  private long sum(int row) {
    long sum = 0;
    for (int copy : graph.rows().get(row).copies()) {
      sum += bytes[copy];
    }
    return sum;
  }

  /// The size of what a declaration asks for.
  ///
  /// @param targets the copies that it asks for
  Size size(BitSet targets, Freed retained) {
    if (basis == null) {
      return new Size.Unknown(missing);
    }
    long own = 0;
    for (int copy = targets.nextSetBit(0); copy >= 0; copy = targets.nextSetBit(copy + 1)) {
      long size = ownOf(copy);
      if (size == SizeSource.UNKNOWN) {
        return new Size.Unknown(missing);
      }
      own += size;
    }
    Long freed = retained.bytes();
    int unknown = retained.packages() - retained.known();
    return new Size.Measured(
        own,
        freed == null ? 0 : freed,
        basis,
        unknown == 0
            ? null
            : unknown
                + " of the "
                + retained.packages()
                + " packages that go are not counted: "
                + missing);
  }

  /// A copy without a place may be a choice of extras, whose bytes are those of its package.
  private long ownOf(int copy) {
    if (graph.lock().packages().get(copy).path() != null) {
      return bytes[copy];
    }
    int row = graph.rowOf(copy);
    return row < 0 ? 0 : unknownRows.get(row) ? SizeSource.UNKNOWN : sum(row);
  }
}

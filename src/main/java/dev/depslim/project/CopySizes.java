package dev.depslim.project;

import dev.depslim.ecosystem.SizeSource;
import dev.depslim.graph.DeclarationGraph;
import dev.depslim.graph.DeclarationView;
import dev.depslim.model.Freed;
import dev.depslim.model.Issue;
import dev.depslim.model.PricedLock;
import dev.depslim.model.Size;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The sizes of a lock's packages on the one basis that was chosen for it.
///
/// The first source that knows at least half of the packages is taken, else the one that knows
/// most. A registry, which is asked only on request, is also preferred to a source before it that
/// knows fewer packages.
final class CopySizes {
  private final DeclarationGraph graph;
  private final Size.@Nullable Basis basis;

  /// Of each copy, [SizeSource#UNKNOWN] where not known.
  private final long[] bytes;

  private final BitSet unknownRows = new BitSet();
  private final String missing;

  /// Why single copies are not known, where more can be said than `missing`.
  private final Map<Integer, String> because;

  /// What kept sources from knowing more, whichever was chosen.
  private final List<Issue> issues = new ArrayList<>();

  private CopySizes(DeclarationGraph graph, Size.@Nullable Basis basis, SizeSource.Sizes sizes) {
    this.graph = graph;
    this.basis = basis;
    this.bytes = sizes.bytes();
    this.missing = sizes.missing();
    this.because = sizes.because();
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
    List<Issue> issues = new ArrayList<>();
    for (SizeSource source : sources) {
      boolean asked = source.basis() == Size.Basis.REGISTRY;
      if (best != null && (best.knowsAll() || best.knowsHalf() && !asked)) {
        break;
      }
      SizeSource.Sizes sizes = source.sizes(graph.lock());
      issues.addAll(sizes.issues());
      CopySizes found = new CopySizes(graph, source.basis(), sizes);
      if (found.known() == 0) {
        reasons.add(sizes.missing());
      } else if (best == null
          || found.known() > best.known()
          || found.knowsHalf() && !best.knowsHalf()) {
        best = found;
      }
    }
    CopySizes chosen = best == null ? unknown(graph, reasons) : best;
    chosen.issues.addAll(issues);
    return chosen;
  }

  private static CopySizes unknown(DeclarationGraph graph, List<String> reasons) {
    long[] unknown = new long[graph.lock().packages().size()];
    Arrays.fill(unknown, SizeSource.UNKNOWN);
    String missing = reasons.isEmpty() ? "not measured" : String.join(", and ", reasons);
    return new CopySizes(graph, null, new SizeSource.Sizes(unknown, missing));
  }

  private int known() {
    return graph.rows().size() - unknownRows.cardinality();
  }

  private boolean knowsHalf() {
    return 2 * known() >= graph.rows().size();
  }

  private boolean knowsAll() {
    return unknownRows.isEmpty();
  }

  List<Issue> issues() {
    return issues;
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
  /// @param lost what goes with it
  Size size(BitSet targets, DeclarationView.Packages lost) {
    if (basis == null) {
      return new Size.Unknown(missing);
    }
    long own = 0;
    for (int copy = targets.nextSetBit(0); copy >= 0; copy = targets.nextSetBit(copy + 1)) {
      long size = ownOf(copy);
      if (size == SizeSource.UNKNOWN) {
        return new Size.Unknown(why(copy));
      }
      own += size;
    }
    Freed retained = freed(lost);
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
                + whyNot(lost.rows(), unknown));
  }

  private String why(int copy) {
    return because.getOrDefault(copy, missing);
  }

  /// Why packages are not known: what holds for most of them first, with a count where it does not
  /// hold for all.
  private String whyNot(BitSet rows, int unknown) {
    Map<String, Integer> reasons = new TreeMap<>();
    BitSet without = (BitSet) unknownRows.clone();
    without.and(rows);
    without.stream()
        .forEach(row -> {
          for (int copy : graph.rows().get(row).copies()) {
            if (bytes[copy] == SizeSource.UNKNOWN) {
              reasons.merge(why(copy), 1, Integer::sum);
              return;
            }
          }
        });
    return reasons.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .map(it -> it.getValue() == unknown ? it.getKey() : it.getValue() + " " + it.getKey())
        .collect(Collectors.joining("; "));
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

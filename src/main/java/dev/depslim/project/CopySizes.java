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
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The sizes of a lock's packages on the one basis that was chosen for it.
///
/// The first source that knows at least half of the packages is taken, else the one that knows
/// most. A registry, which is asked only on request, is also preferred to a source before it that
/// knows fewer packages.
final class CopySizes {
  /// One package in a sum that counts packages in its upper half.
  private static final long ONE = 1L << 32;

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
      for (int i = 0; i < graph.copyCount(row); i++) {
        if (bytes[graph.copy(row, i)] == SizeSource.UNKNOWN) {
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

  /// What goes with each line and each copy alone.
  Sums sums(DeclarationView view) {
    DeclarationView.Alone alone = view.alone(new BitSet());
    return new Sums(
        alone,
        alone.weights(_ -> 0, row -> unknownRows.get(row) ? ONE : ONE + 1),
        basis == null ? null : alone.weights(copy -> Math.max(0, bytes[copy]), _ -> 0));
  }

  /// What goes with lines and copies.
  ///
  /// @param counts packages, and those of known size, as [#ONE] and 1
  /// @param bytes null where none are known
  record Sums(
      DeclarationView.Alone alone,
      DeclarationView.Weights counts,
      DeclarationView.@Nullable Weights bytes) {
    Freed byLine(int line) {
      return freed(counts.ofLine(line), bytes == null ? 0 : bytes.ofLine(line));
    }

    Freed byCopy(int copy) {
      return freed(counts.ofCopy(copy), bytes == null ? 0 : bytes.ofCopy(copy));
    }

    private Freed freed(long count, long sum) {
      return CopySizes.freed((int) (count / ONE), (int) (count % ONE), sum, bytes != null);
    }
  }

  Freed freed(DeclarationView.Packages packages) {
    long[] sums = new long[2];
    packages.forEachRow(row -> sums[0] += unknownRows.get(row) ? ONE : ONE + 1);
    packages.forEachCopy(copy -> sums[1] += Math.max(0, bytes[copy]));
    return freed((int) (sums[0] / ONE), (int) (sums[0] % ONE), sums[1], basis != null);
  }

  private static Freed freed(int packages, int known, long bytes, boolean measured) {
    boolean any = known > 0 || bytes > 0 || packages == 0 && measured;
    return new Freed(packages, known, any ? (Long) bytes : null);
  }

  @Nullable Long ownBytes(int row) {
    return basis == null || unknownRows.get(row) ? null : (Long) sum(row);
  }

  private long sum(int row) {
    long sum = 0;
    for (int i = 0; i < graph.copyCount(row); i++) {
      sum += bytes[graph.copy(row, i)];
    }
    return sum;
  }

  /// The size of what a declaration asks for.
  ///
  /// @param targets the copies that it asks for
  /// @param retained what goes with it
  /// @param lost the same as packages, asked for only where not all of them are known
  Size size(BitSet targets, Freed retained, Supplier<DeclarationView.Packages> lost) {
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
                + whyNot(lost.get().rows(), unknown));
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
          for (int copy : graph.copies(row)) {
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

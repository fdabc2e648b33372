package dev.depslim.analysis;

import dev.depslim.graph.DeclarationGraph;
import dev.depslim.graph.DeclarationView;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.Freed;
import dev.depslim.model.Lockfile;
import dev.depslim.model.PricedLock;
import dev.depslim.model.Size;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// The graph of a lock with the bytes of its packages. Not for several threads at once.
public final class PricedGraph {
  private final PricedLock priced;
  private final DeclarationGraph graph;

  /// Made when it is asked for.
  private @Nullable Map<String, Integer> rowByKey;

  PricedGraph(PricedLock priced) {
    this(priced, DeclarationGraph.of(priced.lock()));
  }

  /// @param graph that of the lock
  PricedGraph(PricedLock priced, DeclarationGraph graph) {
    this.priced = priced;
    this.graph = graph;
  }

  DeclarationGraph graph() {
    return graph;
  }

  Lockfile lock() {
    return priced.lock();
  }

  Ecosystem ecosystem() {
    return lock().ecosystem();
  }

  DeclarationView view(boolean production) {
    return production ? graph.production() : graph.everything();
  }

  /// Name and version, in one spelling.
  String key(int row) {
    DeclarationGraph.Row it = graph.rows().get(row);
    return key(it.name(), it.version());
  }

  String key(String name, @Nullable String version) {
    return ecosystem().normalize(name) + "\0" + (version == null ? "" : version);
  }

  /// The row of a name and version; -1 where there is none.
  int row(String key) {
    if (rowByKey == null) {
      rowByKey = new HashMap<>();
      for (int row = 0; row < graph.rows().size(); row++) {
        rowByKey.put(key(row), row);
      }
    }
    return rowByKey.getOrDefault(key, -1);
  }

  /// The rows of some names and versions, by their keys.
  Map<String, Integer> rows(Set<String> keys) {
    Map<String, Integer> found = new HashMap<>();
    for (int row = 0; !keys.isEmpty() && row < graph.rows().size(); row++) {
      String key = key(row);
      if (keys.contains(key)) {
        found.put(key, row);
      }
    }
    return found;
  }

  /// The bases on which any size is known.
  Set<Size.Basis> bases() {
    EnumSet<Size.Basis> bases = EnumSet.noneOf(Size.Basis.class);
    if (priced.basis() != null) {
      bases.add(priced.basis());
    }
    if (lock().packages().stream().anyMatch(node -> node.compressedBytes() != null)) {
      bases.add(Size.Basis.LOCK);
    }
    return bases;
  }

  Size.@Nullable Basis basis() {
    return priced.basis();
  }

  String missing() {
    return priced.missing();
  }

  /// Whether the size of every copy of a row is known.
  boolean isKnown(int row, Size.@Nullable Basis basis) {
    if (basis == null) {
      return false;
    }
    for (int i = 0; i < graph.copyCount(row); i++) {
      if (priced.bytes(graph.copy(row, i), basis) == PricedLock.UNKNOWN) {
        return false;
      }
    }
    return true;
  }

  /// The bytes of the copies of a row that are among some, as far as they are known.
  long bytes(int row, BitSet copies, Size.Basis basis) {
    long sum = 0;
    for (int i = 0; i < graph.copyCount(row); i++) {
      sum += copies.get(graph.copy(row, i)) ? bytes(graph.copy(row, i), basis) : 0;
    }
    return sum;
  }

  /// The bytes of a copy of a third-party package; 0 where they are not known.
  long bytes(int copy, Size.Basis basis) {
    return graph.rowOf(copy) < 0 ? 0 : Math.max(0, priced.bytes(copy, basis));
  }

  /// Packages with the bytes of their copies.
  Freed freed(DeclarationView.Packages packages, Size.@Nullable Basis basis) {
    long[] sums = new long[3];
    packages.forEachRow(row -> {
      sums[0]++;
      sums[1] += isKnown(row, basis) ? 1 : 0;
    });
    if (basis != null) {
      packages.forEachCopy(copy -> sums[2] += bytes(copy, basis));
    }
    return freed((int) sums[0], (int) sums[1], sums[2], basis);
  }

  /// What goes with each line of a view alone.
  IntFunction<Freed> alone(DeclarationView view, Size.@Nullable Basis basis) {
    DeclarationView.Alone alone = view.alone(new BitSet());
    DeclarationView.Weights rows = alone.weights(_ -> 0, _ -> 1);
    if (basis == null) {
      return line -> freed((int) rows.ofLine(line), 0, 0, null);
    }
    DeclarationView.Weights known = alone.weights(_ -> 0, row -> isKnown(row, basis) ? 1 : 0);
    DeclarationView.Weights bytes = alone.weights(copy -> bytes(copy, basis), _ -> 0);
    return line ->
        freed((int) rows.ofLine(line), (int) known.ofLine(line), bytes.ofLine(line), basis);
  }

  static Freed freed(int packages, int known, long bytes, Size.@Nullable Basis basis) {
    boolean any = basis != null && (known > 0 || bytes > 0 || packages == 0);
    return new Freed(packages, known, any ? (Long) bytes : null);
  }

  /// The path of the project that a line belongs to, `.` for the analysed root.
  String projectPath(DeclarationGraph.Line line) {
    String folder = folder(lock().path());
    String path =
        line.project().isEmpty()
            ? folder
            : folder.isEmpty() ? line.project() : folder + "/" + line.project();
    return path.isEmpty() ? "." : path;
  }

  /// The folder that a file lies in, `""` for the analysed root.
  static String folder(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }

  /// The lines of a view that are roots of it.
  BitSet lines(boolean production) {
    return graph.lines(line -> !production || line.production());
  }

  /// Names of the copies on a way.
  List<Lockfile.Node> nodes(List<Integer> way) {
    return way.stream().map(lock().packages()::get).toList();
  }
}

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
import org.jspecify.annotations.Nullable;

/// The graph of a lock with the bytes of its packages.
final class PricedGraph {
  private final PricedLock priced;
  private final DeclarationGraph graph;
  private final Map<String, Integer> rowByKey = new HashMap<>();

  PricedGraph(PricedLock priced) {
    this.priced = priced;
    this.graph = DeclarationGraph.of(priced.lock());
    for (int row = 0; row < graph.rows().size(); row++) {
      rowByKey.put(key(row), row);
    }
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

  /// All that the lock resolves, also what nothing asks for.
  DeclarationView.Packages all() {
    BitSet copies = new BitSet();
    copies.set(0, lock().packages().size());
    BitSet rows = new BitSet();
    rows.set(0, graph.rows().size());
    return new DeclarationView.Packages(copies, rows);
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
    return rowByKey.getOrDefault(key, -1);
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
    for (int copy : graph.rows().get(row).copies()) {
      if (priced.bytes(copy, basis) == PricedLock.UNKNOWN) {
        return false;
      }
    }
    return true;
  }

  /// The bytes of the copies of a row that are among some, as far as they are known.
  long bytes(int row, BitSet copies, Size.Basis basis) {
    long sum = 0;
    for (int copy : graph.rows().get(row).copies()) {
      sum += copies.get(copy) ? Math.max(0, priced.bytes(copy, basis)) : 0;
    }
    return sum;
  }

  /// Rows, and those of their copies that are among some.
  Freed freed(BitSet rows, BitSet copies, Size.@Nullable Basis basis) {
    int known = 0;
    long bytes = 0;
    for (int row = rows.nextSetBit(0); row >= 0; row = rows.nextSetBit(row + 1)) {
      if (basis != null) {
        known += isKnown(row, basis) ? 1 : 0;
        bytes += bytes(row, copies, basis);
      }
    }
    return freed(rows.cardinality(), known, bytes, basis);
  }

  Freed freed(DeclarationView.Packages packages, Size.@Nullable Basis basis) {
    return freed(packages.rows(), packages.copies(), basis);
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

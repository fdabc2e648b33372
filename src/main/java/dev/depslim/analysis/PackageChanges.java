package dev.depslim.analysis;

import dev.depslim.graph.DeclarationGraph;
import dev.depslim.model.Category;
import dev.depslim.model.Impact.Change;
import dev.depslim.model.Impact.PackageChange;
import dev.depslim.model.Impact.PackageState;
import dev.depslim.model.Scope;
import dev.depslim.model.Size;
import dev.depslim.model.Snapshot;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The packages of each lock that were added, removed, or have another version, scope or category.
final class PackageChanges {
  private static final Comparator<PackageChange> ORDER =
      Comparator.comparing(PackageChange::change)
          .thenComparing(PackageChange::lockfile)
          .thenComparing(PackageChange::name);

  private final Size.@Nullable Basis basis;
  private final Rows resolved;
  private final List<PackageChange> changes = new ArrayList<>();

  /// Looks up what a report says of a row.
  interface Rows {
    Snapshot.@Nullable Resolved of(PricedGraph graph, int row);
  }

  /// @param production the same locks as `everything`, in the same order
  PackageChanges(
      List<LockChange> production,
      List<LockChange> everything,
      Size.@Nullable Basis basis,
      Rows resolved) {
    this.basis = basis;
    this.resolved = resolved;
    for (int i = 0; i < everything.size(); i++) {
      add(production.get(i), everything.get(i));
    }
    changes.sort(ORDER);
  }

  List<PackageChange> all() {
    return changes;
  }

  private void add(LockChange production, LockChange everything) {
    Map<String, BitSet> old = rows(everything.before().graph());
    Map<String, BitSet> now = rows(everything.after().graph());
    TreeSet<String> names = new TreeSet<>(old.keySet());
    names.addAll(now.keySet());
    PricedGraph any =
        everything.after().graph() != null
            ? everything.after().graph()
            : everything.before().graph();
    for (String name : names) {
      PackageState from =
          state(everything, everything.before(), production.before(), old.get(name));
      PackageState to = state(everything, everything.after(), production.after(), now.get(name));
      Change change =
          from == null
              ? Change.ADDED
              : to == null ? Change.REMOVED : differ(from, to) ? Change.CHANGED : null;
      if (change != null && any != null) {
        String shown =
            shown(
                to == null ? everything.before() : everything.after(),
                to == null ? old.get(name) : now.get(name),
                name);
        changes.add(
            new PackageChange(any.lock().path(), everything.ecosystem(), shown, change, from, to));
      }
    }
  }

  private static String shown(LockChange.Side side, @Nullable BitSet rows, String name) {
    return side.graph() == null || rows == null
        ? name
        : side.graph().graph().rows().get(rows.nextSetBit(0)).name();
  }

  private static boolean differ(PackageState from, PackageState to) {
    return !from.versions().equals(to.versions())
        || from.scope() != to.scope()
        || from.category() != to.category()
        || from.inProduction() != to.inProduction();
  }

  private static Map<String, BitSet> rows(@Nullable PricedGraph graph) {
    Map<String, BitSet> rows = new TreeMap<>();
    if (graph != null) {
      for (int row = 0; row < graph.graph().rows().size(); row++) {
        DeclarationGraph.Row it = graph.graph().rows().get(row);
        rows.computeIfAbsent(graph.ecosystem().normalize(it.name()), _ -> new BitSet()).set(row);
      }
    }
    return rows;
  }

  private @Nullable PackageState state(
      LockChange change, LockChange.Side side, LockChange.Side production, @Nullable BitSet rows) {
    PricedGraph graph = side.graph();
    if (graph == null || rows == null) {
      return null;
    }
    List<String> versions = new ArrayList<>();
    Scope scope = Scope.DEV;
    Category category = Category.PRODUCTION;
    long bytes = 0;
    boolean known = basis != null && change.bases().contains(basis);
    for (int row = rows.nextSetBit(0); row >= 0; row = rows.nextSetBit(row + 1)) {
      String version = graph.graph().rows().get(row).version();
      versions.add(version == null ? "" : version);
      Snapshot.Resolved it = resolved.of(graph, row);
      if (it != null) {
        scope = stronger(scope, it.scope());
        category = it.category();
      }
      if (basis != null) {
        known &= graph.isKnown(row, basis);
        bytes += known ? change.bytes(side, row, basis) : 0;
      }
    }
    return new PackageState(
        versions.stream().distinct().sorted().toList(),
        scope,
        category,
        production.rows().intersects(rows),
        known ? (Long) bytes : null);
  }

  private static Scope stronger(Scope a, Scope b) {
    if (a == Scope.RUNTIME || b == Scope.RUNTIME) {
      return Scope.RUNTIME;
    }
    return a == Scope.OPTIONAL || b == Scope.OPTIONAL ? Scope.OPTIONAL : Scope.DEV;
  }
}

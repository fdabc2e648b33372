package dev.depslim.analysis;

import dev.depslim.graph.DeclarationGraph;
import dev.depslim.model.Category;
import dev.depslim.model.Freed;
import dev.depslim.model.Impact;
import dev.depslim.model.Impact.Ledger;
import dev.depslim.model.Impact.Pair;
import dev.depslim.model.Size;
import dev.depslim.model.Snapshot;
import dev.depslim.model.Snapshot.FindingState;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Compares a snapshot with an earlier one. Pure.
public final class Impacts {
  private final Snapshot before;
  private final Snapshot after;
  private final Pairing pairing;
  private final DeclaredChanges declared;
  private final List<LockChange> production;
  private final List<LockChange> everything;
  private final Map<String, Snapshot.Resolved> resolved = new HashMap<>();
  private final Size.@Nullable Basis basis;

  private Impacts(Snapshot before, Snapshot after) {
    this.before = before;
    this.after = after;
    this.pairing = new Pairing(before, after);
    this.declared = new DeclaredChanges(pairing);
    for (Snapshot side : List.of(before, after)) {
      for (Snapshot.ProjectState project : side.projects()) {
        for (Snapshot.Resolved it : project.resolved()) {
          resolved.put(key(side, it.lockfile(), it.name(), it.version()), it);
        }
      }
    }
    this.production = changes(true);
    this.everything = changes(false);
    this.basis = basis(everything);
  }

  /// What became of `before`.
  public static Impact of(Snapshot before, Snapshot after) {
    return new Impacts(before, after).impact();
  }

  private List<LockChange> changes(boolean onlyProduction) {
    return pairing.locks().stream()
        .map(pair -> LockChange.of(pair, onlyProduction, declared))
        .toList();
  }

  private Impact impact() {
    return new Impact(
        before.kind(),
        ledger(production),
        ledger(everything),
        declared.all(),
        new PackageChanges(production, everything, basis, this::resolved).all(),
        missing(after.findings(), before.findings(), Function.identity(), pairing::after),
        missing(before.findings(), after.findings(), pairing::after, Function.identity()),
        notes());
  }

  private String key(Snapshot side, String lockfile, String name, @Nullable String version) {
    return (side == before ? "before\0" : "after\0") + lockfile + "\0" + name + "\0" + version;
  }

  private Snapshot.@Nullable Resolved resolved(PricedGraph graph, int row) {
    DeclarationGraph.Row it = graph.graph().rows().get(row);
    boolean old = before.locks().stream().anyMatch(lock -> lock.lock() == graph.lock());
    return resolved.get(key(old ? before : after, graph.lock().path(), it.name(), it.version()));
  }

  private Category category(PricedGraph graph, int row) {
    Snapshot.Resolved it = resolved(graph, row);
    return it == null ? Category.PRODUCTION : it.category();
  }

  /// The basis that both sides have in common for most packages.
  private static Size.@Nullable Basis basis(List<LockChange> changes) {
    Size.Basis best = null;
    int most = 0;
    for (Size.Basis candidate : Size.Basis.values()) {
      int known = 0;
      for (LockChange change : changes) {
        if (change.bases().contains(candidate)) {
          known +=
              known(change, change.before(), candidate) + known(change, change.after(), candidate);
        }
      }
      if (known > most) {
        most = known;
        best = candidate;
      }
    }
    return best;
  }

  private static int known(LockChange change, LockChange.Side side, Size.Basis on) {
    return (int) side.rows().stream().filter(row -> change.counts(side, row, on)).count();
  }

  private Ledger ledger(List<LockChange> changes) {
    Map<Category, Tally> before = new EnumMap<>(Category.class);
    Map<Category, Tally> after = new EnumMap<>(Category.class);
    Causes causes = new Causes(basis);
    int added = 0;
    int removed = 0;
    int updated = 0;
    for (LockChange change : changes) {
      tally(change, change.before(), before);
      tally(change, change.after(), after);
      causes.add(change, this::category);
      for (Map.Entry<String, Set<String>> now : change.after().names().entrySet()) {
        Set<String> old = change.before().names().get(now.getKey());
        added += old == null ? 1 : 0;
        updated += old == null || old.equals(now.getValue()) ? 0 : 1;
      }
      Set<String> gone = new HashSet<>(change.before().names().keySet());
      gone.removeAll(change.after().names().keySet());
      removed += gone.size();
    }
    Map<Category, Pair> byCategory = new EnumMap<>(Category.class);
    Tally all = new Tally();
    Tally now = new Tally();
    for (Category category : Category.values()) {
      Tally from = before.getOrDefault(category, new Tally());
      Tally to = after.getOrDefault(category, new Tally());
      byCategory.put(category, new Pair(from.freed(basis), to.freed(basis)));
      all.add(from);
      now.add(to);
    }
    return new Ledger(
        basis,
        reason(changes),
        all.freed(basis),
        now.freed(basis),
        added,
        removed,
        updated,
        byCategory,
        causes.all());
  }

  /// Packages that are added up.
  private static final class Tally {
    int packages;
    int known;
    long bytes;

    void add(Tally other) {
      packages += other.packages;
      known += other.known;
      bytes += other.bytes;
    }

    Freed freed(Size.@Nullable Basis basis) {
      return PricedGraph.freed(packages, known, bytes, basis);
    }
  }

  private void tally(LockChange change, LockChange.Side side, Map<Category, Tally> into) {
    PricedGraph graph = side.graph();
    if (graph == null) {
      return;
    }
    boolean counted = basis != null && change.bases().contains(basis);
    for (int row = side.rows().nextSetBit(0); row >= 0; row = side.rows().nextSetBit(row + 1)) {
      Tally tally = into.computeIfAbsent(category(graph, row), _ -> new Tally());
      tally.packages++;
      if (counted && basis != null && change.counts(side, row, basis)) {
        tally.known++;
        tally.bytes += change.bytes(side, row, basis);
      }
    }
  }

  /// Why bytes, or some of them, are not compared.
  private @Nullable String reason(List<LockChange> changes) {
    List<String> reasons = new ArrayList<>();
    for (LockChange change : changes) {
      PricedGraph old = change.before().graph();
      PricedGraph now = change.after().graph();
      PricedGraph any = now != null ? now : old;
      if (any == null || (basis != null && change.bases().contains(basis))) {
        continue;
      }
      if (change.bases().isEmpty()
          && old != null
          && now != null
          && old.basis() != null
          && now.basis() != null) {
        reasons.add(
            any.lock().path()
                + ": the sizes before are of the basis "
                + old.basis().id()
                + " and those after of the basis "
                + now.basis().id()
                + ", which cannot be compared");
      } else if (any.basis() != null && basis != null && !change.bases().isEmpty()) {
        reasons.add(any.lock().path() + ": its sizes are of another basis and are not added");
      } else {
        PricedGraph lacking = old != null && old.basis() == null ? old : any;
        String side =
            old != null && now != null && lacking == old && now.basis() != null ? " before" : "";
        reasons.add(lacking.lock().path() + side + ": " + lacking.missing());
      }
    }
    return reasons.isEmpty() ? null : String.join("; ", reasons.stream().distinct().toList());
  }

  /// Findings of one side that the other one has not: by rule, subject and path. A line that moved
  /// and a new version of a package make no new finding.
  private static List<FindingState> missing(
      List<FindingState> some,
      List<FindingState> others,
      Function<String, String> path,
      Function<String, String> otherPath) {
    Set<String> there = new HashSet<>();
    others.forEach(it -> there.add(key(it, otherPath)));
    return some.stream().filter(it -> !there.contains(key(it, path))).toList();
  }

  private static String key(FindingState finding, Function<String, String> path) {
    String subject = finding.subject();
    int at = subject.startsWith("pkg:") ? subject.lastIndexOf('@') : -1;
    return finding.rule()
        + "\0"
        + (at < 0 ? subject : subject.substring(0, at))
        + "\0"
        + path.apply(finding.location().path());
  }

  private List<String> notes() {
    List<String> notes = new ArrayList<>();
    before.issues().stream()
        .filter(issue -> issue.severity() == dev.depslim.model.Severity.ERROR)
        .forEach(issue -> notes.add("not read before: " + issue));
    for (Pairing.Pair<Snapshot.ProjectState> pair : pairing.projects()) {
      Snapshot.ProjectState now = pair.after() != null ? pair.after() : pair.before();
      if (now != null
          && isLockless(pair.before())
          && isLockless(pair.after())
          && declared.all().stream()
              .anyMatch(
                  it -> it.project().equals(now.path()) && it.ecosystem() == now.ecosystem())) {
        notes.add(
            now.path()
                + " ("
                + now.ecosystem().id()
                + "): no lock before or after, so what its changes bring is not known");
      }
    }
    for (LockChange change : everything) {
      PricedGraph now =
          change.after().graph() != null ? change.after().graph() : change.before().graph();
      if (now != null
          && now.graph().lines().isEmpty()
          && !change.before().rows().equals(change.after().rows())) {
        notes.add(
            now.lock().path()
                + " does not tell what is declared and what it needs, so what its changes bring is"
                + " not attributed");
      }
    }
    return notes;
  }

  private static boolean isLockless(Snapshot.@Nullable ProjectState project) {
    return project == null
        || project.lockfiles().isEmpty()
            && project.declared().stream().allMatch(it -> it.version() == null);
  }
}

package dev.depslim.analysis;

import dev.depslim.model.PricedLock;
import dev.depslim.model.Snapshot;
import dev.depslim.model.Snapshot.ProjectState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Which projects and locks of two snapshots are the same: those of one path, then projects of one
/// name (their folder was renamed) and locks of one folder (another package manager), where only
/// one of each is left.
final class Pairing {
  private final List<Pair<ProjectState>> projects;
  private final List<Pair<PricedGraph>> locks;

  /// Path of a project or lock before → after, where it is another one.
  private final Map<String, String> moved = new HashMap<>();

  Pairing(Snapshot before, Snapshot after) {
    projects =
        pair(
            before.projects(),
            after.projects(),
            List.of(
                it -> it.ecosystem().id() + " " + it.path(),
                it -> it.name() == null ? null : it.ecosystem().id() + " " + it.name()));
    for (Pair<ProjectState> pair : projects) {
      if (pair.before() != null && pair.after() != null) {
        move(pair.before().path(), pair.after().path());
      }
    }
    locks =
        pair(
            graphs(before.locks()),
            graphs(after.locks()),
            List.of(
                it -> it.ecosystem().id() + " " + it.lock().path(),
                it -> it.ecosystem().id() + " " + folder(it, before)));
    for (Pair<PricedGraph> pair : locks) {
      if (pair.before() != null && pair.after() != null) {
        move(pair.before().lock().path(), pair.after().lock().path());
      }
    }
  }

  /// What is the same before and after; null on the side where there is nothing.
  record Pair<T>(@Nullable T before, @Nullable T after) {}

  List<Pair<ProjectState>> projects() {
    return projects;
  }

  List<Pair<PricedGraph>> locks() {
    return locks;
  }

  /// What a path of before is called after.
  String after(String path) {
    String same = moved.get(path);
    if (same != null) {
      return same;
    }
    int slash = path.lastIndexOf('/');
    String folder = slash < 0 ? null : moved.get(path.substring(0, slash));
    return folder == null ? path : folder + path.substring(slash);
  }

  private void move(String from, String to) {
    if (!from.equals(to)) {
      moved.put(from, to);
    }
  }

  private static List<PricedGraph> graphs(List<PricedLock> locks) {
    return locks.stream().filter(PricedLock::file).map(PricedGraph::new).toList();
  }

  /// The folder of a lock as it is called after the change.
  private String folder(PricedGraph graph, Snapshot before) {
    String folder = PricedGraph.folder(graph.lock().path());
    boolean old = before.locks().stream().anyMatch(lock -> lock.lock() == graph.lock());
    return old ? moved.getOrDefault(folder, folder) : folder;
  }

  private static <T> List<Pair<T>> pair(
      List<T> before, List<T> after, List<Function<T, @Nullable String>> keys) {
    Map<T, T> partner = new HashMap<>();
    Set<T> taken = new HashSet<>();
    for (Function<T, @Nullable String> key : keys) {
      Map<String, List<T>> left = group(before, partner.keySet(), key);
      Map<String, List<T>> right = group(after, taken, key);
      left.forEach((name, some) -> {
        List<T> others = right.getOrDefault(name, List.of());
        if (some.size() == 1 && others.size() == 1) {
          partner.put(some.getFirst(), others.getFirst());
          taken.add(others.getFirst());
        }
      });
    }
    List<Pair<T>> pairs = new ArrayList<>();
    Map<T, T> back = new HashMap<>();
    partner.forEach((from, to) -> back.put(to, from));
    after.forEach(it -> pairs.add(new Pair<>(back.get(it), it)));
    before.stream()
        .filter(it -> !partner.containsKey(it))
        .forEach(it -> pairs.add(new Pair<>(it, null)));
    return List.copyOf(pairs);
  }

  private static <T> Map<String, List<T>> group(
      List<T> all, Set<T> without, Function<T, @Nullable String> key) {
    Map<String, List<T>> groups = new HashMap<>();
    for (T one : all) {
      String name = without.contains(one) ? null : key.apply(one);
      if (name != null) {
        groups.computeIfAbsent(name, _ -> new ArrayList<>()).add(one);
      }
    }
    return groups;
  }
}

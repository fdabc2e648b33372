package dev.depslim.project;

import dev.depslim.graph.DeclarationGraph;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.Explanation;
import dev.depslim.model.Explanation.Item;
import dev.depslim.model.Explanation.Way;
import dev.depslim.model.Lockfile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Finds the ways from declarations to a package of a lock, and what goes with it.
final class Explainer {
  private static final int NONE = -1;
  private static final Comparator<Item> LARGEST =
      Comparator.comparingLong((Item item) -> item.bytes() == null ? 0 : -item.bytes())
          .thenComparing(Item::name)
          .thenComparing(item -> String.valueOf(item.version()));

  private final LockCosts costs;
  private final DeclarationGraph graph;
  private final Lockfile lock;
  private final List<List<Integer>> requirers;

  Explainer(LockCosts costs) {
    this.costs = costs;
    this.graph = costs.graph();
    this.lock = costs.lock();
    this.requirers = requirers();
  }

  /// The packages of a name, and those that are declared under it.
  List<Explanation> explain(String name) {
    Ecosystem ecosystem = lock.ecosystem();
    String wanted = ecosystem.normalize(name);
    BitSet rows = new BitSet();
    for (int row = 0; row < graph.rows().size(); row++) {
      rows.set(row, ecosystem.normalize(graph.rows().get(row).name()).equals(wanted));
    }
    graph.lines(line -> ecosystem.normalize(line.name()).equals(wanted)).stream()
        .flatMap(line -> graph.targets(line).stream())
        .map(graph::rowOf)
        .filter(row -> row >= 0)
        .forEach(rows::set);
    return rows.stream().mapToObj(this::explain).toList();
  }

  private Explanation explain(int row) {
    DeclarationGraph.Row it = graph.rows().get(row);
    List<Item> going = new ArrayList<>();
    BitSet lost = costs.lostWithout(row);
    lost.clear(row);
    lost.stream().mapToObj(this::item).forEach(going::add);
    going.sort(LARGEST);
    return new Explanation(
        lock.ecosystem(),
        it.name(),
        it.version(),
        lock.path(),
        costs.ownBytes(row),
        costs.basis(),
        costs.missing(),
        ways(it.copies()),
        costs.dominated(row),
        going);
  }

  private Item item(int row) {
    DeclarationGraph.Row it = graph.rows().get(row);
    return new Item(it.name(), it.version(), costs.ownBytes(row));
  }

  private List<Way> ways(List<Integer> copies) {
    int[] next = upwards(copies);
    List<Way> ways = new ArrayList<>();
    Set<Integer> passed = new HashSet<>(copies);
    for (int line = 0; line < graph.lines().size(); line++) {
      int start = nearest(line, next);
      if (start != NONE) {
        ways.add(way(line, path(start, next), passed));
      }
    }
    Downwards down = new Downwards(copies);
    for (int copy : copies) {
      for (int by : requirers.get(copy)) {
        if (!passed.contains(by) && down.line[by] != NONE) {
          List<Integer> path = new ArrayList<>(path(by, down.before).reversed());
          path.add(copy);
          ways.add(way(down.line[by], path, passed));
        }
      }
    }
    ways.sort(
        Comparator.comparingInt((Way way) -> way.packages().size())
            .thenComparing(Way::project)
            .thenComparing(Way::declared)
            .thenComparing(way -> way.packages().toString()));
    return ways.stream().distinct().toList();
  }

  /// Breadth first from copies up to what declares: for each package the next one on a shortest way
  /// to them.
  private int[] upwards(List<Integer> copies) {
    int[] next = new int[lock.packages().size()];
    Arrays.fill(next, NONE);
    int[] queue = new int[next.length];
    int end = 0;
    for (int copy : copies) {
      next[copy] = copy;
      queue[end++] = copy;
    }
    for (int at = 0; at < end; at++) {
      for (int by : requirers.get(queue[at])) {
        if (next[by] == NONE) {
          next[by] = queue[at];
          queue[end++] = by;
        }
      }
    }
    return next;
  }

  /// Breadth first from all declarations: for each package the one before it on a shortest way from
  /// any of them, and where that began. Ways through the explained package do not count.
  private final class Downwards {
    final int[] before = new int[lock.packages().size()];
    final int[] line = new int[before.length];
    private final int[] queue = new int[before.length];
    private int end;

    Downwards(List<Integer> avoiding) {
      Arrays.fill(line, NONE);
      for (int one = 0; one < graph.lines().size(); one++) {
        int from = one;
        graph.targets(one).stream().forEach(copy -> enter(copy, copy, from, avoiding));
      }
      for (int at = 0; at < end; at++) {
        int from = queue[at];
        if (!graph.isMember(from)) {
          for (Lockfile.Edge edge : lock.packages().get(from).edges()) {
            if (!edge.wish()) {
              enter(edge.target(), from, line[from], avoiding);
            }
          }
        }
      }
    }

    private void enter(int copy, int from, int by, List<Integer> avoiding) {
      if (line[copy] == NONE && !avoiding.contains(copy)) {
        line[copy] = by;
        before[copy] = from;
        queue[end++] = copy;
      }
    }
  }

  /// The copy among those that a line asks for from which the way is shortest.
  private int nearest(int line, int[] next) {
    BitSet targets = graph.targets(line);
    int best = NONE;
    for (int copy = targets.nextSetBit(0); copy >= 0; copy = targets.nextSetBit(copy + 1)) {
      if (next[copy] != NONE
          && (best == NONE || path(copy, next).size() < path(best, next).size())) {
        best = copy;
      }
    }
    return best;
  }

  private static List<Integer> path(int from, int[] next) {
    List<Integer> path = new ArrayList<>();
    int at = from;
    while (next[at] != at) {
      path.add(at);
      at = next[at];
    }
    path.add(at);
    return path;
  }

  private Way way(int line, List<Integer> path, Set<Integer> passed) {
    passed.addAll(path);
    List<Item> items = new ArrayList<>();
    for (int copy : path) {
      Lockfile.Node node = lock.packages().get(copy);
      Item item = new Item(node.name(), node.version(), null);
      if (items.isEmpty() || !items.getLast().equals(item)) {
        items.add(item); // a choice of extras leads to its own package
      }
    }
    DeclarationGraph.Line it = graph.lines().get(line);
    return new Way(projectPath(it.project()), it.name(), it.production(), items);
  }

  /// For each copy what needs it. Members of the workspace have lines of their own, and an optional
  /// peer is no need.
  private List<List<Integer>> requirers() {
    List<List<Integer>> requirers = new ArrayList<>();
    lock.packages().forEach(_ -> requirers.add(new ArrayList<>()));
    for (int from = 0; from < lock.packages().size(); from++) {
      if (!graph.isMember(from)) {
        for (Lockfile.Edge edge : lock.packages().get(from).edges()) {
          if (!edge.wish() && !requirers.get(edge.target()).contains(from)) {
            requirers.get(edge.target()).add(from);
          }
        }
      }
    }
    return requirers;
  }

  /// The folder of a project seen from the analysed root.
  private String projectPath(String project) {
    int slash = lock.path().lastIndexOf('/');
    String folder = slash < 0 ? "" : lock.path().substring(0, slash);
    String path = project.isEmpty() ? folder : folder.isEmpty() ? project : folder + "/" + project;
    return path.isEmpty() ? "." : path;
  }
}

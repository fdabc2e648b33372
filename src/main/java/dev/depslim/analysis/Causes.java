package dev.depslim.analysis;

import dev.depslim.graph.DeclarationGraph;
import dev.depslim.graph.DeclarationView;
import dev.depslim.model.Category;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.Explanation.Item;
import dev.depslim.model.Freed;
import dev.depslim.model.Impact.Cause;
import dev.depslim.model.Impact.CauseKind;
import dev.depslim.model.Lockfile;
import dev.depslim.model.Size;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Gives every package that comes or goes the declarations that cause it: those without which, all
/// together, it would not have come (in the new graph) or would have gone anyway (in the old one).
/// What comes and goes beside them was locked anew.
final class Causes {
  /// Beside 0 for a declaration of before and 1 for one of after, in [Group#kinds].
  private static final int BOTH = 2;

  private static final Comparator<Cause> LARGEST =
      Comparator.comparingLong((Cause it) -> it.bytes() == null ? 0 : -Math.abs(it.bytes()))
          .thenComparing(it -> it.kind() == CauseKind.LOCKED_ANEW)
          .thenComparingInt(it -> -(it.gained().packages() + it.lost().packages()))
          .thenComparing(Cause::kind)
          .thenComparing(it -> it.declared().toString());

  private final Size.@Nullable Basis basis;
  private final Map<Key, Group> groups = new LinkedHashMap<>();

  private record Key(Ecosystem ecosystem, List<String> declared) {}

  /// What is collected for one cause.
  private static final class Group {
    final BitSet kinds = new BitSet();
    final Set<String> added = new HashSet<>();
    final Set<String> removed = new HashSet<>();
    final Set<String> updated = new HashSet<>();
    final int[] packages = new int[2];
    final int[] known = new int[2];
    final long[] bytes = new long[2];
    long largest = -1;
    boolean largestIsDeclared;
    List<Item> way = List.of();
  }

  Causes(Size.@Nullable Basis basis) {
    this.basis = basis;
  }

  /// Adds what comes and goes in a lock.
  void add(LockChange change, Categories categories) {
    add(change, change.before(), change.after(), 0, categories);
    add(change, change.after(), change.before(), 1, categories);
    stayed(change);
  }

  /// @param sign 0 for what goes, 1 for what comes
  private void add(
      LockChange change,
      LockChange.Side side,
      LockChange.Side other,
      int sign,
      Categories categories) {
    PricedGraph graph = side.graph();
    DeclarationView view = side.view();
    if (graph == null || view == null) {
      return;
    }
    BitSet caused = view.lostWithoutLines(side.touched()).rows();
    Map<Integer, BitSet> bringing = new LinkedHashMap<>();
    side.touched().stream().forEach(line -> bringing.put(line, view.broughtBy(only(line)).rows()));
    Set<String> elsewhere = lineNames(other.graph());
    Map<String, BitSet> takenOver = takenOver(side, other);
    for (int row = side.rows().nextSetBit(0); row >= 0; row = side.rows().nextSetBit(row + 1)) {
      if (other.row(graph.key(row)) >= 0) {
        continue;
      }
      BitSet lines = new BitSet();
      if (caused.get(row)) {
        for (Map.Entry<Integer, BitSet> entry : bringing.entrySet()) {
          lines.set(entry.getKey(), entry.getValue().get(row));
        }
      }
      List<String> declared = names(graph, lines);
      for (Map.Entry<String, BitSet> entry : takenOver.entrySet()) {
        if (declared.isEmpty() && entry.getValue().get(row)) {
          declared = List.of(entry.getKey());
        }
      }
      Group group = group(change.ecosystem(), declared);
      if (!declared.isEmpty() && lines.isEmpty()) {
        group.kinds.set(1 - sign);
      }
      for (int line = lines.nextSetBit(0); line >= 0; line = lines.nextSetBit(line + 1)) {
        String name = name(graph, line);
        group.kinds.set(elsewhere.contains(name) ? BOTH : sign);
      }
      count(group, change, side, other, row, sign);
      String name = graph.ecosystem().normalize(graph.graph().rows().get(row).name());
      boolean fresh = !other.names().containsKey(name);
      (fresh ? sign == 1 ? group.added : group.removed : group.updated).add(name);
      long size = basis == null ? 0 : graph.bytes(row, side.copies(), basis);
      largest(
          group,
          graph,
          view,
          lines.isEmpty() ? graph.lines(false) : lines,
          row,
          size,
          fresh,
          categories);
    }
  }

  private static BitSet only(int line) {
    BitSet one = new BitSet();
    one.set(line);
    return one;
  }

  /// What hangs on packages that others needed all the time and that are declared on the other side
  /// only: a declaration of its own chooses another version of them.
  private static Map<String, BitSet> takenOver(LockChange.Side side, LockChange.Side other) {
    Map<String, BitSet> found = new LinkedHashMap<>();
    PricedGraph graph = side.graph();
    PricedGraph there = other.graph();
    DeclarationView view = side.view();
    if (graph == null || there == null || view == null) {
      return found;
    }
    Set<String> own = lineNames(graph);
    for (int line : other.touched().stream().toArray()) {
      String declared = there.graph().lines().get(line).name();
      String name = graph.ecosystem().normalize(declared);
      if (own.contains(name(there, line))) {
        continue;
      }
      BitSet rows = new BitSet();
      for (int row : side.rows().stream().toArray()) {
        rows.set(
            row,
            graph.ecosystem().normalize(graph.graph().rows().get(row).name()).equals(name)
                && other.row(graph.key(row)) < 0);
      }
      if (!rows.isEmpty()) {
        found.put(declared, view.lostWithoutRows(rows).rows());
      }
    }
    return found;
  }

  private void count(
      Group group,
      LockChange change,
      LockChange.Side side,
      LockChange.Side other,
      int row,
      int sign) {
    group.packages[sign]++;
    if (basis != null && change.counts(side, row, basis)) {
      group.known[sign]++;
      group.bytes[sign] += change.bytes(side, row, basis);
    }
  }

  /// A package that stays may lie there in more or fewer copies.
  private void stayed(LockChange change) {
    PricedGraph old = change.before().graph();
    if (old == null || basis == null) {
      return;
    }
    for (int row : change.before().rows().stream().toArray()) {
      int now = change.after().row(old.key(row));
      if (now >= 0 && change.counts(change.before(), row, basis)) {
        long from = change.bytes(change.before(), row, basis);
        long to = change.bytes(change.after(), now, basis);
        if (from != to) {
          Group group = group(change.ecosystem(), List.of());
          group.bytes[to > from ? 1 : 0] += Math.abs(to - from);
        }
      }
    }
  }

  private Group group(Ecosystem ecosystem, List<String> declared) {
    return groups.computeIfAbsent(new Key(ecosystem, declared), _ -> new Group());
  }

  private static Set<String> lineNames(@Nullable PricedGraph graph) {
    Set<String> names = new HashSet<>();
    if (graph != null) {
      for (int line = 0; line < graph.graph().lines().size(); line++) {
        names.add(name(graph, line));
      }
    }
    return names;
  }

  private static String name(PricedGraph graph, int line) {
    DeclarationGraph.Line it = graph.graph().lines().get(line);
    return it.project() + "\0" + graph.ecosystem().normalize(it.name());
  }

  private static List<String> names(PricedGraph graph, BitSet lines) {
    TreeSet<String> names = new TreeSet<>();
    lines.stream().forEach(line -> names.add(graph.graph().lines().get(line).name()));
    return List.copyOf(names);
  }

  /// The largest package that comes or goes stands for the cause; without sizes one that does not
  /// belong into production, else what is declared itself.
  private static void largest(
      Group group,
      PricedGraph graph,
      DeclarationView view,
      BitSet from,
      int row,
      long size,
      boolean fresh,
      Categories categories) {
    DeclarationGraph.Row it = graph.graph().rows().get(row);
    Category category = categories.of(graph, row);
    boolean unwanted = category != Category.PRODUCTION && category != Category.DEV;
    long weight = (size << 2) + (unwanted ? 2 : 0) + (fresh ? 1 : 0);
    List<Integer> copies = weight >= group.largest ? view.way(from, row) : List.of();
    boolean declared = copies.size() == 1;
    if (weight < group.largest
        || (weight == group.largest && (group.largestIsDeclared || !declared))) {
      return;
    }
    group.largest = weight;
    group.largestIsDeclared = declared;
    List<Item> way = new ArrayList<>();
    for (Lockfile.Node node : graph.nodes(copies)) {
      boolean last = node.name().equals(it.name());
      Item item = new Item(node.name(), node.version(), last && size > 0 ? size : null);
      if (way.isEmpty() || !way.getLast().name().equals(item.name())) {
        way.add(item); // a choice of extras leads to its own package
      }
    }
    group.way =
        way.isEmpty() ? List.of(new Item(it.name(), it.version(), size > 0 ? size : null)) : way;
  }

  /// The causes, the largest difference first.
  List<Cause> all() {
    List<Cause> causes = new ArrayList<>();
    groups.forEach((key, group) -> causes.add(cause(key, group)));
    causes.sort(LARGEST);
    return causes;
  }

  private Cause cause(Key key, Group it) {
    Freed lost = PricedGraph.freed(it.packages[0], it.known[0], it.bytes[0], basis);
    Freed gained = PricedGraph.freed(it.packages[1], it.known[1], it.bytes[1], basis);
    boolean any = it.known[0] + it.known[1] > 0 || it.packages[0] + it.packages[1] == 0;
    return new Cause(
        kind(key, it.kinds),
        key.ecosystem(),
        key.declared(),
        it.added.size(),
        it.removed.size(),
        it.updated.size(),
        gained,
        lost,
        basis != null && any ? (Long) (it.bytes[1] - it.bytes[0]) : null,
        it.way);
  }

  private static CauseKind kind(Key key, BitSet kinds) {
    if (key.declared().isEmpty()) {
      return CauseKind.LOCKED_ANEW;
    }
    if (key.declared().size() > 1) {
      return CauseKind.TOGETHER;
    }
    return kinds.get(BOTH) ? CauseKind.CHANGED : kinds.get(1) ? CauseKind.ADDED : CauseKind.REMOVED;
  }

  /// What packages are for.
  interface Categories {
    Category of(PricedGraph graph, int row);
  }
}

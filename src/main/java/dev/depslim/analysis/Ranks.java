package dev.depslim.analysis;

import dev.depslim.graph.DeclarationGraph;
import dev.depslim.graph.DeclarationView;
import dev.depslim.model.Analysis;
import dev.depslim.model.Category;
import dev.depslim.model.Dependency;
import dev.depslim.model.Finding;
import dev.depslim.model.Freed;
import dev.depslim.model.Location;
import dev.depslim.model.PricedLock;
import dev.depslim.model.Project;
import dev.depslim.model.Ranking;
import dev.depslim.model.Ranking.Holder;
import dev.depslim.model.Ranking.Ranked;
import dev.depslim.model.Ranking.Removal;
import dev.depslim.model.Size;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Ranks declarations by what they hold, alone and together, and finds those that have to go so
/// that nothing forbidden comes with them. Pure.
public final class Ranks {
  private static final int FIRST = 5;
  private static final String FORBIDDEN = "forbidden-in-production";
  private static final Comparator<Ranked> LARGEST =
      Comparator.comparingLong((Ranked it) -> it.alone().bytes() == null ? 0 : -it.alone().bytes())
          .thenComparingInt(it -> -it.alone().packages())
          .thenComparing(Ranked::holder);

  private final Analysis analysis;
  private final boolean production;
  private final List<PricedGraph> graphs;
  private final Size.@Nullable Basis basis;
  private final List<Entry> entries = new ArrayList<>();
  private final Map<String, Dependency> dependencies = new HashMap<>();

  /// A declared name of one project, with its lines in one graph.
  private record Entry(PricedGraph graph, BitSet lines, Ranked ranked) {}

  private Ranks(Analysis analysis) {
    this.analysis = analysis;
    this.graphs = graphs(analysis.locks());
    this.production =
        graphs.stream().anyMatch(it -> !it.graph().production().reached().rows().isEmpty());
    this.basis = basis();
    for (Project project : analysis.projects()) {
      for (Dependency it : project.dependencies()) {
        dependencies.put(
            project.ecosystem().id()
                + " "
                + project.path()
                + "\0"
                + project.ecosystem().normalize(it.name()),
            it);
      }
    }
    graphs.forEach(this::enter);
  }

  /// The ranking of an analysis.
  public static Ranking of(Analysis analysis) {
    return new Ranks(analysis).ranking();
  }

  /// Of several locks in one folder the first: they resolve the same declarations.
  private static List<PricedGraph> graphs(List<PricedLock> locks) {
    List<PricedGraph> graphs = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (PricedLock lock : locks) {
      String key = lock.lock().ecosystem().id() + " " + PricedGraph.folder(lock.lock().path());
      PricedGraph graph = new PricedGraph(lock);
      if (!graph.graph().lines().isEmpty() && seen.add(key)) {
        graphs.add(graph);
      }
    }
    return graphs;
  }

  /// The basis on which most packages are known.
  private Size.@Nullable Basis basis() {
    Map<Size.Basis, Integer> known = new EnumMap<>(Size.Basis.class);
    for (PricedGraph graph : graphs) {
      if (graph.basis() != null) {
        int rows = graph.freed(view(graph).reached(), graph.basis()).known();
        known.merge(graph.basis(), rows, Integer::sum);
      }
    }
    return known.entrySet().stream()
        .filter(entry -> entry.getValue() > 0)
        .max(Comparator.comparingInt(Map.Entry::getValue))
        .map(Map.Entry::getKey)
        .orElse(null);
  }

  private DeclarationView view(PricedGraph graph) {
    return graph.view(production);
  }

  private Size.@Nullable Basis basis(PricedGraph graph) {
    return graph.basis() == basis ? basis : null;
  }

  private void enter(PricedGraph graph) {
    Map<Holder, BitSet> byHolder = new HashMap<>();
    graph.lines(production).stream()
        .forEach(
            line -> byHolder.computeIfAbsent(holder(graph, line), _ -> new BitSet()).set(line));
    byHolder.forEach((holder, own) -> {
      Dependency it = dependency(graph, own.nextSetBit(0));
      entries.add(
          new Entry(
              graph,
              own,
              new Ranked(
                  holder,
                  it == null ? "" : it.constraint(),
                  it == null ? Category.PRODUCTION : it.classification().category(),
                  graph.freed(view(graph).lostWithoutLines(own), basis(graph)))));
    });
    entries.sort(Comparator.comparing(Entry::ranked, LARGEST));
  }

  private @Nullable Dependency dependency(PricedGraph graph, int line) {
    DeclarationGraph.Line it = graph.graph().lines().get(line);
    return dependencies.get(
        graph.ecosystem().id()
            + " "
            + graph.projectPath(it)
            + "\0"
            + graph.ecosystem().normalize(it.name()));
  }

  private Holder holder(PricedGraph graph, int line) {
    DeclarationGraph.Line it = graph.graph().lines().get(line);
    Dependency dependency = dependency(graph, line);
    return new Holder(
        graph.ecosystem(),
        graph.projectPath(it),
        dependency == null ? it.name() : dependency.name(),
        dependency == null
            ? Location.of(graph.lock().path())
            : dependency.mainDeclaration().location());
  }

  private Ranking ranking() {
    List<Freed> wholes = new ArrayList<>();
    for (PricedGraph graph : graphs) {
      if (basis == null || basis(graph) != null) {
        wholes.add(graph.freed(view(graph).reached(), basis));
      }
    }
    Freed whole = sum(wholes);
    BitSet best = bundles().best(FIRST);
    List<Entry> chosen = best.stream().mapToObj(entries::get).toList();
    Freed together = without(chosen);
    List<Removal> removals = new ArrayList<>();
    Map<PricedGraph, BitSet> out = new HashMap<>();
    Map<PricedGraph, Map<Integer, BitSet>> needed = new HashMap<>();
    graphs.forEach(graph -> needed.put(graph, needed(graph, forbidden(graph))));
    for (Finding finding : analysis.findings()) {
      for (PricedGraph graph : graphs) {
        removal(finding, graph, needed.getOrDefault(graph, Map.of()), removals, out);
      }
    }
    TreeSet<Holder> all = new TreeSet<>();
    removals.forEach(removal -> all.addAll(removal.holders()));
    List<Freed> removed = new ArrayList<>();
    out.forEach((graph, lines) ->
        removed.add(graph.freed(view(graph).lostWithoutLines(lines), basis(graph))));
    return new Ranking(
        production,
        basis,
        whole,
        chosen.stream().map(Entry::ranked).toList(),
        together,
        percent(together, whole),
        entries.stream().map(Entry::ranked).toList(),
        removals,
        List.copyOf(all),
        sum(removed));
  }

  private @Nullable Double percent(Freed part, Freed whole) {
    Long some = basis == null ? (Long) (long) part.packages() : part.bytes();
    Long all = basis == null ? (Long) (long) whole.packages() : whole.bytes();
    return some == null || all == null || all == 0
        ? null
        : (Double) (Math.round(1000.0 * some / all) / 10.0);
  }

  /// What goes when all of these go: computed for the set, lock by lock.
  private Freed without(List<Entry> chosen) {
    Map<PricedGraph, BitSet> out = new HashMap<>();
    for (Entry entry : chosen) {
      out.computeIfAbsent(entry.graph(), _ -> new BitSet()).or(entry.lines());
    }
    List<Freed> parts = new ArrayList<>();
    out.forEach((graph, lines) ->
        parts.add(graph.freed(view(graph).lostWithoutLines(lines), basis(graph))));
    return sum(parts);
  }

  private Freed sum(List<Freed> parts) {
    int packages = parts.stream().mapToInt(Freed::packages).sum();
    int known = parts.stream().mapToInt(Freed::known).sum();
    long bytes = parts.stream().mapToLong(it -> it.bytes() == null ? 0 : it.bytes()).sum();
    return PricedGraph.freed(packages, known, bytes, basis);
  }

  private Bundles bundles() {
    Bundles bundles = new Bundles();
    for (PricedGraph graph : graphs) {
      if (basis == null || basis(graph) != null) {
        BitSet reached = view(graph).reached().copies();
        Holding holding = new Holding(graph.graph().rows().size());
        for (int number = 0; number < entries.size(); number++) {
          Entry entry = entries.get(number);
          if (entry.graph() == graph) {
            BitSet rows = new BitSet();
            entry.lines().stream().forEach(line -> rows.or(view(graph).broughtBy(line).rows()));
            holding.add(rows, number);
          }
        }
        for (int row = 0; row < graph.graph().rows().size(); row++) {
          BitSet few = holding.few(row);
          if (few != null) {
            bundles.add(few, basis == null ? 1 : graph.bytes(row, reached, basis));
          }
        }
      }
    }
    return bundles;
  }

  /// Of each row the first entries that bring it. What more than [#FIRST] bring is in no bundle
  /// that is looked for, so it is not kept: locks may have a hundred thousand rows.
  private static final class Holding {
    private final int[] first;
    private final byte[] count;

    Holding(int rows) {
      first = new int[rows * FIRST];
      count = new byte[rows];
    }

    void add(BitSet rows, int entry) {
      for (int row = rows.nextSetBit(0); row >= 0; row = rows.nextSetBit(row + 1)) {
        if (count[row] < FIRST) {
          first[row * FIRST + count[row]] = entry;
        }
        count[row] = (byte) Math.min(FIRST + 1, count[row] + 1);
      }
    }

    /// The entries that bring a row; null where there are none or too many.
    @Nullable BitSet few(int row) {
      if (count[row] == 0 || count[row] > FIRST) {
        return null;
      }
      BitSet found = new BitSet();
      for (int i = 0; i < count[row]; i++) {
        found.set(first[row * FIRST + i]);
      }
      return found;
    }
  }

  /// The rows of what is forbidden in one lock.
  private Set<Integer> forbidden(PricedGraph graph) {
    Set<Integer> found = new HashSet<>();
    analysis.findings().forEach(finding -> found.add(forbidden(graph, finding)));
    found.remove(-1);
    return found;
  }

  /// The row that a finding forbids in a lock; -1 where it does not.
  private static int forbidden(PricedGraph graph, Finding finding) {
    Finding.PackageRef about = finding.about();
    return about != null
            && finding.rule().equals(FORBIDDEN)
            && graph.lock().path().equals(finding.location().path())
        ? graph.row(graph.key(about.name(), about.version()))
        : -1;
  }

  /// The lines that bring each of some rows.
  private Map<Integer, BitSet> needed(PricedGraph graph, Set<Integer> rows) {
    Map<Integer, BitSet> needed = new HashMap<>();
    rows.forEach(row -> needed.put(row, new BitSet()));
    BitSet lines = rows.isEmpty() ? new BitSet() : graph.lines(production);
    lines.stream()
        .forEach(line -> {
          BitSet brought = view(graph).broughtBy(line).rows();
          needed.forEach((row, by) -> by.set(line, brought.get(row)));
        });
    return needed;
  }

  private void removal(
      Finding finding,
      PricedGraph graph,
      Map<Integer, BitSet> neededBy,
      List<Removal> removals,
      Map<PricedGraph, BitSet> out) {
    BitSet needed = neededBy.get(forbidden(graph, finding));
    Finding.PackageRef about = finding.about();
    if (needed == null || about == null) {
      return;
    }
    out.computeIfAbsent(graph, _ -> new BitSet()).or(needed);
    removals.add(
        new Removal(
            finding.subject(),
            about.name(),
            graph.lock().path(),
            needed.stream().mapToObj(line -> holder(graph, line)).distinct().sorted().toList(),
            graph.freed(view(graph).lostWithoutLines(needed), basis(graph))));
  }
}

package dev.depslim.analysis;

import dev.depslim.graph.DeclarationGraph;
import dev.depslim.graph.DeclarationView;
import dev.depslim.model.Analysis;
import dev.depslim.model.Category;
import dev.depslim.model.Dependency;
import dev.depslim.model.Finding;
import dev.depslim.model.Freed;
import dev.depslim.model.Location;
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
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.function.IntToLongFunction;
import java.util.function.ObjIntConsumer;
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

  private Ranks(Analysis analysis, List<PricedGraph> locks) {
    this.analysis = analysis;
    this.graphs = firstOfEachFolder(locks);
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
  ///
  /// @param graphs of its locks
  public static Ranking of(Analysis analysis, List<PricedGraph> graphs) {
    return new Ranks(analysis, graphs).ranking();
  }

  /// Of several locks in one folder the first: they resolve the same declarations.
  private static List<PricedGraph> firstOfEachFolder(List<PricedGraph> locks) {
    List<PricedGraph> graphs = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (PricedGraph graph : locks) {
      String key = graph.ecosystem().id() + " " + PricedGraph.folder(graph.lock().path());
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
    IntFunction<Freed> alone = graph.alone(view(graph), basis(graph));
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
                  own.cardinality() == 1
                      ? alone.apply(own.nextSetBit(0))
                      : graph.freed(view(graph).lostWithoutLines(own), basis(graph)))));
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
    Map<PricedGraph, Map<String, BitSet>> needed = new HashMap<>();
    graphs.forEach(graph -> needed.put(graph, needed(graph)));
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

  /// What the same entries bring: packages where no sizes are known, else the bytes of copies.
  private Bundles bundles() {
    Bundles bundles = new Bundles();
    for (PricedGraph graph : graphs) {
      if (basis == null) {
        Holding holding = new Holding(graph.graph().rows().size());
        brought(graph, (packages, entry) -> packages.forEachRow(row -> holding.add(row, entry)));
        holding.bundle(bundles, _ -> 1);
      } else if (basis(graph) != null) {
        Size.Basis on = basis;
        Holding holding = new Holding(graph.lock().packages().size());
        brought(graph, (packages, entry) -> packages.forEachCopy(copy -> holding.add(copy, entry)));
        holding.bundle(bundles, copy -> graph.bytes(copy, on));
      }
    }
    return bundles;
  }

  /// Hands over what each entry of a graph brings.
  private void brought(PricedGraph graph, ObjIntConsumer<DeclarationView.Packages> consumer) {
    for (int number = 0; number < entries.size(); number++) {
      Entry entry = entries.get(number);
      if (entry.graph() == graph) {
        consumer.accept(view(graph).broughtBy(entry.lines()), number);
      }
    }
  }

  /// Of each thing the first entries that bring it. What more than [#FIRST] bring is in no bundle
  /// that is looked for, so it is not kept: locks may have a hundred thousand packages.
  private static final class Holding {
    private final int[] first;
    private final byte[] count;

    Holding(int size) {
      first = new int[size * FIRST];
      count = new byte[size];
    }

    void add(int one, int entry) {
      if (count[one] < FIRST) {
        first[one * FIRST + count[one]] = entry;
      }
      count[one] = (byte) Math.min(FIRST + 1, count[one] + 1);
    }

    /// Adds what few entries bring.
    void bundle(Bundles bundles, IntToLongFunction weight) {
      for (int one = 0; one < count.length; one++) {
        if (count[one] > 0 && count[one] <= FIRST) {
          BitSet few = new BitSet();
          for (int i = 0; i < count[one]; i++) {
            few.set(first[one * FIRST + i]);
          }
          bundles.add(few, weight.applyAsLong(one));
        }
      }
    }
  }

  /// The rows of what is forbidden in one lock, by their keys.
  private Map<String, Integer> forbidden(PricedGraph graph) {
    Set<String> keys = new HashSet<>();
    for (Finding finding : analysis.findings()) {
      if (forbids(finding, graph)) {
        keys.add(key(graph, finding));
      }
    }
    return graph.rows(keys);
  }

  private static boolean forbids(Finding finding, PricedGraph graph) {
    return finding.about() != null
        && finding.rule().equals(FORBIDDEN)
        && graph.lock().path().equals(finding.location().path());
  }

  private static String key(PricedGraph graph, Finding finding) {
    Finding.PackageRef about = Objects.requireNonNull(finding.about());
    return graph.key(about.name(), about.version());
  }

  /// The lines that bring each of some rows, by the keys of the rows.
  private Map<String, BitSet> needed(PricedGraph graph) {
    Map<String, BitSet> needed = new HashMap<>();
    Map<Integer, BitSet> byRow = new HashMap<>();
    forbidden(graph)
        .forEach((key, row) -> needed.put(key, byRow.computeIfAbsent(row, _ -> new BitSet())));
    BitSet lines = byRow.isEmpty() ? new BitSet() : graph.lines(production);
    for (int line = lines.nextSetBit(0); line >= 0; line = lines.nextSetBit(line + 1)) {
      BitSet one = new BitSet();
      one.set(line);
      view(graph)
          .broughtBy(one)
          .forEachRow(row -> {
            BitSet by = byRow.get(row);
            if (by != null) {
              by.set(one.length() - 1);
            }
          });
    }
    return needed;
  }

  private void removal(
      Finding finding,
      PricedGraph graph,
      Map<String, BitSet> neededBy,
      List<Removal> removals,
      Map<PricedGraph, BitSet> out) {
    Finding.PackageRef about = finding.about();
    BitSet needed = forbids(finding, graph) ? neededBy.get(key(graph, finding)) : null;
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

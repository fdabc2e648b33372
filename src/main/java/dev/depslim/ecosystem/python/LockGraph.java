package dev.depslim.ecosystem.python;

import dev.depslim.graph.DeclarationGraph;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.Lockfile;
import dev.depslim.model.Origin;
import dev.depslim.model.Scope;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Turns packages with extras into a plain graph.
///
/// A package that everybody asks for with the same extras is one node. Where some ask for more, the
/// node has what all ask for, and each larger choice is a node of its own with the same name and
/// version, 0 bytes, and edges to the first and to what its extras bring: so an extra that only
/// developers ask for does not reach production.
final class LockGraph {
  private final List<Package> packages = new ArrayList<>();
  private final List<Root> roots = new ArrayList<>();
  private final Map<Integer, Set<String>> common = new HashMap<>();
  private final Map<Choice, Integer> choices = new HashMap<>();
  private final List<Lockfile.Node> nodes = new ArrayList<>();

  /// Node → what it asks for and where: a set of environments as in [PythonTarget#where].
  private final Map<Integer, Map<Integer, Long>> asked = new HashMap<>();

  /// A package as the lock describes it.
  ///
  /// @param line where its entry begins, counted from 1; 0 where not known
  /// @param requests what it needs itself
  /// @param extras what each of its extras needs on top
  record Package(
      String name,
      @Nullable String version,
      Origin origin,
      @Nullable Scope declared,
      @Nullable Long compressedBytes,
      int line,
      List<Request> requests,
      Map<String, List<Request>> extras) {}

  /// One package that asks for another with extras.
  ///
  /// @param where in which environments of production it holds, as in [PythonTarget#where]
  record Request(int target, Set<String> extras, long where) {}

  /// A direct request of a project.
  record Direct(String name, Request request, Scope scope, @Nullable String group) {}

  private record Root(String path, List<Direct> direct, int itself) {}

  private record Choice(int target, Set<String> extras) {}

  void add(Package found) {
    packages.add(found);
  }

  void root(String path, List<Direct> direct) {
    roots.add(new Root(path, direct, -1));
  }

  /// The same for a project that is a package of the lock.
  ///
  /// @param itself its number in the order in which packages were added
  void root(String path, List<Direct> direct, int itself) {
    roots.add(new Root(path, direct, itself));
  }

  /// The nodes; call once, before `roots`.
  List<Lockfile.Node> nodes() {
    for (Package from : packages) {
      from.requests().forEach(this::meet);
      from.extras().values().forEach(list -> list.forEach(this::meet));
    }
    for (Root root : roots) {
      root.direct().forEach(direct -> meet(direct.request()));
    }
    for (int i = 0; i < packages.size(); i++) {
      nodes.add(node(packages.get(i), packages.get(i).compressedBytes(), List.of()));
    }
    for (int i = 0; i < packages.size(); i++) {
      Set<Integer> targets = new LinkedHashSet<>();
      for (Request request : packages.get(i).requests()) {
        add(i, request, targets);
      }
      extraTargets(i, packages.get(i), common.getOrDefault(i, Set.of()), targets);
      nodes.set(i, node(packages.get(i), packages.get(i).compressedBytes(), targets));
    }
    return nodes;
  }

  /// The projects, with their targets among the nodes.
  List<Lockfile.Root> roots() {
    List<Lockfile.Root> out = new ArrayList<>();
    for (Root root : roots) {
      List<Lockfile.Direct> direct = new ArrayList<>();
      for (Direct one : root.direct()) {
        direct.add(
            new Lockfile.Direct(one.name(), target(one.request()), one.scope(), one.group()));
      }
      out.add(new Lockfile.Root(root.path(), direct, root.itself()));
    }
    return out;
  }

  private void meet(Request request) {
    Set<String> known = known(request);
    Set<String> before = common.get(request.target());
    if (before == null) {
      common.put(request.target(), known);
    } else if (!before.equals(known)) {
      Set<String> both = new HashSet<>(before);
      both.retainAll(known);
      common.put(request.target(), both);
    }
  }

  private Set<String> known(Request request) {
    if (request.extras().isEmpty()) {
      return Set.of();
    }
    Set<String> known = new HashSet<>(request.extras());
    known.retainAll(packages.get(request.target()).extras().keySet());
    return known;
  }

  private int target(Request request) {
    Set<String> more = known(request);
    if (more.isEmpty()) {
      return request.target();
    }
    Set<String> rest = new HashSet<>(more);
    rest.removeAll(common.getOrDefault(request.target(), Set.of()));
    if (rest.isEmpty()) {
      return request.target();
    }
    Choice choice = new Choice(request.target(), rest);
    Integer known = choices.get(choice);
    if (known != null) {
      return known;
    }
    int index = nodes.size();
    choices.put(choice, index);
    Package base = packages.get(request.target());
    nodes.add(node(base, 0L, List.of()));
    Set<Integer> targets = new LinkedHashSet<>();
    targets.add(request.target());
    ask(index, request.target(), -1);
    extraTargets(index, base, rest, targets);
    nodes.set(index, node(base, 0L, targets));
    return index;
  }

  private void add(int from, Request request, Set<Integer> targets) {
    int target = target(request);
    targets.add(target);
    ask(from, target, request.where());
  }

  private void ask(int from, int target, long where) {
    asked.computeIfAbsent(from, _ -> new HashMap<>()).merge(target, where, (a, b) -> a | b);
  }

  /// The nodes that do not come to where the project runs; none where no project is known: what no
  /// project asks for there, and what production asks for elsewhere only, though development asks
  /// for it there. Call it after `nodes` and `roots`.
  ///
  /// @param admitted by node, where its own marker holds; nodes behind its end hold everywhere
  BitSet elsewhere(long[] admitted) {
    BitSet out = new BitSet();
    if (roots.isEmpty()) {
      return out;
    }
    long[] always = new long[nodes.size()];
    Arrays.fill(always, -1);
    long[] own = Arrays.copyOf(always, nodes.size());
    System.arraycopy(admitted, 0, own, 0, admitted.length);
    long[] anyway = reached(false, own, true);
    long[] production = reached(true, own, true);
    long[] somewhere = reached(true, always, false);
    for (int node = 0; node < nodes.size(); node++) {
      out.set(node, anyway[node] == 0 || (somewhere[node] != 0 && production[node] == 0));
    }
    return out;
  }

  /// By node, the environments in which projects reach it.
  ///
  /// @param conditional whether markers count
  private long[] reached(boolean onlyProduction, long[] own, boolean conditional) {
    long[] reached = new long[nodes.size()];
    Deque<Integer> waiting = new ArrayDeque<>();
    for (Root root : roots) {
      for (Direct one : root.direct()) {
        if (!onlyProduction || DeclarationGraph.inProduction(Ecosystem.PYPI, one.scope())) {
          int node = target(one.request());
          raise(node, conditional ? one.request().where() & own[node] : -1, reached, waiting);
        }
      }
    }
    while (!waiting.isEmpty()) {
      int from = waiting.remove();
      long at = reached[from];
      asked
          .getOrDefault(from, Map.of())
          .forEach(
              (to, where) -> raise(to, conditional ? at & where & own[to] : -1, reached, waiting));
    }
    return reached;
  }

  private static void raise(int node, long where, long[] reached, Deque<Integer> waiting) {
    if ((reached[node] | where) != reached[node]) {
      reached[node] |= where;
      waiting.add(node);
    }
  }

  private void extraTargets(int from, Package base, Set<String> extras, Set<Integer> targets) {
    for (Map.Entry<String, List<Request>> extra : base.extras().entrySet()) {
      if (extras.contains(extra.getKey())) {
        for (Request request : extra.getValue()) {
          add(from, request, targets);
        }
      }
    }
  }

  private static Lockfile.Node node(Package from, @Nullable Long bytes, Iterable<Integer> targets) {
    List<Lockfile.Edge> edges = new ArrayList<>();
    for (int target : targets) {
      edges.add(new Lockfile.Edge(target, Scope.RUNTIME));
    }
    return new Lockfile.Node(
        from.name(), from.version(), from.origin(), from.declared(), bytes, from.line(), edges);
  }
}

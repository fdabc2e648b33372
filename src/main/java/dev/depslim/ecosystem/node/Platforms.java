package dev.depslim.ecosystem.node;

import dev.depslim.graph.DeclarationGraph;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.Lockfile.Direct;
import dev.depslim.model.Lockfile.Edge;
import dev.depslim.model.Lockfile.Node;
import dev.depslim.model.Lockfile.Root;
import dev.depslim.model.Scope;
import dev.depslim.syntax.JsonCursor;
import dev.depslim.syntax.YamlCursor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/// Which systems packages are for, as `os` and `cpu` of their package.json say.
///
/// Production is Linux on x86-64 or arm64. An optional package for another system is left out there
/// by every package manager, silently; one that is required stops npm, and is kept here.
final class Platforms {
  private static final List<String> MACHINES = List.of("x64", "arm64");

  private Platforms() {}

  /// Whether a package with such a field comes to production; other fields exclude nothing.
  static boolean admits(String field, List<String> list) {
    return switch (field) {
      case "os" -> admits(list, "linux");
      case "cpu" -> MACHINES.stream().anyMatch(machine -> admits(list, machine));
      default -> true;
    };
  }

  /// As npm reads these lists (npm-install-checks): what is named, or what is not excluded.
  static boolean admits(List<String> list, String value) {
    if (list.isEmpty() || list.equals(List.of("any"))) {
      return true;
    }
    boolean named = false;
    boolean positive = false;
    for (String each : list) {
      if (each.startsWith("!")) {
        if (each.substring(1).equals(value)) {
          return false;
        }
      } else {
        positive = true;
        named |= each.equals(value);
      }
    }
    return named || !positive;
  }

  /// The strings of a list, or the only one.
  static List<String> strings(JsonCursor json) {
    if (!json.isArray()) {
      String only = json.string();
      return only == null ? List.of() : List.of(only);
    }
    List<String> all = new ArrayList<>();
    for (boolean more = json.enterArray(); more; more = json.nextItem()) {
      String one = json.string();
      if (one != null) {
        all.add(one);
      }
    }
    return all;
  }

  /// The same in YAML.
  static List<String> strings(YamlCursor yaml) {
    if (!yaml.isSequence()) {
      String only = yaml.text();
      return only == null ? List.of() : List.of(only);
    }
    List<String> all = new ArrayList<>();
    for (boolean more = yaml.enterSequence(); more; more = yaml.nextItem()) {
      String one = yaml.text();
      if (one != null) {
        all.add(one);
      }
    }
    return all;
  }

  /// Whether `conditions` of a lock of Yarn hold in production, such as `os=darwin & cpu=arm64` or
  /// `(os=linux | os=darwin)`.
  static boolean admits(String conditions) {
    for (String field : List.of("os", "cpu")) {
      List<String> values = new ArrayList<>();
      for (String word : conditions.split("[^\\w=!-]+", -1)) {
        if (word.startsWith(field + "=")) {
          values.add(word.substring(field.length() + 1));
        }
      }
      if (!admits(field, values)) {
        return false;
      }
    }
    return true;
  }

  /// The nodes of a lock of pnpm, Yarn or bun, with what production asks for on other systems only
  /// marked.
  ///
  /// @param foreign the nodes whose `os` or `cpu` keep them out
  static List<Node> targeted(List<Node> nodes, List<Root> roots, BitSet foreign) {
    if (foreign.isEmpty()) {
      return nodes;
    }
    BitSet elsewhere = reached(nodes, roots, new BitSet());
    elsewhere.or(foreign);
    elsewhere.andNot(reached(nodes, roots, foreign));
    return without(nodes, elsewhere);
  }

  /// The nodes, some of them marked as for other systems.
  static List<Node> without(List<Node> nodes, BitSet elsewhere) {
    if (elsewhere.isEmpty()) {
      return nodes;
    }
    List<Node> out = new ArrayList<>(nodes);
    elsewhere.stream().forEach(index -> out.set(index, nodes.get(index).forOtherSystems()));
    return out;
  }

  /// What production asks for, without ways that are optional and lead to what is cut.
  private static BitSet reached(List<Node> nodes, List<Root> roots, BitSet cut) {
    BitSet reached = new BitSet(nodes.size());
    Deque<Integer> waiting = new ArrayDeque<>();
    for (Root root : roots) {
      for (Direct one : root.direct()) {
        follow(one.target(), one.scope(), cut, reached, waiting);
      }
    }
    while (!waiting.isEmpty()) {
      for (Edge edge : nodes.get(waiting.remove()).edges()) {
        follow(edge.target(), edge.scope(), cut, reached, waiting);
      }
    }
    return reached;
  }

  private static void follow(
      int target, Scope scope, BitSet cut, BitSet reached, Deque<Integer> waiting) {
    boolean left = scope == Scope.OPTIONAL && cut.get(target);
    if (!left && DeclarationGraph.inProduction(Ecosystem.NPM, scope) && !reached.get(target)) {
      reached.set(target);
      waiting.add(target);
    }
  }
}

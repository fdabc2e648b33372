package dev.depslim.ecosystem.python;

import dev.depslim.ecosystem.python.VersionRanges.Cut;
import dev.depslim.model.Ecosystem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Joins conditions on the environment. A condition is a reduced ordered decision diagram, so two
/// conditions that hold in the same environments are the same object, of one algebra.
///
/// `python_version` is read as `python_full_version` of final releases. Names of platforms are
/// compared for equality; every other comparison counts as a fact that is true or not, without
/// relation to the others.
final class MarkerAlgebra {
  /// The version variable stands above all others.
  static final String PYTHON = "python_full_version";

  /// Conditions on many variables may have as many nodes as there are environments.
  private static final int MAX_NODES = 50_000;

  /// The one key of a fact: its edge is taken where the fact is true.
  private static final String HOLDS = "";

  private static final Set<String> NAMES =
      Set.of(
          "os_name",
          "sys_platform",
          "platform_system",
          "platform_machine",
          "platform_python_implementation",
          "implementation_name");

  /// Always true.
  final Node always = new Node(1, "", null, List.of(), List.of(), List.of());

  /// Never true.
  final Node never = new Node(0, "", null, List.of(), List.of(), List.of());

  private final Map<List<Object>, Node> nodes = new HashMap<>();
  private final Map<Long, Node> joined = new HashMap<>();
  private final Map<Node, Node> opposites = new HashMap<>();

  /// A condition.
  ///
  /// @param id equal for equal conditions of one algebra; 0 never, 1 always
  /// @param variable what decides; empty for the two constants
  /// @param fact the comparison that the variable stands for, or null
  /// @param cuts for versions, ascending; child i lies below cut i, the last above all
  /// @param keys for names, sorted; child i is for name i, the last for every other
  record Node(
      int id,
      String variable,
      Marker.@Nullable Comparison fact,
      List<Cut> cuts,
      List<String> keys,
      List<Node> children) {
    boolean isNever() {
      return id == 0;
    }

    boolean isAlways() {
      return id == 1;
    }

    boolean isConstant() {
      return id < 2;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return id;
    }

    @Override
    public String toString() {
      return "#" + id + (isConstant() ? "" : " " + variable + cuts + keys + children);
    }
  }

  /// The condition that a marker spells.
  ///
  /// @param extras the extras, in their normal form, for which `extra == "x"` holds
  Node of(@Nullable Marker marker, Set<String> extras) {
    return switch (marker) {
      case null -> always;
      case Marker.Comparison comparison -> comparison(comparison, extras);
      case Marker.Joined all -> {
        Node result = never;
        Node group = of(all.parts().getFirst(), extras);
        for (int i = 1; i < all.parts().size(); i++) {
          Node part = of(all.parts().get(i), extras);
          if (all.operators().get(i - 1).equals("or")) {
            result = or(result, group);
            group = part;
          } else {
            group = and(group, part);
          }
        }
        yield or(result, group);
      }
    };
  }

  /// The condition that the version of Python is in a set.
  Node python(VersionRanges versions) {
    List<Cut> cuts = new ArrayList<>();
    List<Node> children = new ArrayList<>();
    children.add(never);
    for (VersionRanges.Range range : versions.ranges()) {
      if (range.low().equals(Cut.LOWEST)) {
        children.set(0, always);
      } else {
        cuts.add(range.low());
        children.add(always);
      }
      if (!range.high().equals(Cut.HIGHEST)) {
        cuts.add(range.high());
        children.add(never);
      }
    }
    return node(PYTHON, null, cuts, List.of(), children);
  }

  private Node comparison(Marker.Comparison comparison, Set<String> extras) {
    String left = comparison.left().name();
    String right = comparison.right().name();
    String name = left != null ? left : right;
    if (name == null || (left != null && right != null)) {
      return fact(comparison);
    }
    String literal = (left != null ? comparison.right() : comparison.left()).literal();
    String operator = comparison.operator();
    boolean active = extras.contains(Ecosystem.PYPI.normalize(literal));
    return switch (name) {
      case "extra" -> operator.equals("!=") != active ? always : never;
      case "extras", "dependency_groups" -> operator.equals("not in") != active ? always : never;
      case "python_version", PYTHON -> {
        VersionRanges versions =
            versions(name, left != null ? operator : turned(operator), literal);
        yield versions == null || (left == null && literal.endsWith(".*"))
            ? fact(comparison)
            : python(versions);
      }
      default -> {
        boolean equal = operator.equals("==");
        List<Node> children = List.of(equal ? always : never, equal ? never : always);
        yield NAMES.contains(name) && (equal || operator.equals("!="))
            ? node(name, null, List.of(), List.of(literal), children)
            : fact(comparison);
      }
    };
  }

  private static @Nullable VersionRanges versions(
      String variable, @Nullable String operator, String literal) {
    if (operator == null) {
      return null;
    }
    return variable.equals(PYTHON)
        ? VersionRanges.of(operator, literal)
        : minorVersions(operator, literal);
  }

  private static @Nullable String turned(String operator) {
    return switch (operator) {
      case "==", "!=" -> operator;
      case "<" -> ">";
      case ">" -> "<";
      case "<=" -> ">=";
      case ">=" -> "<=";
      default -> null;
    };
  }

  /// `python_version` is only major and minor: `> "3.8"` begins with 3.9.
  private static @Nullable VersionRanges minorVersions(String operator, String text) {
    Version version = Version.parse(text.endsWith(".*") ? text.replaceAll("(\\.\\*)$", "") : text);
    if (version == null || version.isPreRelease() || version.post() != null) {
      return null;
    }
    if (text.endsWith(".*") || operator.equals("~=")) {
      return version.release().size() <= 2 ? VersionRanges.of(operator, text) : null;
    }
    List<String> numbers = new ArrayList<>(version.withoutTrailingZeros().release());
    boolean between = numbers.size() > 2;
    while (numbers.size() < 2) {
      numbers.add("0");
    }
    Version minor = VersionRanges.release(version, numbers.subList(0, 2));
    Cut start = Cut.before(minor);
    Cut end = Cut.before(VersionRanges.next(minor));
    return switch (operator) {
      case "==" -> between ? VersionRanges.NONE : VersionRanges.between(start, end);
      case "!=" -> between ? VersionRanges.ALL : VersionRanges.between(start, end).not();
      case ">=" -> VersionRanges.between(between ? end : start, Cut.HIGHEST);
      case ">" -> VersionRanges.between(end, Cut.HIGHEST);
      case "<=" -> VersionRanges.between(Cut.LOWEST, end);
      case "<" -> VersionRanges.between(Cut.LOWEST, between ? end : start);
      default -> null;
    };
  }

  /// A comparison that is only known to be true or not; its opposite is the same fact.
  private Node fact(Marker.Comparison comparison) {
    String operator = comparison.operator();
    String opposite = opposite(operator);
    boolean negated = operator.equals("not in") || operator.equals("!=");
    Marker.Comparison positive =
        negated && opposite != null
            ? new Marker.Comparison(comparison.left(), opposite, comparison.right())
            : comparison;
    List<Node> children =
        positive.equals(comparison) ? List.of(always, never) : List.of(never, always);
    return node(positive.toString(), positive, List.of(), List.of(HOLDS), children);
  }

  /// The operator that holds where another does not, or null.
  static @Nullable String opposite(String operator) {
    return switch (operator) {
      case "in" -> "not in";
      case "not in" -> "in";
      case "==" -> "!=";
      case "!=" -> "==";
      default -> null;
    };
  }

  Node and(Node left, Node right) {
    if (left.equals(right) || right.isAlways() || left.isNever()) {
      return left;
    }
    if (left.isAlways() || right.isNever()) {
      return right;
    }
    return combine(left, right, true);
  }

  Node or(Node left, Node right) {
    if (left.equals(right) || right.isNever() || left.isAlways()) {
      return left;
    }
    if (left.isNever() || right.isAlways()) {
      return right;
    }
    return combine(left, right, false);
  }

  Node not(Node node) {
    if (node.isConstant()) {
      return node.isAlways() ? never : always;
    }
    Node known = opposites.get(node);
    if (known != null) {
      return known;
    }
    List<Node> children = new ArrayList<>();
    for (Node child : node.children()) {
      children.add(not(child));
    }
    Node opposite = node(node.variable(), node.fact(), node.cuts(), node.keys(), children);
    opposites.put(node, opposite);
    return opposite;
  }

  /// Whether one condition holds wherever another does.
  boolean implies(Node left, Node right) {
    return and(left, not(right)).isNever();
  }

  private Node combine(Node left, Node right, boolean both) {
    int low = Math.min(left.id(), right.id());
    int high = Math.max(left.id(), right.id());
    long key = (long) high << 33 | (long) low << 1 | (both ? 1 : 0);
    Node known = joined.get(key);
    if (known != null) {
      return known;
    }
    int order = order(left, right);
    Node top = order <= 0 ? left : right;
    Node a = order <= 0 ? left : null;
    Node b = order >= 0 ? right : null;
    TreeSet<Cut> cuts = new TreeSet<>(top.cuts());
    TreeSet<String> keys = new TreeSet<>(top.keys());
    if (b != null) {
      cuts.addAll(b.cuts());
      keys.addAll(b.keys());
    }
    List<Node> children = new ArrayList<>();
    for (int i = 0; i <= cuts.size() + keys.size(); i++) {
      Node one = a == null ? left : child(a, List.copyOf(cuts), List.copyOf(keys), i);
      Node two = b == null ? right : child(b, List.copyOf(cuts), List.copyOf(keys), i);
      children.add(both ? and(one, two) : or(one, two));
    }
    Node result = node(top.variable(), top.fact(), List.copyOf(cuts), List.copyOf(keys), children);
    joined.put(key, result);
    return result;
  }

  /// The child of a node in a finer partition than its own.
  private static Node child(Node node, List<Cut> cuts, List<String> keys, int index) {
    if (!cuts.isEmpty()) {
      int at = 0;
      while (at < node.cuts().size()
          && index > 0
          && node.cuts().get(at).compareTo(cuts.get(index - 1)) <= 0) {
        at++;
      }
      return node.children().get(at);
    }
    int at = index < keys.size() ? node.keys().indexOf(keys.get(index)) : -1;
    return at < 0 ? node.children().getLast() : node.children().get(at);
  }

  private static int order(Node left, Node right) {
    boolean python = left.variable().equals(PYTHON);
    if (python != right.variable().equals(PYTHON)) {
      return python ? -1 : 1;
    }
    return left.variable().compareTo(right.variable());
  }

  /// The node, without parts that make no difference.
  ///
  /// @throws RequirementSyntaxException where there are more nodes than any lock needs
  private Node node(
      String variable,
      Marker.@Nullable Comparison fact,
      List<Cut> cuts,
      List<String> keys,
      List<Node> children) {
    List<Cut> realCuts = new ArrayList<>();
    List<String> realKeys = new ArrayList<>();
    List<Node> realChildren = new ArrayList<>();
    for (int i = 0; i < cuts.size(); i++) {
      if (!children.get(i).equals(children.get(i + 1))) {
        realCuts.add(cuts.get(i));
        realChildren.add(children.get(i));
      }
    }
    for (int i = 0; i < keys.size(); i++) {
      if (!children.get(i).equals(children.getLast())) {
        realKeys.add(keys.get(i));
        realChildren.add(children.get(i));
      }
    }
    realChildren.add(children.getLast());
    if (realChildren.size() == 1) {
      return realChildren.getFirst();
    }
    List<Object> key = new ArrayList<>();
    key.add(variable);
    key.addAll(realCuts);
    key.addAll(realKeys);
    realChildren.forEach(child -> key.add(child.id()));
    if (nodes.size() > MAX_NODES) {
      throw new RequirementSyntaxException(0, "the markers are too entangled to be joined");
    }
    return nodes.computeIfAbsent(
        List.copyOf(key),
        _ -> new Node(nodes.size() + 2, variable, fact, realCuts, realKeys, realChildren));
  }
}

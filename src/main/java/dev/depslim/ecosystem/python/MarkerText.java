package dev.depslim.ecosystem.python;

import dev.depslim.ecosystem.python.MarkerAlgebra.Node;
import dev.depslim.ecosystem.python.VersionRanges.Cut;
import dev.depslim.ecosystem.python.VersionRanges.Range;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Spells a condition as a marker, as short as it is easily found.
final class MarkerText {
  private static final int MAX_SPELLED = 20_000;

  private final MarkerAlgebra algebra;
  private final VersionRanges supported;

  /// How many nodes were spelled: what several ways lead to is spelled for each of them.
  private int spelled;

  /// @param supported versions of Python that matter: for others the marker may say anything
  MarkerText(MarkerAlgebra algebra, VersionRanges supported) {
    this.algebra = algebra;
    this.supported = supported;
  }

  /// The marker, or null for a condition that always holds; a condition that never does must not be
  /// asked for.
  @Nullable Marker of(Node condition) {
    if (condition.isNever()) {
      throw new IllegalArgumentException("a condition that never holds has no marker");
    }
    spelled = 0;
    return spell(withoutUnsupported(condition));
  }

  /// The same condition on all supported versions, with as few cuts as possible.
  Node withoutUnsupported(Node condition) {
    if (!condition.variable().equals(MarkerAlgebra.PYTHON)) {
      return condition;
    }
    Node result = algebra.never;
    List<Node> children = condition.children();
    Cut low = Cut.LOWEST;
    for (int i = 0; i < children.size(); i++) {
      Cut start = i == 0 ? Cut.LOWEST : condition.cuts().get(i - 1);
      Cut end = i == children.size() - 1 ? Cut.HIGHEST : condition.cuts().get(i);
      if (VersionRanges.between(start, end).and(supported).isEmpty()) {
        continue;
      }
      boolean last = true;
      for (int j = i + 1; j < children.size(); j++) {
        Cut from = condition.cuts().get(j - 1);
        Cut to = j == children.size() - 1 ? Cut.HIGHEST : condition.cuts().get(j);
        last &= VersionRanges.between(from, to).and(supported).isEmpty();
      }
      Cut high = last ? Cut.HIGHEST : end;
      Node within = algebra.python(VersionRanges.between(low, high));
      result = algebra.or(result, algebra.and(within, children.get(i)));
      low = high;
    }
    return result.isNever() ? condition : result;
  }

  private @Nullable Marker spell(Node node) {
    if (node.isAlways()) {
      return null;
    }
    if (++spelled > MAX_SPELLED) {
      throw new RequirementSyntaxException(0, "the markers are too entangled to be written");
    }
    Set<Node> different = new LinkedHashSet<>(node.children());
    different.remove(algebra.never);
    List<Marker> alternatives = new ArrayList<>();
    for (Node child : ordered(different)) {
      List<Marker> parts = new ArrayList<>();
      if (!child.isAlways() && impliedEverywhere(child, node)) {
        add(spell(child), parts);
      } else {
        parts.addAll(edge(node, child));
        add(spell(child), parts);
      }
      if (!parts.isEmpty()) {
        alternatives.add(join(parts, "and"));
      }
    }
    return join(alternatives, "or");
  }

  /// What always holds comes first: the others need not repeat that it does not.
  private List<Node> ordered(Set<Node> nodes) {
    List<Node> out = new ArrayList<>(nodes);
    out.sort((a, b) -> Boolean.compare(b.isAlways(), a.isAlways()));
    return out;
  }

  private boolean impliedEverywhere(Node child, Node node) {
    for (Node other : node.children()) {
      if (!algebra.implies(child, other)) {
        return false;
      }
    }
    return true;
  }

  /// The conditions, all to be met, under which a node leads to a child or to one that it implies.
  private List<Marker> edge(Node node, Node child) {
    List<Integer> taken = new ArrayList<>();
    for (int i = 0; i < node.children().size(); i++) {
      if (algebra.implies(child, node.children().get(i))) {
        taken.add(i);
      }
    }
    if (node.fact() != null) {
      return List.of(fact(node.fact(), taken.getFirst() == 0));
    }
    return node.cuts().isEmpty() ? names(node, taken) : versions(node, taken);
  }

  private static Marker fact(Marker.Comparison fact, boolean holds) {
    if (holds) {
      return fact;
    }
    String opposite = MarkerAlgebra.opposite(fact.operator());
    if (opposite == null) {
      throw new RequirementSyntaxException(0, "the opposite of '" + fact + "' cannot be written");
    }
    return new Marker.Comparison(fact.left(), opposite, fact.right());
  }

  private static List<Marker> names(Node node, List<Integer> taken) {
    boolean others = taken.contains(node.keys().size());
    List<Marker> parts = new ArrayList<>();
    for (int i = 0; i < node.keys().size(); i++) {
      if (taken.contains(i) != others) {
        parts.add(comparison(node.variable(), others ? "!=" : "==", node.keys().get(i)));
      }
    }
    return others ? parts : List.of(join(parts, "or"));
  }

  private static List<Marker> versions(Node node, List<Integer> taken) {
    VersionRanges set = VersionRanges.NONE;
    for (int i : taken) {
      Cut low = i == 0 ? Cut.LOWEST : node.cuts().get(i - 1);
      Cut high = i == node.cuts().size() ? Cut.HIGHEST : node.cuts().get(i);
      set = set.or(VersionRanges.between(low, high));
    }
    List<Range> ranges = set.ranges();
    List<Marker> exceptions = new ArrayList<>();
    for (int i = 1; i < ranges.size(); i++) {
      Cut low = ranges.get(i - 1).high();
      Cut high = ranges.get(i).low();
      Version point = new Range(low, high).point();
      if (point != null) {
        exceptions.add(comparison(MarkerAlgebra.PYTHON, "!=", point.toString()));
      }
    }
    if (exceptions.size() == ranges.size() - 1) {
      List<Marker> parts =
          new ArrayList<>(bounds(new Range(ranges.getFirst().low(), ranges.getLast().high())));
      parts.addAll(exceptions);
      return parts;
    }
    List<Marker> alternatives = new ArrayList<>();
    for (Range range : ranges) {
      alternatives.add(join(bounds(range), "and"));
    }
    return List.of(join(alternatives, "or"));
  }

  private static List<Marker> bounds(Range range) {
    Version point = range.point();
    if (point != null) {
      return List.of(comparison(MarkerAlgebra.PYTHON, "==", point.toString()));
    }
    List<Marker> parts = new ArrayList<>();
    add(bound(range.low(), range.low().after() ? ">" : ">="), parts);
    add(bound(range.high(), range.high().after() ? "<=" : "<"), parts);
    return parts;
  }

  private static @Nullable Marker bound(Cut cut, String operator) {
    Version version = cut.version();
    if (version == null) {
      return null;
    }
    boolean minor = version.release().size() <= 2 && !cut.after() && version.isFinal();
    String text =
        version.release().size() == 1 && version.isFinal() ? version + ".0" : "" + version;
    return comparison(minor ? "python_version" : MarkerAlgebra.PYTHON, operator, text);
  }

  private static Marker comparison(String variable, String operator, String literal) {
    return new Marker.Comparison(
        new Marker.Operand(variable, ""), operator, new Marker.Operand(null, literal));
  }

  private static void add(@Nullable Marker marker, List<Marker> out) {
    if (marker instanceof Marker.Joined joined && !joined.operators().contains("or")) {
      out.addAll(joined.parts());
    } else if (marker != null) {
      out.add(marker);
    }
  }

  private static Marker join(List<Marker> parts, String operator) {
    if (parts.size() == 1) {
      return parts.getFirst();
    }
    List<Marker> flat = new ArrayList<>();
    for (Marker part : parts) {
      if (part instanceof Marker.Joined joined
          && joined.operators().stream().allMatch(operator::equals)) {
        flat.addAll(joined.parts());
      } else {
        flat.add(part);
      }
    }
    return new Marker.Joined(flat, java.util.Collections.nCopies(flat.size() - 1, operator));
  }
}

package dev.depslim.ecosystem.python;

import dev.depslim.model.Ecosystem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Evaluates markers against a given environment; nothing of the own host counts.
final class MarkerEvaluator {
  private static final Set<String> VERSIONS =
      Set.of("implementation_version", "platform_release", "python_full_version", "python_version");

  private final Map<String, String> environment;

  /// With values in their normal form.
  private final Map<String, Set<String>> sets;

  MarkerEvaluator(Map<String, String> environment, Map<String, Set<String>> sets) {
    this.environment = environment;
    this.sets = new HashMap<>();
    sets.forEach((key, values) ->
        this.sets.put(
            key, values.stream().map(Ecosystem.PYPI::normalize).collect(Collectors.toSet())));
  }

  boolean holds(Marker marker) {
    return switch (marker) {
      case Marker.Comparison comparison -> compare(comparison);
      case Marker.Joined joined -> any(joined.parts(), joined.operators());
    };
  }

  /// `or` of `and`s; every part is evaluated, so that an undefined one is never hidden.
  private boolean any(List<Marker> parts, List<String> operators) {
    boolean result = false;
    boolean group = holds(parts.getFirst());
    for (int i = 1; i < parts.size(); i++) {
      boolean part = holds(parts.get(i));
      if (operators.get(i - 1).equals("or")) {
        result |= group;
        group = part;
      } else {
        group &= part;
      }
    }
    return result | group;
  }

  private boolean compare(Marker.Comparison comparison) {
    Marker.Operand left = comparison.left();
    Marker.Operand right = comparison.right();
    String key = left.name() != null ? left.name() : right.name();
    if (key == null) {
      return compareLiterals(comparison);
    }
    Set<String> set = sets.get(key);
    if (set != null) {
      if (left.name() != null) {
        throw undefined(comparison);
      }
      return member(comparison, left.literal(), set);
    }
    String leftValue = value(left, key);
    String rightValue = value(right, key);
    String operator = comparison.operator();
    if (VERSIONS.contains(key)) {
      VersionSpecifier specifier =
          operator.endsWith("in") ? null : VersionSpecifier.parse(operator + rightValue);
      if (specifier != null && specifier.clauses().size() == 1) {
        return specifier.contains(leftValue, true);
      }
    }
    return compareText(comparison, leftValue, rightValue);
  }

  /// Two literals: the reference implementation takes the right one for the name of a variable.
  private boolean compareLiterals(Marker.Comparison comparison) {
    String value = environment.get(comparison.right().literal());
    if (value == null) {
      throw new UndefinedMarkerException(true, "there is no variable in: " + comparison);
    }
    return compareText(comparison, comparison.left().literal(), value);
  }

  /// Text has no order: only equality counts.
  private static boolean compareText(
      Marker.Comparison comparison, String leftValue, String rightValue) {
    return switch (comparison.operator()) {
      case "in" -> rightValue.contains(leftValue);
      case "not in" -> !rightValue.contains(leftValue);
      case "==", "<=", ">=" -> leftValue.equals(rightValue);
      case "!=" -> !leftValue.equals(rightValue);
      case "<", ">" -> false;
      default -> throw undefined(comparison);
    };
  }

  private static boolean member(Marker.Comparison comparison, String name, Set<String> values) {
    boolean found = values.contains(Ecosystem.PYPI.normalize(name));
    return switch (comparison.operator()) {
      case "in" -> found;
      case "not in" -> !found;
      default -> throw undefined(comparison);
    };
  }

  private String value(Marker.Operand operand, String key) {
    if (operand.name() == null) {
      return key.equals("extra") ? Ecosystem.PYPI.normalize(operand.literal()) : operand.literal();
    }
    String value = environment.get(operand.name());
    if (value == null) {
      throw new UndefinedMarkerException(true, operand.name() + " has no value here");
    }
    if (operand.name().equals("python_full_version") && value.endsWith("+")) {
      return value + "local"; // a Python built from sources without a tag
    }
    return key.equals("extra") ? Ecosystem.PYPI.normalize(value) : value;
  }

  private static UndefinedMarkerException undefined(Marker.Comparison comparison) {
    return new UndefinedMarkerException(false, "this comparison has no meaning: " + comparison);
  }
}

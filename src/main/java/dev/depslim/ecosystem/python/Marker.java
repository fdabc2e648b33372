package dev.depslim.ecosystem.python;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A condition on the environment, after PEP 508: `python_version >= "3.9" and extra == "x"`.
public sealed interface Marker {
  /// The condition in one spelling: double quotes, single spaces, current names, no parentheses
  /// that do nothing.
  @Override
  String toString();

  /// Whether the condition holds.
  ///
  /// @param environment values of the variables; metadata is evaluated with an empty `extra`
  /// @param sets values of `extras` and `dependency_groups`, which only lock files have
  /// @throws UndefinedMarkerException where a variable has no value or a comparison no meaning
  default boolean holds(Map<String, String> environment, Map<String, Set<String>> sets) {
    return new MarkerEvaluator(environment, sets).holds(this);
  }

  /// The marker that a text spells.
  ///
  /// @throws RequirementSyntaxException where it is none
  static Marker parse(String text) {
    return new MarkerParser(text, 0).parseAll();
  }

  /// One side of a comparison.
  ///
  /// @param name current name of a variable, or null for a literal
  /// @param literal the text of a literal; empty for a variable
  record Operand(@Nullable String name, String literal) {
    @Override
    public String toString() {
      return name == null
          ? literal.indexOf('"') < 0 ? '"' + literal + '"' : '\'' + literal + '\''
          : name;
    }
  }

  /// A comparison.
  ///
  /// @param operator one of PEP 440, `in` or `not in`
  record Comparison(Operand left, String operator, Operand right) implements Marker {
    @Override
    public String toString() {
      return left + " " + operator + " " + right;
    }
  }

  /// Conditions joined by `and` and `or`, as written; `and` binds tighter.
  ///
  /// @param operators one less than `parts`
  record Joined(List<Marker> parts, List<String> operators) implements Marker {
    public Joined {
      parts = List.copyOf(parts);
      operators = List.copyOf(operators);
      if (parts.size() < 2 || operators.size() != parts.size() - 1) {
        throw new IllegalArgumentException("nothing is joined");
      }
    }

    @Override
    public String toString() {
      StringBuilder out = new StringBuilder();
      for (int i = 0; i < parts.size(); i++) {
        if (i > 0) {
          out.append(' ').append(operators.get(i - 1)).append(' ');
        }
        if (parts.get(i) instanceof Joined) {
          out.append('(').append(parts.get(i)).append(')');
        } else {
          out.append(parts.get(i));
        }
      }
      return out.toString();
    }
  }
}

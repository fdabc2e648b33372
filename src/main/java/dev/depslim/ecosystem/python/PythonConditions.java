package dev.depslim.ecosystem.python;

import dev.depslim.ecosystem.python.PythonTokens.Token;
import dev.depslim.ecosystem.python.PythonValue.FileText;
import dev.depslim.ecosystem.python.PythonValue.Items;
import dev.depslim.ecosystem.python.PythonValue.Pair;
import dev.depslim.ecosystem.python.PythonValue.Pairs;
import dev.depslim.ecosystem.python.PythonValue.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whether a condition of known values holds: `x`, `not x`, `==`, `!=`, `in` and `not in`.
final class PythonConditions {
  private PythonConditions() {}

  /// @return null where it is not known. What is asked of the lines of a file always holds: it
  ///   passes over comments and empty lines, as the reader of the file does.
  static @Nullable Boolean holds(List<Token> tokens, int from, int to, PythonScope scope) {
    if (from < to && tokens.get(from).isName("not")) {
      Boolean other = holds(tokens, from + 1, to, scope);
      return other == null ? null : isOfFile(tokens, from + 1, to, scope) || !other;
    }
    PythonExpression expression = new PythonExpression(tokens, from, to, scope);
    PythonValue left = expression.operand();
    if (left instanceof FileText) {
      return true;
    }
    int at = expression.position();
    if (at >= to) {
      return truth(left);
    }
    boolean not = tokens.get(at).isName("not") || tokens.get(at).is("!=");
    boolean in = tokens.get(at).isName("in") || tokens.get(at).isName("not");
    if (!in && !not && !tokens.get(at).is("==")) {
      return null;
    }
    PythonExpression rest =
        new PythonExpression(tokens, at + (tokens.get(at).isName("not") ? 2 : 1), to, scope);
    PythonValue right = rest.operand();
    if (rest.position() < to || !(left instanceof Text text) || isUnknown(text)) {
      return null;
    }
    Boolean found = in ? contains(right, text.text()) : equal(right, text.text());
    return found == null ? null : found != not;
  }

  private static boolean isOfFile(List<Token> tokens, int from, int to, PythonScope scope) {
    return new PythonExpression(tokens, from, to, scope).operand() instanceof FileText;
  }

  private static boolean isUnknown(Text text) {
    return text.text().contains(PythonValue.UNKNOWN);
  }

  private static @Nullable Boolean truth(PythonValue value) {
    return switch (value) {
      case Text text -> isUnknown(text) ? null : (Boolean) !text.text().isEmpty();
      case Items items -> !items.items().isEmpty();
      case Pairs pairs -> !pairs.pairs().isEmpty();
      case FileText _ -> true;
      case PythonValue.Other _, PythonValue.Computed _ -> null;
    };
  }

  private static @Nullable Boolean equal(PythonValue value, String text) {
    return value instanceof Text other && !isUnknown(other)
        ? (Boolean) other.text().equals(text)
        : null;
  }

  private static @Nullable Boolean contains(PythonValue value, String text) {
    List<PythonValue> items =
        switch (value) {
          case Items list -> list.items();
          case Pairs pairs -> pairs.pairs().stream().map(Pair::key).toList();
          case Text other -> List.of();
          case FileText _, PythonValue.Other _, PythonValue.Computed _ -> null;
        };
    if (value instanceof Text other) {
      return isUnknown(other) ? null : (Boolean) other.text().contains(text);
    }
    if (items == null) {
      return null;
    }
    boolean all = true;
    for (PythonValue item : items) {
      Boolean same = equal(item, text);
      if (Boolean.TRUE.equals(same)) {
        return true;
      }
      all &= same != null;
    }
    return all ? false : null;
  }
}

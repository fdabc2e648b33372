package dev.depslim.ecosystem.python;

import dev.depslim.model.Ecosystem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the marker grammar of PEP 508, with the variables of PEP 751.
final class MarkerParser {
  private static final int MAX_DEPTH = 200;

  /// Every spelling of a variable → its current name.
  private static final Map<String, String> VARIABLES =
      Map.ofEntries(
          Map.entry("python_version", "python_version"),
          Map.entry("python_full_version", "python_full_version"),
          Map.entry("os_name", "os_name"),
          Map.entry("os.name", "os_name"),
          Map.entry("sys_platform", "sys_platform"),
          Map.entry("sys.platform", "sys_platform"),
          Map.entry("platform_release", "platform_release"),
          Map.entry("platform_system", "platform_system"),
          Map.entry("platform_version", "platform_version"),
          Map.entry("platform.version", "platform_version"),
          Map.entry("platform_machine", "platform_machine"),
          Map.entry("platform.machine", "platform_machine"),
          Map.entry("platform_python_implementation", "platform_python_implementation"),
          Map.entry("platform.python_implementation", "platform_python_implementation"),
          Map.entry("python_implementation", "platform_python_implementation"),
          Map.entry("implementation_name", "implementation_name"),
          Map.entry("implementation_version", "implementation_version"),
          Map.entry("extra", "extra"),
          Map.entry("extras", "extras"),
          Map.entry("dependency_groups", "dependency_groups"));

  private final String text;
  private int at;
  private int depth;

  MarkerParser(String text, int start) {
    this.text = text;
    this.at = start;
  }

  /// The marker from the start to the end of the text.
  Marker parseAll() {
    Marker marker = joined();
    if (at < text.length()) {
      throw error("expected 'and', 'or' or the end of the marker");
    }
    return marker;
  }

  private Marker joined() {
    if (++depth > MAX_DEPTH) {
      throw error("more than " + MAX_DEPTH + " parentheses within each other");
    }
    Marker first = atom();
    List<Marker> parts = new ArrayList<>();
    List<String> operators = new ArrayList<>();
    parts.add(first);
    for (String operator = word("and", "or"); operator != null; operator = word("and", "or")) {
      operators.add(operator);
      parts.add(atom());
    }
    depth--;
    return operators.isEmpty() ? first : new Marker.Joined(parts, operators);
  }

  private Marker atom() {
    skipSpace();
    if (at < text.length() && text.charAt(at) == '(') {
      at++;
      Marker inner = joined();
      skipSpace();
      if (at >= text.length() || text.charAt(at) != ')') {
        throw error("expected ')'");
      }
      at++;
      skipSpace();
      return inner;
    }
    Marker.Operand left = operand();
    String operator = operator();
    Marker.Operand right = operand();
    skipSpace();
    return normalizeNames(new Marker.Comparison(left, operator, right));
  }

  /// Names of extras and groups are compared in their normal form (PEP 685).
  private static Marker.Comparison normalizeNames(Marker.Comparison comparison) {
    Marker.Operand left = comparison.left();
    Marker.Operand right = comparison.right();
    if (isNameVariable(left.name()) && right.name() == null) {
      return new Marker.Comparison(left, comparison.operator(), normalized(right));
    }
    if (isNameVariable(right.name()) && left.name() == null) {
      return new Marker.Comparison(normalized(left), comparison.operator(), right);
    }
    return comparison;
  }

  private static boolean isNameVariable(@Nullable String name) {
    return "extra".equals(name) || "extras".equals(name) || "dependency_groups".equals(name);
  }

  private static Marker.Operand normalized(Marker.Operand literal) {
    return new Marker.Operand(null, Ecosystem.PYPI.normalize(literal.literal()));
  }

  private Marker.Operand operand() {
    skipSpace();
    if (at >= text.length()) {
      throw error("expected a marker variable or a quoted string");
    }
    char c = text.charAt(at);
    if (c == '"' || c == '\'') {
      int close = text.indexOf(c, at + 1);
      if (close < 0) {
        throw error("the quote is not closed");
      }
      String literal = PythonString.unescape(text.substring(at + 1, close));
      if (literal == null) {
        throw error("the quoted string has a broken '\\' escape: write '\\\\'");
      }
      at = close + 1;
      return new Marker.Operand(null, literal);
    }
    int end = at;
    while (end < text.length() && isWord(text.charAt(end))) {
      end++;
    }
    String name = VARIABLES.get(text.substring(at, end));
    if (name == null) {
      throw error(
          end == at
              ? "expected a marker variable or a quoted string"
              : "unknown marker variable '" + text.substring(at, end) + "'");
    }
    at = end;
    return new Marker.Operand(name, "");
  }

  private String operator() {
    skipSpace();
    String symbol = SpecifierScanner.operatorAt(text, at);
    if (symbol != null) {
      at += symbol.length();
      return symbol;
    }
    if (word("in") != null) {
      return "in";
    }
    if (word("not") != null) {
      int before = at;
      skipSpace();
      if (at > before && word("in") != null) {
        return "not in";
      }
      throw error("expected 'in' after 'not'");
    }
    throw error("expected a comparison, such as == or in");
  }

  private @Nullable String word(String... words) {
    skipSpace();
    for (String word : words) {
      int end = at + word.length();
      if (text.startsWith(word, at)
          && (end == text.length() || !isIdentifier(text.charAt(end)))
          && (at == 0 || !isIdentifier(text.charAt(at - 1)))) {
        at = end;
        return word;
      }
    }
    return null;
  }

  private void skipSpace() {
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
  }

  private static boolean isWord(char c) {
    return isIdentifier(c) || c == '.';
  }

  private static boolean isIdentifier(char c) {
    return Text.isLetterOrDigit(c) || c == '_';
  }

  private RequirementSyntaxException error(String message) {
    return new RequirementSyntaxException(at, message);
  }
}

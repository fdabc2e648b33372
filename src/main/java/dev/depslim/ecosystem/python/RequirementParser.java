package dev.depslim.ecosystem.python;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the requirement grammar of PEP 508.
final class RequirementParser {
  private final String text;
  private int at;

  RequirementParser(String text) {
    this.text = text;
  }

  Requirement parse() {
    skipSpace();
    String name = identifier("a package name at the start");
    skipSpace();
    List<String> extras = extras();
    skipSpace();
    VersionSpecifier specifier = VersionSpecifier.ANY;
    String url = null;
    if (at < text.length() && text.charAt(at) == '@') {
      at++;
      url = url();
    } else {
      specifier = specifier();
      skipSpace();
    }
    if (at == text.length()) {
      return new Requirement(name, extras, specifier, url, null, null);
    }
    if (text.charAt(at) != ';') {
      throw new RequirementSyntaxException(at, unexpected(url != null));
    }
    at++;
    String markerText = Text.strip(text.substring(at));
    Marker marker = new MarkerParser(text, at).parseAll();
    return new Requirement(name, extras, specifier, url, marker, markerText);
  }

  private String unexpected(boolean afterUrl) {
    if (afterUrl) {
      return "expected ';' and a marker, or nothing, after the URL";
    }
    char c = text.charAt(at);
    if (c == '=' && !text.startsWith("==", at)) {
      return "'=' is no version operator: write '=='";
    }
    if (text.startsWith(".*", at)) {
      return "'.*' goes only with '==' and '!='";
    }
    if (c == '+') {
      return "a local version label goes only with '==' and '!='";
    }
    if (c == '~' || c == '<' || c == '>' || c == '!' || c == '=') {
      return "expected a version after the operator";
    }
    return "expected a version operator such as '==', '@' and a URL, ';' and a marker, or the end";
  }

  private String url() {
    skipSpace();
    int from = at;
    while (at < text.length() && text.charAt(at) != ' ' && text.charAt(at) != '\t') {
      at++;
    }
    if (at == from) {
      throw new RequirementSyntaxException(at, "expected a URL after '@'");
    }
    String url = text.substring(from, at);
    skipSpace();
    return url;
  }

  private List<String> extras() {
    if (at >= text.length() || text.charAt(at) != '[') {
      return List.of();
    }
    at++;
    List<String> extras = new ArrayList<>();
    skipSpace();
    while (at < text.length() && text.charAt(at) != ']') {
      if (!extras.isEmpty()) {
        if (text.charAt(at) != ',') {
          throw new RequirementSyntaxException(at, "expected ',' or ']' after an extra");
        }
        at++;
        skipSpace();
      }
      extras.add(identifier("the name of an extra"));
      skipSpace();
    }
    if (at == text.length()) {
      throw new RequirementSyntaxException(at, "the '[' of the extras is not closed");
    }
    at++;
    return extras;
  }

  private VersionSpecifier specifier() {
    boolean parenthesis = at < text.length() && text.charAt(at) == '(';
    if (parenthesis) {
      at++;
      skipSpace();
    }
    List<VersionSpecifier.Clause> clauses = new ArrayList<>();
    for (VersionSpecifier.Clause clause = clause(); clause != null; clause = clause()) {
      add(clause, clauses);
      skipSpace();
      if (at >= text.length() || text.charAt(at) != ',') {
        break;
      }
      at++;
      skipSpace();
    }
    if (parenthesis) {
      skipSpace();
      if (at >= text.length() || text.charAt(at) != ')') {
        throw new RequirementSyntaxException(at, "expected ')' after the versions");
      }
      at++;
    }
    return clauses.isEmpty() ? VersionSpecifier.ANY : new VersionSpecifier(clauses);
  }

  /// A comma ends a clause, also after `===`, which takes any text.
  private void add(VersionSpecifier.Clause clause, List<VersionSpecifier.Clause> clauses) {
    if (clause.version().indexOf(',') < 0) {
      clauses.add(clause);
      return;
    }
    VersionSpecifier parts = VersionSpecifier.parse(clause.toString());
    if (parts == null) {
      throw new RequirementSyntaxException(
          at, "'" + clause + "' is no version clause: write an operator behind the comma");
    }
    clauses.addAll(parts.clauses());
  }

  private VersionSpecifier.@Nullable Clause clause() {
    SpecifierScanner scanner = new SpecifierScanner(text, at);
    VersionSpecifier.Clause clause = scanner.scan();
    at = scanner.position();
    return clause;
  }

  /// `[A-Za-z0-9][A-Za-z0-9._-]*`, not ending in `-` or `.`.
  private String identifier(String expected) {
    int end = at;
    if (end < text.length() && Text.isLetterOrDigit(text.charAt(end))) {
      while (end < text.length() && isNamePart(text.charAt(end))) {
        end++;
      }
      while (text.charAt(end - 1) == '-' || text.charAt(end - 1) == '.') {
        end--;
      }
    }
    if (end == at) {
      throw new RequirementSyntaxException(at, "expected " + expected);
    }
    String name = text.substring(at, end);
    at = end;
    return name;
  }

  private static boolean isNamePart(char c) {
    return Text.isLetterOrDigit(c) || c == '-' || c == '_' || c == '.';
  }

  private void skipSpace() {
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
  }
}

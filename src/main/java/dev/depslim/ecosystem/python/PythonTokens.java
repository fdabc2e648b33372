package dev.depslim.ecosystem.python;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Splits Python source into tokens ("Lexical analysis" of its reference), as far as static reading
/// of literals needs it.
final class PythonTokens {
  /// What a token is.
  enum Kind {
    NAME,
    NUMBER,
    /// A literal whose value is its text.
    STRING,
    /// A literal with `{}` parts; its text is what stands between the quotes.
    FORMATTED,
    /// Bytes, or a literal that is broken: it has no text.
    OTHER_STRING,
    OPERATOR,
    /// The end of a statement: of a logical line, or `;`.
    END
  }

  /// A token with its place, counted from 1.
  ///
  /// @param column of text in quotes: of the quote
  /// @param indent of the statement it belongs to, in characters
  record Token(Kind kind, String text, int line, int column, int indent) {
    boolean is(String operator) {
      return kind == Kind.OPERATOR && text.equals(operator);
    }

    boolean isName(String name) {
      return kind == Kind.NAME && text.equals(name);
    }

    /// Whether it is an opening bracket.
    boolean opens() {
      return is("(") || is("[") || is("{");
    }

    /// Whether it is a closing bracket.
    boolean closes() {
      return is(")") || is("]") || is("}");
    }
  }

  /// A place that cannot be read.
  record Problem(int line, int column, String message) {}

  private static final String[] OPERATORS = {"**", "+=", "==", "!=", "<=", ">=", "//", "->", ":="};

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();
  private int at;
  private int line = 1;
  private int lineStart;
  private int brackets;

  /// Where the outermost bracket that is open stands.
  private int openLine;

  private int openColumn;
  private int indent = -1;

  private PythonTokens(String text) {
    this.text = text;
  }

  /// The tokens of a source, and what could not be read.
  record Result(List<Token> tokens, List<Problem> problems) {}

  static Result of(String source) {
    PythonTokens reading = new PythonTokens(source);
    reading.run();
    return new Result(reading.tokens, reading.problems);
  }

  private void run() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\n' || c == '\r') {
        lineEnd();
      } else if (c == ' ' || c == '\t' || c == '\f' || c == '\u000b') {
        at++;
      } else if (c == '#') {
        while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
          at++;
        }
      } else if (c == '\\' && at + 1 < text.length() && isLineEnd(text.charAt(at + 1))) {
        at++;
        newLine();
      } else {
        token(c);
      }
    }
    if (brackets > 0) {
      problems.add(new Problem(openLine, openColumn, "this bracket is not closed: close it"));
    }
    end();
  }

  private static boolean isLineEnd(char c) {
    return c == '\n' || c == '\r';
  }

  private void lineEnd() {
    if (brackets == 0) {
      end();
    }
    newLine();
  }

  private void newLine() {
    boolean pair = text.charAt(at) == '\r' && at + 1 < text.length() && text.charAt(at + 1) == '\n';
    at += pair ? 2 : 1;
    line++;
    lineStart = at;
  }

  private void end() {
    if (indent >= 0) {
      add(Kind.END, "", at);
      indent = -1;
    }
  }

  private void add(Kind kind, String value, int from) {
    tokens.add(new Token(kind, value, line, from - lineStart + 1, indent));
  }

  private void token(char c) {
    if (indent < 0) {
      indent = at - lineStart;
    }
    int from = at;
    if (c == '"' || c == '\'') {
      string("");
    } else if (Character.isUnicodeIdentifierStart(c) || c == '_') {
      while (at < text.length() && isIdentifier(text.charAt(at))) {
        at++;
      }
      String word = text.substring(from, at);
      boolean quoted =
          at < text.length()
              && (text.charAt(at) == '"' || text.charAt(at) == '\'')
              && isPrefix(word);
      if (quoted) {
        string(word.toLowerCase(Locale.ROOT));
      } else {
        add(Kind.NAME, word, from);
      }
    } else if (Text.isDigit(c)) {
      while (at < text.length() && (isIdentifier(text.charAt(at)) || text.charAt(at) == '.')) {
        at++;
      }
      add(Kind.NUMBER, text.substring(from, at), from);
    } else {
      operator(c);
    }
  }

  private static boolean isIdentifier(char c) {
    return Character.isUnicodeIdentifierPart(c) && !Character.isIdentifierIgnorable(c);
  }

  private static boolean isPrefix(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "r", "u", "b", "f", "t", "br", "rb", "fr", "rf", "tr", "rt" -> true;
      default -> false;
    };
  }

  private void operator(char c) {
    int from = at;
    String operator = String.valueOf(c);
    for (String two : OPERATORS) {
      if (text.startsWith(two, at)) {
        operator = two;
      }
    }
    at += operator.length();
    switch (c) {
      case '(', '[', '{' -> {
        if (brackets++ == 0) {
          openLine = line;
          openColumn = from - lineStart + 1;
        }
      }
      case ')', ']', '}' -> brackets = Math.max(0, brackets - 1);
      default -> {}
    }
    if (c == ';' && brackets == 0) {
      int statement = indent;
      end();
      indent = statement;
      return;
    }
    add(Kind.OPERATOR, operator, from);
  }

  /// A literal; `at` stands on its first quote.
  private void string(String prefix) {
    int startLine = line;
    int startColumn = at - lineStart + 1;
    char quote = text.charAt(at);
    boolean triple = text.startsWith(String.valueOf(quote).repeat(3), at);
    at += triple ? 3 : 1;
    int start = at;
    @Nullable String body = null;
    while (at < text.length() && body == null) {
      char c = text.charAt(at);
      if (c == '\\' && at + 1 < text.length()) {
        at++;
        if (isLineEnd(text.charAt(at))) {
          newLine();
        } else {
          at++;
        }
      } else if (c == quote && (!triple || text.startsWith(String.valueOf(quote).repeat(3), at))) {
        body = text.substring(start, at);
        at += triple ? 3 : 1;
      } else if (isLineEnd(c)) {
        if (!triple) {
          break;
        }
        newLine();
      } else {
        at++;
      }
    }
    Kind kind = Kind.OTHER_STRING;
    String value = "";
    if (body == null) {
      problems.add(
          new Problem(startLine, startColumn, "the text in quotes is not closed: close it"));
    } else if (prefix.indexOf('b') < 0) {
      String unescaped = prefix.indexOf('r') >= 0 ? body : unescape(body);
      if (unescaped != null) {
        boolean formatted = prefix.indexOf('f') >= 0 && unescaped.indexOf('{') >= 0;
        kind = formatted ? Kind.FORMATTED : prefix.indexOf('t') >= 0 ? kind : Kind.STRING;
        value = unescaped;
      }
    }
    tokens.add(new Token(kind, value, startLine, startColumn, indent));
  }

  /// A `\` before a line end joins the lines.
  private static @Nullable String unescape(String body) {
    String joined =
        body.indexOf('\\') < 0
            ? body
            : body.replace("\\\r\n", "").replace("\\\n", "").replace("\\\r", "");
    return PythonString.unescape(joined);
  }
}

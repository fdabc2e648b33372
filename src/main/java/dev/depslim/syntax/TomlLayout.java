package dev.depslim.syntax;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where the parts of a TOML text stand, for edits that keep everything else as it is. The text
/// must be TOML: it is not checked here a second time.
public final class TomlLayout {
  private final String text;
  private int at;

  private TomlLayout(String text) {
    this.text = text;
  }

  /// A line of a document.
  public sealed interface Statement {
    /// Where it begins: its first character.
    int start();

    /// Where it ends: behind its line end.
    int end();
  }

  /// `[a.b]` or `[[a.b]]`.
  public record Header(List<String> path, boolean array, int start, int end) implements Statement {
    public Header {
      path = List.copyOf(path);
    }
  }

  /// `a.b = value`.
  ///
  /// @param path with that of the table it stands in
  /// @param name of the key itself as written
  public record Pair(List<String> path, String name, Value value, int start, int end)
      implements Statement {
    public Pair {
      path = List.copyOf(path);
    }
  }

  /// A value and where it stands, from its first character to behind its last.
  public sealed interface Value {
    int start();

    int end();
  }

  /// A string, number, boolean or time.
  ///
  /// @param string the value of a string, null for the others
  public record Scalar(@Nullable String string, int start, int end) implements Value {}

  /// A list.
  public record Array(List<Value> items, int start, int end) implements Value {
    public Array {
      items = List.copyOf(items);
    }
  }

  /// `{a = 1}`; the ends of its pairs are those of their values.
  public record Inline(List<Pair> pairs, int start, int end) implements Value {
    public Inline {
      pairs = List.copyOf(pairs);
    }

    /// The value of a key, or null.
    public @Nullable Value get(String key) {
      for (Pair pair : pairs) {
        if (pair.path().equals(List.of(key))) {
          return pair.value();
        }
      }
      return null;
    }
  }

  /// The lines of a document that are neither empty nor comments, in order.
  ///
  /// @throws SyntaxException where the text is not TOML
  public static List<Statement> statements(String text) {
    TomlLayout reader = new TomlLayout(text);
    try {
      return reader.read();
    } catch (StringIndexOutOfBoundsException e) {
      throw new SyntaxException(0, 0, "the text ends too early");
    }
  }

  private List<Statement> read() {
    List<Statement> out = new ArrayList<>();
    List<String> table = List.of();
    if (text.startsWith("\uFEFF")) {
      at = 1;
    }
    for (skipBlank(); at < text.length(); skipBlank()) {
      int start = at;
      if (text.charAt(at) == '[') {
        boolean array = text.startsWith("[[", at);
        at += array ? 2 : 1;
        table = key();
        at += array ? 2 : 1;
        skipLine();
        out.add(new Header(table, array, start, at));
      } else {
        Pair pair = pair(table);
        skipLine();
        out.add(new Pair(pair.path(), pair.name(), pair.value(), start, at));
      }
    }
    return out;
  }

  private Pair pair(List<String> table) {
    int start = at;
    List<String> path = new ArrayList<>(table);
    List<String> key = key();
    path.addAll(key);
    expect('=');
    skipSpace();
    Value value = value();
    return new Pair(path, String.join(".", key), value, start, at);
  }

  /// Dotted, with the white space around it.
  private List<String> key() {
    List<String> parts = new ArrayList<>();
    while (true) {
      skipSpace();
      char c = text.charAt(at);
      if (c == '"' || c == '\'') {
        parts.add(string());
      } else {
        int start = at;
        while (isBare(text.charAt(at))) {
          at++;
        }
        parts.add(text.substring(start, at));
      }
      skipSpace();
      if (text.charAt(at) != '.') {
        return parts;
      }
      at++;
    }
  }

  private static boolean isBare(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '-';
  }

  private void expect(char c) {
    if (text.charAt(at) != c) {
      int line = 1 + (int) text.substring(0, at).chars().filter(x -> x == '\n').count();
      throw new SyntaxException(line, 0, "expected '" + c + "'");
    }
    at++;
  }

  private Value value() {
    int start = at;
    return switch (text.charAt(at)) {
      case '"', '\'' -> {
        String string = string();
        yield new Scalar(string, start, at);
      }
      case '[' -> array();
      case '{' -> inline();
      default -> {
        while (at < text.length() && ",]}#\r\n".indexOf(text.charAt(at)) < 0) {
          at++;
        }
        int end = at;
        while (end > start && (text.charAt(end - 1) == ' ' || text.charAt(end - 1) == '\t')) {
          end--;
        }
        at = end;
        yield new Scalar(null, start, end);
      }
    };
  }

  private Value array() {
    int start = at++;
    List<Value> items = new ArrayList<>();
    for (skipBlank(); text.charAt(at) != ']'; skipBlank()) {
      int before = at;
      items.add(value());
      if (at == before) {
        expect(']');
      }
      skipBlank();
      if (text.charAt(at) == ',') {
        at++;
      }
    }
    at++;
    return new Array(items, start, at);
  }

  private Value inline() {
    int start = at++;
    List<Pair> pairs = new ArrayList<>();
    for (skipBlank(); text.charAt(at) != '}'; skipBlank()) {
      pairs.add(pair(List.of()));
      skipBlank();
      if (text.charAt(at) == ',') {
        at++;
      }
    }
    at++;
    return new Inline(pairs, start, at);
  }

  private String string() {
    char quote = text.charAt(at);
    String triple = String.valueOf(quote).repeat(3);
    boolean many = text.startsWith(triple, at);
    at += many ? 3 : 1;
    if (many) {
      at += text.startsWith("\r\n", at) ? 2 : text.charAt(at) == '\n' ? 1 : 0;
    }
    StringBuilder out = new StringBuilder();
    while (many ? !text.startsWith(triple, at) : text.charAt(at) != quote) {
      char c = text.charAt(at++);
      if (c == '\\' && quote == '"') {
        escape(out);
      } else {
        out.append(c);
      }
    }
    at += many ? 3 : 1;
    while (many && at < text.length() && text.charAt(at) == quote) {
      out.append(quote);
      at++;
    }
    return out.toString();
  }

  private void escape(StringBuilder out) {
    char c = text.charAt(at++);
    switch (c) {
      case 'b' -> out.append('\b');
      case 't' -> out.append('\t');
      case 'n' -> out.append('\n');
      case 'f' -> out.append('\f');
      case 'r' -> out.append('\r');
      case 'u', 'U' -> {
        int length = c == 'u' ? 4 : 8;
        out.appendCodePoint(Integer.parseInt(text.substring(at, at + length), 16));
        at += length;
      }
      case ' ', '\t', '\r', '\n' -> {
        while (" \t\r\n".indexOf(text.charAt(at)) >= 0) {
          at++;
        }
      }
      default -> out.append(c);
    }
  }

  private void skipSpace() {
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
  }

  /// White space, line ends and comments.
  private void skipBlank() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '#') {
        skipLine();
      } else if (" \t\r\n".indexOf(c) >= 0) {
        at++;
      } else {
        return;
      }
    }
  }

  /// To behind the next line end.
  private void skipLine() {
    int end = text.indexOf('\n', at);
    at = end < 0 ? text.length() : end + 1;
  }
}

package dev.depslim.syntax;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A YAML text as the list of its parts. Texts of scalars are made only when they are asked for, as
/// most of a lock file is passed over.
final class YamlTokens {
  /// What a part is.
  enum Kind {
    DOCUMENT,
    MAPPING,
    MAPPING_END,
    SEQUENCE,
    SEQUENCE_END,
    SCALAR
  }

  /// How a scalar is written in the bytes.
  enum Style {
    PLAIN,
    SINGLE_QUOTED,
    DOUBLE_QUOTED,
    /// After `|` or `>`, its header included.
    BLOCK,
    /// Not a part of the bytes: its text is kept.
    KEPT
  }

  private final byte[] bytes;
  private Kind[] kinds = new Kind[1024];
  private Style[] styles = new Style[1024];
  private int[] lines = new int[1024];
  private int[] columns = new int[1024];
  private int[] starts = new int[1024];
  private int[] ends = new int[1024];
  private @Nullable String[] texts = {};
  private int size;

  YamlTokens(byte[] bytes) {
    this.bytes = bytes;
  }

  int size() {
    return size;
  }

  Kind kind(int index) {
    return kinds[index];
  }

  /// Counted from 1.
  int line(int index) {
    return lines[index];
  }

  /// Counted from 1, in bytes where the text is not ASCII.
  int column(int index) {
    return columns[index];
  }

  void mark(Kind kind, int line, int column) {
    add(kind, Style.KEPT, line, column, 0, 0);
  }

  /// A scalar that stands in the bytes, without its quotes.
  void scalar(Style style, int line, int column, int start, int end) {
    add(Kind.SCALAR, style, line, column, start, end);
  }

  void kept(String text, int line, int column) {
    if (texts.length <= size) {
      texts = Arrays.copyOf(texts, Math.max(1024, 2 * size));
    }
    texts[size] = text;
    add(Kind.SCALAR, Style.KEPT, line, column, 0, 0);
  }

  private void add(Kind kind, Style style, int line, int column, int start, int end) {
    if (size == kinds.length) {
      kinds = Arrays.copyOf(kinds, 2 * size);
      styles = Arrays.copyOf(styles, 2 * size);
      lines = Arrays.copyOf(lines, 2 * size);
      columns = Arrays.copyOf(columns, 2 * size);
      starts = Arrays.copyOf(starts, 2 * size);
      ends = Arrays.copyOf(ends, 2 * size);
    }
    kinds[size] = kind;
    styles[size] = style;
    lines[size] = line;
    columns[size] = column;
    starts[size] = start;
    ends[size++] = end;
  }

  /// The text of a scalar.
  String text(int index) {
    int start = starts[index];
    int end = ends[index];
    return switch (styles[index]) {
      case PLAIN -> string(start, end);
      case SINGLE_QUOTED -> string(start, end).replace("''", "'");
      case DOUBLE_QUOTED -> unescape(string(start, end));
      case BLOCK -> block(string(start, end));
      case KEPT -> {
        String text = index < texts.length ? texts[index] : null;
        yield text == null ? "" : text;
      }
    };
  }

  private String string(int start, int end) {
    return new String(bytes, start, end - start, StandardCharsets.UTF_8);
  }

  /// What [BlockYaml] lets pass between double quotes.
  private static String unescape(String text) {
    if (text.indexOf('\\') < 0) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\\') {
        out.append(c);
        continue;
      }
      char escaped = text.charAt(++i);
      switch (escaped) {
        case 'n' -> out.append('\n');
        case 't' -> out.append('\t');
        default -> out.append(escaped);
      }
    }
    return out.toString();
  }

  private static String block(String text) {
    Tree tree = Yaml.parse(("text: " + text).getBytes(StandardCharsets.UTF_8));
    return tree instanceof Tree.Mapping mapping && mapping.get("text") instanceof Tree.Scalar scalar
        ? scalar.text()
        : "";
  }
}

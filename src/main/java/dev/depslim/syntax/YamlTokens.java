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

  private static final Kind[] KINDS = Kind.values();
  private static final Style[] STYLES = Style.values();

  /// Parts of one block, as a power of two: what is kept never moves, so that a large text leaves
  /// no outgrown lists behind.
  private static final int BLOCK_BITS = 12;

  private static final int FIELDS = 4;
  private static final int LINE = 0;
  private static final int COLUMN = 1;
  private static final int START = 2;
  private static final int END = 3;

  private final byte[] bytes;

  /// Of each part its kind, and above that its style.
  private byte[][] what = new byte[8][];

  private int[][] fields = new int[8][];
  private @Nullable String[] texts = {};
  private int size;

  YamlTokens(byte[] bytes) {
    this.bytes = bytes;
  }

  int size() {
    return size;
  }

  Kind kind(int index) {
    return KINDS[what(index) % KINDS.length];
  }

  private Style style(int index) {
    return STYLES[what(index) / KINDS.length];
  }

  private byte what(int index) {
    return what[index >> BLOCK_BITS][inBlock(index)];
  }

  private int field(int index, int which) {
    return fields[index >> BLOCK_BITS][FIELDS * inBlock(index) + which];
  }

  private static int inBlock(int index) {
    return index & (1 << BLOCK_BITS) - 1;
  }

  /// Counted from 1.
  int line(int index) {
    return field(index, LINE);
  }

  /// Counted from 1, in bytes where the text is not ASCII.
  int column(int index) {
    return field(index, COLUMN);
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
    int block = size >> BLOCK_BITS;
    if (inBlock(size) == 0) {
      if (block == what.length) {
        what = Arrays.copyOf(what, 2 * block);
        fields = Arrays.copyOf(fields, 2 * block);
      }
      what[block] = new byte[1 << BLOCK_BITS];
      fields[block] = new int[FIELDS << BLOCK_BITS];
    }
    what[block][inBlock(size)] = (byte) (kind.ordinal() + KINDS.length * style.ordinal());
    int[] into = fields[block];
    int at = FIELDS * inBlock(size++);
    into[at + LINE] = line;
    into[at + COLUMN] = column;
    into[at + START] = start;
    into[at + END] = end;
  }

  /// The text of a scalar.
  String text(int index) {
    int start = field(index, START);
    int end = field(index, END);
    return switch (style(index)) {
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

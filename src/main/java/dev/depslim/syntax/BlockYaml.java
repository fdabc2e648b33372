package dev.depslim.syntax;

import dev.depslim.syntax.YamlTokens.Kind;
import dev.depslim.syntax.YamlTokens.Style;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The YAML that package managers write into lock files: mappings in block form, scalars and flow
/// collections on one line, block scalars. Anything else, broken text included, is left to a full
/// parser, so what is read here is read as that one would, ten times quicker.
final class BlockYaml {
  private static final int MAX_DEPTH = 60;

  private final byte[] bytes;
  private final YamlTokens tokens;
  private final YamlLine inLine;
  private final int[] indents = new int[MAX_DEPTH];
  private final boolean[] lists = new boolean[MAX_DEPTH];

  /// How many mappings and sequences are open.
  private int depth;

  private int line;
  private int lineStart;

  /// Where the next line begins.
  private int next;

  private boolean inDocument;
  private boolean hasRoot;

  /// Whether the last key of the innermost mapping has no value yet.
  private boolean pending;

  /// Whether a key was written with `? ` and its value follows in the next line.
  private boolean explicit;

  private BlockYaml(byte[] bytes) {
    this.bytes = bytes;
    this.tokens = new YamlTokens(bytes);
    this.inLine = new YamlLine(bytes, tokens);
  }

  /// The parts of the text, or null where it holds anything that this reader does not know.
  static @Nullable YamlTokens read(byte[] bytes) {
    BlockYaml reader = new BlockYaml(bytes);
    return YamlCharacters.arePlain(bytes) && reader.document() ? reader.tokens : null;
  }

  private boolean document() {
    next = Json.skipByteOrderMark(bytes);
    while (next < bytes.length) {
      int end = nextLine();
      int from = inLine.spaces(lineStart, end);
      if (from == end || bytes[from] == '#') {
        continue;
      }
      if (!content(from, end)) {
        return false;
      }
    }
    if (explicit) {
      return false;
    }
    closeDocument();
    return true;
  }

  /// Moves to the next line; the position behind its last character that is not white space.
  private int nextLine() {
    lineStart = next;
    inLine.moveTo(++line, lineStart);
    int end = lineStart;
    while (end < bytes.length && bytes[end] != '\n') {
      end++;
    }
    next = end + 1;
    while (end > lineStart && (bytes[end - 1] == ' ' || bytes[end - 1] == '\r')) {
      end--;
    }
    return end;
  }

  private boolean content(int from, int end) {
    int indent = from - lineStart;
    if (indent == 0 && startsWith(from, end, "---")) {
      if (end - from > 3 || explicit) {
        return false;
      }
      closeDocument();
      openDocument();
      return true;
    }
    if (indent == 0 && (bytes[from] == '%' || startsWith(from, end, "..."))) {
      return false;
    }
    if (!inDocument) {
      openDocument();
    }
    boolean item = bytes[from] == '-' && (from + 1 == end || bytes[from + 1] == ' ');
    if (explicit) {
      explicit = false;
      return indent == indents[depth - 1] && bytes[from] == ':' && afterColon(from, end);
    }
    while (depth > 0
        && (indents[depth - 1] > indent
            || indents[depth - 1] == indent && lists[depth - 1] && !item)) {
      close();
    }
    return place(indent, item, from) && (item ? item(from, end) : entry(from, end));
  }

  private boolean afterColon(int colon, int end) {
    return (colon + 1 == end || bytes[colon + 1] == ' ') && value(colon + 1, end);
  }

  /// Opens the collection that a line at this depth belongs to, where it is a new one.
  private boolean place(int indent, boolean item, int from) {
    if (depth == 0) {
      if (hasRoot) {
        return false;
      }
      hasRoot = true;
      return open(indent, item, from);
    }
    if (indent > indents[depth - 1]) {
      if (!pending) {
        return false;
      }
      pending = false;
      return open(indent, item, from);
    }
    if (lists[depth - 1] == item) {
      endPending();
      return true;
    }
    // the items of a sequence may stand as far left as its key
    if (item && pending) {
      pending = false;
      return open(indent, true, from);
    }
    return false;
  }

  private boolean open(int indent, boolean list, int from) {
    if (depth == MAX_DEPTH) {
      return false;
    }
    indents[depth] = indent;
    lists[depth++] = list;
    tokens.mark(list ? Kind.SEQUENCE : Kind.MAPPING, line, inLine.column(from));
    return true;
  }

  private void close() {
    endPending();
    depth--;
    tokens.mark(lists[depth] ? Kind.SEQUENCE_END : Kind.MAPPING_END, line, 1);
  }

  private void endPending() {
    if (pending) {
      pending = false;
      tokens.scalar(Style.PLAIN, line, 1, 0, 0);
    }
  }

  private void openDocument() {
    inDocument = true;
    hasRoot = false;
    tokens.mark(Kind.DOCUMENT, line, 1);
  }

  private void closeDocument() {
    while (depth > 0) {
      close();
    }
    if (inDocument && !hasRoot) {
      tokens.scalar(Style.PLAIN, line, 1, 0, 0);
    }
    inDocument = false;
  }

  private boolean item(int from, int end) {
    int at = inLine.spaces(from + 1, end);
    // a mapping or a sequence within an item is not what lock files hold
    return at < end
        && bytes[at] != '#'
        && bytes[at] != '-'
        && bytes[at] != '|'
        && bytes[at] != '>'
        && value(at, end);
  }

  private boolean entry(int from, int end) {
    if (bytes[from] == '?' && from + 1 < end && bytes[from + 1] == ' ') {
      explicit = inLine.quoted(from + 2, end) == end;
      return explicit;
    }
    int colon = inLine.key(from, end);
    return colon != YamlLine.ODD && colon < end && bytes[colon] == ':' && afterColon(colon, end);
  }

  private boolean value(int from, int end) {
    int at = inLine.spaces(from, end);
    if (at == end || bytes[at] == '#') {
      pending = true;
      return true;
    }
    return bytes[at] == '|' || bytes[at] == '>' ? blockScalar(at, end) : inLine.value(at, end);
  }

  private boolean blockScalar(int from, int end) {
    boolean knownHeader =
        end == from + 1 || end == from + 2 && (bytes[from + 1] == '-' || bytes[from + 1] == '+');
    if (!knownHeader) {
      return false;
    }
    int first = line;
    int column = inLine.column(from);
    int outer = indents[depth - 1];
    int indent = 0;
    int until = next;
    while (next < bytes.length) {
      int lineEnd = nextLine();
      int at = inLine.spaces(lineStart, lineEnd);
      boolean blank = at == lineEnd;
      if (!blank && at - lineStart <= outer) {
        next = lineStart;
        line--;
        break;
      }
      // a line between the two indents, or white space that may count
      if (blank ? next - lineStart > 2 : at - lineStart < indent) {
        return false;
      }
      indent = blank || indent > 0 ? indent : at - lineStart;
      until = next;
    }
    tokens.scalar(Style.BLOCK, first, column, from, Math.min(until, bytes.length));
    return true;
  }

  private boolean startsWith(int from, int end, String text) {
    return end - from >= text.length()
        && Arrays.equals(
            bytes,
            from,
            from + text.length(),
            text.getBytes(java.nio.charset.StandardCharsets.US_ASCII),
            0,
            text.length());
  }
}

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

  /// A construct that this reader does not know.
  private static final int ODD = -1;

  private final byte[] bytes;
  private final YamlTokens tokens;
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
      int from = lineStart;
      while (from < end && bytes[from] == ' ') {
        from++;
      }
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
    line++;
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
    tokens.mark(list ? Kind.SEQUENCE : Kind.MAPPING, line, column(from));
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
    int at = from + 1;
    while (at < end && bytes[at] == ' ') {
      at++;
    }
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
      int after = quoted(from + 2, end);
      explicit = after == end;
      return explicit;
    }
    int colon;
    if (bytes[from] == '"' || bytes[from] == '\'') {
      colon = quoted(from, end);
    } else {
      colon = plainKey(from, end);
      if (colon != ODD) {
        tokens.scalar(Style.PLAIN, line, column(from), from, colon);
      }
    }
    return colon != ODD && colon < end && bytes[colon] == ':' && afterColon(colon, end);
  }

  private int plainKey(int from, int end) {
    if (!mayBeginPlain(from, end)) {
      return ODD;
    }
    for (int i = from; i < end; i++) {
      byte c = bytes[i];
      if (c == ':' && (i + 1 == end || bytes[i + 1] == ' ')) {
        return bytes[i - 1] == ' ' ? ODD : i;
      }
      if (c == '#' && bytes[i - 1] == ' ') {
        return ODD;
      }
    }
    return ODD;
  }

  private boolean mayBeginPlain(int from, int end) {
    return switch (bytes[from]) {
      case ',', '[', ']', '{', '}', '#', '&', '*', '!', '|', '>', '\'', '"', '%', '@', '`' -> false;
      case '-', '?', ':' -> from + 1 < end && bytes[from + 1] != ' ';
      default -> true;
    };
  }

  private boolean value(int from, int end) {
    int at = from;
    while (at < end && bytes[at] == ' ') {
      at++;
    }
    if (at == end || bytes[at] == '#') {
      pending = true;
      return true;
    }
    return switch (bytes[at]) {
      case '\'', '"' -> endsAt(quoted(at, end), end);
      case '{', '[' -> endsAt(flow(at, end, 0), end);
      case '|', '>' -> blockScalar(at, end);
      default -> plainValue(at, end);
    };
  }

  /// Whether nothing but a comment follows.
  private boolean endsAt(int after, int end) {
    if (after == ODD || after == end) {
      return after == end;
    }
    int at = after;
    while (at < end && bytes[at] == ' ') {
      at++;
    }
    return at > after && bytes[at] == '#';
  }

  private boolean plainValue(int from, int end) {
    if (!mayBeginPlain(from, end)) {
      return false;
    }
    int until = end;
    for (int i = from; i < until; i++) {
      byte c = bytes[i];
      if (c == ':' && (i + 1 == end || bytes[i + 1] == ' ')) {
        return false;
      }
      if (c == '#' && bytes[i - 1] == ' ') {
        until = i;
      }
    }
    while (bytes[until - 1] == ' ') {
      until--;
    }
    tokens.scalar(Style.PLAIN, line, column(from), from, until);
    return true;
  }

  private boolean blockScalar(int from, int end) {
    boolean knownHeader =
        end == from + 1 || end == from + 2 && (bytes[from + 1] == '-' || bytes[from + 1] == '+');
    if (!knownHeader) {
      return false;
    }
    int first = line;
    int column = column(from);
    int outer = indents[depth - 1];
    int indent = 0;
    int until = next;
    while (next < bytes.length) {
      int lineEnd = nextLine();
      int at = spaces(lineStart, lineEnd);
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

  /// Reads a quoted scalar; the position behind it.
  private int quoted(int from, int end) {
    if (from >= end) {
      return ODD;
    }
    byte quote = bytes[from];
    if (quote != '"' && quote != '\'') {
      return ODD;
    }
    for (int i = from + 1; i < end; i++) {
      byte c = bytes[i];
      if (c == '\\' && quote == '"') {
        i++;
        if (i == end || "\"\\nt".indexOf(bytes[i]) < 0) {
          return ODD;
        }
      } else if (c == quote) {
        if (quote == '\'' && i + 1 < end && bytes[i + 1] == quote) {
          i++;
          continue;
        }
        Style style = quote == '"' ? Style.DOUBLE_QUOTED : Style.SINGLE_QUOTED;
        tokens.scalar(style, line, column(from), from + 1, i);
        return i + 1;
      }
    }
    return ODD;
  }

  /// Reads `{…}` or `[…]`; the position behind it.
  private int flow(int from, int end, int level) {
    if (level == MAX_DEPTH) {
      return ODD;
    }
    boolean mapping = bytes[from] == '{';
    byte closing = (byte) (mapping ? '}' : ']');
    tokens.mark(mapping ? Kind.MAPPING : Kind.SEQUENCE, line, column(from));
    int at = spaces(from + 1, end);
    if (at < end && bytes[at] == closing) {
      tokens.mark(mapping ? Kind.MAPPING_END : Kind.SEQUENCE_END, line, column(at));
      return at + 1;
    }
    while (at < end) {
      if (mapping) {
        at = flowScalar(at, end);
        if (at == ODD || at + 1 >= end || bytes[at] != ':' || bytes[at + 1] != ' ') {
          return ODD;
        }
        at = spaces(at + 1, end);
      }
      at = at == end ? ODD : flowValue(at, end, level);
      if (at == ODD) {
        return ODD;
      }
      at = spaces(at, end);
      if (at == end) {
        return ODD;
      }
      if (bytes[at] == closing) {
        tokens.mark(mapping ? Kind.MAPPING_END : Kind.SEQUENCE_END, line, column(at));
        return at + 1;
      }
      if (bytes[at] != ',') {
        return ODD;
      }
      at = spaces(at + 1, end);
    }
    return ODD;
  }

  private int flowValue(int at, int end, int level) {
    return bytes[at] == '{' || bytes[at] == '[' ? flow(at, end, level + 1) : flowScalar(at, end);
  }

  private int flowScalar(int from, int end) {
    if (bytes[from] == '"' || bytes[from] == '\'') {
      return quoted(from, end);
    }
    if (!mayBeginPlain(from, end) || "-?:".indexOf(bytes[from]) >= 0) {
      return ODD;
    }
    int at = from;
    while (at < end) {
      byte c = bytes[at];
      if (c == ',' || c == '}' || c == ']' || c == ':' && at + 1 < end && bytes[at + 1] == ' ') {
        break;
      }
      boolean odd =
          c == '{'
              || c == '['
              || c == '#' && bytes[at - 1] == ' '
              || c == '?'
              || c == ':' && at + 1 < end && isFlowIndicator(bytes[at + 1]);
      if (odd) {
        return ODD;
      }
      at++;
    }
    int until = at;
    while (bytes[until - 1] == ' ') {
      until--;
    }
    tokens.scalar(Style.PLAIN, line, column(from), from, until);
    return at;
  }

  private static boolean isFlowIndicator(byte c) {
    return c == ',' || c == '[' || c == ']' || c == '{' || c == '}';
  }

  private int spaces(int from, int end) {
    int at = from;
    while (at < end && bytes[at] == ' ') {
      at++;
    }
    return at;
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

  private int column(int at) {
    return at - lineStart + 1;
  }
}

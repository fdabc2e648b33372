package dev.depslim.syntax;

import dev.depslim.syntax.YamlTokens.Kind;
import dev.depslim.syntax.YamlTokens.Style;

/// Reads what stands on one line of a YAML text: keys, scalars and flow collections.
final class YamlLine {
  /// A construct that this reader does not know.
  static final int ODD = -1;

  private static final int MAX_DEPTH = 60;

  private final byte[] bytes;
  private final YamlTokens tokens;
  private int line;
  private int start;

  YamlLine(byte[] bytes, YamlTokens tokens) {
    this.bytes = bytes;
    this.tokens = tokens;
  }

  /// Moves to a line.
  ///
  /// @param number counted from 1
  /// @param begin where it begins
  void moveTo(int number, int begin) {
    line = number;
    start = begin;
  }

  int column(int at) {
    return at - start + 1;
  }

  /// Reads a key; the position behind it.
  int key(int from, int end) {
    if (bytes[from] == '"' || bytes[from] == '\'') {
      return quoted(from, end);
    }
    int colon = plainKey(from, end);
    if (colon != ODD) {
      tokens.scalar(Style.PLAIN, line, column(from), from, colon);
    }
    return colon;
  }

  /// Reads a scalar or a flow collection behind which nothing but a comment may follow; whether it
  /// is one.
  boolean value(int from, int end) {
    return switch (bytes[from]) {
      case '\'', '"' -> endsAt(quoted(from, end), end);
      case '{', '[' -> endsAt(flow(from, end, 0), end);
      default -> plainValue(from, end);
    };
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

  /// Whether nothing but a comment follows.
  private boolean endsAt(int after, int end) {
    if (after == ODD || after == end) {
      return after == end;
    }
    int at = spaces(after, end);
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

  /// Reads a quoted scalar; the position behind it.
  int quoted(int from, int end) {
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

  /// The first position that is no space.
  int spaces(int from, int end) {
    int at = from;
    while (at < end && bytes[at] == ' ') {
      at++;
    }
    return at;
  }
}

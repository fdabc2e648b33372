package dev.depslim.syntax;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Strings, numbers, booleans and times of TOML.
final class TomlValues {
  private final TomlText text;

  TomlValues(TomlText text) {
    this.text = text;
  }

  /// The value that begins here and is no array or inline table.
  Tree.Scalar scalar() {
    int line = text.line();
    int column = text.column();
    int first = text.peek();
    if (first == '"' || first == '\'') {
      boolean long3 = text.peek(1) == first && text.peek(2) == first;
      String value = long3 ? multiLine(first) : string();
      return new Tree.Scalar(Tree.Kind.STRING, value, line, column);
    }
    String word = word();
    if (word.equals("true") || word.equals("false")) {
      return new Tree.Scalar(Tree.Kind.BOOLEAN, word, line, column);
    }
    if (TomlTimes.looksLikeTime(word)) {
      if (!TomlTimes.isTime(word)) {
        throw new SyntaxException(line, column, "'" + cut(word) + "' is no date or time");
      }
      return new Tree.Scalar(Tree.Kind.TIME, word, line, column);
    }
    String number = TomlNumbers.read(word);
    if (number == null) {
      throw new SyntaxException(
          line, column, "'" + cut(word) + "' is no value: a text stands in quotes");
    }
    return new Tree.Scalar(Tree.Kind.NUMBER, number, line, column);
  }

  /// A run of what numbers, times and booleans are made of.
  private String word() {
    int start = text.offset();
    while (isWord(text.peek())) {
      text.step();
    }
    // One space may part a date from its time.
    if (text.peek() == ' '
        && text.offset() - start == 10
        && isDigit(text.peek(1))
        && isDigit(text.peek(2))
        && text.peek(3) == ':'
        && TomlTimes.looksLikeTime(text.since(start))) {
      text.step();
      while (isWord(text.peek())) {
        text.step();
      }
    }
    if (text.offset() == start) {
      throw text.error("found " + text.here() + " where a value should stand");
    }
    return text.since(start);
  }

  private static boolean isWord(int c) {
    return c >= '0' && c <= '9'
        || c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c == '-'
        || c == '+'
        || c == '.'
        || c == '_'
        || c == ':';
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private static String cut(String word) {
    return word.length() > 40 ? word.substring(0, 40) + "…" : word;
  }

  /// The string in `"` or `'` that begins here and ends on this line; keys may be such strings too.
  String string() {
    int quote = text.peek();
    text.step();
    int start = text.offset();
    ByteArrayOutputStream made = null;
    for (int next = text.peek(); next != quote; next = text.peek()) {
      if (next == TomlText.END || TomlText.isControl(next)) {
        throw unended(next, quote);
      }
      if (next == '\\' && quote == '"') {
        made = made == null ? new ByteArrayOutputStream() : made;
        text.copySince(start, made);
        escape(made);
        start = text.offset();
      } else {
        text.step();
      }
    }
    String value = finish(made, start);
    text.step();
    return value;
  }

  private SyntaxException unended(int next, int quote) {
    return text.error(
        next == TomlText.END || text.lineEndAt(0) > 0
            ? "a text that is not ended: " + (char) quote + " is missing"
            : TomlText.control(next) + " in a text: write it as an escape such as \\u0000");
  }

  private String finish(@Nullable ByteArrayOutputStream made, int start) {
    if (made == null) {
      return text.since(start);
    }
    text.copySince(start, made);
    return made.toString(StandardCharsets.UTF_8);
  }

  private String multiLine(int quote) {
    int line = text.line();
    int column = text.column();
    text.step(3);
    text.lineEnd();
    int start = text.offset();
    ByteArrayOutputStream made = null;
    while (true) {
      int next = text.peek();
      if (next == TomlText.END) {
        throw new SyntaxException(
            line, column, "a text that is not ended: " + (char) quote + " three times is missing");
      }
      if (next == quote && text.peek(1) == quote && text.peek(2) == quote) {
        // Up to two quotes more belong to the text.
        for (int i = 0; i < 2 && text.peek(3) == quote; i++) {
          text.step();
        }
        String value = finish(made, start);
        text.step(3);
        return value;
      }
      if (next == '\\' && quote == '"') {
        made = made == null ? new ByteArrayOutputStream() : made;
        text.copySince(start, made);
        if (!joinedLine()) {
          escape(made);
        }
        start = text.offset();
      } else if (!text.lineEnd()) {
        if (TomlText.isControl(next)) {
          throw text.error(TomlText.control(next) + " in a text: write it as an escape");
        }
        text.step();
      }
    }
  }

  /// Goes past a `\` at the end of a line and all white space behind it.
  private boolean joinedLine() {
    int ahead = 1;
    while (text.peek(ahead) == ' ' || text.peek(ahead) == '\t') {
      ahead++;
    }
    if (text.lineEndAt(ahead) == 0) {
      return false;
    }
    text.step(ahead);
    while (text.lineEnd()) {
      text.spaces();
    }
    return true;
  }

  private void escape(ByteArrayOutputStream out) {
    int kind = text.peek(1);
    int plain = kind == TomlText.END ? -1 : "btnfre\"\\".indexOf(kind);
    if (plain >= 0) {
      out.write("\b\t\n\f\r\u001b\"\\".charAt(plain));
      text.step(2);
      return;
    }
    int digits = kind == 'x' ? 2 : kind == 'u' ? 4 : kind == 'U' ? 8 : 0;
    long code = digits == 0 ? -1 : 0;
    for (int i = 0; i < digits && code >= 0; i++) {
      int digit = Character.digit(text.peek(2 + i), 16);
      code = digit < 0 || text.peek(2 + i) > 'f' ? -1 : code << 4 | digit;
    }
    if (code < 0 || code > 0x10ffff || code >= 0xd800 && code <= 0xdfff) {
      throw text.error("an escape that TOML does not know: write \\\\ for a backslash");
    }
    out.writeBytes(Character.toString((int) code).getBytes(StandardCharsets.UTF_8));
    text.step(2 + digits);
  }
}

package dev.depslim.syntax;

import java.nio.charset.StandardCharsets;

/// The bytes of a TOML document and a place in them.
final class TomlText {
  /// What `peek` answers behind the last byte.
  static final int END = -1;

  private final byte[] bytes;
  private int at;
  private int line = 1;
  private int lineStart;

  /// How many bytes of the line, up to here, are no characters of their own.
  private int wide;

  /// @throws SyntaxException where the bytes are no UTF-8
  TomlText(byte[] bytes) {
    this.bytes = bytes;
    this.at = Json.skipByteOrderMark(bytes);
    this.lineStart = at;
    requireUtf8();
  }

  int line() {
    return line;
  }

  int column() {
    return at - lineStart - wide + 1;
  }

  int offset() {
    return at;
  }

  boolean atEnd() {
    return at == bytes.length;
  }

  /// The byte here, as 0 … 255, or END.
  int peek() {
    return at < bytes.length ? bytes[at] & 0xff : END;
  }

  /// The byte some places further, or END.
  int peek(int ahead) {
    return at + ahead < bytes.length ? bytes[at + ahead] & 0xff : END;
  }

  /// Goes past the byte here, which is no line end.
  void step() {
    byte passed = bytes[at++];
    if (passed < 0) {
      // Of a character of two or three bytes one counts, of four two, as in Java's strings.
      wide += (passed & 0xc0) == 0x80 ? 1 : (passed & 0xf0) == 0xf0 ? -1 : 0;
    }
  }

  void step(int count) {
    for (int i = 0; i < count; i++) {
      step();
    }
  }

  /// The length of the line end some places further; 0 where there is none.
  int lineEndAt(int ahead) {
    int next = peek(ahead);
    return next == '\n' ? 1 : next == '\r' && peek(ahead + 1) == '\n' ? 2 : 0;
  }

  /// Goes past a line end, where there is one here.
  boolean lineEnd() {
    int length = lineEndAt(0);
    if (length == 0) {
      return false;
    }
    at += length;
    line++;
    lineStart = at;
    wide = 0;
    return true;
  }

  /// Goes past spaces and tabs.
  void spaces() {
    while (at < bytes.length && (bytes[at] == ' ' || bytes[at] == '\t')) {
      at++;
    }
  }

  /// Goes past a comment, where there is one here, up to the line end.
  void comment() {
    if (peek() != '#') {
      return;
    }
    while (!atEnd() && lineEndAt(0) == 0) {
      int next = peek();
      if (isControl(next)) {
        throw error(control(next) + " in a comment: remove it");
      }
      step();
    }
  }

  /// Goes past white space, comments and line ends.
  void blank() {
    do {
      spaces();
      comment();
    } while (lineEnd());
  }

  /// Goes to the beginning of the next line.
  void restOfLine() {
    while (!atEnd() && !lineEnd()) {
      step();
    }
  }

  /// The last byte of the line that is neither white space nor part of a comment, or END.
  int lastOfLine() {
    int last = END;
    for (int i = at; i < bytes.length && bytes[i] != '\n' && bytes[i] != '#'; i++) {
      last = bytes[i] > ' ' ? bytes[i] : last;
    }
    return last;
  }

  /// The text from a place up to here.
  String since(int offset) {
    return new String(bytes, offset, at - offset, StandardCharsets.UTF_8);
  }

  /// Adds the bytes from a place up to here.
  void copySince(int offset, java.io.ByteArrayOutputStream out) {
    out.write(bytes, offset, at - offset);
  }

  SyntaxException error(String message) {
    return new SyntaxException(line, column(), message);
  }

  /// What stands here, for messages.
  String here() {
    int next = peek();
    if (next == END) {
      return "the end of the file";
    }
    if (lineEndAt(0) > 0) {
      return "the end of the line";
    }
    if (isControl(next)) {
      return control(next);
    }
    int length = next < 0x80 ? 1 : next < 0xe0 ? 2 : next < 0xf0 ? 3 : 4;
    return "'" + new String(bytes, at, length, StandardCharsets.UTF_8) + "'";
  }

  /// Whether TOML allows the byte nowhere but as part of a line end.
  static boolean isControl(int next) {
    return next < 0x20 && next != '\t' && next >= 0 || next == 0x7f;
  }

  static String control(int next) {
    return next == 0 ? "a NUL byte" : "a control character";
  }

  private void requireUtf8() {
    int broken = Utf8.firstMistake(bytes, at);
    if (broken >= 0) {
      while (at < broken) {
        if (!lineEnd()) {
          step();
        }
      }
      throw error(Utf8.MESSAGE);
    }
  }
}

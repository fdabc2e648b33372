package dev.depslim.ecosystem.python;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The text of a requirement file and its logical lines, as pip makes them (`req_file.py`).
///
/// @param text the content; where it could not be decoded, with a character for every byte
/// @param problem why the content could not be decoded, or null
/// @param charset how it is encoded, behind `mark` bytes of a byte order mark
record RequirementsText(String text, @Nullable Problem problem, Charset charset, int mark) {
  /// Why the content could not be decoded, and where.
  record Problem(int line, int column, String message) {}

  /// A line after joining, without its comment and the white space around it, with its variables
  /// replaced.
  ///
  /// @param line number of the first physical line, counted from 1
  /// @param last number of the last one
  /// @param column where the text begins in that line, counted from 1
  /// @param exact whether an offset in `text` is an offset in the physical line too
  record Logical(int line, int last, int column, boolean exact, String text) {}

  /// Decodes by byte order mark, then by a PEP 263 comment in the first two lines, else as UTF-8.
  static RequirementsText decode(byte[] bytes) {
    Charset charset = StandardCharsets.UTF_8;
    int skip = 0;
    if (starts(bytes, 0xEF, 0xBB, 0xBF)) {
      skip = 3;
    } else if (starts(bytes, 0xFF, 0xFE, 0, 0)) {
      charset = StandardCharsets.UTF_32LE;
      skip = 4;
    } else if (starts(bytes, 0, 0, 0xFE, 0xFF)) {
      charset = StandardCharsets.UTF_32BE;
      skip = 4;
    } else if (starts(bytes, 0xFF, 0xFE)) {
      charset = StandardCharsets.UTF_16LE;
      skip = 2;
    } else if (starts(bytes, 0xFE, 0xFF)) {
      charset = StandardCharsets.UTF_16BE;
      skip = 2;
    } else {
      String declared = declaredEncoding(bytes);
      if (declared != null) {
        try {
          charset = Charset.forName(javaName(declared));
        } catch (IllegalArgumentException e) {
          return undecoded(
              bytes, 0, "the encoding '" + declared + "' is not known: save it as UTF-8");
        }
      }
    }
    ByteBuffer content = ByteBuffer.wrap(bytes, skip, bytes.length - skip);
    try {
      String text =
          charset
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(content)
              .toString();
      return new RequirementsText(text, null, charset, skip);
    } catch (CharacterCodingException e) {
      return undecoded(
          bytes,
          content.position(),
          "this is no " + charset.name() + " text, pip stops here: save it as UTF-8");
    }
  }

  /// @param at the first byte that is no part of a character
  private static RequirementsText undecoded(byte[] bytes, int at, String message) {
    int line = 1;
    int lineStart = 0;
    for (int i = 0; i < at; i++) {
      if (bytes[i] == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
    return new RequirementsText(
        new String(bytes, StandardCharsets.ISO_8859_1),
        new Problem(line, at - lineStart + 1, message),
        StandardCharsets.ISO_8859_1,
        0);
  }

  private static boolean starts(byte[] bytes, int... mark) {
    if (bytes.length < mark.length) {
      return false;
    }
    for (int i = 0; i < mark.length; i++) {
      if ((bytes[i] & 0xff) != mark[i]) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable String declaredEncoding(byte[] bytes) {
    int start = 0;
    for (int line = 0; line < 2 && start < bytes.length; line++) {
      int end = start;
      while (end < bytes.length && bytes[end] != '\n') {
        end++;
      }
      if (bytes[start] == '#') {
        String name = codingIn(new String(bytes, start, end - start, StandardCharsets.ISO_8859_1));
        if (name != null) {
          return name;
        }
      }
      start = end + 1;
    }
    return null;
  }

  /// `coding[:=]\s*([-\w.]+)`.
  private static @Nullable String codingIn(String comment) {
    for (int at = comment.indexOf("coding"); at >= 0; at = comment.indexOf("coding", at + 1)) {
      int from = at + 6;
      if (from >= comment.length()
          || (comment.charAt(from) != ':' && comment.charAt(from) != '=')) {
        continue;
      }
      from++;
      while (from < comment.length() && Text.isSpace(comment.charAt(from))) {
        from++;
      }
      int to = from;
      while (to < comment.length() && isCodingPart(comment.charAt(to))) {
        to++;
      }
      if (to > from) {
        return comment.substring(from, to);
      }
    }
    return null;
  }

  private static boolean isCodingPart(char c) {
    return Text.isLetterOrDigit(c) || c == '-' || c == '_' || c == '.';
  }

  private static String javaName(String pythonName) {
    String name = pythonName.toLowerCase(Locale.ROOT).replace('_', '-');
    return switch (name) {
      case "latin-1", "iso8859-1", "l1" -> "ISO-8859-1";
      case "utf-8-sig" -> "UTF-8";
      default -> {
        if (name.isEmpty() || !Text.isLetterOrDigit(name.charAt(0))) {
          throw new UnsupportedCharsetException("?");
        }
        yield name;
      }
    };
  }

  /// The physical lines without their ends.
  List<String> lines() {
    List<String> out = new ArrayList<>();
    for (String line : physicalLines()) {
      int end = line.length();
      if (end > 0 && endsLine(line.charAt(end - 1))) {
        end -= line.endsWith("\r\n") ? 2 : 1;
      }
      out.add(line.substring(0, end));
    }
    return out;
  }

  private static boolean endsLine(char c) {
    return (c >= '\n' && c <= '\r')
        || (c >= 0x1c && c <= 0x1e)
        || c == 0x85
        || c == '\u2028'
        || c == '\u2029';
  }

  /// The physical lines with their ends, split where Python's `str.splitlines` does.
  List<String> physicalLines() {
    List<String> out = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (endsLine(c)) {
        if (c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n') {
          i++;
        }
        out.add(text.substring(from, i + 1));
        from = i + 1;
      }
    }
    if (from < text.length()) {
      out.add(text.substring(from));
    }
    return out;
  }

  /// Joins lines, then takes the comments off, then replaces `${NAME}`, in pip's order.
  ///
  /// @param environment values of `${NAME}`; a name without a value stays as it is
  List<Logical> logicalLines(Map<String, String> environment) {
    List<Logical> out = new ArrayList<>();
    StringBuilder joined = new StringBuilder();
    int first = 0;
    int column = 0;
    int number = 0;
    for (String line : lines()) {
      number++;
      boolean comment = commentStart(line) == 0;
      boolean continues = line.endsWith("\\") && !comment;
      if (first == 0) {
        if (!continues) {
          add(out, number, number, indent(line) + 1, true, line, environment);
          continue;
        }
        first = number;
        column = indent(line) + 1;
      }
      if (continues) {
        joined.append(withoutBackslashes(line));
      } else {
        joined.append(comment ? " " : "").append(line);
        add(out, first, number, column, false, joined.toString(), environment);
        joined.setLength(0);
        first = 0;
      }
    }
    if (first != 0) {
      add(out, first, number, column, false, joined.toString(), environment);
    }
    return out;
  }

  private static void add(
      List<Logical> out,
      int line,
      int last,
      int column,
      boolean exact,
      String joined,
      Map<String, String> environment) {
    int comment = commentStart(joined);
    String bare = Text.strip(comment < 0 ? joined : joined.substring(0, comment));
    if (!bare.isEmpty()) {
      String expanded = expand(bare, environment);
      boolean same = exact && expanded.length() == bare.length();
      out.add(new Logical(line, last, column, same, expanded));
    }
  }

  /// Where `(^|\s+)#` begins, or -1.
  private static int commentStart(String line) {
    for (int hash = line.indexOf('#'); hash >= 0; hash = line.indexOf('#', hash + 1)) {
      int start = hash;
      while (start > 0 && Text.isSpace(line.charAt(start - 1))) {
        start--;
      }
      if (start == 0 || start < hash) {
        return start;
      }
    }
    return -1;
  }

  private static String withoutBackslashes(String line) {
    int start = 0;
    int end = line.length();
    while (start < end && line.charAt(start) == '\\') {
      start++;
    }
    while (end > start && line.charAt(end - 1) == '\\') {
      end--;
    }
    return line.substring(start, end);
  }

  private static int indent(String line) {
    int i = 0;
    while (i < line.length() && Text.isSpace(line.charAt(i))) {
      i++;
    }
    return i == line.length() ? 0 : i;
  }

  private static String expand(String line, Map<String, String> environment) {
    if (environment.isEmpty() || !line.contains("${")) {
      return line;
    }
    StringBuilder out = new StringBuilder();
    int from = 0;
    for (int open = line.indexOf("${"); open >= 0; open = line.indexOf("${", open + 2)) {
      int close = line.indexOf('}', open);
      String value = close < 0 ? null : environment.get(line.substring(open + 2, close));
      if (value != null && !value.isEmpty() && isVariable(line.substring(open + 2, close))) {
        out.append(line, from, open).append(value);
        from = close + 1;
      }
    }
    return out.append(line, from, line.length()).toString();
  }

  private static boolean isVariable(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (!Text.isDigit(c) && c != '_' && (c < 'A' || c > 'Z')) {
        return false;
      }
    }
    return !name.isEmpty();
  }
}

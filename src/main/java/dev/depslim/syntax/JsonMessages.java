package dev.depslim.syntax;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// What is wrong with a JSON text, in words for those who wrote it: Jackson's own name its Java
/// settings.
final class JsonMessages {
  private static final String CHARACTER = "Unexpected character ('";

  private JsonMessages() {}

  /// What the parser says of a text in memory, where nothing but the text can fail.
  ///
  /// @param reached how far the parser came, for errors without a position
  static SyntaxException of(IOException cause, @Nullable JsonLocation reached) {
    if (!(cause instanceof JsonProcessingException e)) {
      return new SyntaxException(
          0, 0, "not text in UTF-8, UTF-16 or UTF-32: " + cause.getMessage());
    }
    JsonLocation at = e.getLocation() == null ? reached : e.getLocation();
    int line = at == null ? 0 : at.getLineNr();
    // Where a name or number is too long the parser stops at the end of its buffer, anywhere.
    boolean atLimit = e instanceof StreamConstraintsException && !isNesting(e);
    int column = at == null || atLimit ? 0 : at.getColumnNr();
    return new SyntaxException(
        line, column, message(e, line, column), e instanceof StreamConstraintsException);
  }

  private static String message(JsonProcessingException e, int line, int column) {
    String text = e.getOriginalMessage();
    if (e instanceof JsonEOFException) {
      return "the text ends too early";
    }
    if (e instanceof StreamConstraintsException) {
      return isNesting(e)
          ? "nested deeper than " + Json.MAX_DEPTH + " levels"
          : "a name, text or number that is too long";
    }
    if (text.startsWith(CHARACTER) && text.length() > CHARACTER.length()) {
      return unexpected(text, text.charAt(CHARACTER.length()), line > 1 && column == 1);
    }
    if (text.contains("CTRL-CHAR")) {
      return text.startsWith("Illegal unquoted")
          ? "a line end or control character within a string"
          : "a control character between the values: is this a text file?";
    }
    int list = text.indexOf(": was expecting (");
    int start = text.indexOf(" (for ");
    int cut = list >= 0 ? list : start;
    return firstLine(cut < 0 ? text : text.substring(0, cut));
  }

  private static boolean isNesting(JsonProcessingException e) {
    return e.getOriginalMessage().contains("nesting");
  }

  private static String unexpected(String text, char found, boolean firstColumn) {
    if (firstColumn && (found == '<' || found == '=' || found == '>')) {
      return "a merge conflict marker: resolve the conflict";
    }
    if (text.contains("comment")) {
      return "a comment, which JSON does not have";
    }
    boolean closes = found == '}' || found == ']';
    if (closes && (text.contains("double-quote") || text.endsWith("expected a value"))) {
      return "a comma stands before '" + found + "'";
    }
    String wanted;
    if (text.contains("double-quote")) {
      wanted = "a name in double quotes";
    } else if (text.contains("a colon")) {
      wanted = "':' after the name";
    } else if (text.contains("comma")) {
      wanted = "',' or the end";
    } else {
      wanted = "a value";
    }
    return "unexpected '" + found + "' where " + wanted + " should stand";
  }

  private static String firstLine(String text) {
    int end = text.indexOf('\n');
    return end < 0 ? text : text.substring(0, end);
  }
}

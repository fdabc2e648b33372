package dev.depslim.syntax;

import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;

/// A JSON document as text: members can be taken out, added and replaced, and every other character
/// stays as it was.
///
/// What is added is laid out as in the rest of the document: with the indentation of its first
/// line, as npm takes it, and on one line where there is none.
public final class JsonText {
  private final String before;
  private final JsonNode root;
  private final String after;
  private final String indent;
  private final String newline;

  JsonText(String before, JsonNode root, String after, String indent, String newline) {
    this.before = before;
    this.root = root;
    this.after = after;
    this.indent = indent;
    this.newline = newline;
  }

  /// The document, UTF-8 with or without a byte order mark.
  ///
  /// @throws SyntaxException where the text is not JSON, or JSON in UTF-16 or UTF-32, which npm
  ///   does not read either
  public static JsonText parse(byte[] bytes) {
    return parser(bytes).document();
  }

  /// Gives the members of an object within the document, as [#parse] would find them, but one after
  /// the other, so that not all of a large lock need be kept.
  ///
  /// @param name of the object; the last one of the document counts
  /// @return whether there is such an object
  /// @throws SyntaxException as for [#parse], before any member is given
  public static boolean members(byte[] bytes, String name, BiConsumer<String, JsonNode> to) {
    return parser(bytes).members(name, to);
  }

  private static JsonTextParser parser(byte[] bytes) {
    // JSON begins with ASCII, so that of the other encodings has a zero or a mark right at the
    // start
    for (int i = 0; i < Math.min(4, bytes.length); i++) {
      if (bytes[i] == 0 || bytes[i] == (byte) 0xFE || bytes[i] == (byte) 0xFF) {
        throw new SyntaxException(1, 1, Utf8.MESSAGE);
      }
    }
    try (JsonCursor cursor = JsonCursor.over(bytes)) {
      cursor.skip();
      cursor.end();
    }
    return new JsonTextParser(new String(bytes, StandardCharsets.UTF_8));
  }

  /// The value of the document.
  public JsonNode root() {
    return root;
  }

  /// The document as it is now.
  public byte[] bytes() {
    return toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    StringBuilder out = new StringBuilder(before);
    root.render(out, new JsonNode.Layout(indent, newline), 0);
    return out.append(after).toString();
  }
}

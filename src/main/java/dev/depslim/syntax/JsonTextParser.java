package dev.depslim.syntax;

import dev.depslim.syntax.JsonNode.JsonArray;
import dev.depslim.syntax.JsonNode.JsonLeaf;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Cuts text that is known to be JSON into a [JsonText].
final class JsonTextParser {
  /// The indentation of the first line in the document (json-parse-even-better-errors).
  private static final Pattern FORMAT =
      Pattern.compile("\\A\\ufeff?\\s*[{\\[]((?:\\r?\\n)++)([ \\t]+)");

  private static final Pattern EMPTY =
      Pattern.compile("\\A\\ufeff?\\s*(?:\\{\\s*}|\\[\\s*])((?:\\r?\\n)*+)\\s*\\z");

  private final String text;
  private int at;

  JsonTextParser(String text) {
    this.text = text;
  }

  JsonText document() {
    String before = text.startsWith("\ufeff") ? "\ufeff" : "";
    at = before.length();
    before += space();
    JsonNode root = value();
    String after = text.substring(at);
    Matcher format = FORMAT.matcher(text);
    if (format.find()) {
      String newline = format.group(1).startsWith("\r") ? "\r\n" : "\n";
      return new JsonText(before, root, after, format.group(2), newline);
    }
    boolean empty = EMPTY.matcher(text).find();
    return new JsonText(before, root, after, empty ? "  " : "", "\n");
  }

  /// Gives the members of an object that is a member of the document, one after the other, so that
  /// not all of them need be kept. Of several members of that name the last one counts.
  ///
  /// @return whether there is such an object
  boolean members(String name, BiConsumer<String, JsonNode> to) {
    at = text.startsWith("\ufeff") ? 1 : 0;
    space();
    int found = text.charAt(at) == '{' ? lastValue(name) : -1;
    if (found < 0 || text.charAt(found) != '{') {
      return false;
    }
    at = found + 1;
    space();
    for (boolean more = text.charAt(at) != '}'; more; more = text.charAt(at++) == ',') {
      space();
      String key = key();
      to.accept(key, value());
      space();
    }
    return true;
  }

  /// Where the value of the last member of that name begins, or -1. The cursor stands on an object.
  private int lastValue(String name) {
    int found = -1;
    at++;
    space();
    for (boolean more = text.charAt(at) != '}'; more; more = text.charAt(at++) == ',') {
      space();
      found = key().equals(name) ? at : found;
      pass();
      space();
    }
    return found;
  }

  /// The name of a member; behind it stands the value.
  private String key() {
    String key = unquote(string());
    space();
    at++;
    space();
    return key;
  }

  /// Goes behind a value.
  private void pass() {
    int open = 0;
    do {
      switch (text.charAt(at)) {
        case '{', '[' -> {
          open++;
          at++;
        }
        case '}', ']' -> {
          open--;
          at++;
        }
        case '"' -> string();
        case ',', ':', ' ', '\t', '\n', '\r' -> at++;
        default -> word();
      }
    } while (open > 0);
  }

  private JsonNode value() {
    return switch (text.charAt(at)) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> new JsonLeaf(string());
      default -> new JsonLeaf(word());
    };
  }

  private JsonObject object() {
    at++;
    List<JsonObject.Member> members = new ArrayList<>();
    String space = space();
    if (text.charAt(at) == '}') {
      at++;
      return new JsonObject(members, space);
    }
    while (true) {
      String key = string();
      int start = at;
      space();
      at++;
      space();
      String colon = text.substring(start, at);
      JsonNode value = value();
      String after = space();
      boolean last = text.charAt(at++) == '}';
      members.add(new JsonObject.Member(unquote(key), value, space, key, colon, last ? "" : after));
      if (last) {
        return new JsonObject(members, after);
      }
      space = space();
    }
  }

  private JsonArray array() {
    at++;
    List<JsonArray.Item> items = new ArrayList<>();
    String space = space();
    if (text.charAt(at) == ']') {
      at++;
      return new JsonArray(items, space);
    }
    while (true) {
      JsonNode value = value();
      String after = space();
      boolean last = text.charAt(at++) == ']';
      items.add(new JsonArray.Item(space, value, last ? "" : after));
      if (last) {
        return new JsonArray(items, after);
      }
      space = space();
    }
  }

  private String space() {
    int start = at;
    while (at < text.length() && text.charAt(at) <= ' ') {
      at++;
    }
    return text.substring(start, at);
  }

  private String string() {
    int start = at++;
    while (text.charAt(at) != '"') {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    return text.substring(start, ++at);
  }

  private String word() {
    int start = at;
    while (at < text.length() && text.charAt(at) > ' ' && ",]}".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return text.substring(start, at);
  }

  /// The value of a string in quotes.
  static String unquote(String quoted) {
    int end = quoted.length() - 1;
    if (quoted.indexOf('\\') < 0) {
      return quoted.substring(1, end);
    }
    StringBuilder out = new StringBuilder(end);
    for (int i = 1; i < end; i++) {
      char c = quoted.charAt(i);
      if (c != '\\') {
        out.append(c);
        continue;
      }
      char escaped = quoted.charAt(++i);
      switch (escaped) {
        case 'n' -> out.append('\n');
        case 'r' -> out.append('\r');
        case 't' -> out.append('\t');
        case 'b' -> out.append('\b');
        case 'f' -> out.append('\f');
        case 'u' -> {
          out.append((char) Integer.parseInt(quoted, i + 1, i + 5, 16));
          i += 4;
        }
        default -> out.append(escaped);
      }
    }
    return out.toString();
  }
}

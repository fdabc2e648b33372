package dev.depslim.syntax;

import java.util.ArrayList;
import java.util.List;

/// A value in a [JsonText].
public sealed interface JsonNode permits JsonObject, JsonNode.JsonArray, JsonNode.JsonLeaf {
  /// Appends the value as text.
  ///
  /// @param depth how many values it lies in
  void render(StringBuilder out, Layout layout, int depth);

  /// How what is added is laid out.
  ///
  /// @param indent of one step; empty for a document on one line
  record Layout(String indent, String newline) {
    void line(StringBuilder out, int depth) {
      if (!indent.isEmpty()) {
        out.append(newline).repeat(indent, depth);
      }
    }

    String colon() {
      return indent.isEmpty() ? ":" : ": ";
    }
  }

  /// A string, number, boolean or null, as written.
  record JsonLeaf(String text) implements JsonNode {
    /// A string.
    public static JsonLeaf of(String value) {
      StringBuilder out = new StringBuilder(value.length() + 2).append('"');
      for (int i = 0; i < value.length(); i++) {
        char c = value.charAt(i);
        switch (c) {
          case '"' -> out.append("\\\"");
          case '\\' -> out.append("\\\\");
          case '\n' -> out.append("\\n");
          case '\r' -> out.append("\\r");
          case '\t' -> out.append("\\t");
          case '\b' -> out.append("\\b");
          case '\f' -> out.append("\\f");
          default -> {
            if (c < ' ') {
              out.append(String.format("\\u%04x", (int) c));
            } else {
              out.append(c);
            }
          }
        }
      }
      return new JsonLeaf(out.append('"').toString());
    }

    /// The boolean `true`.
    public static JsonLeaf yes() {
      return new JsonLeaf("true");
    }

    /// Whether it is a string.
    public boolean isString() {
      return text.startsWith("\"");
    }

    /// The value of a string, and the text of all else.
    public String value() {
      return isString() ? JsonTextParser.unquote(text) : text;
    }

    @Override
    public void render(StringBuilder out, Layout layout, int depth) {
      out.append(text);
    }
  }

  /// A list; its items can be taken out.
  final class JsonArray implements JsonNode {
    private final List<Item> items;

    /// What stands before the bracket at the end.
    private String tail;

    JsonArray(List<Item> items, String tail) {
      this.items = new ArrayList<>(items);
      this.tail = tail;
    }

    record Item(String before, JsonNode value, String after) {}

    /// The values in order.
    public List<JsonNode> values() {
      return items.stream().map(Item::value).toList();
    }

    /// The strings among the values.
    public List<String> strings() {
      List<String> strings = new ArrayList<>();
      for (Item item : items) {
        if (item.value instanceof JsonLeaf leaf && leaf.isString()) {
          strings.add(leaf.value());
        }
      }
      return strings;
    }

    /// Takes a string out, wherever it stands.
    public void remove(String string) {
      Item first = items.isEmpty() ? null : items.getFirst();
      boolean any =
          items.removeIf(item ->
              item.value instanceof JsonLeaf leaf
                  && leaf.isString()
                  && leaf.value().equals(string));
      if (any && items.isEmpty()) {
        tail = "";
      } else if (first != null && items.getFirst() != first) {
        Item next = items.getFirst();
        items.set(0, new Item(first.before, next.value, next.after));
      }
    }

    @Override
    public void render(StringBuilder out, Layout layout, int depth) {
      out.append('[');
      for (int i = 0; i < items.size(); i++) {
        Item item = items.get(i);
        out.append(item.before);
        item.value.render(out, layout, depth + 1);
        if (i < items.size() - 1) {
          out.append(item.after).append(',');
        }
      }
      out.append(tail).append(']');
    }
  }
}

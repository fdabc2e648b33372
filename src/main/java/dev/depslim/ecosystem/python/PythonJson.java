package dev.depslim.ecosystem.python;

import dev.depslim.ecosystem.python.PythonJson.Value.Items;
import dev.depslim.ecosystem.python.PythonJson.Value.Text;
import dev.depslim.ecosystem.python.PythonJson.Value.Word;
import dev.depslim.syntax.Tree;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// JSON as Python's `json.dumps(sort_keys=True)` writes it, whose SHA-256 is what locks of Poetry,
/// PDM and Pipenv keep of their manifest.
final class PythonJson {
  private final String comma;
  private final String colon;
  private final StringBuilder out = new StringBuilder();

  private PythonJson(String comma, String colon) {
    this.comma = comma;
    this.colon = colon;
  }

  /// A value of JSON.
  sealed interface Value {
    /// The value of nothing.
    Word NULL = new Word("null");

    record Text(String text) implements Value {}

    /// A number, `true`, `false` or `null`.
    record Word(String word) implements Value {}

    record Items(List<Value> items) implements Value {}

    /// Sorted by the code points of the keys.
    record Fields(Map<String, Value> fields) implements Value {
      Fields() {
        this(new TreeMap<>(PythonJson::byCodePoints));
      }

      Fields with(String key, Value value) {
        fields.put(key, value);
        return this;
      }
    }

    /// The value of a document in TOML or JSON, or null where Python cannot write it (a time).
    static @Nullable Value of(Tree tree) {
      switch (tree) {
        case Tree.Scalar scalar -> {
          return switch (scalar.kind()) {
            case STRING -> new Text(scalar.text());
            case NUMBER -> new Word(scalar.text().replace("_", ""));
            case BOOLEAN, NULL -> new Word(scalar.text());
            case TIME -> null;
          };
        }
        case Tree.Sequence list -> {
          List<Value> items = new ArrayList<>();
          for (Tree item : list.items()) {
            Value value = of(item);
            if (value == null) {
              return null;
            }
            items.add(value);
          }
          return new Items(items);
        }
        case Tree.Mapping mapping -> {
          Fields fields = new Fields();
          for (Tree.Member member : mapping.members()) {
            Value value = of(member.value());
            if (value == null) {
              return null;
            }
            fields.with(member.name(), value);
          }
          return fields;
        }
      }
    }
  }

  private static int byCodePoints(String one, String other) {
    int[] a = one.codePoints().toArray();
    int[] b = other.codePoints().toArray();
    return java.util.Arrays.compare(a, b);
  }

  /// SHA-256 of the JSON in lower-case hexadecimal digits.
  ///
  /// @param compact whether there is no space after a comma or colon
  static String sha256(Value value, boolean compact) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] text = dumps(value, compact).getBytes(StandardCharsets.US_ASCII);
      return HexFormat.of().formatHex(digest.digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /// The JSON itself, in ASCII.
  static String dumps(Value value, boolean compact) {
    PythonJson json = compact ? new PythonJson(",", ":") : new PythonJson(", ", ": ");
    json.write(value);
    return json.out.toString();
  }

  private void write(Value value) {
    switch (value) {
      case Text text -> string(text.text());
      case Word word -> out.append(word.word());
      case Items list -> {
        out.append('[');
        String separator = "";
        for (Value item : list.items()) {
          out.append(separator);
          write(item);
          separator = comma;
        }
        out.append(']');
      }
      case Value.Fields map -> {
        out.append('{');
        String separator = "";
        for (Map.Entry<String, Value> field : map.fields().entrySet()) {
          out.append(separator);
          string(field.getKey());
          out.append(colon);
          write(field.getValue());
          separator = comma;
        }
        out.append('}');
      }
    }
  }

  private void string(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\f' -> out.append("\\f");
        case '\b' -> out.append("\\b");
        default -> {
          if (c < ' ' || c > '~') {
            out.append("\\u").append(HexFormat.of().toHexDigits(c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}

package dev.depslim.ecosystem.debian;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// One paragraph of a Debian control file (Debian policy, chapter 5): fields by lower-case name.
/// Lines of continuation are kept for the fields of one logical line only.
record Stanza(Map<String, String> fields) {
  /// All paragraphs of a file in their order.
  static List<Stanza> parse(byte[] content) {
    List<Stanza> stanzas = new ArrayList<>();
    Map<String, String> fields = new HashMap<>();
    String last = "";
    for (String line : (Iterable<String>) text(content).lines()::iterator) {
      if (line.isBlank()) {
        if (!fields.isEmpty()) {
          stanzas.add(new Stanza(fields));
          fields = new HashMap<>();
        }
        continue;
      }
      int colon = line.indexOf(':');
      if (line.charAt(0) == ' ' || line.charAt(0) == '\t') {
        if (isRelation(last)) {
          fields.merge(last, line.strip(), (a, b) -> a + " " + b);
        }
      } else if (colon > 0) {
        last = line.substring(0, colon).toLowerCase(Locale.ROOT);
        if (!last.equals("description")) {
          fields.put(last, line.substring(colon + 1).strip());
        }
      }
    }
    if (!fields.isEmpty()) {
      stanzas.add(new Stanza(fields));
    }
    return stanzas;
  }

  static String text(byte[] content) {
    return new String(content, StandardCharsets.UTF_8);
  }

  private static boolean isRelation(String field) {
    return switch (field) {
      case "depends", "pre-depends", "recommends", "provides" -> true;
      default -> false;
    };
  }

  /// The value of a field, empty where it is absent.
  String get(String field) {
    return fields.getOrDefault(field, "");
  }

  boolean isYes(String field) {
    return get(field).equalsIgnoreCase("yes");
  }
}

package dev.depslim.ecosystem.python;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The headers of a METADATA or PKG-INFO file (core metadata specifications of the PyPA) that tell
/// what is installed.
///
/// @param requires the Requires-Dist lines
record CoreMetadata(@Nullable String name, @Nullable String version, List<String> requires) {
  CoreMetadata {
    requires = List.copyOf(requires);
  }

  static CoreMetadata parse(byte[] content) {
    @Nullable String name = null;
    @Nullable String version = null;
    List<String> requires = new ArrayList<>();
    String text = new String(content, StandardCharsets.UTF_8);
    int at = 0;
    while (at < text.length()) {
      int newline = text.indexOf('\n', at);
      int end = newline < 0 ? text.length() : newline;
      String line = text.substring(at, end);
      at = end + 1;
      if (line.isEmpty() || line.equals("\r")) {
        break; // the description begins; a line of blanks continues a header, such as the licence
      }
      int colon = line.indexOf(':');
      if (colon > 0 && line.charAt(0) != ' ' && line.charAt(0) != '\t') {
        String value = line.substring(colon + 1).strip();
        switch (line.substring(0, colon).toLowerCase(Locale.ROOT)) {
          case "name" -> name = value;
          case "version" -> version = value;
          case "requires-dist" -> requires.add(value);
          default -> {}
        }
      }
    }
    return new CoreMetadata(name, version, requires);
  }

  /// The unconditional part of an egg's requires.txt: sections in brackets are extras or markers.
  CoreMetadata withRequires(String requiresText) {
    List<String> lines =
        requiresText
            .lines()
            .map(String::strip)
            .takeWhile(line -> !line.startsWith("["))
            .filter(line -> !line.isEmpty())
            .toList();
    return new CoreMetadata(name, version, lines);
  }
}

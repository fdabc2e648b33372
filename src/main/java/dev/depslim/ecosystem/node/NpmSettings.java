package dev.depslim.ecosystem.node;

import dev.depslim.ecosystem.ProjectFiles;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// The settings of a project's `.npmrc` (an ini file) that decide which tree npm builds and where
/// packages come from.
record NpmSettings(Map<String, String> values) {
  static final NpmSettings NONE = new NpmSettings(Map.of());

  /// The settings of a folder; none where it has no `.npmrc`.
  ///
  /// @param folder relative to the analysed root, `""` or with a `/` at its end
  static NpmSettings of(ProjectFiles files, String folder) {
    byte[] bytes = files.read(folder + ".npmrc");
    return bytes == null ? NONE : parse(bytes);
  }

  /// The settings of a file.
  static NpmSettings parse(byte[] bytes) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String line : new String(bytes, StandardCharsets.UTF_8).split("\\R")) {
      String text = line.strip();
      if (text.isEmpty() || text.startsWith(";") || text.startsWith("#") || text.startsWith("[")) {
        continue;
      }
      int equals = text.indexOf('=');
      String key = (equals < 0 ? text : text.substring(0, equals)).strip();
      values.put(key, equals < 0 ? "true" : unquoted(text.substring(equals + 1).strip()));
    }
    return new NpmSettings(values);
  }

  /// Whether a setting is switched on.
  boolean isOn(String name) {
    return "true".equals(values.get(name));
  }

  /// Peers are no requirements at all (`legacy-peer-deps`).
  boolean ignoresPeers() {
    return isOn("legacy-peer-deps");
  }

  private static String unquoted(String value) {
    boolean quoted =
        value.length() > 1
            && (value.startsWith("\"") && value.endsWith("\"")
                || value.startsWith("'") && value.endsWith("'"));
    return quoted ? value.substring(1, value.length() - 1) : value;
  }
}

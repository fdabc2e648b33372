package dev.depslim.ecosystem.node;

import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.syntax.JsonCursor;
import dev.depslim.syntax.SyntaxException;
import dev.depslim.syntax.YamlCursor;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The versions that a workspace keeps in one place and its members name with `catalog:` or
/// `catalog:NAME`: in pnpm-workspace.yaml (pnpm), .yarnrc.yml (Yarn) or package.json (bun), under
/// `catalog` and `catalogs`.
///
/// @param path the file that holds them; empty for none
/// @param byName specs by package, by the name of the catalog
record Catalogs(String path, Map<String, Map<String, String>> byName) {
  /// No catalogs at all.
  static final Catalogs NONE = new Catalogs("", Map.of());

  private static final String DEFAULT = "default";
  private static final String PROTOCOL = "catalog:";

  /// Those that count in a folder: of the nearest folder from there up that has any.
  static Catalogs of(ProjectFiles files, String folder) {
    for (String at = folder; ; at = at.substring(0, Math.max(at.lastIndexOf('/'), 0))) {
      String prefix = at.isEmpty() ? "" : at + "/";
      for (String name : new String[] {"pnpm-workspace.yaml", ".yarnrc.yml", "package.json"}) {
        byte[] bytes = files.read(prefix + name);
        Map<String, Map<String, String>> found = bytes == null ? Map.of() : read(name, bytes);
        if (!found.isEmpty()) {
          return new Catalogs(prefix + name, found);
        }
      }
      if (at.isEmpty()) {
        return NONE;
      }
    }
  }

  boolean isEmpty() {
    return byName.isEmpty();
  }

  /// What a spec such as `catalog:` or `catalog:react18` stands for, or null where no catalog says.
  @Nullable String find(String packageName, String spec) {
    String name = spec.substring(PROTOCOL.length()).strip();
    Map<String, String> catalog = byName.get(name.isEmpty() ? DEFAULT : name);
    return catalog == null ? null : catalog.get(packageName);
  }

  static boolean isReference(String spec) {
    return spec.startsWith(PROTOCOL);
  }

  private static Map<String, Map<String, String>> read(String name, byte[] bytes) {
    Map<String, Map<String, String>> out = new HashMap<>();
    try {
      if (name.equals("package.json")) {
        try (JsonCursor json = JsonCursor.over(bytes)) {
          sections(json, out, true);
        }
      } else {
        YamlCursor yaml = YamlCursor.over(bytes);
        if (yaml.nextDocument()) {
          sections(yaml, out);
        }
      }
    } catch (SyntaxException _) {
      return Map.of(); // reported where the file is read
    }
    return out;
  }

  private static void sections(YamlCursor yaml, Map<String, Map<String, String>> into) {
    for (String key = yaml.enterMapping(); key != null; key = yaml.nextKey()) {
      switch (key) {
        case "catalog" -> entries(yaml, into.computeIfAbsent(DEFAULT, _ -> new HashMap<>()));
        case "catalogs" -> {
          for (String name = yaml.enterMapping(); name != null; name = yaml.nextKey()) {
            entries(yaml, into.computeIfAbsent(name, _ -> new HashMap<>()));
          }
        }
        default -> yaml.skip();
      }
    }
  }

  private static void entries(YamlCursor yaml, Map<String, String> into) {
    for (String name = yaml.enterMapping(); name != null; name = yaml.nextKey()) {
      String spec = yaml.text();
      if (spec != null) {
        into.put(name, spec);
      }
    }
  }

  /// bun takes them below `workspaces` too.
  private static void sections(
      JsonCursor json, Map<String, Map<String, String>> into, boolean outermost) {
    for (String key = json.enterObject(); key != null; key = json.nextName()) {
      switch (key) {
        case "catalog" -> entries(json, into.computeIfAbsent(DEFAULT, _ -> new HashMap<>()));
        case "catalogs" -> {
          for (String name = json.enterObject(); name != null; name = json.nextName()) {
            entries(json, into.computeIfAbsent(name, _ -> new HashMap<>()));
          }
        }
        case "workspaces" -> {
          if (outermost && json.isObject()) {
            sections(json, into, false);
          } else {
            json.skip();
          }
        }
        default -> json.skip();
      }
    }
  }

  private static void entries(JsonCursor json, Map<String, String> into) {
    for (String name = json.enterObject(); name != null; name = json.nextName()) {
      String spec = json.string();
      if (spec != null) {
        into.put(name, spec);
      }
    }
  }
}

package dev.depslim.ecosystem.node;

import dev.depslim.model.Scope;
import dev.depslim.syntax.JsonCursor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the package.json of a project says to whoever enters a lock that does not know its projects
/// itself (Yarn's).
///
/// @param requirements names and specs as written, each name once: of a name in several sections
///   the one that counts, as Yarn reads them
/// @param workspaces folder globs of members
/// @param resolutions versions that win, by pattern such as `a`, `b/a` or `**/a`
record ProjectManifest(
    @Nullable String name,
    @Nullable String version,
    Map<String, Requirement> requirements,
    List<String> workspaces,
    Map<String, String> resolutions) {
  /// @param spec as written
  record Requirement(String name, String spec, Scope scope, String section) {}

  /// A manifest that says nothing.
  static final ProjectManifest NONE =
      new ProjectManifest(null, null, Map.of(), List.of(), Map.of());

  /// Reads a package.json; peers are not asked for by a project.
  ///
  /// @throws dev.depslim.syntax.SyntaxException where it is not JSON
  static ProjectManifest parse(byte[] content) {
    @Nullable String name = null;
    @Nullable String version = null;
    Map<String, Requirement> runtime = new LinkedHashMap<>();
    Map<String, Requirement> development = new LinkedHashMap<>();
    Map<String, Requirement> optional = new LinkedHashMap<>();
    List<String> workspaces = new ArrayList<>();
    Map<String, String> resolutions = new LinkedHashMap<>();
    try (JsonCursor json = JsonCursor.over(content)) {
      for (String field = json.enterObject(); field != null; field = json.nextName()) {
        switch (field) {
          case "name" -> name = json.string();
          case "version" -> version = json.string();
          case "dependencies" -> section(json, field, Scope.RUNTIME, runtime);
          case "devDependencies" -> section(json, field, Scope.DEV, development);
          case "optionalDependencies" -> section(json, field, Scope.OPTIONAL, optional);
          case "workspaces" -> workspaces(json, workspaces);
          case "resolutions" -> {
            for (String key = json.enterObject(); key != null; key = json.nextName()) {
              String value = json.string();
              if (value != null) {
                resolutions.put(key, value);
              }
            }
          }
          default -> json.skip();
        }
      }
    }
    Map<String, Requirement> all = new LinkedHashMap<>(development);
    all.putAll(runtime);
    all.putAll(optional);
    return new ProjectManifest(name, version, all, workspaces, resolutions);
  }

  private static void section(
      JsonCursor json, String section, Scope scope, Map<String, Requirement> into) {
    for (String name = json.enterObject(); name != null; name = json.nextName()) {
      String spec = json.string();
      if (spec != null && !name.startsWith("//")) {
        into.put(name, new Requirement(name, spec.strip(), scope, section));
      }
    }
  }

  private static void workspaces(JsonCursor json, List<String> into) {
    if (json.isObject()) {
      for (String key = json.enterObject(); key != null; key = json.nextName()) {
        if (key.equals("packages")) {
          workspaces(json, into);
        } else {
          json.skip();
        }
      }
      return;
    }
    for (boolean more = json.enterArray(); more; more = json.nextItem()) {
      String glob = json.string();
      if (glob != null) {
        into.add(glob);
      }
    }
  }
}

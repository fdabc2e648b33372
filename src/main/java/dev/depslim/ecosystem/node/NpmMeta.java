package dev.depslim.ecosystem.node;

import dev.depslim.syntax.JsonNode;
import dev.depslim.syntax.JsonNode.JsonArray;
import dev.depslim.syntax.JsonNode.JsonLeaf;
import dev.depslim.syntax.JsonObject;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a package.json, or the entry of a lock that repeats it, says of requirements.
///
/// @param bundled names that the archive of the package brings itself
/// @param accept other ranges that do as well (`acceptDependencies`)
/// @param workspaces globs of the members
/// @param overrides the field as it stands, or null
record NpmMeta(
    @Nullable String name,
    @Nullable String version,
    Map<String, String> dependencies,
    Map<String, String> optional,
    Map<String, String> peers,
    Set<String> optionalPeers,
    Map<String, String> development,
    Map<String, String> accept,
    Set<String> bundled,
    List<String> workspaces,
    @Nullable JsonObject overrides) {
  static final String DEPENDENCIES = "dependencies";
  static final String OPTIONAL = "optionalDependencies";
  static final String PEERS = "peerDependencies";
  static final String PEERS_META = "peerDependenciesMeta";
  static final String DEVELOPMENT = "devDependencies";
  static final List<String> BUNDLED = List.of("bundleDependencies", "bundledDependencies");

  /// Reads a package.json or an entry of `packages` in a lock.
  static NpmMeta of(JsonObject json) {
    Map<String, String> dependencies = strings(json, DEPENDENCIES);
    Map<String, String> optional = strings(json, OPTIONAL);
    return new NpmMeta(
        json.string("name"),
        json.string("version"),
        dependencies,
        optional,
        strings(json, PEERS),
        optionalPeers(json),
        strings(json, DEVELOPMENT),
        strings(json, "acceptDependencies"),
        bundled(json, dependencies),
        workspaces(json.get("workspaces")),
        json.object("overrides"));
  }

  /// The version that a section asks for, looked up in the order in which npm follows a reference
  /// of `overrides`, or null.
  @Nullable String referred(String dependency) {
    for (Map<String, String> section : List.of(development, optional, dependencies, peers)) {
      String spec = section.get(dependency);
      if (spec != null && !spec.isEmpty()) {
        return spec;
      }
    }
    return null;
  }

  private static Map<String, String> strings(JsonObject json, String section) {
    JsonObject rows = json.object(section);
    if (rows == null || rows.isEmpty()) {
      return Map.of();
    }
    Map<String, String> out = LinkedHashMap.newLinkedHashMap(rows.members().size());
    for (JsonObject.Member row : rows.members()) {
      if (row.value() instanceof JsonLeaf leaf && leaf.isString() && !isComment(row.name())) {
        out.put(row.name(), leaf.value());
      }
    }
    return out;
  }

  static boolean isComment(String key) {
    return key.startsWith("//");
  }

  private static Set<String> optionalPeers(JsonObject json) {
    JsonObject meta = json.object(PEERS_META);
    if (meta == null) {
      return Set.of();
    }
    Set<String> out = new LinkedHashSet<>();
    for (JsonObject.Member member : meta.members()) {
      if (member.value() instanceof JsonObject peer && peer.isTrue("optional")) {
        out.add(member.name());
      }
    }
    return out;
  }

  private static Set<String> bundled(JsonObject json, Map<String, String> dependencies) {
    for (String key : BUNDLED) {
      JsonNode value = json.get(key);
      if (value instanceof JsonArray names) {
        return new LinkedHashSet<>(names.strings());
      }
      if (value instanceof JsonLeaf leaf && leaf.text().equals("true")) {
        return dependencies.keySet();
      }
    }
    return Set.of();
  }

  private static List<String> workspaces(@Nullable JsonNode value) {
    if (value instanceof JsonArray globs) {
      return globs.strings();
    }
    return value instanceof JsonObject object && object.get("packages") instanceof JsonArray globs
        ? globs.strings()
        : List.of();
  }
}

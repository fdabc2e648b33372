package dev.depslim.ecosystem.node;

import dev.depslim.syntax.JsonCursor;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the package.json of an installed package or of the application says to whoever looks for
/// installed packages.
///
/// @param requires names that must be there when it runs: dependencies, optionalDependencies, and
///   peerDependencies that are not optional
/// @param development names of devDependencies
record InstalledManifest(
    @Nullable String name,
    @Nullable String version,
    List<String> requires,
    List<String> development) {
  InstalledManifest {
    requires = List.copyOf(requires);
    development = List.copyOf(development);
  }

  /// Reads a package.json.
  ///
  /// @throws dev.depslim.syntax.SyntaxException where it is not JSON
  static InstalledManifest parse(byte[] content) {
    @Nullable String name = null;
    @Nullable String version = null;
    Set<String> requires = new LinkedHashSet<>();
    Set<String> peers = new LinkedHashSet<>();
    Set<String> optionalPeers = new LinkedHashSet<>();
    Set<String> development = new LinkedHashSet<>();
    try (JsonCursor json = JsonCursor.over(content)) {
      for (String field = json.enterObject(); field != null; field = json.nextName()) {
        switch (field) {
          case "name" -> name = json.string();
          case "version" -> version = json.string();
          case "dependencies", "optionalDependencies" -> names(json, requires);
          case "peerDependencies" -> names(json, peers);
          case "peerDependenciesMeta" -> optional(json, optionalPeers);
          case "devDependencies" -> names(json, development);
          default -> json.skip();
        }
      }
    }
    peers.removeAll(optionalPeers);
    requires.addAll(peers);
    return new InstalledManifest(name, version, List.copyOf(requires), List.copyOf(development));
  }

  private static void names(JsonCursor json, Set<String> into) {
    for (String name = json.enterObject(); name != null; name = json.nextName()) {
      into.add(name);
      json.skip();
    }
  }

  private static void optional(JsonCursor json, Set<String> into) {
    for (String name = json.enterObject(); name != null; name = json.nextName()) {
      for (String field = json.enterObject(); field != null; field = json.nextName()) {
        if (field.equals("optional") && json.flag()) {
          into.add(name);
        } else if (!field.equals("optional")) {
          json.skip();
        }
      }
    }
  }
}

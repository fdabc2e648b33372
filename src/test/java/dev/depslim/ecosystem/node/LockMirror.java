package dev.depslim.ecosystem.node;

import dev.depslim.syntax.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The two ways in which a lock of version 2 says what lies where, both brought into one form: each
/// place with its version and flags.
final class LockMirror {
  private static final List<String> FLAGS = List.of("peer", "dev", "optional", "devOptional");

  private LockMirror() {}

  /// What `dependencies` says, the form of npm before 7.
  static Map<String, String> mirrored(JsonObject lock) {
    Map<String, String> places = new TreeMap<>();
    mirror(lock, lock, "", places);
    return places;
  }

  /// What `packages` says of places in `node_modules`.
  static Map<String, String> placed(JsonObject lock) {
    Map<String, String> places = new TreeMap<>();
    JsonObject stated = lock.object("packages");
    JsonObject packages = stated == null ? JsonObject.empty() : stated;
    for (String location : packages.names()) {
      JsonObject entry = packages.object(location);
      if (entry != null && Locations.isInModules(location)) {
        String version =
            entry.isTrue("link") ? "file:" + entry.string("resolved") : entry.string("version");
        places.put(location, version + flags(entry));
      }
    }
    return places;
  }

  private static void mirror(
      JsonObject lock, JsonObject owner, String place, Map<String, String> out) {
    JsonObject dependencies = owner.object("dependencies");
    if (dependencies == null) {
      return;
    }
    for (String name : dependencies.names()) {
      JsonObject entry = dependencies.object(name);
      if (entry == null) {
        continue;
      }
      if (place.isEmpty() && isFolder(lock, name)) {
        mirror(lock, entry, name + "/", out);
        continue;
      }
      String location = place + "node_modules/" + name;
      String version = String.valueOf(entry.string("version"));
      if (version.startsWith("npm:")) {
        version = version.substring(version.lastIndexOf('@') + 1);
      }
      out.put(location, version + flags(entry));
      boolean link = version.startsWith("file:");
      mirror(lock, entry, (link ? version.substring("file:".length()) : location) + "/", out);
    }
  }

  private static boolean isFolder(JsonObject lock, String name) {
    JsonObject packages = lock.object("packages");
    return packages != null
        && packages.get("node_modules/" + name) == null
        && packages.get(name) != null;
  }

  private static String flags(JsonObject entry) {
    return String.join("", FLAGS.stream().filter(entry::isTrue).map(flag -> " " + flag).toList());
  }
}

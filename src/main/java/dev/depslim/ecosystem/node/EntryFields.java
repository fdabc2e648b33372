package dev.depslim.ecosystem.node;

import dev.depslim.ecosystem.node.LockEntry.Kind;
import dev.depslim.model.Issue;
import dev.depslim.model.Location;
import dev.depslim.syntax.JsonCursor;
import java.util.List;

/// The fields that an entry has in every version of the lock.
final class EntryFields {
  private EntryFields() {}

  /// Whether the current value can be an entry; else it is passed over and reported.
  static boolean isEntry(JsonCursor json, String name, String path, List<Issue> issues) {
    if (json.isObject()) {
      return true;
    }
    issues.add(
        Issue.error(
            new Location(path, json.line(), json.column()),
            "the entry \"" + name + "\" must be an object; it does not count"));
    json.skip();
    return false;
  }

  /// Notes the names of an object of names and ranges.
  static void requirements(JsonCursor json, LockEntry entry, Kind kind) {
    for (String name = json.enterObject(); name != null; name = json.nextName()) {
      entry.require(name, kind);
      json.skip();
    }
  }

  /// The same for a folder of the user: what it asks for is kept as written.
  static void statedRequirements(JsonCursor json, LockEntry entry, Kind kind, String lock) {
    for (String name = json.enterObject(); name != null; name = json.nextName()) {
      entry.require(name, kind);
      Location at = Location.of(lock, json.line());
      String spec = json.string();
      if (spec != null && !NpmMeta.isComment(name)) {
        entry.stated.add(new StatedRow(kind.section, name, spec, at));
      }
    }
  }

  /// Notes a flag, or which systems it is for; other fields are passed over.
  static void flag(JsonCursor json, String key, LockEntry entry) {
    switch (key) {
      case "dev" -> entry.dev = json.flag();
      case "optional" -> entry.optional = json.flag();
      case "devOptional" -> entry.devOptional = json.flag();
      case "peer" -> entry.peer = json.flag();
      case "inBundle", "bundled" -> entry.inBundle = json.flag();
      case "extraneous" -> entry.extraneous = json.flag();
      case "os", "cpu" -> entry.foreign |= !Platforms.admits(key, Platforms.strings(json));
      default -> json.skip();
    }
  }
}

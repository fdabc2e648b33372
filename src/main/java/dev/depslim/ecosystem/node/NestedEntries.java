package dev.depslim.ecosystem.node;

import dev.depslim.ecosystem.node.LockEntry.Kind;
import dev.depslim.model.Issue;
import dev.depslim.model.Location;
import dev.depslim.syntax.JsonCursor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The `dependencies` of lock version 1: entries inside the entries whose `node_modules` holds
/// them.
///
/// @param path of the lock, for issues
/// @param keepsResolved whether entries keep where npm fetches them from, as written
/// @param issues where issues go
/// @param entries where entries go, in the order of the file
record NestedEntries(
    String path, boolean keepsResolved, List<Issue> issues, List<LockEntry> entries) {
  /// Reads the current object.
  ///
  /// @param folder where its entries are placed, `""` or with a `/` at its end
  void read(JsonCursor json, LockEntry parent, String folder) {
    Map<String, Integer> places = new HashMap<>();
    for (String name = json.enterObject(); name != null; name = json.nextName()) {
      if (EntryFields.isEntry(json, name, path, issues)) {
        LockEntry entry = new LockEntry(folder + "node_modules/" + name, json.line());
        parent.adopt(name, entry);
        Integer before = places.putIfAbsent(name, entries.size());
        if (before == null) {
          entries.add(entry);
        } else {
          issues.add(repeated(path, entries.set(before, entry), entry));
        }
        readEntry(json, entry, name);
        entry.settle(keepsResolved);
      }
    }
  }

  /// Of entries for one place the last one counts, as in every object of JSON.
  static Issue repeated(String path, LockEntry before, LockEntry entry) {
    return Issue.warning(
        Location.of(path, before.line),
        "\""
            + entry.path
            + "\" stands here and again in line "
            + entry.line
            + ", which counts: write the lock anew with 'npm install --package-lock-only'");
  }

  private void readEntry(JsonCursor json, LockEntry entry, String name) {
    for (String key = json.enterObject(); key != null; key = json.nextName()) {
      switch (key) {
        case "version" -> NestedVersion.apply(json.string(), name, entry);
        case "resolved" -> {
          String resolved = json.string();
          entry.resolved = entry.resolved == null ? resolved : entry.resolved;
        }
        case "requires" -> EntryFields.requirements(json, entry, Kind.RUNTIME);
        case "dependencies" -> read(json, entry, entry.isRoot() ? "" : entry.path + "/");
        default -> EntryFields.flag(json, key, entry);
      }
    }
  }
}

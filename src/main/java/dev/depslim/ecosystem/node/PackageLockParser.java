package dev.depslim.ecosystem.node;

import dev.depslim.ecosystem.SourceFile;
import dev.depslim.ecosystem.node.LockEntry.Kind;
import dev.depslim.model.DeclaredDependency;
import dev.depslim.model.Issue;
import dev.depslim.model.Location;
import dev.depslim.model.Manifest;
import dev.depslim.syntax.JsonCursor;
import dev.depslim.syntax.SyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the text of a lock of npm into entries, from front to back.
final class PackageLockParser {
  private static final int NEWEST = 3;

  private static final String REMEDY = "write it anew with 'npm install --package-lock-only'";

  private final String path;
  private final boolean keepsResolved;
  private final List<Issue> issues = new ArrayList<>();
  private final List<LockEntry> entries = new ArrayList<>();
  private final List<String> optionalPeers = new ArrayList<>();
  private final List<String> workspaces = new ArrayList<>();
  private final SharedTexts versions = new SharedTexts();
  private LockEntry root = new LockEntry("", 0);
  private boolean rootStated;
  private boolean placed;
  private boolean nested;
  private @Nullable String format;

  private PackageLockParser(String path, boolean keepsResolved) {
    this.path = path;
    this.keepsResolved = keepsResolved;
  }

  /// What can be read; where the text is not JSON there are no entries and one issue.
  ///
  /// @param keepsResolved whether entries keep where npm fetches them from, as written
  static PackageLockParser parse(SourceFile file, boolean keepsResolved) {
    PackageLockParser parser = new PackageLockParser(file.path(), keepsResolved);
    try (JsonCursor json = JsonCursor.over(file.open())) {
      parser.document(json);
    } catch (SyntaxException e) {
      parser = new PackageLockParser(file.path(), keepsResolved);
      parser.issues.add(LockProblem.of(file, e, "not valid JSON", REMEDY));
    }
    return parser;
  }

  List<Issue> issues() {
    return issues;
  }

  @Nullable String format() {
    return format;
  }

  /// Whether the lock itself says what is direct.
  boolean hasRoot() {
    return rootStated;
  }

  /// Whether entries have the place where npm puts them, as from version 2 on.
  boolean isPlaced() {
    return placed;
  }

  /// Whether nothing of it could be read.
  boolean isBroken() {
    return !placed && !nested && format == null;
  }

  LockEntry root() {
    return root;
  }

  /// The entries in the order of the file, without the root.
  List<LockEntry> entries() {
    return entries;
  }

  /// Leaves peers out, as npm does with the setting `legacy-peer-deps`.
  void forgetPeers() {
    root.forgetPeers();
    entries.forEach(LockEntry::forgetPeers);
  }

  /// Takes what is direct from the manifest beside the lock.
  void enterFrom(Manifest manifest) {
    rootStated = true;
    for (DeclaredDependency dependency : manifest.dependencies()) {
      Kind kind =
          switch (dependency.scope()) {
            case DEV, TEST, BUILD -> Kind.DEV;
            case OPTIONAL -> Kind.OPTIONAL;
            case PEER -> dependency.marker() == null ? Kind.PEER : Kind.OPTIONAL_PEER;
            case RUNTIME -> Kind.RUNTIME;
          };
      root.require(dependency.name(), kind);
    }
  }

  LockTree tree() {
    return LockTree.of(root, rootStated, entries, placed, workspaces);
  }

  private void document(JsonCursor json) {
    int line = json.line();
    int column = json.column();
    boolean isObject = json.isObject();
    for (String key = json.enterObject(); key != null; key = json.nextName()) {
      switch (key) {
        case "lockfileVersion" -> format(json);
        case "packages" -> packages(json);
        case "dependencies" -> {
          if (placed || !json.isObject()) {
            json.skip(); // version 2 says everything twice
          } else {
            nested = true;
            new NestedEntries(path, keepsResolved, issues, entries).read(json, root, "");
          }
        }
        default -> json.skip();
      }
    }
    json.end();
    if (placed) {
      dropRepeated();
    }
    if (!isObject || !placed && !nested && format == null) {
      issues.add(
          Issue.error(
              new Location(path, line, column),
              "not a lock file of npm: it has no lockfileVersion, packages or dependencies;"
                  + " write it anew with 'npm install --package-lock-only'"));
    }
  }

  /// Keeps the last one of several entries for one place.
  private void dropRepeated() {
    Map<String, LockEntry> last = LinkedHashMap.newLinkedHashMap(entries.size());
    for (LockEntry entry : entries) {
      LockEntry before = last.put(entry.path, entry);
      if (before != null) {
        issues.add(NestedEntries.repeated(path, before, entry));
      }
    }
    if (last.size() < entries.size()) {
      entries.clear();
      entries.addAll(last.values());
    }
  }

  private void format(JsonCursor json) {
    int line = json.line();
    int column = json.column();
    long version = json.number(-1);
    if (version < 0) {
      issues.add(
          Issue.warning(
              new Location(path, line, column),
              "lockfileVersion is not a number: read by what the file contains"));
      return;
    }
    format = Long.toString(version);
    if (version > NEWEST || version == 0) {
      issues.add(
          Issue.warning(
              new Location(path, line, column),
              "lockfileVersion " + version + " is not known: read like version " + NEWEST));
    }
  }

  private void packages(JsonCursor json) {
    if (!json.isObject()) {
      issues.add(
          Issue.error(
              new Location(path, json.line(), json.column()),
              "\"packages\" must be an object; nothing in it counts"));
      json.skip();
      return;
    }
    if (nested) {
      entries.clear();
      root = new LockEntry("", 0);
    }
    placed = true;
    for (String place = json.enterObject(); place != null; place = json.nextName()) {
      if (EntryFields.isEntry(json, place, path, issues)) {
        LockEntry entry = new LockEntry(place, json.line());
        entry.own = entry.isOutsideModules();
        entry.stated = entry.own ? new ArrayList<>() : entry.stated;
        placedEntry(json, entry);
        if (entry.isRoot()) {
          root = entry;
          rootStated = true;
        } else {
          entries.add(entry);
        }
      }
    }
  }

  private void placedEntry(JsonCursor json, LockEntry entry) {
    optionalPeers.clear();
    for (String key = json.enterObject(); key != null; key = json.nextName()) {
      switch (key) {
        case "name" -> entry.name = json.string();
        case "version" -> entry.version = versions.shared(json.string());
        case "resolved" -> entry.resolved = json.string();
        case "link" -> entry.link = json.flag();
        case "dependencies" -> requirements(json, entry, Kind.RUNTIME);
        case "optionalDependencies" -> requirements(json, entry, Kind.OPTIONAL);
        case "devDependencies" -> {
          // npm installs them for the user's own folders only
          if (entry.own) {
            requirements(json, entry, Kind.DEV);
          } else {
            json.skip();
          }
        }
        case "peerDependencies" -> requirements(json, entry, Kind.PEER);
        case "peerDependenciesMeta" -> optionalPeers(json);
        case "workspaces" -> {
          if (entry.isRoot()) {
            workspaces(json);
          } else {
            json.skip();
          }
        }
        default -> EntryFields.flag(json, key, entry);
      }
    }
    for (String peer : optionalPeers) {
      entry.peerMayBeAbsent(peer);
    }
    entry.settle(keepsResolved);
  }

  private void requirements(JsonCursor json, LockEntry entry, Kind kind) {
    if (entry.own) {
      EntryFields.statedRequirements(json, entry, kind, path);
    } else {
      EntryFields.requirements(json, entry, kind);
    }
  }

  private void optionalPeers(JsonCursor json) {
    for (String name = json.enterObject(); name != null; name = json.nextName()) {
      for (String key = json.enterObject(); key != null; key = json.nextName()) {
        if (!key.equals("optional")) {
          json.skip();
        } else if (json.flag()) {
          optionalPeers.add(name);
        }
      }
    }
  }

  private void workspaces(JsonCursor json) {
    if (json.isObject()) {
      for (String key = json.enterObject(); key != null; key = json.nextName()) {
        if (key.equals("packages")) {
          workspaces(json);
        } else {
          json.skip();
        }
      }
      return;
    }
    for (boolean more = json.enterArray(); more; more = json.nextItem()) {
      String glob = json.string();
      if (glob != null) {
        workspaces.add(glob);
      }
    }
  }
}

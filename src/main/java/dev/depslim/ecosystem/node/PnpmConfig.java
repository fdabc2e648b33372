package dev.depslim.ecosystem.node;

import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.model.Location;
import dev.depslim.syntax.SyntaxException;
import dev.depslim.syntax.Tree;
import dev.depslim.syntax.Yaml;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The settings of a workspace of pnpm that decide what its lock says: those of the nearest
/// pnpm-workspace.yaml, of `pnpm` and `resolutions` in the package.json of that folder, and of
/// `.npmrc`.
///
/// @param workspace the document of pnpm-workspace.yaml, or null
/// @param workspacePath its path
/// @param manifest the package.json whose `pnpm` counts, or null
record PnpmConfig(
    Tree.@Nullable Mapping workspace,
    String workspacePath,
    @Nullable WrittenManifest manifest,
    NpmSettings settings) {

  /// @param folder of the lock
  static PnpmConfig of(ProjectFiles files, String folder) {
    String at = folder;
    while (!files.exists(below(at, "pnpm-workspace.yaml")) && !at.isEmpty()) {
      at = at.substring(0, Math.max(at.lastIndexOf('/'), 0));
    }
    String path = below(at, "pnpm-workspace.yaml");
    byte[] bytes = files.read(path);
    Tree.@Nullable Mapping document = null;
    try {
      document = bytes != null && Yaml.parse(bytes) instanceof Tree.Mapping root ? root : null;
    } catch (SyntaxException _) {
      // reported where the file is read
    }
    String home = bytes == null ? folder : at;
    return new PnpmConfig(
        document,
        path,
        WrittenManifest.in(files, home),
        NpmSettings.of(files, home.isEmpty() ? "" : home + "/"));
  }

  private static String below(String folder, String name) {
    return folder.isEmpty() ? name : folder + "/" + name;
  }

  /// The globs of the members; empty where the lock serves one project.
  List<String> members() {
    Tree.Sequence packages = workspace == null ? null : workspace.sequence("packages");
    return packages == null ? List.of() : packages.strings();
  }

  /// Whether a lock lies in a member of the workspace, whose own lock is the one that counts.
  ///
  /// @param folder of the lock
  boolean isDead(String folder) {
    String home = home();
    if (workspace == null || folder.equals(home) || isUnshared()) {
      return false;
    }
    return WorkspaceGlobs.of(members())
        .match(home.isEmpty() ? folder : folder.substring(home.length() + 1));
  }

  /// Whether settings of the nearest workspace are not those of the lock: its project is not part
  /// of it, or every member has a lock of its own, with the settings of its own package.json (seen
  /// in locks by pnpm 9).
  boolean isForeign(String folder) {
    return workspace != null && !folder.equals(home());
  }

  private String home() {
    int slash = workspacePath.lastIndexOf('/');
    return slash < 0 ? "" : workspacePath.substring(0, slash);
  }

  /// Whether every member has a lock of its own.
  boolean isUnshared() {
    Tree setting = workspace == null ? null : workspace.get("sharedWorkspaceLockfile");
    return "false".equals(settings.values().get("shared-workspace-lockfile"))
        || setting instanceof Tree.Scalar value && value.text().equals("false");
  }

  /// Rows of a mapping of pnpm-workspace.yaml.
  Map<String, StatedRow> workspaceRows(String section) {
    Tree.Mapping rows = workspace == null ? null : workspace.mapping(section);
    return rows == null ? Map.of() : rows(section, rows);
  }

  private Map<String, StatedRow> rows(String section, Tree.Mapping mapping) {
    Map<String, StatedRow> out = new LinkedHashMap<>();
    for (Tree.Member row : mapping.members()) {
      if (row.value() instanceof Tree.Scalar value) {
        Location at = new Location(workspacePath, row.line(), row.column());
        out.put(row.name(), new StatedRow(section, row.name(), value.text(), at));
      }
    }
    return out;
  }

  /// The catalogs of pnpm-workspace.yaml, by name.
  Map<String, Map<String, StatedRow>> catalogs() {
    Map<String, Map<String, StatedRow>> out = new HashMap<>();
    if (workspace == null) {
      return out;
    }
    Map<String, StatedRow> plain = workspaceRows("catalog");
    if (!plain.isEmpty()) {
      out.put("default", plain);
    }
    Tree.Mapping named = workspace.mapping("catalogs");
    if (named != null) {
      for (Tree.Member member : named.members()) {
        if (member.value() instanceof Tree.Mapping rows) {
          out.put(member.name(), rows("catalogs", rows));
        }
      }
    }
    return out;
  }

  /// `overrides` of the package.json, as pnpm before 11 reads them.
  Map<String, StatedRow> manifestOverrides() {
    return manifest == null ? Map.of() : manifest.strings("pnpm", "overrides");
  }

  /// `resolutions` of the package.json, which pnpm before 11 reads too.
  Map<String, StatedRow> resolutions() {
    return manifest == null ? Map.of() : manifest.strings("resolutions");
  }

  /// Whether the project says that its pnpm is one that does not read `pnpm` of package.json.
  boolean ignoresManifest() {
    String manager = manifest == null ? null : manifest.root().string("packageManager");
    if (manager == null || !manager.startsWith("pnpm@")) {
      return false;
    }
    String version = manager.substring("pnpm@".length());
    int dot = version.indexOf('.');
    String major = dot < 0 ? version : version.substring(0, dot);
    return major.length() > 1 && major.chars().allMatch(Character::isDigit) && !major.equals("10");
  }

  /// What a value stands for: `$name` what the project itself asks for, `catalog:` what the catalog
  /// says, else itself.
  String resolved(String name, String value) {
    if (value.startsWith("$") && manifest != null) {
      for (StatedRow row :
          manifest.rows(
              WrittenManifest.DEVELOPMENT,
              WrittenManifest.RUNTIME,
              WrittenManifest.OPTIONAL,
              WrittenManifest.PEERS)) {
        if (row.name().equals(value.substring(1))) {
          return resolved(row.name(), row.spec());
        }
      }
    }
    if (Catalogs.isReference(value)) {
      String catalog = value.substring("catalog:".length()).strip();
      Map<String, StatedRow> rows = catalogs().get(catalog.isEmpty() ? "default" : catalog);
      StatedRow row = rows == null ? null : rows.get(name);
      return row == null ? value : row.spec();
    }
    return value;
  }

  /// The package that a selector of an override is about: `a`, `a@^1`, `b>a`, `b@1>@c/a@2`.
  static String target(String selector) {
    String last = selector;
    // a version range may begin with > as well, but then no name follows it
    int arrow = selector.lastIndexOf('>');
    if (arrow > 0 && arrow + 1 < selector.length()) {
      char next = selector.charAt(arrow + 1);
      boolean named = Character.isLetter(next) || next == '@' || next == '_';
      last = named ? selector.substring(arrow + 1) : selector;
    }
    int at = last.indexOf('@', 1);
    return (at < 0 ? last : last.substring(0, at)).strip();
  }
}

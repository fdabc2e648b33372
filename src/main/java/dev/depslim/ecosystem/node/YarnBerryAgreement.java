package dev.depslim.ecosystem.node;

import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.model.Disagreement;
import dev.depslim.model.Location;
import dev.depslim.syntax.Tree;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whether a lock of Yarn 2 or later says what its manifests say: each project is an entry
/// `name@workspace:folder` with everything that its package.json asks for, of all sections in one
/// list, so a move between sections is no difference. `--immutable` refuses any other.
final class YarnBerryAgreement {
  private final NodeLock lock;
  private final ProjectFiles files;
  private final List<Disagreement> out = new ArrayList<>();

  private YarnBerryAgreement(NodeLock lock, ProjectFiles files) {
    this.lock = lock;
    this.files = files;
  }

  /// The disagreements; none where no manifest lies beside the lock.
  ///
  /// @param projects entries of the user's own packages by folder, relative to that of the lock
  /// @param others all other entries
  static List<Disagreement> of(
      String path, Map<String, YarnEntry> projects, List<YarnEntry> others, ProjectFiles files) {
    NodeLock lock =
        new NodeLock(path, "yarn install --immutable", "yarn install --mode=update-lockfile");
    WrittenManifest root = WrittenManifest.in(files, lock.folder());
    if (root == null || projects.isEmpty() || Workspaces.isMember(files, lock.folder())) {
      return List.of();
    }
    YarnBerryAgreement agreement = new YarnBerryAgreement(lock, files);
    projects.forEach(agreement::project);
    agreement.absentMembers(root, projects);
    agreement.resolutions(root, others);
    return agreement.out;
  }

  private void project(String folder, YarnEntry entry) {
    String path = lock.folder(folder);
    WrittenManifest manifest = path.startsWith("..") ? null : WrittenManifest.in(files, path);
    if (manifest == null) {
      return;
    }
    Map<String, List<StatedRow>> stated = new LinkedHashMap<>();
    for (StatedRow row :
        manifest.rows(
            WrittenManifest.RUNTIME, WrittenManifest.DEVELOPMENT, WrittenManifest.OPTIONAL)) {
      stated.computeIfAbsent(row.name(), _ -> new ArrayList<>()).add(row);
    }
    Map<String, String> locked = new LinkedHashMap<>();
    Set<String> optional = new HashSet<>();
    for (YarnEntry.Requirement one : entry.requirements) {
      locked.put(one.name(), one.range());
      if (one.optional()) {
        optional.add(one.name());
      }
    }
    stated.forEach((name, rows) -> {
      String range = locked.get(name);
      if (range == null || rows.stream().noneMatch(row -> isSame(row.spec(), range))) {
        report(rows.getFirst(), range, manifest, entry);
      } else if (optional.contains(name) != isOptional(manifest, rows)) {
        StatedRow row = rows.getLast();
        String not = optional.contains(name) ? "" : "not ";
        String what =
            "it is in "
                + row.section()
                + " of "
                + manifest.path()
                + ", and "
                + lock.name()
                + " was made with it "
                + not
                + "being optional";
        out.add(lock.of(name, row.location(), what, true, List.of()));
      }
    });
    for (StatedRow row : manifest.rows(WrittenManifest.PEERS)) {
      String range = entry.peers.get(row.name());
      if (range == null || !isSame(row.spec(), range)) {
        report(row, range, manifest, entry);
      }
    }
    locked.forEach((name, range) -> {
      if (!stated.containsKey(name)) {
        StatedRow row =
            new StatedRow(
                WrittenManifest.RUNTIME, name, range, Location.of(lock.path(), entry.line));
        String what =
            lock.name()
                + " was made for "
                + range
                + ", and "
                + manifest.path()
                + " does not name it";
        out.add(lock.of(name, row.location(), what, true, List.of()));
      }
    });
  }

  private static boolean isOptional(WrittenManifest manifest, List<StatedRow> rows) {
    Tree.Mapping meta = manifest.root().mapping("dependenciesMeta");
    Tree.Mapping one = meta == null ? null : meta.mapping(rows.getFirst().name());
    return one != null && one.isTrue("optional")
        || rows.stream().anyMatch(row -> row.section().equals(WrittenManifest.OPTIONAL));
  }

  /// Whether the lock has what a manifest asks for. Of repositories, folders and patches the lock
  /// may have another spelling: then only that the name is there is known.
  private static boolean isSame(String spec, String range) {
    String plain = plain(range);
    if (plain(spec).equals(plain) || Catalogs.isReference(spec)) {
      return true;
    }
    return switch (NpmSpec.parse(spec).type()) {
      case RANGE, VERSION, TAG, ALIAS -> false;
      case WORKSPACE -> false;
      case GIT, REMOTE, FILE, DIRECTORY, LINK, CATALOG, PATCH, JSR, EXEC, INVALID -> true;
    };
  }

  private static String plain(String range) {
    String text = range.strip();
    return text.startsWith("npm:") ? text.substring("npm:".length()) : text;
  }

  private void report(
      StatedRow row, @Nullable String range, WrittenManifest manifest, YarnEntry entry) {
    String asks = row.spec().isEmpty() ? "any version" : row.spec();
    String what =
        manifest.path()
            + " asks for "
            + asks
            + " in "
            + row.section()
            + (range == null
                ? ", and " + lock.name() + " was made without it"
                : ", " + lock.name() + " was made for " + range);
    List<String> evidence = List.of("locked at " + lock.path() + ":" + entry.line);
    out.add(lock.of(row.name(), row.location(), what, true, evidence));
  }

  private void absentMembers(WrittenManifest root, Map<String, YarnEntry> projects) {
    if (root.workspaces().isEmpty()) {
      return;
    }
    WorkspaceGlobs globs = WorkspaceGlobs.of(root.workspaces());
    String prefix = lock.folder().isEmpty() ? "" : lock.folder() + "/";
    for (String folder : files.foldersWith("package.json")) {
      boolean below = folder.startsWith(prefix) && folder.length() > prefix.length();
      String path = below ? folder.substring(prefix.length()) : "";
      if (below && globs.match(path) && !projects.containsKey(path)) {
        WrittenManifest manifest = WrittenManifest.in(files, folder);
        if (manifest != null) {
          String what =
              path + " is a member of the workspace, and " + lock.name() + " does not know it";
          out.add(lock.of(manifest.name(), Location.of(manifest.path()), what, true, List.of()));
        }
      }
    }
  }

  /// A resolution to a range of the registry that no entry is for.
  private void resolutions(WrittenManifest root, List<YarnEntry> others) {
    Map<String, List<String>> ranges = new LinkedHashMap<>();
    for (YarnEntry entry : others) {
      for (String pattern : entry.patterns) {
        ranges
            .computeIfAbsent(YarnEntry.name(pattern), _ -> new ArrayList<>())
            .add(plain(YarnEntry.range(pattern)));
      }
    }
    root.strings("resolutions")
        .forEach((pattern, row) -> {
          boolean whole = pattern.indexOf('@', 1) < 0 && isName(pattern);
          List<String> known = ranges.get(pattern);
          NpmSpec.Type type = NpmSpec.parse(row.spec()).type();
          boolean registry = type == NpmSpec.Type.RANGE || type == NpmSpec.Type.VERSION;
          if (whole && registry && known != null && !known.contains(plain(row.spec()))) {
            String what =
                root.path()
                    + " resolves it to "
                    + row.spec()
                    + ", and "
                    + lock.name()
                    + " has it as "
                    + String.join(", ", known);
            out.add(lock.of(pattern, row.location(), what, true, List.of()));
          }
        });
  }

  private static boolean isName(String pattern) {
    return pattern.startsWith("@")
        ? pattern.indexOf('/') == pattern.lastIndexOf('/')
        : pattern.indexOf('/') < 0;
  }
}

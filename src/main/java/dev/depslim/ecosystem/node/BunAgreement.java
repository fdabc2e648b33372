package dev.depslim.ecosystem.node;

import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.model.Disagreement;
import dev.depslim.model.Location;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Whether a lock of bun says what its manifests say: each of its workspaces is a copy of the
/// sections of a package.json, so any difference is one. `--frozen-lockfile` refuses it where other
/// packages would be locked, not where the locked ones satisfy the manifest (measured on bun 1.3).
final class BunAgreement {
  private final NodeLock lock;
  private final Map<String, BunEntry> packages;
  private final Map<String, BunEntry> projects;

  private BunAgreement(
      NodeLock lock, Map<String, BunEntry> packages, Map<String, BunEntry> projects) {
    this.lock = lock;
    this.packages = packages;
    this.projects = projects;
  }

  /// The disagreements; none where no manifest lies beside the lock.
  ///
  /// @param projects the projects of the lock by their folder
  /// @param packages copies of packages by key
  /// @param workspaces what the lock has for each project as written
  /// @param overrides versions that the lock was made with, by package
  static List<Disagreement> of(
      String path,
      Map<String, BunEntry> projects,
      Map<String, BunEntry> packages,
      Map<String, List<StatedRow>> workspaces,
      Map<String, StatedRow> overrides,
      ProjectFiles files) {
    NodeLock lock =
        new NodeLock(path, "bun install --frozen-lockfile", "bun install --lockfile-only");
    WrittenManifest root = WrittenManifest.in(files, lock.folder());
    if (root == null || !workspaces.containsKey("") || Workspaces.isMember(files, lock.folder())) {
      return List.of();
    }
    BunAgreement agreement = new BunAgreement(lock, packages, projects);
    List<Disagreement> out = new ArrayList<>();
    workspaces.forEach((folder, rows) -> {
      String at = lock.folder(folder);
      WrittenManifest manifest = at.startsWith("..") ? null : WrittenManifest.in(files, at);
      if (manifest != null) {
        for (SectionChange change : SectionChange.between(manifest.rows(ORDER), ordered(rows))) {
          boolean refused = agreement.isRefused(folder, change);
          out.add(lock.disagreement(change, manifest.path(), refused, List.of()));
        }
      }
    });
    absentMembers(lock, root, workspaces, files, out);
    overrides(lock, root, overrides, out);
    return out;
  }

  private static final String[] ORDER = {
    WrittenManifest.PEERS,
    WrittenManifest.OPTIONAL,
    WrittenManifest.DEVELOPMENT,
    WrittenManifest.RUNTIME
  };

  private boolean isRefused(String folder, SectionChange change) {
    StatedRow manifest = change.manifest();
    BunEntry locked = packages.get(change.name());
    if (manifest == null) {
      return locked != null && !isRequired(change.name(), folder);
    }
    if (change.isMove() || manifest.section().equals(WrittenManifest.PEERS) && locked != null) {
      return false;
    }
    // a project may have a copy of its own, below its name
    BunEntry project = projects.get(folder);
    BunEntry own = project == null ? null : packages.get(project.name() + "/" + change.name());
    BunEntry found = own == null ? locked : own;
    String version = found == null ? null : found.lockedVersion();
    NpmSpec spec = NpmSpec.parse(manifest.spec());
    boolean range = spec.type() == NpmSpec.Type.RANGE || spec.type() == NpmSpec.Type.VERSION;
    return !range || version == null || !SemRange.satisfies(version, spec.constraint());
  }

  /// Whether anything but one project requires a package.
  private boolean isRequired(String name, String folder) {
    for (BunEntry entry : packages.values()) {
      if (entry.requirements.stream().anyMatch(one -> one.name().equals(name))) {
        return true;
      }
    }
    for (BunEntry project : projects.values()) {
      if (!project.key.equals(folder)
          && project.requirements.stream().anyMatch(one -> one.name().equals(name))) {
        return true;
      }
    }
    return false;
  }

  private static List<StatedRow> ordered(List<StatedRow> rows) {
    List<StatedRow> out = new ArrayList<>();
    for (String section : ORDER) {
      rows.stream().filter(row -> row.section().equals(section)).forEach(out::add);
    }
    return out;
  }

  private static void absentMembers(
      NodeLock lock,
      WrittenManifest root,
      Map<String, List<StatedRow>> workspaces,
      ProjectFiles files,
      List<Disagreement> out) {
    WorkspaceGlobs globs = WorkspaceGlobs.of(root.workspaces());
    String prefix = lock.folder().isEmpty() ? "" : lock.folder() + "/";
    List<String> folders =
        root.workspaces().isEmpty() ? List.of() : files.foldersWith("package.json");
    for (String folder : folders) {
      boolean below = folder.startsWith(prefix) && folder.length() > prefix.length();
      String path = below ? folder.substring(prefix.length()) : "";
      if (below && globs.match(path) && !workspaces.containsKey(path)) {
        WrittenManifest manifest = WrittenManifest.in(files, folder);
        if (manifest != null && manifest.name() != null) {
          String what =
              path + " is a member of the workspace, and " + lock.name() + " does not know it";
          out.add(lock.of(manifest.name(), Location.of(manifest.path()), what, true, List.of()));
        }
      }
    }
  }

  private static void overrides(
      NodeLock lock, WrittenManifest root, Map<String, StatedRow> locked, List<Disagreement> out) {
    Map<String, StatedRow> current = new LinkedHashMap<>(root.strings("resolutions"));
    current.putAll(root.strings("overrides"));
    current.forEach((name, row) -> {
      boolean plain = name.indexOf('/') < 0 || name.startsWith("@") && !name.contains("*");
      StatedRow other = locked.get(name);
      boolean same =
          other != null && (row.spec().startsWith("$") || other.spec().equals(row.spec()));
      if (plain && !same) {
        String with = other == null ? "without it" : "with " + other.spec();
        String what =
            "the override is " + row.spec() + ", and " + lock.name() + " was made " + with;
        out.add(lock.of(name, row.location(), what, true, List.of()));
      }
    });
    locked.forEach((name, row) -> {
      if (!current.containsKey(name)) {
        String what =
            lock.name()
                + " was made with the override "
                + row.spec()
                + ", which is not there any more";
        out.add(lock.of(name, row.location(), what, true, List.of()));
      }
    });
  }
}

package dev.depslim.ecosystem.python;

import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.model.Disagreement;
import dev.depslim.model.Disagreement.Outcome;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.Location;
import dev.depslim.syntax.Tree;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whether a uv.lock says what its manifests say (uv, `Lock::satisfies`): the requirements of each
/// project in `[package.metadata]`, its version, the version of Python, and the constraints and
/// overrides of the workspace in `[manifest]`.
///
/// uv normalises the names of groups and extras, takes in what groups include, and writes markers
/// in a shorter form under the version of Python that the lock is for. Nothing is said of what is
/// computed when the project is built.
final class UvAgreement {
  private final PythonLock lock;
  private final Tree.Mapping document;
  private final ProjectFiles files;
  private final UvMarkers markers;
  private final List<Disagreement> out = new ArrayList<>();

  private UvAgreement(PythonLock lock, Tree.Mapping document, ProjectFiles files) {
    this.lock = lock;
    this.document = document;
    this.files = files;
    this.markers = new UvMarkers(document.string("requires-python"));
  }

  /// A project of the lock.
  ///
  /// @param folder relative to that of the lock, `""` for that itself
  /// @param member whether it is a member of the workspace, not only a folder that one needs
  record Own(String folder, Tree.Mapping entry, boolean member) {}

  /// The disagreements; none where no manifest lies beside the lock.
  static List<Disagreement> of(TomlLock toml, List<Own> projects, ProjectFiles files) {
    PythonLock lock =
        new PythonLock(toml.file().path(), "uv sync --locked", Outcome.REFUSES, "uv lock");
    UvManifest root = UvManifest.in(files, lock.folder(), null);
    if (root == null) {
      return List.of();
    }
    UvAgreement agreement = new UvAgreement(lock, toml.root(), files);
    agreement.workspace(root, projects);
    for (Own own : projects) {
      agreement.project(own, root);
    }
    return agreement.out;
  }

  private void project(Own own, UvManifest root) {
    String folder = Paths.resolve(lock.folder(), own.folder());
    UvManifest manifest =
        own.folder().isEmpty() || folder == null ? root : UvManifest.in(files, folder, root);
    Tree.Mapping entry = own.entry();
    if (folder == null || manifest == null || manifest.project() == null) {
      return;
    }
    String name = TomlLock.name(entry);
    if (!Ecosystem.PYPI.normalize(name).equals(manifest.name())) {
      String is = "the project is " + manifest.name();
      String what = is + " in " + manifest.path() + ", and " + name + " in " + lock.name();
      out.add(lock.of(null, Location.of(manifest.path()), what, List.of()));
      return;
    }
    version(manifest, entry, name);
    Tree.Mapping metadata = entry.mapping("metadata");
    boolean old = metadata == null && entry.sequence("dependencies") != null;
    if (old) {
      return; // uv before 0.4 did not keep what the manifest asks for
    }
    List<UvRow> locked = new ArrayList<>();
    if (metadata != null) {
      lockedRows(UvRow.MAIN, metadata.get("requires-dist"), locked);
    }
    locked.removeIf(row -> row.name().equals(manifest.name()));
    boolean main = manifest.isDynamic("dependencies");
    boolean extras = manifest.isDynamic("optional-dependencies");
    locked.removeIf(row -> row.place().equals(UvRow.MAIN) ? main : extras);
    List<UvRow> stated = manifest.projectRows();
    stated.removeIf(row -> row.place().equals(UvRow.MAIN) ? main : extras);
    compare(manifest, stated, locked, manifest.takenByExtras());
    if (own.member()) {
      List<UvRow> groups = new ArrayList<>();
      Tree.Mapping dev = metadata == null ? null : metadata.mapping("requires-dev");
      if (dev != null) {
        dev.members().forEach(one -> lockedRows(UvRow.group(one.name()), one.value(), groups));
      }
      compare(manifest, manifest.groupRows(), groups, Set.of());
    }
  }

  private void version(UvManifest manifest, Tree.Mapping entry, String name) {
    Tree.Mapping project = manifest.project();
    Tree.Member stated = project == null ? null : project.member("version");
    String locked = entry.string("version");
    if (stated == null || locked == null || !(stated.value() instanceof Tree.Scalar scalar)) {
      return;
    }
    Version one = Version.parse(scalar.text());
    Version other = Version.parse(locked);
    if (one != null && other != null && one.compareTo(other) != 0) {
      String what =
          name
              + " is "
              + scalar.text()
              + " in "
              + manifest.path()
              + ", and "
              + locked
              + " in "
              + lock.name();
      Location at = new Location(manifest.path(), stated.line(), stated.column());
      out.add(lock.of(null, at, what, List.of()));
    }
  }

  private void lockedRows(String place, @Nullable Tree list, List<UvRow> into) {
    if (list instanceof Tree.Sequence sequence) {
      for (Tree item : sequence.items()) {
        if (item instanceof Tree.Mapping row) {
          into.addAll(UvRow.of(place, row, lock.path()));
        }
      }
    }
  }

  /// @param also places and names that the lock may have too
  private void compare(
      UvManifest manifest, List<UvRow> stated, List<UvRow> locked, Set<String> also) {
    Map<String, List<UvRow>> here = UvRow.byPlace(stated);
    Map<String, List<UvRow>> there = UvRow.byPlace(locked);
    here.forEach((key, rows) -> {
      List<UvRow> found = there.get(key);
      UvRow first = rows.getFirst();
      if (found == null) {
        say(
            first,
            manifest.path()
                + " asks for '"
                + first.text()
                + "' in "
                + first.place()
                + ", and "
                + lock.name()
                + " was made without it"
                + elsewhere(first, there));
      } else {
        String difference = difference(manifest, rows, found, also.contains(key));
        if (difference != null) {
          String what =
              manifest.path()
                  + " asks for '"
                  + difference
                  + "' in "
                  + first.place()
                  + ", "
                  + lock.name()
                  + " was made for "
                  + quoted(found);
          say(first, what);
        }
      }
    });
    there.forEach((key, rows) -> {
      UvRow first = rows.getFirst();
      if (!here.containsKey(key) && !also.contains(key)) {
        // of a move the row of the manifest tells
        boolean moved =
            stated.stream()
                .anyMatch(row -> row.name().equals(first.name()) && !there.containsKey(row.key()));
        if (!moved) {
          say(
              first,
              lock.name()
                  + " was made for "
                  + quoted(rows)
                  + " in "
                  + first.place()
                  + ", and "
                  + manifest.path()
                  + " does not ask for it there");
        }
      }
    });
  }

  private static String elsewhere(UvRow row, Map<String, List<UvRow>> there) {
    for (List<UvRow> rows : there.values()) {
      UvRow first = rows.getFirst();
      if (first.name().equals(row.name())) {
        return " there, but with '" + first.text() + "' in " + first.place();
      }
    }
    return "";
  }

  private static String quoted(List<UvRow> rows) {
    List<String> texts = new ArrayList<>();
    rows.forEach(row -> texts.add("'" + row.text() + "'"));
    return String.join(" and ", texts);
  }

  private void say(UvRow row, String what) {
    out.add(lock.of(row.name(), row.location(), what, List.of()));
  }

  /// The row of the manifest that the lock does not have in any spelling, or null.
  private @Nullable String difference(
      UvManifest manifest, List<UvRow> stated, List<UvRow> locked, boolean shared) {
    boolean several = manifest.sources().get(stated.getFirst().name()) instanceof Tree.Sequence;
    for (UvRow row : stated) {
      if (!several && locked.stream().noneMatch(other -> isSame(manifest, row, other))) {
        return row.text();
      }
    }
    boolean surplus =
        !several
            && !shared
            && locked.stream()
                .anyMatch(other -> stated.stream().noneMatch(row -> isSame(manifest, row, other)));
    return surplus ? stated.getFirst().text() : null;
  }

  private boolean isSame(UvManifest manifest, UvRow row, UvRow locked) {
    boolean specifier =
        row.specifier() == null
            || locked.specifier() == null
            || row.specifier().equals(locked.specifier());
    return specifier
        && row.extras().equals(locked.extras())
        && Objects.equals(row.source(), locked.source())
        && (manifest.hasGroupPythons() && row.place().startsWith("group ")
            || markers.isSame(row, locked));
  }

  private void workspace(UvManifest root, List<Own> projects) {
    python(root, projects);
    Tree.Mapping locked = document.mapping("manifest");
    Tree.Mapping uv = root.uv();
    for (String[] list :
        new String[][] {
          {"override-dependencies", "overrides"},
          {"constraint-dependencies", "constraints"},
          {"build-constraint-dependencies", "build-constraints"}
        }) {
      List<UvRow> rows = new ArrayList<>();
      lockedRows("tool.uv." + list[0], locked == null ? null : locked.get(list[1]), rows);
      Tree stated = uv == null ? null : uv.get(list[0]);
      compare(root, root.rows("tool.uv." + list[0], stated), rows, Set.of());
    }
    if (root.project() == null) {
      List<UvRow> groups = new ArrayList<>();
      Tree.Mapping group = locked == null ? null : locked.mapping("dependency-groups");
      if (group != null) {
        group.members().forEach(one -> lockedRows(UvRow.group(one.name()), one.value(), groups));
      }
      compare(root, root.groupRows(), groups, Set.of());
    }
    members(root, projects);
  }

  /// Of one project alone the lock has the version of Python that the manifest asks for; of several
  /// it has what all of them allow.
  private void python(UvManifest root, List<Own> projects) {
    Tree.Mapping project = root.project();
    Tree.Member stated = project == null ? null : project.member("requires-python");
    String locked = document.string("requires-python");
    long members = projects.stream().filter(Own::member).count();
    if (stated == null
        || locked == null
        || members != 1
        || !(stated.value() instanceof Tree.Scalar scalar)) {
      return;
    }
    VersionSpecifier one = VersionSpecifier.parse(scalar.text());
    VersionSpecifier other = VersionSpecifier.parse(locked);
    VersionRanges here = one == null ? null : VersionRanges.of(one);
    VersionRanges there = other == null ? null : VersionRanges.of(other);
    if (here != null && there != null && !here.equals(there)) {
      String what =
          root.path()
              + " requires Python "
              + scalar.text()
              + ", "
              + lock.name()
              + " was made for "
              + locked;
      Location at = new Location(root.path(), stated.line(), stated.column());
      out.add(lock.of(null, at, what, List.of()));
    }
  }

  /// Members of the workspace that the lock does not know.
  private void members(UvManifest root, List<Own> projects) {
    Tree.Mapping uv = root.uv();
    Tree.Mapping workspace = uv == null ? null : uv.mapping("workspace");
    Tree.Sequence globs = workspace == null ? null : workspace.sequence("members");
    if (workspace == null || globs == null) {
      return;
    }
    Tree.Sequence excluded = workspace.sequence("exclude");
    Set<String> known = new HashSet<>();
    projects.forEach(own -> known.add(own.folder()));
    FolderGlobs members = FolderGlobs.of(globs.strings());
    FolderGlobs others = FolderGlobs.of(excluded == null ? List.of() : excluded.strings());
    Map<String, UvManifest> absent = new LinkedHashMap<>();
    String prefix = lock.folder().isEmpty() ? "" : lock.folder() + "/";
    for (String folder : files.foldersWith("pyproject.toml")) {
      boolean below = folder.startsWith(prefix) && folder.length() > prefix.length();
      String path = below ? folder.substring(prefix.length()) : "";
      if (below && members.match(path) && !others.match(path) && !known.contains(path)) {
        UvManifest manifest = UvManifest.in(files, folder, root);
        if (manifest != null && manifest.name() != null) {
          absent.put(path, manifest);
        }
      }
    }
    absent.forEach((path, manifest) ->
        out.add(
            lock.of(
                manifest.name(),
                Location.of(manifest.path()),
                path + " is a member of the workspace, and " + lock.name() + " does not know it",
                List.of())));
  }
}

package dev.depslim.ecosystem.node;

import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.ecosystem.SourceFile;
import dev.depslim.ecosystem.node.LockValidation.Problem;
import dev.depslim.ecosystem.node.LockValidation.Rule;
import dev.depslim.model.Disagreement;
import dev.depslim.model.Location;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Whether a lock of npm says what its manifests say.
///
/// `packages[""]` and the entries of workspace members are copies of their package.json, so any
/// difference is one. `npm ci` does not compare the copies: it refuses where the locked versions do
/// not satisfy the manifests, which is computed as npm does it ([LockValidation]). Version 1 has no
/// copy: there the locked version must be one that the manifest allows (npm 6, lock-verify).
final class NpmAgreement {
  private final NodeLock lock;
  private final PackageLockParser parser;
  private final ProjectFiles files;
  private final Map<String, WrittenManifest> manifests = new LinkedHashMap<>();
  private final List<Disagreement> out = new ArrayList<>();

  private NpmAgreement(NodeLock lock, PackageLockParser parser, ProjectFiles files) {
    this.lock = lock;
    this.parser = parser;
    this.files = files;
  }

  /// The disagreements; none where no manifest lies beside the lock.
  static List<Disagreement> of(SourceFile file, PackageLockParser parser, ProjectFiles files) {
    NodeLock lock = new NodeLock(file.path(), "npm ci", "npm install --package-lock-only");
    WrittenManifest root = WrittenManifest.in(files, lock.folder());
    if (root == null || parser.isBroken() || Workspaces.isMember(files, lock.folder())) {
      return List.of();
    }
    NpmAgreement agreement = new NpmAgreement(lock, parser, files);
    agreement.manifests.put("", root);
    if (parser.isPlaced()) {
      agreement.compareCopies(file, root);
    } else {
      agreement.compareVersions(root);
    }
    return NodeLock.withoutLinked(agreement.out, files, lock.folder());
  }

  private void compareCopies(SourceFile file, WrittenManifest root) {
    WorkspaceGlobs globs = WorkspaceGlobs.of(root.workspaces());
    Map<String, List<SectionChange>> changes = new LinkedHashMap<>();
    changes.put("", changes(root, parser.root()));
    for (LockEntry entry : parser.entries()) {
      if (entry.own && !entry.link && !Locations.isOutside(entry.path)) {
        WrittenManifest manifest = WrittenManifest.in(files, lock.folder(entry.path));
        if (manifest != null) {
          manifests.put(entry.path, manifest);
          if (globs.match(entry.path)) {
            changes.put(entry.path, changes(manifest, entry));
          }
        }
      }
    }
    List<String> absent = root.workspaces().isEmpty() ? List.of() : absentMembers(globs);
    boolean any = changes.values().stream().anyMatch(rows -> !rows.isEmpty());
    if (!any && absent.isEmpty() && root.root().mapping("overrides") == null) {
      return;
    }
    List<Problem> problems = new NpmRefusals(lock, files, manifests.keySet(), absent).of(file);
    absent.forEach(this::absent);
    changes.forEach((location, rows) -> rows.forEach(row -> report(location, row, problems)));
    reportOthers(problems, changes);
  }

  /// Of one name the section that npm loads last counts.
  private static List<SectionChange> changes(WrittenManifest manifest, LockEntry copy) {
    List<StatedRow> stated = new ArrayList<>();
    for (String section : NPM_ORDER) {
      for (StatedRow row : copy.stated) {
        if (row.section().equals(section)) {
          stated.add(row);
        }
      }
    }
    return SectionChange.between(manifest.rows(NPM_ORDER), stated);
  }

  private static final String[] NPM_ORDER = {
    WrittenManifest.PEERS,
    WrittenManifest.RUNTIME,
    WrittenManifest.OPTIONAL,
    WrittenManifest.DEVELOPMENT
  };

  /// Folders that the globs of the workspace name and the lock does not know.
  private List<String> absentMembers(WorkspaceGlobs globs) {
    List<String> out = new ArrayList<>();
    String prefix = lock.folder().isEmpty() ? "" : lock.folder() + "/";
    for (String folder : files.foldersWith("package.json")) {
      if (folder.startsWith(prefix) && folder.length() > prefix.length()) {
        String path = folder.substring(prefix.length());
        if (globs.match(path)
            && parser.entries().stream().noneMatch(entry -> entry.path.equals(path))) {
          WrittenManifest manifest = WrittenManifest.in(files, folder);
          if (manifest != null) {
            manifests.put(path, manifest);
            out.add(path);
          }
        }
      }
    }
    return out;
  }

  private void absent(String path) {
    WrittenManifest manifest = manifests.get(path);
    if (manifest != null) {
      String what =
          path + " is a member of the workspace, and " + lock.name() + " does not know it";
      out.add(lock.of(manifest.name(), Location.of(manifest.path()), what, true, List.of()));
    }
  }

  private void report(String location, SectionChange change, List<Problem> problems) {
    WrittenManifest manifest = manifests.get(location);
    if (manifest == null) {
      return;
    }
    Problem problem = null;
    for (Problem one : problems) {
      if (one.from().equals(location) && one.name().equals(change.name())) {
        problem = one;
      }
    }
    List<String> evidence =
        problem == null ? List.of() : List.of(NpmRefusals.text(problem, manifest.path()));
    out.add(lock.disagreement(change, manifest.path(), problem != null, evidence));
  }

  /// Refusals that no changed row of a manifest explains: a changed override, or a lock that was
  /// merged or edited by hand, which is told once.
  private void reportOthers(List<Problem> problems, Map<String, List<SectionChange>> changes) {
    WrittenManifest root = manifests.get("");
    List<String> inside = new ArrayList<>();
    for (Problem problem : problems) {
      List<SectionChange> known = changes.getOrDefault(problem.from(), List.of());
      if (root == null
          || problem.rule() == Rule.LINK
          || known.stream().anyMatch(change -> change.name().equals(problem.name()))) {
        continue;
      }
      StatedRow override = root.strings("overrides").get(problem.name());
      WrittenManifest requirer = manifests.get(problem.from());
      Location at = Location.of(lock.path());
      if (override != null) {
        at = override.location();
      } else if (requirer != null) {
        at = place(requirer, problem.name());
      } else if (problem.rule() != Rule.OVERRIDE && problem.rule() != Rule.REFERENCE) {
        inside.add(problem.name() + ": " + NpmRefusals.text(problem, root.path()));
        continue;
      }
      String path = requirer == null ? root.path() : requirer.path();
      out.add(lock.of(problem.name(), at, NpmRefusals.text(problem, path), true, List.of()));
    }
    if (!inside.isEmpty()) {
      String more = inside.size() > 1 ? ", and " + (inside.size() - 1) + " more" : "";
      String what = lock.name() + " contradicts itself: " + inside.getFirst() + more;
      List<String> shown = inside.subList(0, Math.min(inside.size(), 10));
      out.add(lock.of(null, Location.of(lock.path()), what, true, shown));
    }
  }

  private static Location place(WrittenManifest manifest, String name) {
    for (StatedRow row : manifest.rows(NPM_ORDER)) {
      if (row.name().equals(name)) {
        return row.location();
      }
    }
    return Location.of(manifest.path());
  }

  private void compareVersions(WrittenManifest root) {
    List<StatedRow> rows =
        root.rows(WrittenManifest.RUNTIME, WrittenManifest.DEVELOPMENT, WrittenManifest.OPTIONAL);
    for (StatedRow row : rows) {
      LockEntry entry = parser.root().find(row.name());
      boolean optional = row.section().equals(WrittenManifest.OPTIONAL);
      if (entry == null) {
        if (!optional) {
          out.add(
              lock.disagreement(
                  new SectionChange(row.name(), row, null), root.path(), true, List.of()));
        }
      } else if (!allows(row.spec(), entry.version)) {
        String what =
            root.path() + " asks for " + row.spec() + ", " + lock.name() + " has " + entry.version;
        out.add(lock.of(row.name(), row.location(), what, true, List.of()));
      } else if (entry.dev && row.section().equals(WrittenManifest.RUNTIME) && !isAlso(rows, row)) {
        String what =
            "it is in dependencies of "
                + root.path()
                + ", and "
                + lock.name()
                + " has it for development only";
        out.add(lock.of(row.name(), row.location(), what, false, List.of()));
      }
    }
  }

  private static boolean isAlso(List<StatedRow> rows, StatedRow row) {
    return rows.stream().anyMatch(other -> other != row && other.name().equals(row.name()));
  }

  /// Whether a locked version is one that a spec asks for; true where that cannot be told.
  private static boolean allows(String spec, @Nullable String version) {
    NpmSpec parsed = NpmSpec.parse(spec);
    return switch (parsed.type()) {
      case RANGE, VERSION, ALIAS ->
          version == null
              || SemVersion.parse(version) == null
              || parsed.constraint().isBlank()
              || SemRange.satisfies(version, parsed.constraint());
      case TAG, GIT, REMOTE, FILE, DIRECTORY, WORKSPACE, LINK, CATALOG, PATCH, JSR, EXEC, INVALID ->
          true;
    };
  }
}

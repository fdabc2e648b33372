package dev.depslim.ecosystem.node;

import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.ecosystem.node.ProjectManifest.Requirement;
import dev.depslim.model.Scope;
import dev.depslim.syntax.SyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A project that a lock of Yarn serves: the one beside it, a member of its workspace, or a folder
/// that one of them links.
///
/// @param path relative to the folder of the lock, `""` for that itself
/// @param line where the lock has it; 0 where it does not
/// @param patterns what asks for it, as the lock has them; empty where it does not
/// @param linked whether it is there for those that link it only: then what it needs to run counts
record YarnProject(
    String path,
    String name,
    @Nullable String version,
    int line,
    List<String> patterns,
    List<Requirement> requirements,
    boolean linked) {
  YarnProject {
    patterns = List.copyOf(patterns);
    requirements = List.copyOf(requirements);
  }

  /// The manifest in a folder, or null where there is none that can be read.
  static @Nullable ProjectManifest manifest(ProjectFiles files, String lockFolder, String path) {
    String file = path.isEmpty() ? "package.json" : path + "/package.json";
    byte[] bytes = files.read(OwnPackages.resolve(lockFolder, file));
    if (bytes == null) {
      return null;
    }
    try {
      return ProjectManifest.parse(bytes);
    } catch (SyntaxException _) {
      return null; // reported where the manifest is read
    }
  }

  /// The projects that manifests tell of: for the lock of Yarn 1, which knows none.
  ///
  /// @param root the manifest beside the lock
  static List<YarnProject> fromManifests(
      ProjectManifest root, ProjectFiles files, String lockFolder) {
    List<YarnProject> projects = new ArrayList<>();
    projects.add(of("", root));
    members(root, files, lockFolder, projects);
    linked(files, lockFolder, projects);
    return projects;
  }

  private static void members(
      ProjectManifest root, ProjectFiles files, String lockFolder, List<YarnProject> projects) {
    WorkspaceGlobs members = WorkspaceGlobs.of(root.workspaces());
    if (root.workspaces().isEmpty()) {
      return;
    }
    String prefix = lockFolder.isEmpty() ? "" : lockFolder + "/";
    for (String folder : files.foldersWith("package.json")) {
      if (folder.startsWith(prefix) && folder.length() > prefix.length()) {
        String path = folder.substring(prefix.length());
        ProjectManifest manifest = members.match(path) ? manifest(files, lockFolder, path) : null;
        if (manifest != null) {
          projects.add(of(path, manifest));
        }
      }
    }
  }

  /// Yarn 1 installs what a folder that is linked needs to run (measured on 1.22).
  private static void linked(ProjectFiles files, String lockFolder, List<YarnProject> projects) {
    Set<String> known = new HashSet<>();
    projects.forEach(project -> known.add(project.path()));
    for (int i = 0; i < projects.size(); i++) {
      YarnProject from = projects.get(i);
      for (Requirement one : from.requirements()) {
        if (one.spec().startsWith("link:")) {
          String path = OwnPackages.resolve(from.path(), one.spec().substring("link:".length()));
          ProjectManifest manifest = manifest(files, lockFolder, path);
          if (manifest != null && known.add(path)) {
            projects.add(linked(path, one.name(), manifest));
          }
        }
      }
    }
  }

  private static YarnProject linked(String path, String name, ProjectManifest manifest) {
    List<Requirement> needed =
        manifest.requirements().values().stream()
            .filter(one -> one.scope() == Scope.RUNTIME || one.scope() == Scope.OPTIONAL)
            .toList();
    return new YarnProject(path, name, manifest.version(), 0, List.of(), needed, true);
  }

  private static YarnProject of(String path, ProjectManifest manifest) {
    String name = manifest.name();
    return new YarnProject(
        path,
        name == null || name.isBlank() ? NpmName.ofFolder(path) : name,
        manifest.version(),
        0,
        List.of(),
        List.copyOf(manifest.requirements().values()),
        false);
  }

  /// A project as the lock of Yarn 2 and later has it: with everything it asks for in one list, of
  /// which its manifest knows the sections.
  static YarnProject fromEntry(YarnEntry entry, String path, @Nullable ProjectManifest manifest) {
    Map<String, Requirement> sections = manifest == null ? Map.of() : manifest.requirements();
    List<Requirement> requirements = new ArrayList<>(entry.requirements.size());
    for (YarnEntry.Requirement one : entry.requirements) {
      Requirement declared = sections.get(one.name());
      Scope scope = one.optional() ? Scope.OPTIONAL : Scope.RUNTIME;
      String section = one.optional() ? "optionalDependencies" : "dependencies";
      requirements.add(
          new Requirement(
              one.name(),
              one.range(),
              declared == null ? scope : declared.scope(),
              declared == null ? section : declared.section()));
    }
    return new YarnProject(
        path,
        YarnEntry.name(entry.resolution == null ? entry.patterns.getFirst() : entry.resolution),
        entry.version,
        entry.line,
        entry.patterns,
        requirements,
        false);
  }
}

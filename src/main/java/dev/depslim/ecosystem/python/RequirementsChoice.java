package dev.depslim.ecosystem.python;

import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.ecosystem.SourceFile;
import dev.depslim.model.MinimizePlan.ProjectPlan;
import dev.depslim.model.Project;
import dev.depslim.model.Scope;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Which requirement files of a project production may install, and what their slim forms are
/// called.
///
/// These are the files that are not for development by their name, that no other of them includes,
/// and, of an `.in` and what was compiled from it, the latter.
final class RequirementsChoice {
  private static final List<String> MAIN_WORDS =
      List.of("requirements", "production", "prod", "main", "base");

  private final ProjectPlan plan;
  private final ProjectFiles files;

  RequirementsChoice(ProjectPlan plan, ProjectFiles files) {
    this.plan = plan;
    this.files = files;
  }

  /// Path relative to the analysed root → name in the slim form, the main one first.
  Map<String, String> outputs() {
    Set<String> paths = new TreeSet<>();
    Set<String> compiled = new HashSet<>();
    for (Project.LockfileFile lock : plan.lockfiles()) {
      if (lock.kind().equals("requirements.txt")) {
        compiled.add(lock.path());
      }
    }
    for (Project.ManifestFile manifest : plan.manifests()) {
      if (manifest.kind().startsWith("requirements.")) {
        paths.add(manifest.path());
      }
    }
    paths.addAll(compiled);
    paths.removeIf(path -> RequirementsFile.scope(path) == Scope.DEV);
    for (String lock : compiled) {
      sources(lock).forEach(paths::remove);
    }
    for (String path : List.copyOf(paths)) {
      if (paths.contains(path)) {
        included(path, new HashSet<>(Set.of(path))).forEach(paths::remove);
      }
    }
    Map<String, String> out = new LinkedHashMap<>();
    String main = main(paths);
    if (main != null) {
      out.put(main, "requirements-minimal.txt");
    }
    String base = plan.path().equals(".") ? "" : plan.path() + "/";
    for (String path : paths) {
      if (!path.equals(main)) {
        String name = path.startsWith(base) ? path.substring(base.length()) : Paths.name(path);
        int dot = name.lastIndexOf('.');
        out.put(path, name.substring(0, dot) + "-minimal.txt");
      }
    }
    return out;
  }

  private @Nullable String main(Set<String> paths) {
    for (String word : MAIN_WORDS) {
      for (String path : paths) {
        String name = Paths.name(path);
        if (name.substring(0, name.lastIndexOf('.')).equals(word)) {
          return path;
        }
      }
    }
    return paths.isEmpty() ? null : paths.iterator().next();
  }

  /// The files that a compiled file was made of.
  private Set<String> sources(String lock) {
    Set<String> out = new HashSet<>();
    out.add(lock.substring(0, lock.length() - 3) + "in");
    byte[] bytes = files.read(lock);
    if (bytes != null) {
      ViaComments via = ViaComments.of(new SourceFile(lock, bytes));
      List<String> words = new ArrayList<>();
      via.header().forEach(line -> words.addAll(List.of(line.split("\\s+"))));
      for (String word : words) {
        if (word.endsWith(".in")) {
          for (String folder = Paths.folder(lock); ; folder = Paths.folder(folder)) {
            String path = Paths.resolve(folder, word);
            if (path != null && files.exists(path)) {
              out.add(path);
            }
            if (folder.isEmpty()) {
              break;
            }
          }
        }
      }
    }
    return out;
  }

  /// What a file includes, directly or not.
  ///
  /// @param seen files that are looked into already
  private Set<String> included(String path, Set<String> seen) {
    byte[] bytes = files.read(path);
    Set<String> out = new HashSet<>();
    if (bytes != null) {
      SourceFile file = new SourceFile(path, bytes);
      for (String include : new RequirementsFile().read(file, files).includes()) {
        if (seen.add(include)) {
          out.add(include);
          out.addAll(included(include, seen));
        }
      }
    }
    return out;
  }
}

package dev.depslim.ecosystem.python;

import dev.depslim.ecosystem.LockfileReader;
import dev.depslim.ecosystem.ManifestReader;
import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.ecosystem.SlimForm;
import dev.depslim.ecosystem.SlimForm.Installed;
import dev.depslim.ecosystem.SlimForm.SlimFile;
import dev.depslim.model.Category;
import dev.depslim.model.Classification;
import dev.depslim.model.Confidence;
import dev.depslim.model.DeclaredDependency;
import dev.depslim.model.Dependency;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.Lockfile;
import dev.depslim.model.Manifest;
import dev.depslim.model.MinimizePlan.Decision;
import dev.depslim.model.MinimizePlan.ProjectPlan;
import dev.depslim.model.Project;
import dev.depslim.model.Size;
import dev.depslim.model.Usage;
import dev.depslim.model.Verdict;
import dev.depslim.model.Verdict.Action;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Plans for projects in memory, made with the readers of the formats, and what becomes of them.
final class Plans {
  private final MemoryFiles files = new MemoryFiles();
  private final List<String> paths = new ArrayList<>();
  private final Map<String, Action> actions = new HashMap<>();
  private final List<Plans> members = new ArrayList<>();
  private String folder = ".";

  static Plans with(String path, String text) {
    return new Plans().and(path, text);
  }

  Plans and(String path, String text) {
    return and(path, text.getBytes(StandardCharsets.UTF_8));
  }

  Plans and(String path, byte[] bytes) {
    files.with(path, bytes);
    paths.add(path);
    return this;
  }

  Plans drop(String... names) {
    return act(Action.DROP, names);
  }

  Plans act(Action action, String... names) {
    for (String name : names) {
      actions.put(Ecosystem.PYPI.normalize(name), action);
    }
    return this;
  }

  /// A member of the workspace; its files must be added to the project, too.
  Plans member(String path, Plans member) {
    member.folder = path;
    members.add(member);
    member.paths.forEach(one -> {
      byte @Nullable [] bytes = member.files.read(one);
      if (bytes != null) {
        files.with(one, bytes);
      }
    });
    return this;
  }

  MemoryFiles files() {
    return files;
  }

  ProjectPlan plan() {
    List<Project.ManifestFile> manifests = new ArrayList<>();
    List<Project.LockfileFile> locks = new ArrayList<>();
    Map<String, List<DeclaredDependency>> declared = new TreeMap<>();
    @Nullable String name = null;
    for (String path : paths) {
      for (LockfileReader reader : PythonEcosystem.lockfiles()) {
        if (reader.reads(path, files)) {
          Lockfile lock = reader.read(files.file(path), files);
          locks.add(new Project.LockfileFile(path, lock.kind(), lock.format(), 0));
        }
      }
      for (ManifestReader reader : PythonEcosystem.manifests()) {
        if (reader.reads(path, files)) {
          Manifest manifest = reader.read(files.file(path), files);
          manifests.add(new Project.ManifestFile(path, manifest.kind()));
          name = manifest.name() == null ? name : manifest.name();
          for (DeclaredDependency one : manifest.dependencies()) {
            declared
                .computeIfAbsent(Ecosystem.PYPI.normalize(one.name()), _ -> new ArrayList<>())
                .add(one);
          }
        }
      }
    }
    List<Decision> decisions = new ArrayList<>();
    declared.forEach((key, list) -> decisions.add(decision(key, list)));
    List<ProjectPlan> below = new ArrayList<>();
    members.forEach(member -> below.add(member.plan()));
    return new ProjectPlan(folder, Ecosystem.PYPI, name, manifests, locks, decisions, below);
  }

  private Decision decision(String key, List<DeclaredDependency> list) {
    @Nullable Action chosen = actions.get(key);
    Action action = chosen == null ? Action.KEEP : chosen;
    boolean stays = action == Action.KEEP;
    Classification classification =
        new Classification(
            stays ? Category.PRODUCTION : Category.DEV,
            stays ? "production/any" : "dev/test",
            "a-rule",
            Confidence.CERTAIN,
            "for tests");
    Verdict verdict = new Verdict(action, Confidence.CERTAIN, List.of("for tests"));
    DeclaredDependency first = list.getFirst();
    return new Decision(
        new Dependency(
            first.name(),
            first.packageName(),
            Ecosystem.PYPI,
            first.constraint(),
            null,
            list,
            classification,
            new Usage.Undetermined("not searched"),
            new Size.Unknown("not measured"),
            verdict),
        verdict);
  }

  SlimForm form() {
    return new PythonWriter().slim(plan(), files);
  }

  /// The text of a file of the form.
  static String text(SlimForm form, String name) {
    for (SlimFile file : form.files()) {
      if (file.name().equals(name)) {
        return new String(file.content(), StandardCharsets.UTF_8);
      }
    }
    throw new AssertionError(name + " is not among " + names(form));
  }

  static List<String> names(SlimForm form) {
    return form.files().stream().map(SlimFile::name).toList();
  }

  /// The lines of a requirement file without comments and hashes.
  static List<String> requirements(SlimForm form, String name) {
    List<String> out = new ArrayList<>();
    RequirementsText text =
        RequirementsText.decode(text(form, name).getBytes(StandardCharsets.UTF_8));
    for (RequirementsText.Logical line : text.logicalLines(Map.of())) {
      out.add(line.text().replaceAll("\\s*--hash=\\S+", ""));
    }
    return out;
  }

  static List<String> installed(List<Installed> list) {
    return list.stream()
        .map(one -> one.name() + " " + one.version() + (one.mayBeAbsent() ? " ?" : ""))
        .toList();
  }

  /// What differs when the form is read again.
  List<String> differences(SlimForm form) {
    return new PythonWriter().differences(plan(), form, written(form));
  }

  static ProjectFiles written(SlimForm form) {
    MemoryFiles written = new MemoryFiles();
    form.files().forEach(file -> written.with(file.name(), file.content()));
    return written;
  }
}

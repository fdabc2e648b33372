package dev.depslim.ecosystem.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.ecosystem.SlimForm;
import dev.depslim.model.Category;
import dev.depslim.model.Classification;
import dev.depslim.model.Confidence;
import dev.depslim.model.DeclaredDependency;
import dev.depslim.model.Dependency;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.Manifest;
import dev.depslim.model.MinimizePlan.Decision;
import dev.depslim.model.MinimizePlan.ProjectPlan;
import dev.depslim.model.Project;
import dev.depslim.model.Size;
import dev.depslim.model.Usage;
import dev.depslim.model.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A project of npm that a test holds in memory, and its plan: what is declared for development
/// only is dropped, and what the test names.
record NpmProject(Map<String, String> texts) implements ProjectFiles {
  static NpmProject of(String... pathsAndTexts) {
    Map<String, String> texts = new TreeMap<>();
    for (int i = 0; i < pathsAndTexts.length; i += 2) {
      texts.put(pathsAndTexts[i], pathsAndTexts[i + 1]);
    }
    return new NpmProject(texts);
  }

  SlimForm slim(String... dropped) {
    SlimForm form = new NpmWriter().slim(plan(dropped), this);
    assertEquals(List.of(), new NpmWriter().differences(plan(dropped), form, written(form)));
    return form;
  }

  static NpmProject written(SlimForm form) {
    Map<String, String> texts = new TreeMap<>();
    form.files()
        .forEach(
            file -> texts.put(file.name(), new String(file.content(), StandardCharsets.UTF_8)));
    return new NpmProject(texts);
  }

  static String text(SlimForm form, String name) {
    String text = written(form).texts.get(name);
    assertTrue(text != null, name + " is not among " + written(form).texts.keySet());
    return text;
  }

  ProjectPlan plan(String... dropped) {
    return plan("", Map.of(), List.of(dropped));
  }

  ProjectPlan planWith(Map<String, Verdict.Action> actions) {
    return plan("", actions, List.of());
  }

  private ProjectPlan plan(
      String folder, Map<String, Verdict.Action> actions, List<String> dropped) {
    String path = folder + "package.json";
    byte[] bytes = read(path);
    List<Decision> decisions = new ArrayList<>();
    Manifest manifest =
        new PackageJson()
            .read(
                new dev.depslim.ecosystem.SourceFile(path, bytes == null ? new byte[0] : bytes),
                this);
    Map<String, List<DeclaredDependency>> byName = new LinkedHashMap<>();
    for (DeclaredDependency declared : manifest.dependencies()) {
      byName.computeIfAbsent(declared.name(), _ -> new ArrayList<>()).add(declared);
    }
    byName.forEach(
        (name, declarations) -> decisions.add(decision(name, declarations, actions, dropped)));
    List<ProjectPlan> members = new ArrayList<>();
    List<Project.LockfileFile> locks = new ArrayList<>();
    for (String text : texts.keySet()) {
      if (folder.isEmpty() && text.endsWith("/package.json")) {
        members.add(
            plan(text.substring(0, text.length() - "package.json".length()), actions, dropped));
      }
      if (text.equals("package-lock.json") || text.equals("npm-shrinkwrap.json")) {
        locks.add(new Project.LockfileFile(text, text, null, 0));
      }
    }
    return new ProjectPlan(
        folder.isEmpty() ? "." : folder.substring(0, folder.length() - 1),
        Ecosystem.NPM,
        manifest.name(),
        List.of(new Project.ManifestFile(path, "package.json")),
        locks,
        decisions,
        members);
  }

  private static Decision decision(
      String name,
      List<DeclaredDependency> declarations,
      Map<String, Verdict.Action> actions,
      List<String> dropped) {
    boolean production = declarations.stream().anyMatch(DeclaredDependency::inProduction);
    boolean onDemand = declarations.stream().anyMatch(it -> "optional".equals(it.marker()));
    Verdict.Action action =
        actions.getOrDefault(
            name,
            dropped.contains(name) || !production && !onDemand
                ? Verdict.Action.DROP
                : Verdict.Action.KEEP);
    DeclaredDependency first = declarations.getFirst();
    return new Decision(
        new Dependency(
            name,
            first.packageName(),
            Ecosystem.NPM,
            first.constraint(),
            null,
            declarations,
            new Classification(
                production ? Category.PRODUCTION : Category.DEV,
                production ? "production/lib" : "dev/tool",
                "test",
                Confidence.CERTAIN,
                "as the test says"),
            new Usage.Undetermined("not searched"),
            new Size.Unknown("not measured"),
            new Verdict(Verdict.Action.KEEP, Confidence.CERTAIN, List.of("not used"))),
        new Verdict(action, Confidence.CERTAIN, List.of("the test says so")));
  }

  @Override
  public byte @Nullable [] read(String path) {
    String text = texts.get(path);
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public boolean exists(String path) {
    return texts.containsKey(path);
  }

  @Override
  public List<String> foldersWith(String fileName) {
    List<String> folders = new ArrayList<>();
    for (String path : texts.keySet()) {
      if (path.equals(fileName)) {
        folders.add("");
      } else if (path.endsWith("/" + fileName)) {
        folders.add(path.substring(0, path.length() - fileName.length() - 1));
      }
    }
    return folders;
  }
}

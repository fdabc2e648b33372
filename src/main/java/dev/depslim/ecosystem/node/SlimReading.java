package dev.depslim.ecosystem.node;

import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.ecosystem.SlimForm;
import dev.depslim.ecosystem.SlimForm.Installed;
import dev.depslim.ecosystem.SlimForm.SlimFile;
import dev.depslim.ecosystem.SourceFile;
import dev.depslim.graph.LockScopes;
import dev.depslim.model.DeclaredDependency;
import dev.depslim.model.Issue;
import dev.depslim.model.Lockfile;
import dev.depslim.model.Manifest;
import dev.depslim.model.MinimizePlan.Decision;
import dev.depslim.model.MinimizePlan.ProjectPlan;
import dev.depslim.model.Scope;
import dev.depslim.model.Severity;
import dev.depslim.model.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Reads a slim form again as the files lie there, with the readers of the formats, and compares it
/// with the plan.
final class SlimReading {
  private final ProjectPlan plan;
  private final SlimForm form;
  private final ProjectFiles written;
  private final List<String> differences = new ArrayList<>();

  SlimReading(ProjectPlan plan, SlimForm form, ProjectFiles written) {
    this.plan = plan;
    this.form = form;
    this.written = written;
  }

  List<String> differences() {
    for (SlimFile file : form.files()) {
      byte[] bytes = written.read(file.name());
      if (bytes == null) {
        differences.add(file.name() + ": it was not written");
      } else if (file.name().endsWith(SlimProject.SLIM_MANIFEST)) {
        manifest(file, bytes);
      } else {
        lock(file, bytes);
      }
    }
    return List.copyOf(differences);
  }

  private void manifest(SlimFile file, byte[] bytes) {
    Manifest manifest = new PackageJson().read(new SourceFile(file.name(), bytes), written);
    errors(manifest.issues());
    ProjectPlan project = planOf(file.name());
    Set<String> found = new TreeSet<>();
    for (DeclaredDependency dependency : manifest.dependencies()) {
      if (dependency.scope() == Scope.DEV) {
        differences.add(file.name() + ": " + dependency.name() + " is declared for development");
      }
      found.add(row(dependency));
    }
    if (project != null) {
      compare(file.name() + ": declares", expected(project), found);
    }
  }

  private static Set<String> expected(ProjectPlan project) {
    Set<String> expected = new TreeSet<>();
    for (Decision decision : project.decisions()) {
      boolean moves = decision.verdict().action() == Verdict.Action.MOVE_TO_PROD;
      for (DeclaredDependency declaration : decision.dependency().declarations()) {
        boolean production = declaration.scope() != Scope.DEV;
        if (!decision.drops() && production) {
          expected.add(row(declaration));
        } else if (moves
            && decision.dependency().declarations().stream()
                .noneMatch(it -> it.scope() == Scope.RUNTIME)) {
          expected.add(declaration.name() + " " + declaration.constraint() + " (dependencies)");
        }
      }
    }
    return expected;
  }

  private static String row(DeclaredDependency dependency) {
    return dependency.name() + " " + dependency.constraint() + " (" + dependency.group() + ")";
  }

  private @Nullable ProjectPlan planOf(String name) {
    int slash = name.lastIndexOf('/');
    if (slash < 0) {
      return plan;
    }
    String folder = plan.path().equals(".") ? "" : plan.path() + "/";
    for (ProjectPlan member : plan.members()) {
      if (member.path().equals(folder + name.substring(0, slash))) {
        return member;
      }
    }
    return null;
  }

  private void lock(SlimFile file, byte[] bytes) {
    Lockfile lock =
        new PackageLock().read(new SourceFile(NpmWriter.usedAs(file.name()), bytes), written);
    errors(lock.issues());
    LockScopes scopes = LockScopes.of(lock);
    Set<String> found = new TreeSet<>();
    for (int i = 0; i < lock.packages().size(); i++) {
      Lockfile.Node node = lock.packages().get(i);
      Scope scope = scopes.scope(i);
      String path = String.valueOf(node.path());
      if (!path.contains("node_modules/")) {
        continue; // a folder of the user
      }
      if (scope == null) {
        differences.add(file.name() + ": nothing requires " + path);
      } else if ((scope != Scope.DEV || !path.startsWith("node_modules/"))) {
        found.add(row(node.name(), node.version(), path, scopes.onlyOptional(i)));
      }
    }
    Set<String> expected = new TreeSet<>();
    for (Installed installed : form.installs()) {
      expected.add(
          row(
              installed.name(),
              installed.version(),
              String.valueOf(installed.path()),
              installed.mayBeAbsent()));
    }
    compare(file.name() + ": installs", expected, found);
  }

  private static String row(String name, @Nullable String version, String path, boolean absent) {
    return name + "@" + version + " at " + path + (absent ? " (optional)" : "");
  }

  private void errors(List<Issue> issues) {
    for (Issue issue : issues) {
      if (issue.severity() == Severity.ERROR) {
        differences.add(issue.toString());
      }
    }
  }

  private void compare(String what, Set<String> expected, Set<String> found) {
    Set<String> missing = new TreeSet<>(expected);
    missing.removeAll(found);
    missing.forEach(row -> differences.add(what + " not " + row));
    Set<String> surplus = new TreeSet<>(found);
    surplus.removeAll(expected);
    surplus.forEach(row -> differences.add(what + " " + row + ", which the plan does not know"));
  }
}

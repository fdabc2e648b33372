package dev.depslim.minimize;

import dev.depslim.model.Category;
import dev.depslim.model.Dependency;
import dev.depslim.model.MinimizePlan;
import dev.depslim.model.MinimizePlan.Decision;
import dev.depslim.model.MinimizePlan.ProjectPlan;
import dev.depslim.model.Project;
import dev.depslim.model.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/// Decides what stays and what goes in the slim form of each project, and why. Pure.
public final class MinimizePlanner {
  private final Function<Dependency, Verdict> verdicts;

  /// @param verdicts what a slim form does with a dependency
  public MinimizePlanner(Function<Dependency, Verdict> verdicts) {
    this.verdicts = verdicts;
  }

  /// The plan for the projects of a tree. A member of a workspace is planned on its own and once
  /// more among the members of the project whose lock serves it.
  ///
  /// @param excluded categories that production shall not hold
  /// @param excludedWritten whether the user wrote that list
  public MinimizePlan plan(
      List<Project> projects, List<Category> excluded, boolean excludedWritten) {
    List<Project> sorted = new ArrayList<>(projects);
    sorted.sort(Comparator.comparing(Project::path).thenComparing(Project::ecosystem));
    return new MinimizePlan(
        excluded,
        excludedWritten,
        sorted.stream().map(project -> plan(project, membersOf(project, sorted))).toList());
  }

  private static boolean isLockOf(Project project, String path) {
    return project.lockfiles().stream().anyMatch(lock -> lock.path().equals(path));
  }

  private ProjectPlan plan(Project project, List<ProjectPlan> members) {
    return new ProjectPlan(
        project.path(),
        project.ecosystem(),
        project.name(),
        project.manifests(),
        project.lockfiles().isEmpty() ? project.servedBy() : project.lockfiles(),
        project.dependencies().stream()
            .map(dependency -> new Decision(dependency, verdicts.apply(dependency)))
            .sorted(Comparator.comparing(decision -> decision.dependency().name()))
            .toList(),
        members);
  }

  /// A project with a lock of its own is no member, even where a lock above names it too.
  private List<ProjectPlan> membersOf(Project root, List<Project> all) {
    return all.stream()
        .filter(it -> it != root && it.ecosystem() == root.ecosystem())
        .filter(it -> it.lockfiles().isEmpty())
        .filter(it -> it.servedBy().stream().anyMatch(lock -> isLockOf(root, lock.path())))
        .map(it -> plan(it, List.of()))
        .toList();
  }
}

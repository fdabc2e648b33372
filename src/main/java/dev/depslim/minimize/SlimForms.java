package dev.depslim.minimize;

import dev.depslim.ecosystem.ManifestWriter;
import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.ecosystem.SlimForm;
import dev.depslim.model.DepslimException;
import dev.depslim.model.Issue;
import dev.depslim.model.MinimizePlan;
import dev.depslim.model.MinimizePlan.ProjectPlan;
import dev.depslim.model.Project;
import dev.depslim.model.Severity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Asks the writers for the slim form of every project of a plan.
public final class SlimForms {
  private final List<ManifestWriter> writers;
  private final ProjectFiles files;
  private final List<Issue> issues;

  /// @param files of the analysed tree
  /// @param issues of the analysis: a project one of whose files could not be read gets no form
  public SlimForms(List<ManifestWriter> writers, ProjectFiles files, List<Issue> issues) {
    this.writers = List.copyOf(writers);
    this.files = files;
    this.issues = List.copyOf(issues);
  }

  /// What came of one project.
  public sealed interface Attempt {
    /// The project.
    ProjectPlan plan();
  }

  /// There is a form.
  public record Made(ProjectPlan plan, ManifestWriter writer, SlimForm form) implements Attempt {}

  /// It is part of the form of its workspace.
  ///
  /// @param root the project whose form that is
  public record Member(ProjectPlan plan, ProjectPlan root) implements Attempt {}

  /// There is none.
  ///
  /// @param reason what cannot be understood, where, and what to do
  public record Refused(ProjectPlan plan, String reason) implements Attempt {}

  /// One attempt for each project, in the order of the plan.
  public List<Attempt> of(MinimizePlan plan) {
    List<Attempt> attempts = new ArrayList<>();
    for (ProjectPlan project : plan.projects()) {
      ProjectPlan root = rootOf(project, plan);
      attempts.add(root == null ? attempt(project) : new Member(project, root));
    }
    return attempts;
  }

  private static @Nullable ProjectPlan rootOf(ProjectPlan project, MinimizePlan plan) {
    for (ProjectPlan other : plan.projects()) {
      for (ProjectPlan member : other.members()) {
        if (member.path().equals(project.path()) && member.ecosystem() == project.ecosystem()) {
          return other;
        }
      }
    }
    return null;
  }

  private Attempt attempt(ProjectPlan project) {
    for (ManifestWriter writer : writers) {
      if (writer.ecosystem() == project.ecosystem()) {
        return attempt(project, writer);
      }
    }
    return new Refused(
        project,
        project.path() + ": files of " + project.ecosystem().id() + " projects are not written");
  }

  private Attempt attempt(ProjectPlan project, ManifestWriter writer) {
    Issue unreadable = unreadable(project, writer);
    if (unreadable != null) {
      return new Refused(project, unreadable.toString());
    }
    try {
      return new Made(project, writer, writer.slim(project, files));
    } catch (DepslimException.InvalidInput e) {
      return new Refused(project, String.valueOf(e.getMessage()));
    }
  }

  private @Nullable Issue unreadable(ProjectPlan plan, ManifestWriter writer) {
    Set<String> paths = new HashSet<>();
    collect(plan, paths);
    plan.lockfiles().stream()
        .map(Project.LockfileFile::path)
        .filter(lock -> !writer.uses(plan, lock))
        .forEach(paths::remove);
    paths.removeIf(writer::judges);
    for (Issue issue : issues) {
      if (issue.severity() == Severity.ERROR && paths.contains(issue.location().path())) {
        return issue;
      }
    }
    return null;
  }

  /// The files that a form is made from.
  static void collect(ProjectPlan plan, Set<String> paths) {
    plan.manifests().stream().map(Project.ManifestFile::path).forEach(paths::add);
    plan.lockfiles().stream().map(Project.LockfileFile::path).forEach(paths::add);
    plan.members().forEach(member -> collect(member, paths));
  }
}

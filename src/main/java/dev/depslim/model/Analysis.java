package dev.depslim.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Everything that one run found; every report is a view of it.
///
/// @param root as shown to people: the analysed path as the user wrote it
/// @param policy null where no gate was asked for
/// @param issues what could not be read, sorted
public record Analysis(
    String root,
    List<Project> projects,
    List<ImageReport> images,
    List<Finding> findings,
    Summary summary,
    @Nullable PolicyResult policy,
    List<Issue> issues) {
  public Analysis {
    projects = List.copyOf(projects);
    images = List.copyOf(images);
    findings = findings.stream().sorted().toList();
    issues = issues.stream().sorted().distinct().toList();
  }

  /// The same with these issues in place of its own.
  public Analysis withIssues(List<Issue> others) {
    return new Analysis(root, projects, images, findings, summary, policy, others);
  }

  /// The same with these findings and this result of the gate in place of its own.
  public Analysis judged(List<Finding> others, @Nullable PolicyResult result) {
    return new Analysis(root, projects, images, others, summary, result, issues);
  }
}

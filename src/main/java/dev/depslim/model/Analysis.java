package dev.depslim.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Everything that one run found; every report is a view of it.
///
/// @param root as shown to people: the analysed path as the user wrote it
/// @param policy null where no gate was asked for
/// @param explanations of the packages that were asked about
/// @param issues what could not be read, sorted
public record Analysis(
    String root,
    List<Project> projects,
    List<ImageReport> images,
    List<Finding> findings,
    Summary summary,
    @Nullable PolicyResult policy,
    List<Explanation> explanations,
    List<Issue> issues) {
  public Analysis {
    projects = List.copyOf(projects);
    images = List.copyOf(images);
    findings = findings.stream().sorted().toList();
    explanations = List.copyOf(explanations);
    issues = issues.stream().sorted().distinct().toList();
  }

  /// An analysis in which nothing was asked about.
  public Analysis(
      String root,
      List<Project> projects,
      List<ImageReport> images,
      List<Finding> findings,
      Summary summary,
      @Nullable PolicyResult policy,
      List<Issue> issues) {
    this(root, projects, images, findings, summary, policy, List.of(), issues);
  }

  /// The same with these issues in place of its own.
  public Analysis withIssues(List<Issue> others) {
    return new Analysis(root, projects, images, findings, summary, policy, explanations, others);
  }

  /// The same with these findings and this result of the gate in place of its own.
  public Analysis judged(List<Finding> others, @Nullable PolicyResult result) {
    return new Analysis(root, projects, images, others, summary, result, explanations, issues);
  }

  /// The same with the explanations of packages.
  public Analysis explaining(List<Explanation> asked) {
    return new Analysis(root, projects, images, findings, summary, policy, asked, issues);
  }
}

package dev.depslim.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Everything that one run found; every report is a view of it.
///
/// @param root as shown to people: the analysed path as the user wrote it
/// @param policy null where no gate was asked for
/// @param plan null where no slim form was asked for
/// @param explanations of the packages that were asked about
/// @param issues what could not be read, sorted
public record Analysis(
    String root,
    List<Project> projects,
    List<ImageReport> images,
    List<Finding> findings,
    Summary summary,
    @Nullable PolicyResult policy,
    @Nullable Minimization plan,
    List<Explanation> explanations,
    List<Issue> issues) {
  public Analysis {
    projects = List.copyOf(projects);
    images = List.copyOf(images);
    findings = findings.stream().sorted().toList();
    explanations = List.copyOf(explanations);
    issues = issues.stream().sorted().distinct().toList();
  }

  /// An analysis in which nothing was asked about and nothing is planned.
  public Analysis(
      String root,
      List<Project> projects,
      List<ImageReport> images,
      List<Finding> findings,
      Summary summary,
      @Nullable PolicyResult policy,
      List<Issue> issues) {
    this(root, projects, images, findings, summary, policy, null, List.of(), issues);
  }

  /// The same with these issues in place of its own.
  public Analysis withIssues(List<Issue> others) {
    return new Analysis(
        root, projects, images, findings, summary, policy, plan, explanations, others);
  }

  /// The same with these findings and this result of the gate in place of its own.
  public Analysis judged(List<Finding> others, @Nullable PolicyResult result) {
    return new Analysis(
        root, projects, images, others, summary, result, plan, explanations, issues);
  }

  /// The same with the explanations of packages.
  public Analysis explaining(List<Explanation> asked) {
    return new Analysis(root, projects, images, findings, summary, policy, plan, asked, issues);
  }

  /// The same with this plan.
  public Analysis planned(Minimization minimization) {
    return new Analysis(
        root, projects, images, findings, summary, policy, minimization, explanations, issues);
  }
}

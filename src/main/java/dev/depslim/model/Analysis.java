package dev.depslim.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Everything that one run found; every report is a view of it.
///
/// @param root as shown to people: the analysed path as the user wrote it
/// @param policy null where no gate was asked for
/// @param plan null where no slim form was asked for
/// @param explanations of the packages that were asked about
/// @param locks with the bytes of their packages; what is only installed among them
/// @param ranking null where none was asked for
/// @param impact null where it is compared with nothing
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
    List<PricedLock> locks,
    @Nullable Ranking ranking,
    @Nullable Impact impact,
    List<Issue> issues) {
  public Analysis {
    projects = List.copyOf(projects);
    images = List.copyOf(images);
    findings = findings.stream().sorted().toList();
    explanations = List.copyOf(explanations);
    locks = List.copyOf(locks);
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
    this(
        root, projects, images, findings, summary, policy, null, List.of(), List.of(), null, null,
        issues);
  }

  /// The same with these issues in place of its own.
  public Analysis withIssues(List<Issue> others) {
    return new Analysis(
        root,
        projects,
        images,
        findings,
        summary,
        policy,
        plan,
        explanations,
        locks,
        ranking,
        impact,
        others);
  }

  /// The same with these findings and this result of the gate in place of its own.
  public Analysis judged(List<Finding> others, @Nullable PolicyResult result) {
    return new Analysis(
        root,
        projects,
        images,
        others,
        summary,
        result,
        plan,
        explanations,
        locks,
        ranking,
        impact,
        issues);
  }

  /// The same with the explanations of packages.
  public Analysis explaining(List<Explanation> asked) {
    return new Analysis(
        root, projects, images, findings, summary, policy, plan, asked, locks, ranking, impact,
        issues);
  }

  /// The same with this plan.
  public Analysis planned(Minimization minimization) {
    return new Analysis(
        root,
        projects,
        images,
        findings,
        summary,
        policy,
        minimization,
        explanations,
        locks,
        ranking,
        impact,
        issues);
  }

  /// The same with the locks that it was made of.
  public Analysis pricing(List<PricedLock> priced) {
    return new Analysis(
        root,
        projects,
        images,
        findings,
        summary,
        policy,
        plan,
        explanations,
        priced,
        ranking,
        impact,
        issues);
  }

  /// The same with what holds most of it.
  public Analysis ranked(Ranking found) {
    return new Analysis(
        root,
        projects,
        images,
        findings,
        summary,
        policy,
        plan,
        explanations,
        locks,
        found,
        impact,
        issues);
  }

  /// The same compared with an earlier one.
  public Analysis compared(Impact found) {
    return new Analysis(
        root,
        projects,
        images,
        findings,
        summary,
        policy,
        plan,
        explanations,
        locks,
        ranking,
        found,
        issues);
  }
}

package dev.depslim.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Everything that one run found; every report is a view of it.
///
/// @param root as shown to people: the analysed path as the user wrote it
/// @param answers to what was asked beyond that
/// @param issues what could not be read, sorted
public record Analysis(
    String root,
    List<Project> projects,
    List<ImageReport> images,
    List<Finding> findings,
    Summary summary,
    Answers answers,
    List<Issue> issues) {
  public Analysis {
    projects = List.copyOf(projects);
    images = List.copyOf(images);
    findings = findings.stream().sorted().toList();
    issues = issues.stream().sorted().distinct().toList();
  }

  /// What a command asks beyond the picture itself.
  ///
  /// @param policy null where no gate was asked for
  /// @param plan null where no slim form was asked for
  /// @param explanations of the packages that were asked about
  /// @param locks with the bytes of their packages; what is only installed among them
  /// @param ranking null where none was asked for
  /// @param impact null where it is compared with nothing
  public record Answers(
      @Nullable PolicyResult policy,
      @Nullable Minimization plan,
      List<Explanation> explanations,
      List<PricedLock> locks,
      @Nullable Ranking ranking,
      @Nullable Impact impact) {
    public Answers {
      explanations = List.copyOf(explanations);
      locks = List.copyOf(locks);
    }
  }

  /// An analysis of which nothing more was asked.
  public Analysis(
      String root,
      List<Project> projects,
      List<ImageReport> images,
      List<Finding> findings,
      Summary summary,
      List<Issue> issues) {
    this(
        root,
        projects,
        images,
        findings,
        summary,
        new Answers(null, null, List.of(), List.of(), null, null),
        issues);
  }

  /// What the gate says; null where none was asked for.
  public @Nullable PolicyResult policy() {
    return answers.policy;
  }

  /// The slim form; null where none was asked for.
  public @Nullable Minimization plan() {
    return answers.plan;
  }

  /// Of the packages that were asked about.
  public List<Explanation> explanations() {
    return answers.explanations;
  }

  /// With the bytes of their packages; what is only installed among them.
  public List<PricedLock> locks() {
    return answers.locks;
  }

  /// What holds most; null where it was not asked.
  public @Nullable Ranking ranking() {
    return answers.ranking;
  }

  /// The change since an earlier one; null where it is compared with nothing.
  public @Nullable Impact impact() {
    return answers.impact;
  }

  private Analysis with(Answers others) {
    return new Analysis(root, projects, images, findings, summary, others, issues);
  }

  /// The same with these issues in place of its own.
  public Analysis withIssues(List<Issue> others) {
    return new Analysis(root, projects, images, findings, summary, answers, others);
  }

  /// The same with these findings and this result of the gate in place of its own.
  public Analysis judged(List<Finding> others, @Nullable PolicyResult result) {
    Answers it = answers;
    Answers judged = new Answers(result, it.plan, it.explanations, it.locks, it.ranking, it.impact);
    return new Analysis(root, projects, images, others, summary, judged, issues);
  }

  /// The same with the explanations of packages.
  public Analysis explaining(List<Explanation> asked) {
    Answers it = answers;
    return with(new Answers(it.policy, it.plan, asked, it.locks, it.ranking, it.impact));
  }

  /// The same with this plan.
  public Analysis planned(Minimization plan) {
    Answers it = answers;
    return with(new Answers(it.policy, plan, it.explanations, it.locks, it.ranking, it.impact));
  }

  /// The same with the locks that it was made of.
  public Analysis pricing(List<PricedLock> locks) {
    Answers it = answers;
    return with(new Answers(it.policy, it.plan, it.explanations, locks, it.ranking, it.impact));
  }

  /// The same with what holds most of it.
  public Analysis ranked(Ranking ranking) {
    Answers it = answers;
    return with(new Answers(it.policy, it.plan, it.explanations, it.locks, ranking, it.impact));
  }

  /// The same compared with an earlier one.
  public Analysis compared(Impact impact) {
    Answers it = answers;
    return with(new Answers(it.policy, it.plan, it.explanations, it.locks, it.ranking, impact));
  }
}

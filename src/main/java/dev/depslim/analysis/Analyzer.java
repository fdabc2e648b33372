package dev.depslim.analysis;

import dev.depslim.findings.ProjectFinding;
import dev.depslim.model.Analysis;
import dev.depslim.model.Category;
import dev.depslim.model.Finding;
import dev.depslim.model.ImageReport;
import dev.depslim.model.Issue;
import dev.depslim.model.PackageSelector;
import dev.depslim.model.Project;
import dev.depslim.project.ProjectReader;
import dev.depslim.project.ProjectTree;
import java.util.ArrayList;
import java.util.List;

/// Joins what was read into one analysis.
public final class Analyzer {
  private final ProjectReader projects;
  private final List<PackageSelector> forbidden;
  private final List<Category> excluded;

  /// @param forbidden what the policy keeps out of production
  /// @param excluded categories whose absence the savings are computed for
  public Analyzer(
      ProjectReader projects, List<PackageSelector> forbidden, List<Category> excluded) {
    this.projects = projects;
    this.forbidden = List.copyOf(forbidden);
    this.excluded = List.copyOf(excluded);
  }

  /// The analysis of a tree.
  ///
  /// @param shownRoot the root as reports name it
  public Analysis analyze(String shownRoot, ProjectTree tree) {
    ProjectReader.Result read = projects.read(tree);
    return new Analysis(
        shownRoot,
        read.projects(),
        List.of(),
        findings(read.projects()),
        Summaries.of(read.projects(), excluded),
        null,
        sorted(read.issues()));
  }

  /// The analysis of images alone.
  public static Analysis ofImages(
      String shownRoot, List<ImageReport> images, List<Category> excluded, List<Issue> issues) {
    return new Analysis(
        shownRoot,
        List.of(),
        images,
        List.of(),
        Summaries.of(List.of(), excluded),
        null,
        sorted(issues));
  }

  private List<Finding> findings(List<Project> projects) {
    List<Finding> found = new ArrayList<>();
    for (Project project : projects) {
      for (ProjectFinding kind : ProjectFinding.all()) {
        kind.find(project, forbidden).forEach(found::add);
      }
    }
    return found;
  }

  private static List<Issue> sorted(List<Issue> issues) {
    return issues.stream().sorted().toList();
  }
}

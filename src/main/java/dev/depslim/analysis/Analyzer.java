package dev.depslim.analysis;

import dev.depslim.findings.ForbiddenInImage;
import dev.depslim.findings.ProjectFinding;
import dev.depslim.image.ImageJoin;
import dev.depslim.model.Analysis;
import dev.depslim.model.Category;
import dev.depslim.model.Explanation;
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

  /// An analysis, and what its locks were counted with.
  ///
  /// @param graphs those of [Analysis#locks()], for [Ranks]
  public record Result(Analysis analysis, List<PricedGraph> graphs) {
    public Result {
      graphs = List.copyOf(graphs);
    }
  }

  /// The analysis of a tree and of images that are made of it.
  ///
  /// @param shownRoot the root as reports name it
  /// @param images empty where only the tree is looked at
  public Result analyze(String shownRoot, ProjectTree tree, List<ImageReport> images) {
    ProjectReader.Result read = projects.read(tree);
    List<PricedGraph> graphs = new ArrayList<>();
    for (int lock = 0; lock < read.locks().size(); lock++) {
      graphs.add(new PricedGraph(read.locks().get(lock), read.costs().get(lock).graph()));
    }
    return new Result(join(shownRoot, read, images), graphs);
  }

  /// The analysis of a tree, with explanations of the packages of a name.
  public Analysis explain(String shownRoot, ProjectTree tree, String name) {
    ProjectReader.Result read = projects.read(tree);
    List<Explanation> explanations =
        read.costs().stream().flatMap(lock -> lock.explain(name).stream()).toList();
    return join(shownRoot, read, List.of()).explaining(explanations);
  }

  private Analysis join(String shownRoot, ProjectReader.Result read, List<ImageReport> images) {
    ImageJoin.Joined joined = ImageJoin.join(read.projects(), images);
    List<Finding> findings = new ArrayList<>(joined.findings());
    joined.projects().forEach(project -> add(project, findings));
    images.forEach(image -> ForbiddenInImage.find(image, forbidden).forEach(findings::add));
    List<Issue> issues = new ArrayList<>(read.issues());
    images.forEach(image -> issues.addAll(image.issues()));
    return new Analysis(
            shownRoot,
            joined.projects(),
            images,
            findings,
            Summaries.of(joined.projects(), read.costs(), images, excluded),
            issues)
        .pricing(read.locks());
  }

  /// The analysis of images alone.
  public static Analysis ofImages(
      String shownRoot, List<ImageReport> images, List<Category> excluded, List<Issue> issues) {
    return new Analysis(
        shownRoot,
        List.of(),
        images,
        List.of(),
        Summaries.of(List.of(), List.of(), images, excluded),
        issues);
  }

  private void add(Project project, List<Finding> findings) {
    for (ProjectFinding kind : ProjectFinding.all()) {
      kind.find(project, forbidden).forEach(findings::add);
    }
  }
}

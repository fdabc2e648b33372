package dev.depslim.cli;

import dev.depslim.analysis.Analyzer;
import dev.depslim.analysis.PricedGraph;
import dev.depslim.ecosystem.SizeSource;
import dev.depslim.image.source.ImageOutline;
import dev.depslim.model.Analysis;
import dev.depslim.model.DepslimException;
import dev.depslim.model.ImageReport;
import dev.depslim.model.Issue;
import dev.depslim.model.Location;
import dev.depslim.model.Project;
import dev.depslim.model.Severity;
import dev.depslim.project.ProjectReader;
import dev.depslim.project.ProjectTree;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Runs the analysis of a folder as the options say.
final class ProjectScan {
  private ProjectScan() {}

  /// What was asked for.
  ///
  /// @param graphs of the locks of the analysis
  /// @param unreadable whether an image that was named could not be read
  /// @param tree the files of the folder
  record Scanned(
      Analysis analysis, List<PricedGraph> graphs, boolean unreadable, ProjectTree tree) {
    /// Whether nothing at all could be analysed.
    boolean isEmpty() {
      return analysis.images().isEmpty() && !saysAnything(analysis);
    }
  }

  /// Whether any project of the folder could be read.
  static boolean saysAnything(Analysis analysis) {
    return analysis.projects().stream().anyMatch(read(analysis));
  }

  /// Whether a project says anything: of one whose every file is broken nothing is known.
  private static Predicate<Project> read(Analysis analysis) {
    Set<String> broken =
        analysis.issues().stream()
            .filter(issue -> issue.severity() == Severity.ERROR)
            .map(issue -> issue.location().path())
            .collect(Collectors.toSet());
    return project ->
        !project.dependencies().isEmpty()
            || !project.resolved().isEmpty()
            || project.manifests().stream().anyMatch(file -> !broken.contains(file.path()))
            || project.lockfiles().stream().anyMatch(file -> !broken.contains(file.path()));
  }

  /// The analysis of a folder, with the issues of policy and rules.
  static Analysis run(
      Context context, OnlineOptions online, Path path, PolicyOptions.Loaded loaded) {
    return run(context, online, path, loaded, loaded.issues(), List.of(), ProjectTree.at(path))
        .analysis();
  }

  private static Analyzer.Result run(
      Context context,
      OnlineOptions online,
      Path path,
      PolicyOptions.Loaded loaded,
      List<Issue> issues,
      List<ImageReport> images,
      ProjectTree tree) {
    return online.with(
        context,
        loaded,
        tree,
        sizes -> {
          Analyzer.Result made = analyzer(loaded, sizes).analyze(path.toString(), tree, images);
          return new Analyzer.Result(with(issues, made.analysis()), made.graphs());
        });
  }

  /// The analysis of a folder with explanations of the packages of a name.
  static Analysis explain(
      Context context, OnlineOptions online, Path path, PolicyOptions.Loaded loaded, String name) {
    ProjectTree tree = ProjectTree.at(path);
    return online.with(
        context,
        loaded,
        tree,
        sizes ->
            with(loaded.issues(), analyzer(loaded, sizes).explain(path.toString(), tree, name)));
  }

  /// The analysis of a folder with images; one that cannot be read is an issue, and the rest goes
  /// on.
  static Scanned run(Context context, ScanOptions options, PolicyOptions.Loaded loaded) {
    List<ImageReport> images = new ArrayList<>();
    List<Issue> issues = new ArrayList<>(loaded.issues());
    List<ImageOutline> outlines = options.image.outlines(options.images);
    for (String reference : options.images) {
      try {
        images.add(options.image.read(context, reference, loaded, outlines));
      } catch (DepslimException.InvalidInput | DepslimException.EngineUnavailable e) {
        issues.add(Issue.error(Location.of(reference), String.valueOf(e.getMessage())));
      }
    }
    ProjectTree tree = ProjectTree.at(options.path);
    Analyzer.Result made = run(context, options.online, options.path, loaded, issues, images, tree);
    Scanned scanned =
        new Scanned(made.analysis(), made.graphs(), images.size() < options.images.size(), tree);
    return scanned.isEmpty()
        ? new Scanned(withReason(made.analysis()), made.graphs(), true, tree)
        : scanned;
  }

  private static Analysis withReason(Analysis analysis) {
    List<Issue> issues = new ArrayList<>(analysis.issues());
    issues.add(
        Issue.error(
            Location.of("."),
            analysis.projects().isEmpty()
                ? "no package.json, requirements file, pyproject.toml or lock file was found; name"
                    + " the folder of a Node or Python project"
                : "nothing could be read of the manifests that are there; mend them first"));
    return analysis.withIssues(issues);
  }

  private static Analyzer analyzer(PolicyOptions.Loaded loaded, List<SizeSource> sizes) {
    ProjectReader reader =
        new ProjectReader(
            Wiring.formats(),
            loaded.classifier(),
            loaded.verdicts()::of,
            Wiring.installedBeside(),
            sizes);
    return new Analyzer(reader, loaded.policy().forbid(), loaded.excluded());
  }

  private static Analysis with(List<Issue> issues, Analysis analysis) {
    List<Issue> all = new ArrayList<>(issues);
    all.addAll(analysis.issues());
    return analysis.withIssues(all);
  }
}

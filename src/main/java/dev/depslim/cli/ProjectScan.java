package dev.depslim.cli;

import dev.depslim.analysis.Analyzer;
import dev.depslim.model.Analysis;
import dev.depslim.model.DepslimException;
import dev.depslim.model.Issue;
import dev.depslim.model.Usage;
import dev.depslim.project.ProjectReader;
import dev.depslim.project.ProjectTree;
import dev.depslim.verdict.Verdicts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Runs the analysis of a folder as the options say.
final class ProjectScan {
  private static final Usage NOT_SEARCHED =
      new Usage.Undetermined("the source is not searched yet");

  private ProjectScan() {}

  /// The analysis of a folder, with the issues of policy and rules.
  static Analysis run(Path path, PolicyOptions.Loaded loaded) {
    ProjectReader reader =
        new ProjectReader(
            Wiring.formats(),
            loaded.classifier(),
            (declarations, classification) ->
                Verdicts.of(declarations, classification, NOT_SEARCHED));
    Analyzer analyzer = new Analyzer(reader, loaded.policy().forbid(), loaded.excluded());
    Analysis analysis = analyzer.analyze(path.toString(), ProjectTree.at(path));
    List<Issue> issues = new ArrayList<>(loaded.issues());
    issues.addAll(analysis.issues());
    return new Analysis(
        analysis.root(),
        analysis.projects(),
        analysis.images(),
        analysis.findings(),
        analysis.summary(),
        analysis.policy(),
        issues);
  }

  /// The error of a folder in which there is nothing to analyse.
  static DepslimException nothingIn(Path path) {
    return new DepslimException.InvalidInput(
        path
            + ": no package.json, requirements file, pyproject.toml or lock file was found; name the"
            + " folder of a Node or Python project");
  }
}

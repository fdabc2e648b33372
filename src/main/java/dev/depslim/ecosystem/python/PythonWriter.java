package dev.depslim.ecosystem.python;

import dev.depslim.ecosystem.ManifestWriter;
import dev.depslim.ecosystem.Programs;
import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.ecosystem.SlimForm;
import dev.depslim.ecosystem.TrialInstall;
import dev.depslim.model.DepslimException.InvalidInput;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.MinimizePlan.ProjectPlan;
import java.nio.file.Path;
import java.util.List;

/// Writes `requirements-minimal.txt` and `pyproject-production.toml`.
public final class PythonWriter implements ManifestWriter {
  @Override
  public Ecosystem ecosystem() {
    return Ecosystem.PYPI;
  }

  @Override
  public boolean judges(String path) {
    return path.endsWith(".txt") || path.endsWith(".in");
  }

  @Override
  public SlimForm slim(ProjectPlan plan, ProjectFiles files) {
    try {
      return new PythonSlim(plan, files).form();
    } catch (RequirementSyntaxException e) {
      String where = plan.path().isEmpty() ? "the project" : plan.path();
      throw new InvalidInput(
          where + ": its conditions cannot be joined: " + e.getMessage() + "; simplify them", e);
    }
  }

  @Override
  public List<String> differences(ProjectPlan plan, SlimForm form, ProjectFiles written) {
    return new PythonDifferences(plan, form, written).find();
  }

  @Override
  public List<String> commands(SlimForm form) {
    return PipTrial.commands(form);
  }

  @Override
  public List<TrialInstall> trials(
      ProjectPlan plan, SlimForm form, ProjectFiles files, Programs programs) {
    return PipTrial.trials(plan, form, files, programs);
  }

  @Override
  public TrialInstall.Refusal refused(
      ProjectPlan plan,
      SlimForm form,
      ProjectFiles files,
      TrialInstall trial,
      String output,
      Programs programs) {
    return PipTrial.refused(plan, form, files, trial, output, programs);
  }

  @Override
  public List<SlimForm.Installed> installed(TrialInstall trial, Path folder, String output) {
    return PipReport.in(folder, trial.expected());
  }
}

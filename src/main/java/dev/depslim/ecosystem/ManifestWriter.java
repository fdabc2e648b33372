package dev.depslim.ecosystem;

import dev.depslim.model.Ecosystem;
import dev.depslim.model.MinimizePlan.ProjectPlan;
import java.nio.file.Path;
import java.util.List;

/// Makes the slim form of a project's manifests and locks, and tells how the real package manager
/// is asked whether it accepts it. Pure: nothing is written or run here.
public interface ManifestWriter {
  /// The package manager family that it writes for.
  Ecosystem ecosystem();

  /// Whether the writer itself refuses what it cannot understand of a file, and so may do without a
  /// file that the form is not made of; else an unreadable file of a project is refused.
  default boolean judges(String path) {
    return false;
  }

  /// The slim form of a project and of the members of its workspace.
  ///
  /// @throws dev.depslim.model.DepslimException.InvalidInput where an input cannot be understood or
  ///   the package manager would refuse the result: the message names file, rule and remedy
  SlimForm slim(ProjectPlan plan, ProjectFiles files);

  /// Whether a slim form is made from a lock file of the project. One of another package manager
  /// that lies beside it may be unreadable.
  default boolean uses(ProjectPlan plan, String lockfile) {
    return true;
  }

  /// How what was written differs from the plan; empty where it says the same. It is read again
  /// with the readers of the formats and shares no code with what wrote it.
  ///
  /// @param written the files of the slim form as they lie there now, by their names in the form
  List<String> differences(ProjectPlan plan, SlimForm form, ProjectFiles written);

  /// The commands with which a production container installs the form, one a `RUN` line, such as
  /// `npm ci --omit=dev`; empty where none of its files is installed.
  List<String> commands(SlimForm form);

  /// How the real package manager installs the slim form, scripts switched off; empty where no file
  /// of the form is made for it.
  ///
  /// @param files the analysed tree, for settings and local archives that the install needs
  /// @param programs of this machine, to find the package manager that fits
  List<TrialInstall> trials(ProjectPlan plan, SlimForm form, ProjectFiles files, Programs programs);

  /// What it means that the package manager refuses a trial, and the next trial, where it refuses
  /// only what it would have to build.
  ///
  /// @param output what the command wrote
  default TrialInstall.Refusal refused(
      ProjectPlan plan,
      SlimForm form,
      ProjectFiles files,
      TrialInstall trial,
      String output,
      Programs programs) {
    return TrialInstall.Refusal.PLAIN;
  }

  /// What a trial installed.
  ///
  /// @param folder where it ran
  /// @param output what the command wrote to standard output
  List<SlimForm.Installed> installed(TrialInstall trial, Path folder, String output);
}

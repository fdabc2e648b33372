package dev.depslim.cli;

import dev.depslim.model.Analysis;
import dev.depslim.model.DepslimException;
import dev.depslim.model.Issue;
import dev.depslim.model.Severity;
import dev.depslim.model.Snapshot;
import dev.depslim.policy.Gate;
import dev.depslim.report.SnapshotReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;

/// Reads what `--against` names.
final class Against {
  private Against() {}

  /// What the folder holds, as `depslim analyze OLD` with the same options sees it, or what an
  /// earlier report says of it.
  ///
  /// @throws DepslimException.InvalidInput where there is nothing to compare with
  static Snapshot read(Context context, ScanOptions scan, Path old) {
    if (Files.isDirectory(old)) {
      return folder(context, scan, old);
    }
    if (!Files.exists(old)) {
      throw new DepslimException.InvalidInput(
          old
              + ": there is no such folder or report to compare with; name a folder, or a report"
              + " that depslim analyze --format json wrote");
    }
    try {
      return SnapshotReader.read(old.toString(), Files.readAllBytes(old));
    } catch (IOException e) {
      throw new DepslimException.InvalidInput(old + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static Snapshot folder(Context context, ScanOptions scan, Path old) {
    PolicyOptions.Loaded loaded = scan.policy.load(context, old);
    Analysis analysis = ProjectScan.run(context, scan.online, old, loaded);
    if (!ProjectScan.saysAnything(analysis)) {
      throw new DepslimException.InvalidInput(
          old
              + ": nothing to compare with: "
              + analysis.issues().stream()
                  .filter(issue -> issue.severity() == Severity.ERROR)
                  .map(Issue::toString)
                  .findFirst()
                  .orElse(
                      "no package.json, requirements file, pyproject.toml or lock file was found")
              + "; name the folder of a Node or Python project");
    }
    return Snapshot.of(
        Gate.filter(analysis, loaded.policy(), LocalDate.now(ZoneId.systemDefault())));
  }
}

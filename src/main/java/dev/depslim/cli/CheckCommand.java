package dev.depslim.cli;

import dev.depslim.findings.ForbiddenInImage;
import dev.depslim.findings.ForbiddenInProduction;
import dev.depslim.model.Analysis;
import dev.depslim.model.PolicyResult;
import dev.depslim.model.Severity;
import dev.depslim.policy.Gate;
import dev.depslim.policy.Policy;
import dev.depslim.report.CheckMarkdown;
import dev.depslim.report.CheckText;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `depslim check`: the gate for CI.
@Command(
    description = "Fail where production would ship what the policy forbids.",
    footer =
        "%nExit codes: 0 clean, 1 breach, 2 usage error, 3 nothing was checked or something in"
            + " scope was unreadable, 4 internal error.")
final class CheckCommand implements Callable<Integer> {
  private final Context context;

  @Mixin CommonOptions common = new CommonOptions();
  @Mixin ScanOptions scan = new ScanOptions();

  @Option(
      names = "--allow-unreadable",
      description = "Pass although a manifest, a lock file or an image could not be read.")
  boolean allowUnreadable;

  CheckCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    scan.output.check();
    PolicyOptions.Loaded loaded = scan.policy.load(context, scan.path);
    ProjectScan.Scanned scanned = ProjectScan.run(context, scan, loaded);
    Analysis analysis =
        Gate.hold(
            scanned.analysis(),
            loaded.policy(),
            LocalDate.now(ZoneId.systemDefault()),
            tolerated(scanned.analysis(), loaded.policy()));
    int exit = scanned.isEmpty() ? ExitCode.UNREADABLE : exitCode(analysis, loaded);
    scan.output.report(
        context,
        analysis,
        scanned.isEmpty(),
        style -> new CheckText(style).write(analysis, exit),
        () -> new CheckMarkdown(scan.output.all).write(analysis));
    return exit;
  }

  private int exitCode(Analysis analysis, PolicyOptions.Loaded loaded) {
    PolicyResult result = java.util.Objects.requireNonNull(analysis.policy());
    if (result.result() == PolicyResult.Result.FAIL) {
      return ExitCode.BREACH;
    }
    boolean badSettings =
        loaded.issues().stream().anyMatch(issue -> issue.severity() == Severity.ERROR);
    boolean unreadable =
        analysis.issues().stream().anyMatch(issue -> issue.severity() == Severity.ERROR);
    return badSettings || (unreadable && !allowUnreadable) ? ExitCode.UNREADABLE : ExitCode.OK;
  }

  private static int tolerated(Analysis analysis, Policy policy) {
    long locked =
        analysis.projects().stream()
            .flatMap(project -> project.resolved().stream())
            .filter(row -> ForbiddenInProduction.isToleratedTransitive(policy.forbid(), row))
            .count();
    long installed =
        analysis.images().stream()
            .flatMap(report -> report.packages().stream())
            .filter(row -> ForbiddenInImage.isToleratedIn(policy.forbid(), row))
            .count();
    return (int) (locked + installed);
  }
}

package dev.depslim.cli;

import dev.depslim.findings.ForbiddenInImage;
import dev.depslim.findings.ForbiddenInProduction;
import dev.depslim.model.Analysis;
import dev.depslim.model.PolicyResult;
import dev.depslim.model.Severity;
import dev.depslim.policy.Gate;
import dev.depslim.policy.Policy;
import dev.depslim.report.CheckText;
import dev.depslim.report.JsonReport;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `depslim check`: the gate for CI.
@Command(
    description = "Fail where production would ship what the policy forbids.",
    footer =
        "%nExit codes: 0 clean, 1 breach, 2 usage error, 3 nothing was checked or something in"
            + " scope was unreadable, 4 internal error.")
final class CheckCommand implements Callable<Integer> {
  private final Context context;

  @Mixin CommonOptions common = new CommonOptions();
  @Mixin PolicyOptions policy = new PolicyOptions();
  @Mixin ImageOptions image = new ImageOptions();
  @Mixin OutputOptions output = new OutputOptions();

  @Option(
      names = "--image",
      paramLabel = "REF",
      description = "An image to check as well; may be repeated.")
  List<String> images = new ArrayList<>();

  @Option(
      names = "--allow-unreadable",
      description = "Pass although a manifest, a lock file or an image could not be read.")
  boolean allowUnreadable;

  @Parameters(
      arity = "0..1",
      paramLabel = "PATH",
      description = "The folder to check (default: the current one).")
  Path path = Path.of(".");

  CheckCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    output.check();
    PolicyOptions.Loaded loaded = policy.load(context, path);
    Analysis scanned = ProjectScan.run(context, path, loaded, image, images).analysis();
    Analysis analysis =
        Gate.hold(
            scanned,
            loaded.policy(),
            LocalDate.now(ZoneId.systemDefault()),
            tolerated(scanned, loaded.policy()));
    int exit = exitCode(analysis, loaded);
    output.deliver(
        context.streams(),
        switch (output.format) {
          case text -> new CheckText(output.style(context.streams())).write(analysis, exit);
          case json -> new JsonReport(context.version()).write(analysis);
        });
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

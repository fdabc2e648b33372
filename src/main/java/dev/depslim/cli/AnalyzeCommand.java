package dev.depslim.cli;

import dev.depslim.model.Analysis;
import dev.depslim.policy.Gate;
import dev.depslim.report.AnalysisText;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `depslim analyze`: the whole picture of a folder.
@Command(
    description = "Show what a project declares, resolves and should not ship.",
    footer = "%nExit codes: 0 done, 2 usage error, 3 nothing could be analysed, 4 internal error.")
final class AnalyzeCommand implements Callable<Integer> {
  private final Context context;

  @Mixin CommonOptions common = new CommonOptions();
  @Mixin ScanOptions scan = new ScanOptions();

  AnalyzeCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    scan.output.check();
    PolicyOptions.Loaded loaded = scan.policy.load(context, scan.path);
    ProjectScan.Scanned scanned = ProjectScan.run(context, scan, loaded);
    Analysis analysis =
        Gate.filter(scanned.analysis(), loaded.policy(), LocalDate.now(ZoneId.systemDefault()));
    scan.output.report(
        context, analysis, scanned.isEmpty(), style -> new AnalysisText(style).write(analysis));
    return scanned.unreadable() || scanned.isEmpty() ? ExitCode.UNREADABLE : ExitCode.OK;
  }
}

package dev.depslim.cli;

import dev.depslim.analysis.Impacts;
import dev.depslim.analysis.Ranks;
import dev.depslim.model.Analysis;
import dev.depslim.model.Snapshot;
import dev.depslim.policy.Gate;
import dev.depslim.report.AnalysisMarkdown;
import dev.depslim.report.AnalysisText;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `depslim analyze`: the whole picture of a folder.
@Command(
    description = "Show what a project declares, resolves and should not ship.",
    footer = {
      "",
      "Examples:",
      "  depslim analyze shop --image shop:latest           what the image really holds",
      "  depslim analyze --format json -o base.json         keep it, to compare with later",
      "  depslim analyze --against base.json                what a change adds and removes",
      "  depslim analyze . --against ../base --format markdown    a comment for a pull request",
      "",
      "Exit codes: 0 done, 2 usage error, 3 nothing could be analysed, or OLD or an image was"
          + " unreadable, 4 internal error."
    })
final class AnalyzeCommand implements Callable<Integer> {
  private final Context context;

  @Mixin CommonOptions common = new CommonOptions();
  @Mixin ScanOptions scan = new ScanOptions();

  @Option(
      names = "--against",
      paramLabel = "OLD",
      description =
          "Show what changed since OLD: a folder, or the JSON report of an earlier analyze."
              + " --image counts for PATH only and takes no part in the comparison.")
  @Nullable Path against;

  AnalyzeCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    scan.output.check();
    Snapshot before = against == null ? null : Against.read(context, scan, against);
    PolicyOptions.Loaded loaded = scan.policy.load(context, scan.path);
    ProjectScan.Scanned scanned = ProjectScan.run(context, scan, loaded);
    Analysis filtered =
        Gate.filter(scanned.analysis(), loaded.policy(), LocalDate.now(ZoneId.systemDefault()));
    Analysis ranked = filtered.ranked(Ranks.of(filtered, scanned.graphs()));
    Analysis analysis =
        before == null ? ranked : ranked.compared(Impacts.of(before, Snapshot.of(ranked)));
    scan.output.report(
        context,
        analysis,
        scanned.isEmpty(),
        style -> new AnalysisText(style).write(analysis),
        () -> new AnalysisMarkdown(scan.output.all).write(analysis));
    return scanned.unreadable() || scanned.isEmpty() ? ExitCode.UNREADABLE : ExitCode.OK;
  }
}

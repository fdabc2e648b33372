package dev.depslim.cli;

import dev.depslim.model.Analysis;
import dev.depslim.policy.Gate;
import dev.depslim.report.AnalysisText;
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

/// `depslim analyze`: the whole picture of a folder.
@Command(
    description = "Show what a project declares, resolves and should not ship.",
    footer = "%nExit codes: 0 done, 2 usage error, 3 nothing could be analysed, 4 internal error.")
final class AnalyzeCommand implements Callable<Integer> {
  private final Context context;

  @Mixin CommonOptions common = new CommonOptions();
  @Mixin PolicyOptions policy = new PolicyOptions();
  @Mixin ImageOptions image = new ImageOptions();
  @Mixin OutputOptions output = new OutputOptions();

  @Option(
      names = "--image",
      paramLabel = "REF",
      description = "An image that is made of the project; may be repeated.")
  List<String> images = new ArrayList<>();

  @Parameters(
      arity = "0..1",
      paramLabel = "PATH",
      description = "The folder to analyse (default: the current one).")
  Path path = Path.of(".");

  AnalyzeCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    output.check();
    PolicyOptions.Loaded loaded = policy.load(context, path);
    ProjectScan.Scanned scanned = ProjectScan.run(context, path, loaded, image, images);
    Analysis analysis =
        Gate.filter(scanned.analysis(), loaded.policy(), LocalDate.now(ZoneId.systemDefault()));
    output.deliver(
        context.streams(),
        switch (output.format) {
          case text -> new AnalysisText(output.style(context.streams())).write(analysis);
          case json -> new JsonReport(context.version()).write(analysis);
        });
    return scanned.unreadable() ? ExitCode.UNREADABLE : ExitCode.OK;
  }
}

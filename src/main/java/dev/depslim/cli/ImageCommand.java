package dev.depslim.cli;

import dev.depslim.analysis.Analyzer;
import dev.depslim.model.Analysis;
import dev.depslim.model.DepslimException;
import dev.depslim.model.ImageReport;
import dev.depslim.model.Issue;
import dev.depslim.model.Location;
import dev.depslim.report.ImageText;
import dev.depslim.report.TextStyle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `depslim image`: whose the bytes of an image are, and what could be left out.
@Command(
    description = "Show whose the bytes of an image are, and what could be left out.",
    footer = {
      "%nREF is an image of the engine, a saved archive or an OCI layout folder. Tried in this order:",
      "an existing file, an existing OCI layout folder, the engine; docker:, archive: and oci: choose.",
      "%nExit codes: 0 done, 2 usage error, 3 the image could not be read or the engine not reached,",
      "4 internal error."
    })
final class ImageCommand implements Callable<Integer> {
  private final Context context;

  @Mixin CommonOptions common = new CommonOptions();
  @Mixin ImageOptions image = new ImageOptions();
  @Mixin PolicyOptions policy = new PolicyOptions();
  @Mixin OutputOptions output = new OutputOptions();

  @Parameters(paramLabel = "REF", description = "The image.")
  String reference = "";

  ImageCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    output.check();
    PolicyOptions.Loaded loaded = policy.load(context, Path.of("."));
    List<Issue> issues = new ArrayList<>(loaded.issues());
    List<ImageReport> reports = new ArrayList<>();
    try {
      ImageReport report = image.read(context, reference, loaded);
      reports.add(report);
      issues.addAll(report.issues());
    } catch (DepslimException.InvalidInput | DepslimException.EngineUnavailable e) {
      issues.add(Issue.error(Location.of(reference), String.valueOf(e.getMessage())));
    }
    Analysis analysis = Analyzer.ofImages(reference, reports, loaded.excluded(), issues);
    output.report(context, analysis, reports.isEmpty(), style -> text(analysis, style));
    return reports.isEmpty() ? ExitCode.UNREADABLE : ExitCode.OK;
  }

  /// The report shows the issues of the image; those of policy and rules go to standard error.
  private String text(Analysis analysis, TextStyle style) {
    ImageReport report = analysis.images().getFirst();
    analysis.issues().stream()
        .filter(issue -> !report.issues().contains(issue))
        .forEach(context.streams().err()::println);
    return new ImageText(style).write(report);
  }
}

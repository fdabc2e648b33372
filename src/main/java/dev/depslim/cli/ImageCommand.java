package dev.depslim.cli;

import dev.depslim.analysis.Analyzer;
import dev.depslim.model.ImageReport;
import dev.depslim.model.Issue;
import dev.depslim.report.ImageText;
import dev.depslim.report.JsonReport;
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
    ImageReport report = image.read(context, reference, loaded);
    List<Issue> issues = new ArrayList<>(loaded.issues());
    issues.addAll(report.issues());
    output.deliver(
        context.streams(),
        switch (output.format) {
          case text -> {
            issues.forEach(issue -> context.streams().err().println(issue));
            yield new ImageText(output.style(context.streams())).write(report);
          }
          case json ->
              new JsonReport(context.version())
                  .write(Analyzer.ofImages(reference, List.of(report), loaded.excluded(), issues));
        });
    return ExitCode.OK;
  }
}

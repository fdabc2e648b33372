package dev.depslim.cli;

import dev.depslim.model.Analysis;
import dev.depslim.model.DepslimException;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.Explanation;
import dev.depslim.model.Finding;
import dev.depslim.model.Project;
import dev.depslim.report.ExplainText;
import dev.depslim.report.JsonReport;
import dev.depslim.report.Markdown;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `depslim explain`: why a package is here.
@Command(
    description = "Show why a package is here: who declares it, who needs it, which rule knows it.",
    footer =
        "%nExit codes: 0 done, 2 usage error, 3 the package is neither declared, locked nor"
            + " installed, 4"
            + " internal error.")
final class ExplainCommand implements Callable<Integer> {
  private final Context context;

  @Mixin CommonOptions common = new CommonOptions();
  @Mixin PolicyOptions policy = new PolicyOptions();
  @Mixin OnlineOptions online = new OnlineOptions();
  @Mixin OutputOptions output = new OutputOptions();

  @Parameters(
      index = "0",
      paramLabel = "PACKAGE",
      description = "Its name, or ecosystem/name such as npm/puppeteer.")
  String name = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "PATH",
      description = "The folder of the project (default: the current one).")
  Path path = Path.of(".");

  ExplainCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    output.check();
    int slash = name.indexOf('/');
    Ecosystem ecosystem = slash < 0 ? null : Ecosystem.named(name.substring(0, slash)).orElse(null);
    String wanted = ecosystem == null ? name : name.substring(slash + 1);
    Analysis whole =
        within(
            ProjectScan.explain(context, online, path, policy.load(context, path), wanted),
            ecosystem);
    Analysis cut = cut(whole, wanted);
    if (cut.projects().isEmpty() && cut.explanations().isEmpty()) {
      throw new DepslimException.InvalidInput(
          name
              + " is neither declared, locked nor installed below "
              + path
              + "; depslim rules explain ECOSYSTEM/NAME says what the rules know of it");
    }
    output.deliver(
        context.streams(),
        (format, style) ->
            switch (format) {
              case text -> OutputOptions.Content.of(new ExplainText(style).write(whole, wanted));
              case json -> writer -> new JsonReport(context.version()).write(writer, cut);
              case markdown ->
                  OutputOptions.Content.of(
                      Markdown.ofText(new ExplainText(Markdown.STYLE).write(whole, wanted)));
            });
    return ExitCode.OK;
  }

  /// The analysis with the projects and findings of one ecosystem only.
  private static Analysis within(Analysis analysis, @Nullable Ecosystem only) {
    return only == null
        ? analysis
        : of(
            analysis,
            analysis.projects().stream().filter(it -> it.ecosystem() == only).toList(),
            analysis.explanations().stream().filter(it -> it.ecosystem() == only).toList(),
            it -> it.ecosystem() == only);
  }

  /// The analysis with nothing in it but the package.
  private static Analysis cut(Analysis analysis, String wanted) {
    return of(
        analysis,
        analysis.projects().stream()
            .map(project -> cut(project, wanted))
            .filter(project -> !project.dependencies().isEmpty() || !project.resolved().isEmpty())
            .toList(),
        analysis.explanations(),
        about -> isNamed(about.ecosystem(), about.name(), wanted));
  }

  private static Analysis of(
      Analysis analysis,
      List<Project> projects,
      List<Explanation> explanations,
      Predicate<Finding.PackageRef> wanted) {
    return new Analysis(
            analysis.root(),
            projects,
            analysis.images(),
            analysis.findings().stream()
                .filter(finding -> finding.about() != null && wanted.test(finding.about()))
                .toList(),
            analysis.summary(),
            analysis.issues())
        .explaining(explanations);
  }

  private static Project cut(Project project, String wanted) {
    return project.with(
        project.dependencies().stream()
            .filter(dependency ->
                isNamed(project.ecosystem(), dependency.name(), wanted)
                    || isNamed(project.ecosystem(), dependency.packageName(), wanted))
            .toList(),
        project.resolved().stream()
            .filter(row -> isNamed(project.ecosystem(), row.name(), wanted))
            .toList());
  }

  private static boolean isNamed(Ecosystem ecosystem, @Nullable String name, String wanted) {
    return name != null && ecosystem.normalize(name).equals(ecosystem.normalize(wanted));
  }
}

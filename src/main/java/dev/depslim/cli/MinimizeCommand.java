package dev.depslim.cli;

import dev.depslim.minimize.FormResults;
import dev.depslim.minimize.MinimizePlanner;
import dev.depslim.minimize.SlimForms;
import dev.depslim.minimize.SlimWriting;
import dev.depslim.minimize.TrialRuns;
import dev.depslim.model.Analysis;
import dev.depslim.model.Category;
import dev.depslim.model.DepslimException;
import dev.depslim.model.Issue;
import dev.depslim.model.Minimization;
import dev.depslim.model.MinimizePlan;
import dev.depslim.model.Severity;
import dev.depslim.policy.Gate;
import dev.depslim.process.ProgramRunner;
import dev.depslim.report.MinimizeText;
import dev.depslim.verdict.Verdicts;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `depslim minimize`: the slim manifests and locks of a tree.
@Command(
    description = {
      "Show the manifests and lock files that production needs, or write them.",
      "",
      "Left out is what is declared for development only, and coding agents. Packages of the other"
          + " categories that do not belong into production are left out where --exclude or"
          + " DEPSLIM_EXCLUDE names their category; until then they are kept, to be reviewed."
    },
    footer = {
      "",
      "Examples:",
      "  depslim minimize                        show the plan and what it changes",
      "  depslim minimize --write slim           write the files and slim/MINIMIZE.md",
      "  depslim minimize --exclude dev,coding-agent,browser-automation --write slim",
      "  depslim minimize shop --verify          let npm and pip install it in a scratch folder",
      "",
      "Exit codes: 0 done, 2 usage error, 3 an input or an existing file stands against it, or a"
          + " package manager refuses it, 4 internal error."
    })
final class MinimizeCommand implements Callable<Integer> {
  private static final Duration TRIAL_TIME = Duration.ofMinutes(20);
  private static final int TRIAL_OUTPUT = 64 << 20;

  private final Context context;

  @Mixin CommonOptions common = new CommonOptions();
  @Mixin ScanOptions scan = new ScanOptions();

  @Option(
      names = "--write",
      paramLabel = "DIR",
      description =
          "Write the slim files into DIR (for a project at PATH itself) or into DIR and the"
              + " project's folder; existing files that differ are kept unless --force is given.")
  @Nullable Path write;

  @Option(
      names = "--verify",
      description =
          "Let the real package managers install the slim files in a scratch folder, scripts"
              + " switched off, and compare. Uses the network as they are configured.")
  boolean verify;

  MinimizeCommand(Context context) {
    this.context = context;
  }

  /// What is made of the tree, and what stands against it.
  ///
  /// @param failures why nothing is written, or why the run is no success
  private record Outcome(Minimization minimization, List<String> failures) {}

  @Override
  public Integer call() {
    scan.output.check();
    PolicyOptions.Loaded loaded = scan.policy.load(context, scan.path);
    if (loaded.excluded().contains(Category.PRODUCTION)) {
      throw new DepslimException.Usage("a slim form without production packages makes no sense");
    }
    ProjectScan.Scanned scanned = ProjectScan.run(context, scan, loaded);
    Analysis analysis =
        Gate.filter(scanned.analysis(), loaded.policy(), LocalDate.now(ZoneId.systemDefault()));
    if (scanned.isEmpty()) {
      scan.output.report(context, analysis, true, style -> "");
      return ExitCode.UNREADABLE;
    }
    Outcome outcome = minimize(analysis, loaded, scanned);
    scan.output.report(
        context,
        analysis.planned(outcome.minimization()),
        false,
        style -> new MinimizeText(style).write(analysis.planned(outcome.minimization())));
    outcome.failures().forEach(failure -> context.streams().err().println("error: " + failure));
    return outcome.failures().isEmpty() && !scanned.unreadable()
        ? ExitCode.OK
        : ExitCode.UNREADABLE;
  }

  private Outcome minimize(
      Analysis analysis, PolicyOptions.Loaded loaded, ProjectScan.Scanned scanned) {
    MinimizePlan plan =
        new MinimizePlanner(Verdicts::inSlimForm)
            .plan(analysis.projects(), loaded.excluded(), loaded.excludeWritten());
    List<SlimForms.Attempt> attempts =
        new SlimForms(Wiring.manifestWriters(), scanned.tree(), analysis.issues()).of(plan);
    FormResults results = new FormResults(scanned.tree(), analysis.images());
    List<String> failures = new ArrayList<>(unreadSettings(loaded));
    List<Minimization.Result> rows = new ArrayList<>();
    Map<SlimForms.Made, Minimization.Result> made = new LinkedHashMap<>();
    for (SlimForms.Attempt attempt : attempts) {
      Minimization.Result result = results.of(attempt);
      rows.add(result);
      switch (attempt) {
        case SlimForms.Made form -> made.put(form, result);
        case SlimForms.Member _ -> {}
        case SlimForms.Refused refused -> failures.add(refused.reason());
      }
    }
    List<Minimization.Verified> verified = new ArrayList<>();
    List<Minimization.Written> written = new ArrayList<>();
    SlimWriting writing = write == null ? null : new SlimWriting(scan.path, write, plan, made);
    if (writing != null) {
      failures.addAll(writing.obstacles(scan.output.force));
    }
    if (verify && failures.isEmpty()) {
      verified.addAll(verify(made, scanned));
      verified.stream()
          .filter(one -> !one.accepted())
          .forEach(one -> failures.add(one.title() + ": " + one.message()));
    }
    if (writing != null && failures.isEmpty()) {
      written.addAll(writing.write());
    } else if (writing != null) {
      failures.add("nothing was written into " + write);
    }
    String target = write == null ? null : write.toString();
    return new Outcome(new Minimization(plan, target, rows, written, verified), failures);
  }

  /// A policy that is not understood may allow what the plan would leave out.
  private static List<String> unreadSettings(PolicyOptions.Loaded loaded) {
    return loaded.issues().stream()
        .filter(issue -> issue.severity() == Severity.ERROR)
        .map(Issue::toString)
        .toList();
  }

  /// Without the code that is handed to an interpreter; the report has the whole command.
  private static String oneLine(String command) {
    return command.indexOf('\n') < 0
        ? command
        : command.substring(0, command.indexOf('\n'))
            + " … "
            + command.substring(command.lastIndexOf('\n') + 1).strip();
  }

  private List<Minimization.Verified> verify(
      Map<SlimForms.Made, Minimization.Result> made, ProjectScan.Scanned scanned) {
    ProgramRunner runner =
        new ProgramRunner(context.streams().environment(), TRIAL_TIME, TRIAL_OUTPUT);
    List<Minimization.Verified> verified = new ArrayList<>();
    try (Progress progress = new Progress(context.streams())) {
      TrialRuns runs =
          new TrialRuns(
              runner,
              scanned.tree(),
              command -> {
                context.streams().err().println("running in a scratch folder: " + oneLine(command));
                context.streams().err().flush();
                progress.accept("waiting for " + oneLine(command));
              });
      made.keySet().forEach(one -> verified.addAll(runs.of(one)));
    }
    return verified;
  }
}

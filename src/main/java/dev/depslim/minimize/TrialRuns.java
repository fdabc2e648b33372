package dev.depslim.minimize;

import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.ecosystem.SlimForm;
import dev.depslim.ecosystem.TrialInstall;
import dev.depslim.model.DepslimException;
import dev.depslim.model.Minimization.Untried;
import dev.depslim.model.Minimization.Verified;
import dev.depslim.process.ProgramRun;
import dev.depslim.process.ProgramRunner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Asks the real package managers whether they accept a slim form: installs it in a scratch folder,
/// which is removed afterwards, and compares what they installed with the plan.
public final class TrialRuns {
  private static final int LAST_LINES = 15;
  private static final int LONGEST_LINE = 300;
  private static final int MOST_TRIALS = 40;

  private final ProgramRunner runner;
  private final ProjectFiles files;
  private final Consumer<String> announce;

  /// @param files the analysed tree
  /// @param announce is told what is run before it is
  public TrialRuns(ProgramRunner runner, ProjectFiles files, Consumer<String> announce) {
    this.runner = runner;
    this.files = files;
    this.announce = announce;
  }

  /// One for each trial of the form.
  public List<Verified> of(SlimForms.Made made) {
    List<Verified> verified = new ArrayList<>();
    for (TrialInstall trial : made.writer().trials(made.plan(), made.form(), files, this::answer)) {
      verified.add(verified(made, trial));
    }
    return verified;
  }

  private Verified verified(SlimForms.Made made, TrialInstall first) {
    TrialInstall trial = first;
    for (int left = MOST_TRIALS; ; left--) {
      Tried tried = inScratch(made, trial);
      if (tried.run() instanceof ProgramRun.Ended ended && ended.exitCode() != 0) {
        TrialInstall.Refusal refusal =
            made.writer()
                .refused(
                    made.plan(),
                    made.form(),
                    files,
                    trial,
                    ended.output() + ended.errors(),
                    this::answer);
        if (refusal.again() != null && left > 0) {
          trial = refusal.again();
          continue;
        }
        String message = refusal.message();
        return message == null ? tried.verified() : tried.verified().saying(message);
      }
      return tried.verified();
    }
  }

  private @Nullable String answer(List<String> command, Map<String, String> environment) {
    announce.accept(String.join(" ", command));
    Path folder = scratch("a question to " + command.getFirst());
    try {
      return runner.run(command, folder, environment) instanceof ProgramRun.Ended ended
              && ended.exitCode() == 0
          ? ended.output()
          : null;
    } finally {
      remove(folder);
    }
  }

  private static Path scratch(String what) {
    try {
      return Files.createTempDirectory("depslim-verify");
    } catch (IOException e) {
      throw new DepslimException.InvalidInput(
          "no scratch folder can be made for " + what + ": " + e.getMessage(), e);
    }
  }

  /// A run and what is said of it.
  private record Tried(ProgramRun run, Verified verified) {}

  private Tried inScratch(SlimForms.Made made, TrialInstall trial) {
    announce.accept(String.join(" ", trial.command()));
    try {
      Path scratch = scratch(trial.title());
      Thread cleaner = new Thread(() -> remove(scratch));
      Runtime.getRuntime().addShutdownHook(cleaner);
      try {
        fill(scratch, made.form(), trial);
        return judge(made, trial, scratch);
      } finally {
        remove(scratch);
        Runtime.getRuntime().removeShutdownHook(cleaner);
      }
    } catch (IOException e) {
      throw new DepslimException.InvalidInput(
          "no scratch folder can be filled for " + trial.title() + ": " + e.getMessage(), e);
    }
  }

  private void fill(Path scratch, SlimForm form, TrialInstall trial) throws IOException {
    for (Map.Entry<String, String> entry : trial.files().entrySet()) {
      for (SlimForm.SlimFile file : form.files()) {
        if (file.name().equals(entry.getValue())) {
          put(scratch, entry.getKey(), file.content());
        }
      }
    }
    for (SlimForm.SlimFile file : trial.made()) {
      put(scratch, file.name(), file.content());
    }
    for (Map.Entry<String, String> entry : trial.originals().entrySet()) {
      byte[] bytes = files.read(entry.getValue());
      if (bytes != null) {
        put(scratch, entry.getKey(), bytes);
      }
    }
  }

  private static void put(Path scratch, String name, byte[] bytes) throws IOException {
    Path file = scratch.resolve(name).normalize();
    if (!file.startsWith(scratch)) {
      throw new IOException(name + " lies outside of the scratch folder");
    }
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  private Tried judge(SlimForms.Made made, TrialInstall trial, Path scratch) {
    long before = bytes(scratch);
    ProgramRun run = runner.run(trial.command(), scratch, trial.environment());
    return new Tried(run, judge(made, trial, scratch, run, before));
  }

  private static Verified judge(
      SlimForms.Made made, TrialInstall trial, Path scratch, ProgramRun run, long before) {
    return switch (run) {
      case ProgramRun.NotStarted failed ->
          verified(made, trial, null, failed.reason(), Comparison.NONE, List.of(), 0, null);
      case ProgramRun.TimedOut late ->
          verified(
              made,
              trial,
              null,
              tool(trial) + " did not end in time and was ended",
              Comparison.NONE,
              lastLines(late.output(), late.errors()),
              0,
              null);
      case ProgramRun.Ended ended when ended.exitCode() != 0 ->
          verified(
              made,
              trial,
              ended.exitCode(),
              tool(trial) + " refuses it with exit code " + ended.exitCode(),
              Comparison.NONE,
              lastLines(ended.output(), ended.errors()),
              0,
              null);
      case ProgramRun.Ended ended -> {
        List<SlimForm.Installed> installed =
            made.writer().installed(trial, scratch, ended.output());
        TrialInstall.Expected expected = trial.expected();
        Comparison comparison =
            Comparison.of(
                made.plan().ecosystem(),
                expected == null
                    ? new TrialInstall.Expected(made.form().installs(), made.form().complete())
                    : expected,
                installed);
        yield verified(
            made,
            trial,
            0,
            comparison.isEqual()
                ? "accepted, and what is installed is what was planned" + untried(trial)
                : "accepted, but what is installed is not what was planned",
            comparison,
            comparison.isEqual() ? List.of() : lastLines(ended.output(), ended.errors()),
            comparison.installed() - stubs(trial, installed),
            grown(scratch, before));
      }
    };
  }

  /// Packages that an empty archive stood for.
  private static int stubs(TrialInstall trial, List<SlimForm.Installed> installed) {
    Set<String> names = new HashSet<>();
    trial.untried().forEach(one -> names.add(one.name()));
    return (int) installed.stream().filter(one -> names.contains(one.name())).count();
  }

  private static String untried(TrialInstall trial) {
    List<String> names = trial.untried().stream().map(TrialInstall.Untried::what).toList();
    return names.isEmpty() ? "" : "; not tried: " + String.join(", ", names);
  }

  /// The program that a title begins with.
  private static String tool(TrialInstall trial) {
    return trial.title().split(" ", 2)[0];
  }

  private static Verified verified(
      SlimForms.Made made,
      TrialInstall trial,
      @Nullable Integer exitCode,
      String message,
      Comparison comparison,
      List<String> output,
      int packages,
      @Nullable Long bytes) {
    return new Verified(
        made.plan().path(),
        made.plan().ecosystem(),
        trial.title(),
        trial.command(),
        exitCode != null && exitCode == 0 && comparison.isEqual(),
        exitCode,
        message,
        List.copyOf(comparison.missing()),
        List.copyOf(comparison.unexpected()),
        trial.untried().stream()
            .map(one -> new Untried(one.name(), one.version(), one.reason()))
            .toList(),
        output,
        packages,
        bytes);
  }

  /// The last lines of what a tool says: of its errors, else of its output.
  private static List<String> lastLines(String output, String errors) {
    List<String> lines =
        (errors.isBlank() ? output : errors)
            .lines()
            .map(line -> shortened(line.stripTrailing()))
            .filter(line -> !line.isEmpty())
            .toList();
    return lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
  }

  /// pip lists every version that there is in one line.
  private static String shortened(String line) {
    return line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE) + "…";
  }

  /// What a run left on disk; null where it left nothing, as a dry run does.
  private static @Nullable Long grown(Path scratch, long before) {
    long grown = bytes(scratch) - before;
    return grown <= 0 ? null : (Long) grown;
  }

  private static long bytes(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .mapToLong(file -> file.toFile().length())
          .sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void remove(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : new TreeSet<>(all.toList()).descendingSet()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException _) {
      // What another program still writes there stays: it is the system's folder for such files.
      return;
    }
  }
}

package dev.depslim.minimize;

import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.ecosystem.SlimForm;
import dev.depslim.ecosystem.TrialInstall;
import dev.depslim.model.DepslimException;
import dev.depslim.model.Minimization.Verified;
import dev.depslim.process.ProgramRun;
import dev.depslim.process.ProgramRunner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Asks the real package managers whether they accept a slim form: installs it in a scratch folder,
/// which is removed afterwards, and compares what they installed with the plan.
public final class TrialRuns {
  private static final int LAST_LINES = 15;

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
    for (TrialInstall trial : made.writer().trials(made.plan(), made.form(), files)) {
      announce.accept(String.join(" ", trial.command()));
      verified.add(inScratch(made, trial));
    }
    return verified;
  }

  private Verified inScratch(SlimForms.Made made, TrialInstall trial) {
    try {
      Path scratch = Files.createTempDirectory("depslim-verify");
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

  private Verified judge(SlimForms.Made made, TrialInstall trial, Path scratch) {
    long before = bytes(scratch);
    return switch (runner.run(trial.command(), scratch, trial.environment())) {
      case ProgramRun.NotStarted failed ->
          verified(made, trial, null, failed.reason(), Comparison.NONE, List.of(), 0, null);
      case ProgramRun.TimedOut late ->
          verified(
              made,
              trial,
              null,
              trial.command().getFirst() + " did not end in time and was ended",
              Comparison.NONE,
              lastLines(late.output(), late.errors()),
              0,
              null);
      case ProgramRun.Ended ended when ended.exitCode() != 0 ->
          verified(
              made,
              trial,
              ended.exitCode(),
              trial.command().getFirst() + " refuses it with exit code " + ended.exitCode(),
              Comparison.NONE,
              lastLines(ended.output(), ended.errors()),
              0,
              null);
      case ProgramRun.Ended ended -> {
        List<SlimForm.Installed> installed =
            made.writer().installed(trial, scratch, ended.output());
        Comparison comparison = Comparison.of(made.plan().ecosystem(), made.form(), installed);
        yield verified(
            made,
            trial,
            0,
            comparison.isEqual()
                ? "accepted, and what is installed is what was planned"
                : "accepted, but what is installed is not what was planned",
            comparison,
            comparison.isEqual() ? List.of() : lastLines(ended.output(), ended.errors()),
            comparison.installed(),
            grown(scratch, before));
      }
    };
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
        output,
        packages,
        bytes);
  }

  /// The last lines of what a tool says: of its errors, else of its output.
  private static List<String> lastLines(String output, String errors) {
    List<String> lines =
        (errors.isBlank() ? output : errors)
            .lines()
            .map(String::stripTrailing)
            .filter(line -> !line.isEmpty())
            .toList();
    return lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
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

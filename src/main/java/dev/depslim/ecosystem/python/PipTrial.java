package dev.depslim.ecosystem.python;

import dev.depslim.ecosystem.Programs;
import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.ecosystem.SlimForm;
import dev.depslim.ecosystem.SlimForm.Installed;
import dev.depslim.ecosystem.SlimForm.SlimFile;
import dev.depslim.ecosystem.SourceFile;
import dev.depslim.ecosystem.TrialInstall;
import dev.depslim.ecosystem.TrialInstall.Refusal;
import dev.depslim.ecosystem.TrialInstall.Untried;
import dev.depslim.model.MinimizePlan.ProjectPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Asks pip what it would install of a requirement file, without installing or building anything:
/// only wheels are taken, whose metadata is data.
final class PipTrial {
  private PipTrial() {}

  /// How a container installs each requirement file.
  static List<String> commands(SlimForm form) {
    List<String> out = new ArrayList<>();
    for (SlimFile file : form.files()) {
      if (file.name().endsWith("-minimal.txt")) {
        out.add(
            "pip install --no-cache-dir "
                + (isWhole(file) ? "--no-deps " : "")
                + "-r "
                + file.name());
      }
    }
    return out;
  }

  private static boolean isWhole(SlimFile file) {
    return RequirementsText.decode(file.content()).text().contains(PinnedText.NO_DEPENDENCIES);
  }

  /// One for each requirement file.
  static List<TrialInstall> trials(
      ProjectPlan plan, SlimForm form, ProjectFiles files, Programs programs) {
    List<TrialInstall> out = new ArrayList<>();
    PipProgram pip = null;
    for (SlimFile file : form.files()) {
      if (file.name().endsWith("-minimal.txt")) {
        pip = pip == null ? PipProgram.of(TargetPython.of(plan, files), programs) : pip;
        out.add(trial(plan, form, files, file, pip, built(form.byFile().get(file.name()))));
      }
    }
    return out;
  }

  /// What a refusal means; where pip misses wheels only, the same without what has none.
  static Refusal refused(
      ProjectPlan plan,
      SlimForm form,
      ProjectFiles files,
      TrialInstall trial,
      String output,
      Programs programs) {
    String name = trial.command().getLast();
    for (SlimFile file : form.files()) {
      if (file.name().equals(name)) {
        TargetPython target = TargetPython.of(plan, files);
        PipProgram pip = PipProgram.of(target.named(trial.runtime()), programs);
        PipRefusal refusal = PipRefusal.of(pip, indexOptions(plan, files, file), output, programs);
        String newer = target.minor() == null ? target.next(refusal.requiredPython()) : null;
        if (newer != null && !newer.equals(trial.runtime())) {
          PipProgram other = PipProgram.of(target.named(newer), programs);
          return new Refusal(
              refusal.message(), trial(plan, form, files, file, other, trial.untried()));
        }
        List<Untried> without = new ArrayList<>(trial.untried());
        for (Untried more : refusal.noWheel()) {
          if (trial.untried().stream().noneMatch(it -> it.name().equals(more.name()))) {
            without.add(more);
          }
        }
        if (without.size() == trial.untried().size()) {
          return new Refusal(refusal.message(), null);
        }
        return new Refusal(refusal.message(), trial(plan, form, files, file, pip, without));
      }
    }
    return Refusal.PLAIN;
  }

  /// What a lock has no wheel of; there is no need to let pip find that out.
  private static List<Untried> built(TrialInstall.@Nullable Expected expected) {
    List<Untried> out = new ArrayList<>();
    if (expected != null) {
      for (Installed one : expected.installs()) {
        if (expected.built().contains(one.name())) {
          out.add(
              new Untried(one.name(), one.version(), "the lock has no wheel of it: pip builds it"));
        }
      }
    }
    return out;
  }

  private static TrialInstall trial(
      ProjectPlan plan,
      SlimForm form,
      ProjectFiles files,
      SlimFile file,
      PipProgram pip,
      List<Untried> without) {
    Map<String, @Nullable String> versions = new HashMap<>();
    TrialInstall.Expected expected = form.byFile().get(file.name());
    if (expected != null) {
      expected.installs().forEach(one -> versions.putIfAbsent(one.name(), one.version()));
    }
    TrialCopy copy = new TrialCopy(plan, files, file, versions, without);
    Map<String, String> copies = new LinkedHashMap<>();
    for (SlimFile one : form.files()) {
      if (!one.name().endsWith(".toml")) {
        copies.put(one.name(), one.name());
      }
    }
    List<String> command = new ArrayList<>(pip.run("install", DRY_RUN));
    command.addAll(pip.installOptions());
    if (isWhole(file)) {
      command.add("--no-deps");
    }
    if (copy.hasStubs()) {
      command.addAll(List.of("--find-links", StubWheel.FOLDER));
    }
    command.addAll(List.of("-r", file.name()));
    return new TrialInstall(
        "pip install --dry-run --only-binary :all: -r "
            + file.name()
            + (pip.python() == null ? "" : " (Python " + pip.python() + ")"),
        command,
        copies,
        copy.originals(),
        copy.made(),
        pip.environment(),
        pip.python(),
        expected,
        copy.untried());
  }

  private static final List<String> DRY_RUN =
      List.of(
          "--dry-run", "--ignore-installed", "--only-binary", ":all:", "--report", PipReport.FILE);

  /// Options of the file that say where packages are looked for.
  private static List<String> indexOptions(ProjectPlan plan, ProjectFiles files, SlimFile file) {
    List<String> out = new ArrayList<>();
    String base = plan.path().equals(".") ? "" : plan.path();
    SourceFile source = new SourceFile(Paths.below(base, file.name()), file.content());
    for (RequirementsEntry entry : RequirementsParser.parse(source, files, Map.of())) {
      if (entry instanceof RequirementsEntry.Options options) {
        for (String name : List.of("index-url", "extra-index-url", "find-links", "trusted-host")) {
          options.options().all(name).forEach(value -> out.addAll(List.of("--" + name, value)));
        }
      }
    }
    return out;
  }
}

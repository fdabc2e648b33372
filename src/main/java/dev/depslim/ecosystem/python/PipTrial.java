package dev.depslim.ecosystem.python;

import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.ecosystem.SlimForm;
import dev.depslim.ecosystem.SlimForm.Installed;
import dev.depslim.ecosystem.SlimForm.SlimFile;
import dev.depslim.ecosystem.SourceFile;
import dev.depslim.ecosystem.TrialInstall;
import dev.depslim.model.DepslimException.InvalidInput;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.MinimizePlan.ProjectPlan;
import dev.depslim.syntax.Json;
import dev.depslim.syntax.SyntaxException;
import dev.depslim.syntax.Tree;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

  /// One for each requirement file that needs no folder or repository, which pip would have to
  /// build.
  static List<TrialInstall> trials(ProjectPlan plan, SlimForm form, ProjectFiles files) {
    Map<String, String> copies = new LinkedHashMap<>();
    for (SlimFile file : form.files()) {
      if (!file.name().endsWith(".toml")) {
        copies.put(file.name(), file.name());
      }
    }
    List<TrialInstall> out = new ArrayList<>();
    for (SlimFile file : form.files()) {
      Map<String, String> originals = new LinkedHashMap<>();
      if (file.name().endsWith("-minimal.txt") && collect(plan, file, files, originals)) {
        List<String> command = new ArrayList<>(PIP);
        if (isWhole(file)) {
          command.add("--no-deps");
        }
        command.addAll(List.of("-r", file.name()));
        out.add(
            new TrialInstall(
                "pip install --dry-run --only-binary :all: -r " + file.name(),
                command,
                copies,
                originals,
                ENVIRONMENT));
      }
    }
    return out;
  }

  private static final List<String> PIP =
      List.of(
          "python3",
          "-m",
          "pip",
          "install",
          "--dry-run",
          "--quiet",
          "--ignore-installed",
          "--only-binary",
          ":all:",
          "--report",
          "-");

  private static final Map<String, String> ENVIRONMENT =
      Map.of("PIP_DISABLE_PIP_VERSION_CHECK", "1", "PIP_NO_INPUT", "1", "PYTHONUTF8", "1");

  /// Whether pip needs nothing but wheels; those of the tree are collected.
  private static boolean collect(
      ProjectPlan plan, SlimFile file, ProjectFiles files, Map<String, String> originals) {
    SourceFile source = new SourceFile(file.name(), file.content());
    String base = plan.path().equals(".") ? "" : plan.path();
    for (RequirementsEntry entry : RequirementsParser.parse(source, files, Map.of())) {
      switch (entry) {
        case RequirementsEntry.Package found -> {
          String path = found.path();
          String url = found.url();
          if (path != null && path.endsWith(".whl")) {
            originals.put(path, Paths.below(base, path));
          } else if (path != null
              || found.editable()
              || (url != null && !Archives.fileName(url).endsWith(".whl"))) {
            return false;
          }
        }
        case RequirementsEntry.Options options -> {
          if (!options.options().all("no-binary").isEmpty()) {
            return false;
          }
        }
        case RequirementsEntry.Problem problem -> {
          if (problem.kind() == RequirementsEntry.Kind.NOT_INSTALLABLE_PATH) {
            return false;
          }
        }
        case RequirementsEntry.Include _ -> {}
      }
    }
    return true;
  }

  /// What the report of pip ("Installation report" of its documentation) says, sorted by name.
  ///
  /// @throws InvalidInput where the text is no such report
  static List<Installed> installed(String report) {
    Tree tree;
    try {
      tree = Json.parse(report.getBytes(StandardCharsets.UTF_8));
    } catch (SyntaxException e) {
      throw new InvalidInput(
          "pip wrote no report: " + e.getMessage() + "; use pip 22.2 or later", e);
    }
    Tree.Sequence list = tree instanceof Tree.Mapping root ? root.sequence("install") : null;
    if (list == null) {
      throw new InvalidInput("pip wrote a report without 'install'; use pip 22.2 or later");
    }
    List<Installed> out = new ArrayList<>();
    for (Tree item : list.items()) {
      Tree.Mapping metadata = item instanceof Tree.Mapping one ? one.mapping("metadata") : null;
      String name = metadata == null ? null : metadata.string("name");
      String version = metadata == null ? null : metadata.string("version");
      if (name != null && version != null) {
        Version parsed = Version.parse(version);
        out.add(
            new Installed(
                Ecosystem.PYPI.normalize(name),
                parsed == null ? version : parsed.toString(),
                null,
                false));
      }
    }
    out.sort(Comparator.comparing(Installed::name));
    return out;
  }
}

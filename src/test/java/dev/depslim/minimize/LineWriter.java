package dev.depslim.minimize;

import dev.depslim.ecosystem.ManifestWriter;
import dev.depslim.ecosystem.Programs;
import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.ecosystem.SlimForm;
import dev.depslim.ecosystem.SlimForm.Installed;
import dev.depslim.ecosystem.SlimForm.SlimFile;
import dev.depslim.ecosystem.TrialInstall;
import dev.depslim.model.DepslimException;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.MinimizePlan.ProjectPlan;
import dev.depslim.model.Project;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes manifests that hold one name a line; a line `broken` is not understood. Its package
/// manager is a shell script.
final class LineWriter implements ManifestWriter {
  private final String script;
  private final List<String> differences;

  /// @param script what a trial runs; each line of its output is an installed package
  /// @param differences what reading again finds
  LineWriter(String script, List<String> differences) {
    this.script = script;
    this.differences = differences;
  }

  @Override
  public Ecosystem ecosystem() {
    return Ecosystem.PYPI;
  }

  @Override
  public SlimForm slim(ProjectPlan plan, ProjectFiles files) {
    List<SlimFile> slim = new ArrayList<>();
    List<Installed> installs = new ArrayList<>();
    List<Installed> removed = new ArrayList<>();
    for (Project.ManifestFile manifest : plan.manifests()) {
      StringBuilder out = new StringBuilder();
      for (String line : text(files.read(manifest.path())).lines().toList()) {
        if (line.equals("broken")) {
          throw new DepslimException.InvalidInput(manifest.path() + ":1: what is 'broken'?");
        }
        boolean drops = plan.drops(line);
        (drops ? removed : installs).add(new Installed(line, "1", null, false));
        out.append(drops ? "" : line + "\n");
      }
      byte[] bytes = out.toString().getBytes(StandardCharsets.UTF_8);
      slim.add(new SlimFile("slim.txt", bytes, manifest.path()));
    }
    return new SlimForm(slim, installs, true, removed, List.of("Only a test."));
  }

  private static String text(byte @Nullable [] bytes) {
    return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public List<String> differences(ProjectPlan plan, SlimForm form, ProjectFiles written) {
    List<String> found = new ArrayList<>(differences);
    for (SlimFile file : form.files()) {
      if (!text(written.read(file.name())).equals(text(file.content()))) {
        found.add(file.name() + " is not what was planned");
      }
    }
    return found;
  }

  @Override
  public List<String> commands(SlimForm form) {
    return List.of("lines install slim.txt");
  }

  @Override
  public List<TrialInstall> trials(
      ProjectPlan plan, SlimForm form, ProjectFiles files, Programs programs) {
    return List.of(
        new TrialInstall(
            "lines install",
            List.of("sh", "-c", script),
            Map.of("in/wanted.txt", "slim.txt"),
            Map.of("copy.txt", "original.txt"),
            Map.of("EXTRA", "1")));
  }

  @Override
  public List<Installed> installed(TrialInstall trial, Path folder, String output) {
    return output.lines().map(line -> new Installed(line, "1", null, false)).toList();
  }
}

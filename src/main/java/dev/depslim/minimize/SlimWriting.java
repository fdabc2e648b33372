package dev.depslim.minimize;

import dev.depslim.ecosystem.SlimForm;
import dev.depslim.ecosystem.SlimMark;
import dev.depslim.model.DepslimException;
import dev.depslim.model.Minimization.Result;
import dev.depslim.model.Minimization.Written;
import dev.depslim.model.MinimizePlan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Writes the slim forms of a tree and their notes into a folder, reads them again and compares
/// them with the plan.
public final class SlimWriting {
  private final Path root;
  private final Path target;
  private final MinimizePlan plan;
  private final Map<SlimForms.Made, Result> forms = new LinkedHashMap<>();
  private final List<SlimFolder.Content> contents;
  private final SlimFolder folder;

  /// @param root the analysed folder
  /// @param target the folder to write
  /// @param forms what is written, each with its result, in the order of the plan
  public SlimWriting(Path root, Path target, MinimizePlan plan, Map<SlimForms.Made, Result> forms) {
    this.root = root;
    this.target = target;
    this.plan = plan;
    forms.forEach((made, result) -> {
      if (!made.form().files().isEmpty()) {
        this.forms.put(made, result);
      }
    });
    this.contents = contents();
    this.folder = new SlimFolder(target, inputs());
  }

  /// What stands in the way; nothing is changed.
  ///
  /// @param force whether existing files may be replaced
  /// @throws DepslimException.Usage where an input would be overwritten
  public List<String> obstacles(boolean force) {
    return folder.obstacles(contents, force);
  }

  /// Writes all files or none.
  ///
  /// @throws IllegalStateException where what was written says something else than the plan
  public List<Written> write() {
    return folder.write(contents, this::differences);
  }

  private List<String> differences() {
    List<String> differences = new ArrayList<>();
    for (SlimForms.Made made : forms.keySet()) {
      Path written = target.resolve(FormResults.inTarget(made.plan(), ""));
      differences.addAll(
          made.writer().differences(made.plan(), made.form(), new WrittenFiles(written)));
    }
    return differences;
  }

  private List<SlimFolder.Content> contents() {
    Map<String, byte[]> byPath = new TreeMap<>();
    Map<String, Map<SlimForms.Made, Result>> byFolder = new TreeMap<>();
    for (Map.Entry<SlimForms.Made, Result> entry : forms.entrySet()) {
      SlimForms.Made made = entry.getKey();
      for (SlimForm.SlimFile file : made.form().files()) {
        String path = FormResults.inTarget(made.plan(), file.name());
        if (byPath.put(path, file.content()) != null) {
          throw new IllegalStateException("two projects write " + path);
        }
      }
      byFolder
          .computeIfAbsent(FormResults.inTarget(made.plan(), ""), _ -> new LinkedHashMap<>())
          .put(made, entry.getValue());
    }
    byFolder.forEach((path, projects) ->
        byPath.put(
            path + SlimMark.FILE,
            SlimNotes.text(projects, prefix(path)).getBytes(StandardCharsets.UTF_8)));
    List<SlimFolder.Content> all = new ArrayList<>();
    byPath.forEach((path, bytes) -> all.add(new SlimFolder.Content(path, bytes)));
    return all;
  }

  /// Where a written folder lies in the analysed tree, such as `slim/`; null where it lies outside.
  private @Nullable String prefix(String path) {
    Path inside =
        root.toAbsolutePath()
            .normalize()
            .relativize(target.resolve(path).toAbsolutePath().normalize());
    String text = inside.toString().replace('\\', '/');
    return text.startsWith("..") ? null : text.isEmpty() ? "" : text + "/";
  }

  /// The real paths of everything that any plan is made from.
  private Set<Path> inputs() {
    Set<String> paths = new HashSet<>();
    plan.projects().forEach(project -> SlimForms.collect(project, paths));
    for (SlimForms.Made made : forms.keySet()) {
      for (SlimForm.SlimFile file : made.form().files()) {
        String replaces = file.replaces();
        if (replaces != null) {
          paths.add(replaces);
        }
      }
    }
    Set<Path> real = new HashSet<>();
    for (String path : paths) {
      Path file = root.resolve(path);
      try {
        if (Files.exists(file)) {
          real.add(file.toRealPath());
        }
      } catch (IOException e) {
        throw new DepslimException.InvalidInput(file + " cannot be read: " + e.getMessage(), e);
      }
    }
    return real;
  }
}

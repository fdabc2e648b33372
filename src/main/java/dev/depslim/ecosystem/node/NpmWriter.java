package dev.depslim.ecosystem.node;

import dev.depslim.ecosystem.ManifestWriter;
import dev.depslim.ecosystem.Programs;
import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.ecosystem.SlimForm;
import dev.depslim.ecosystem.SlimForm.Installed;
import dev.depslim.ecosystem.SlimForm.SlimFile;
import dev.depslim.ecosystem.TrialInstall;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.MinimizePlan.ProjectPlan;
import dev.depslim.syntax.JsonNode;
import dev.depslim.syntax.JsonObject;
import dev.depslim.syntax.JsonText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Slim forms for npm: `package-production.json` beside `package-lock.production.json` (or
/// `npm-shrinkwrap.production.json`), which take the place of package.json and the lock.
///
/// A workspace has one form, that of the folder of its lock, with a manifest for each member.
public final class NpmWriter implements ManifestWriter {
  private static final String MANIFEST = SlimProject.MANIFEST;
  private static final String SLIM_MANIFEST = SlimProject.SLIM_MANIFEST;
  private static final String SLIM_LOCK = ".production.json";

  /// Settings of a project that decide which tree npm builds.
  private static final List<String> TREE_SETTINGS =
      List.of("legacy-peer-deps", "strict-peer-deps", "install-links", "install-strategy");

  @Override
  public Ecosystem ecosystem() {
    return Ecosystem.NPM;
  }

  @Override
  public SlimForm slim(ProjectPlan plan, ProjectFiles files) {
    return SlimProject.of(plan, files);
  }

  /// Where a lock of npm is there, npm reads that one only.
  @Override
  public boolean uses(ProjectPlan plan, String lockfile) {
    String lock = SlimProject.lock(plan);
    return lock == null || lock.equals(lockfile);
  }

  @Override
  public List<String> differences(ProjectPlan plan, SlimForm form, ProjectFiles written) {
    return new SlimReading(plan, form, written).differences();
  }

  @Override
  public List<String> commands(SlimForm form) {
    if (form.files().isEmpty()) {
      return List.of();
    }
    return List.of(lock(form) == null ? "npm install --omit=dev" : "npm ci --omit=dev");
  }

  @Override
  public List<TrialInstall> trials(
      ProjectPlan plan, SlimForm form, ProjectFiles files, Programs programs) {
    SlimFile lock = lock(form);
    if (lock == null) {
      return List.of();
    }
    Map<String, String> names = new LinkedHashMap<>();
    for (SlimFile file : form.files()) {
      names.put(usedAs(file.name()), file.name());
    }
    String folder = plan.path().equals(".") ? "" : plan.path() + "/";
    List<String> command =
        new ArrayList<>(
            List.of("npm", "ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund"));
    command.addAll(options(NpmSettings.of(files, folder)));
    return List.of(
        new TrialInstall(
            "npm ci --omit=dev",
            command,
            names,
            archives(lock, folder),
            Map.of("NODE_ENV", "production")));
  }

  @Override
  public List<Installed> installed(TrialInstall trial, Path folder, String output) {
    Set<String> folders = new LinkedHashSet<>();
    for (String name : trial.files().keySet()) {
      if (name.equals(MANIFEST) || name.endsWith("/" + MANIFEST)) {
        folders.add(name.substring(0, Math.max(0, name.length() - MANIFEST.length() - 1)));
      }
    }
    return InstalledTree.in(folder, folders);
  }

  /// The name under which npm reads a file of the form.
  static String usedAs(String name) {
    if (name.endsWith(SLIM_MANIFEST)) {
      return name.substring(0, name.length() - SLIM_MANIFEST.length()) + MANIFEST;
    }
    return name.endsWith(SLIM_LOCK)
        ? name.substring(0, name.length() - SLIM_LOCK.length()) + ".json"
        : name;
  }

  static @Nullable SlimFile lock(SlimForm form) {
    for (SlimFile file : form.files()) {
      if (file.name().endsWith(SLIM_LOCK)) {
        return file;
      }
    }
    return null;
  }

  /// What the project's `.npmrc` says of the tree and of registries, as options. The file itself is
  /// not used: it can name programs.
  private static List<String> options(NpmSettings settings) {
    List<String> options = new ArrayList<>();
    settings
        .values()
        .forEach((key, value) -> {
          boolean registry = key.equals("registry") || key.endsWith(":registry");
          if ((registry || TREE_SETTINGS.contains(key)) && !value.contains("${")) {
            options.add("--" + key + "=" + value);
          }
        });
    return options;
  }

  /// The archives of the project that the lock installs from.
  private static Map<String, String> archives(SlimFile lock, String folder) {
    Map<String, String> archives = new LinkedHashMap<>();
    JsonNode root = JsonText.parse(lock.content()).root();
    JsonObject packages = root instanceof JsonObject object ? object.object("packages") : null;
    for (JsonObject.Member member :
        packages == null ? List.<JsonObject.Member>of() : packages.members()) {
      String resolved =
          member.value() instanceof JsonObject entry && !entry.isTrue("link")
              ? entry.string("resolved")
              : null;
      if (resolved != null && resolved.startsWith("file:")) {
        String path = Locations.resolve("", Locations.ofFile(resolved));
        if (!Locations.isOutside(path)) {
          archives.put(path, folder + path);
        }
      }
    }
    return archives;
  }
}

package dev.depslim.ecosystem.node;

import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.ecosystem.SlimForm;
import dev.depslim.ecosystem.SlimForm.Installed;
import dev.depslim.ecosystem.SlimForm.SlimFile;
import dev.depslim.model.DepslimException;
import dev.depslim.model.MinimizePlan.ProjectPlan;
import dev.depslim.model.Project.LockfileFile;
import dev.depslim.syntax.JsonObject;
import dev.depslim.syntax.JsonText;
import dev.depslim.syntax.SyntaxException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes the slim form of one project of npm: the manifests of its folder and of the folders of the
/// user that its lock links, and the lock.
final class SlimProject {
  static final String MANIFEST = "package.json";
  static final String SLIM_MANIFEST = "package-production.json";
  private static final List<String> LOCKS = List.of("npm-shrinkwrap.json", "package-lock.json");

  private final ProjectPlan plan;
  private final ProjectFiles files;
  private final String folder;
  private final List<SlimFile> out = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final Map<String, SlimManifest> manifests = new LinkedHashMap<>();

  private SlimProject(ProjectPlan plan, ProjectFiles files) {
    this.plan = plan;
    this.files = files;
    this.folder = plan.path().equals(".") ? "" : plan.path() + "/";
  }

  /// The slim form.
  static SlimForm of(ProjectPlan plan, ProjectFiles files) {
    return new SlimProject(plan, files).form();
  }

  /// The name of the slim form of a lock.
  static String slimLock(String name) {
    return name.substring(0, name.length() - ".json".length()) + ".production.json";
  }

  private SlimForm form() {
    SlimManifest root = manifest("", plan);
    if (root == null) {
      throw new DepslimException.InvalidInput(
          plan.path() + ": no package.json beside the lock; npm ci needs one: restore it");
    }
    manifests.put("", root);
    String lockName = lockName();
    return lockName == null ? withoutLock(root) : withLock(root, lockName);
  }

  private SlimForm withoutLock(SlimManifest root) {
    for (ProjectPlan member : plan.members()) {
      add(relative(member.path()), member);
    }
    Set<String> gone = new HashSet<>(root.original().development().keySet());
    plan.decisions().stream()
        .filter(decision -> decision.drops())
        .forEach(decision -> gone.add(decision.dependency().packageName()));
    gone.removeAll(root.slim().dependencies().keySet());
    Set<String> binaries = new HashSet<>();
    gone.forEach(name -> binaries.add(Binaries.unscoped(name)));
    root.dropScripts(ScriptCheck.broken(root.scripts(), binaries, gone));
    writeManifests();
    notes.add(
        folder
            + MANIFEST
            + ": no package-lock.json lies beside it, so only the manifest is written and what it"
            + " installs is not known");
    return new SlimForm(out, List.of(), false, List.of(), notes);
  }

  private SlimForm withLock(SlimManifest root, String lockName) {
    JsonText text = parse(folder + lockName);
    JsonObject lock = object(text, folder + lockName);
    JsonObject packages = lock.object("packages");
    if (packages == null) {
      throw oldLock(lockName);
    }
    NpmSettings settings = NpmSettings.of(files, folder);
    addFolders(root, packages);
    NpmTree original = NpmTree.of(packages, metas(SlimManifest::original), settings);
    List<LockValidation.Problem> problems = LockValidation.of(original);
    if (!problems.isEmpty()) {
      throw new DepslimException.InvalidInput(
          LockRefusal.message(plan, folder + lockName, folder + MANIFEST, problems));
    }
    DepFlags.compute(original);

    Map<String, NpmMeta> slimMetas = metas(SlimManifest::slim);
    NpmTree slim = NpmTree.of(packages, slimMetas, settings);
    DepFlags.compute(slim);
    dropScripts(new Binaries(packages, original), new Binaries(packages, slim));
    List<Installed> before = installed(original);
    List<Installed> after = installed(slim);
    boolean scripts =
        root.scripts().keySet().stream().anyMatch(SlimManifest.INSTALL_SCRIPTS::contains);
    SlimLock.prune(lock, slim, slimMetas, scripts);
    writeManifests();
    byte[] bytes = text.bytes();
    check(lockName, bytes, slimMetas, settings);
    String name = slimLock(lockName);
    out.add(new SlimFile(name, bytes, folder + lockName, NpmWriter.usedAs(name)));
    return new SlimForm(out, after, true, gone(before, after), notes);
  }

  /// The result is validated as it will be read.
  private void check(
      String lockName, byte[] bytes, Map<String, NpmMeta> metas, NpmSettings settings) {
    String path = folder + slimLock(lockName);
    JsonObject packages = object(JsonText.parse(bytes), path).object("packages");
    NpmTree tree = NpmTree.of(packages == null ? JsonObject.empty() : packages, metas, settings);
    List<LockValidation.Problem> problems = LockValidation.of(tree);
    if (!problems.isEmpty()) {
      throw new DepslimException.InvalidInput(
          LockRefusal.slimMessage(plan, path, folder + SLIM_MANIFEST, problems));
    }
    for (LockValidation.Problem problem : LockValidation.otherOptionalPeers(tree)) {
      notes.add(
          path
              + ": npm 10 and earlier refuse it, for "
              + LockRefusal.requirement(problem, SLIM_MANIFEST)
              + ", an optional peer, and "
              + problem.locked()
              + " is locked");
    }
  }

  private DepslimException oldLock(String lockName) {
    return new DepslimException.InvalidInput(
        folder
            + lockName
            + ": it is of lock version 1 (npm 6), which does not say which peers its packages"
            + " require, so nobody can tell what may go; write it anew with"
            + " 'npm install --package-lock-only' of npm 7 or later, then run again");
  }

  /// The folders of the user that the lock links and that lie inside the project.
  private void addFolders(SlimManifest root, JsonObject packages) {
    for (ProjectPlan member : plan.members()) {
      add(relative(member.path()), member);
    }
    WorkspaceGlobs globs = WorkspaceGlobs.of(root.original().workspaces());
    for (String path : files.foldersWith(MANIFEST)) {
      if (path.startsWith(folder) && globs.match(relative(path))) {
        add(relative(path), null);
      }
    }
    for (String location : packages.names()) {
      if (!location.isEmpty()
          && !Locations.isInModules(location)
          && !Locations.isOutside(location)) {
        add(location, null);
      }
    }
    if (manifests.size() > 1) {
      notes.add(
          folder
              + slimLock("package-lock.json")
              + ": it serves "
              + SLIM_MANIFEST
              + " of this folder together with those of "
              + String.join(", ", manifests.keySet().stream().filter(it -> !it.isEmpty()).toList())
              + ": put all of them in the place of package.json");
    }
  }

  private String relative(String path) {
    return path.startsWith(folder) ? path.substring(folder.length()) : path;
  }

  private void add(String location, @Nullable ProjectPlan member) {
    if (!manifests.containsKey(location)) {
      SlimManifest manifest = manifest(location, member);
      if (manifest != null) {
        manifests.put(location, manifest);
      }
    }
  }

  private @Nullable SlimManifest manifest(String location, @Nullable ProjectPlan member) {
    String path = folder + (location.isEmpty() ? "" : location + "/") + MANIFEST;
    if (!files.exists(path)) {
      return null;
    }
    JsonText text = parse(path);
    return new SlimManifest(path, text, object(text, path), member);
  }

  private interface Part {
    NpmMeta of(SlimManifest manifest);
  }

  private Map<String, NpmMeta> metas(Part part) {
    Map<String, NpmMeta> metas = new LinkedHashMap<>();
    manifests.forEach((location, manifest) -> metas.put(location, part.of(manifest)));
    return metas;
  }

  private void dropScripts(Binaries before, Binaries after) {
    manifests.forEach((location, manifest) -> {
      Set<String> binaries = before.in(location, false);
      binaries.removeAll(after.in(location, true));
      Set<String> packages = before.packages(location, false);
      packages.removeAll(after.packages(location, true));
      manifest.dropScripts(ScriptCheck.broken(manifest.scripts(), binaries, packages));
    });
  }

  private void writeManifests() {
    manifests.forEach((location, manifest) -> {
      String name = (location.isEmpty() ? "" : location + "/") + SLIM_MANIFEST;
      out.add(new SlimFile(name, manifest.bytes(), manifest.path(), NpmWriter.usedAs(name)));
      notes.addAll(manifest.notes());
    });
  }

  /// What `npm ci --omit=dev` installs, sorted by name, version and path.
  static List<Installed> installed(NpmTree tree) {
    List<Installed> installed = new ArrayList<>();
    for (NpmNode node : tree.nodes()) {
      if (!node.isRoot()
          && !node.link
          && Locations.isInModules(node.location)
          && !node.extraneous
          && !node.isOmittedWithoutDev()) {
        installed.add(
            new Installed(node.packageName(), node.version(), node.location, node.optional));
      }
    }
    installed.sort(
        Comparator.comparing(Installed::name)
            .thenComparing(it -> String.valueOf(it.version()))
            .thenComparing(it -> String.valueOf(it.path())));
    return installed;
  }

  private static List<Installed> gone(List<Installed> before, List<Installed> after) {
    Set<String> stay = new HashSet<>();
    after.forEach(installed -> stay.add(String.valueOf(installed.path())));
    return before.stream()
        .filter(installed -> !stay.contains(String.valueOf(installed.path())))
        .toList();
  }

  private @Nullable String lockName() {
    String lock = lock(plan);
    return lock == null ? null : lock.substring(folder.length());
  }

  /// The path of the lock that npm reads for a project, or null where none is one of npm.
  static @Nullable String lock(ProjectPlan plan) {
    String folder = plan.path().equals(".") ? "" : plan.path() + "/";
    for (String name : LOCKS) {
      for (LockfileFile lock : plan.lockfiles()) {
        if (lock.path().equals(folder + name)) {
          return lock.path();
        }
      }
    }
    return null;
  }

  private JsonText parse(String path) {
    byte[] bytes = files.read(path);
    if (bytes == null) {
      throw new DepslimException.InvalidInput(path + ": it is not there any more");
    }
    try {
      return JsonText.parse(bytes);
    } catch (SyntaxException e) {
      throw new DepslimException.InvalidInput(
          path + ":" + e.line() + ":" + e.column() + ": not valid JSON: " + e.getMessage());
    }
  }

  private static JsonObject object(JsonText text, String path) {
    if (text.root() instanceof JsonObject object) {
      return object;
    }
    throw new DepslimException.InvalidInput(path + ": expected a JSON object");
  }
}

package dev.depslim.ecosystem.node;

import static dev.depslim.ecosystem.ImageFiles.NONE;

import dev.depslim.ecosystem.ImageFiles;
import dev.depslim.ecosystem.InstalledPackages.Installed;
import dev.depslim.ecosystem.InstalledPackages.Need;
import dev.depslim.ecosystem.InstalledPackages.Result;
import dev.depslim.ecosystem.InstalledPackages.Trait;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.Issue;
import dev.depslim.model.Location;
import dev.depslim.syntax.SyntaxException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// All `node_modules` folders of an image, and how Node finds a package from a folder (Node's
/// documentation, "Modules: Loading from node_modules folders").
final class NodeTree {
  private static final Set<String> BASE_TOOLS = Set.of("npm", "corepack", "yarn");

  /// A package before it is known who asked for it.
  private record Found(int folder, InstalledManifest manifest, boolean live) {}

  private final ImageFiles files;
  private final List<Found> found = new ArrayList<>();
  private final Map<Integer, Integer> packageOfFolder = new HashMap<>();

  /// `node_modules` folder → name as required → folder, links followed.
  private final Map<Integer, Map<String, Integer>> entries = new HashMap<>();

  /// Folder → the `node_modules` folder in it.
  private final Map<Integer, Integer> modulesOf = new HashMap<>();

  private final Map<Integer, InstalledManifest> applications = new HashMap<>();
  private final Set<Integer> declared = new HashSet<>();
  private final Set<Integer> development = new HashSet<>();
  private final List<Issue> issues = new ArrayList<>();

  NodeTree(ImageFiles files) {
    this.files = files;
  }

  /// Finds every package, wherever its `node_modules` lies.
  void findPackages() {
    int[] folders = files.named(NodeModules.FOLDER::equals);
    for (int modules : folders) {
      if (files.isFolder(modules)) {
        modulesOf.put(files.parent(modules), modules);
        Map<String, Integer> names = new HashMap<>();
        entries.put(modules, names);
        for (int child : files.children(modules)) {
          String name = files.name(child);
          if (!name.startsWith("@")) {
            enter(modules, name, child, names);
          } else if (files.isFolder(child)) {
            for (int inner : files.children(child)) {
              enter(modules, name + "/" + files.name(inner), inner, names);
            }
          }
        }
      }
    }
    findYarn();
    for (int modules : folders) {
      markDevelopment(modules);
    }
  }

  private void enter(int modules, String name, int child, Map<String, Integer> names) {
    if (name.charAt(0) == '.') {
      return;
    }
    if (files.linkTarget(child) != null) {
      int target = files.find(modules, name);
      if (target != NONE) {
        names.put(name, target);
      }
    } else if (files.isFolder(child)) {
      names.put(name, child);
      addPackage(child);
    }
  }

  private void addPackage(int folder) {
    int file = files.child(folder, "package.json");
    InstalledManifest manifest = manifest(file);
    if (manifest != null && manifest.name() != null && manifest.version() != null) {
      packageOfFolder.put(folder, found.size());
      found.add(new Found(folder, manifest, files.isLive(file)));
    }
  }

  /// Node's official images unpack yarn 1 to `opt/yarn-vVERSION`.
  private void findYarn() {
    int opt = files.find("opt");
    if (opt != NONE) {
      for (int child : files.children(opt)) {
        if (files.name(child).startsWith("yarn-v") && files.isFolder(child)) {
          addPackage(child);
        }
      }
    }
  }

  private @Nullable InstalledManifest manifest(int file) {
    byte[] content = file == NONE ? null : files.content(file);
    if (content == null) {
      return null;
    }
    try {
      return InstalledManifest.parse(content);
    } catch (SyntaxException e) {
      issues.add(unreadable(file, e));
      return null;
    }
  }

  private Issue unreadable(int file, SyntaxException e) {
    return Issue.warning(
        new Location(files.path(file), e.line(), e.column()),
        e.getMessage() + "; the package is not counted: reinstall it when the image is built");
  }

  private void markDevelopment(int modules) {
    int file = files.isFolder(modules) ? files.child(modules, ".package-lock.json") : NONE;
    byte[] content = file == NONE ? null : files.content(file);
    if (content == null) {
      return;
    }
    try {
      for (String path : HiddenLockfile.development(content)) {
        Integer index = packageOfFolder.get(files.find(files.parent(modules), path));
        if (index != null) {
          development.add(index);
        }
      }
    } catch (SyntaxException e) {
      issues.add(unreadable(file, e));
    }
  }

  /// Finds what the manifests outside of `node_modules` ask for by name.
  void findApplications() {
    for (int file : files.named("package.json"::equals)) {
      int folder = files.parent(file);
      if (files.isFile(file)
          && outermostModules(file) == NONE
          && !packageOfFolder.containsKey(folder)
          && nearestModules(folder) != NONE) {
        InstalledManifest manifest = manifest(file);
        if (manifest != null) {
          applications.put(folder, manifest);
          declare(folder, manifest.requires());
          declare(folder, manifest.development());
        }
      }
    }
  }

  private void declare(int folder, List<String> names) {
    for (String name : names) {
      Integer index = resolve(folder, name);
      if (index != null) {
        declared.add(index);
      }
    }
  }

  /// The package that `require(name)` loads from a folder, or null.
  private @Nullable Integer resolve(int folder, String name) {
    int at = folder;
    while (true) {
      Integer modules = modulesOf.get(at);
      Integer target = modules == null ? null : names(modules).get(name);
      Integer index = target == null ? null : packageOfFolder.get(target);
      if (index != null && found.get(index).live()) {
        return index;
      }
      if (at == files.root()) {
        return null;
      }
      at = files.parent(at);
    }
  }

  private Map<String, Integer> names(int modules) {
    return entries.getOrDefault(modules, Map.of());
  }

  private int nearestModules(int folder) {
    for (int at = folder; ; at = files.parent(at)) {
      Integer modules = modulesOf.get(at);
      if (modules != null) {
        return modules;
      }
      if (at == files.root()) {
        return NONE;
      }
    }
  }

  private int outermostModules(int file) {
    int outermost = NONE;
    for (int at = file; at != files.root(); at = files.parent(at)) {
      if (entries.containsKey(at)) {
        outermost = at;
      }
    }
    return outermost;
  }

  /// Everything that was found.
  Result result() {
    List<Installed> packages = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      packages.add(installed(i));
    }
    ZippedPackages.find(files, (file, name, version) -> packages.add(zipped(file, name, version)));
    return new Result(packages, needs(), issues);
  }

  private List<Need> needs() {
    List<Need> needs = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      if (found.get(i).live()) {
        for (String name : found.get(i).manifest().requires()) {
          Integer target = resolve(found.get(i).folder(), name);
          if (target != null && target != i) {
            needs.add(new Need(i, new int[] {target}));
          }
        }
      }
    }
    return needs;
  }

  private Installed installed(int index) {
    Found it = found.get(index);
    EnumSet<Trait> traits = EnumSet.noneOf(Trait.class);
    if (!it.live()) {
      traits.add(Trait.REMOVED);
    }
    if (isBaseTool(it.folder())) {
      traits.add(Trait.BASE_TOOL);
    }
    if (development.contains(index)) {
      traits.add(Trait.DEV);
    }
    String name = it.manifest().name();
    return new Installed(
        Ecosystem.NPM,
        name == null ? files.name(it.folder()) : name,
        it.manifest().version(),
        files.path(it.folder()),
        files.child(it.folder(), "package.json"),
        null,
        direct(index),
        new int[0],
        new int[] {it.folder()},
        traits);
  }

  private Installed zipped(int file, String name, String version) {
    return new Installed(
        Ecosystem.NPM,
        name,
        version,
        files.path(file),
        file,
        null,
        null,
        new int[] {file},
        new int[0],
        files.isLive(file) ? Set.of() : Set.of(Trait.REMOVED));
  }

  private @Nullable Boolean direct(int index) {
    int folder = found.get(index).folder();
    int modules = outermostModules(folder);
    if (modules == NONE) {
      return true;
    }
    if (applications.containsKey(files.parent(modules))) {
      return declared.contains(index);
    }
    if (isGlobal(modules)) {
      return names(modules).containsValue(folder);
    }
    return declared.contains(index) ? true : null;
  }

  /// `PREFIX/lib/node_modules` holds what was installed with `--global`.
  private boolean isGlobal(int modules) {
    int above = files.parent(modules);
    return files.name(above).equals("lib") && files.child(above, "package.json") == NONE;
  }

  private boolean isBaseTool(int folder) {
    int modules = outermostModules(folder);
    if (modules == NONE) {
      return true;
    }
    if (!isGlobal(modules)) {
      return false;
    }
    int at = folder;
    while (files.parent(at) != modules) {
      at = files.parent(at);
    }
    return BASE_TOOLS.contains(files.name(at));
  }
}

package dev.depslim.project;

import dev.depslim.ecosystem.InstalledPackages;
import dev.depslim.ecosystem.SizeSource;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.Lockfile;
import dev.depslim.model.Size;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The bytes of packages where they are installed beside the lock: in `node_modules`, or in a
/// virtual environment of the folder or of one above it.
final class InstalledSizes implements SizeSource {
  private static final List<String> ENVIRONMENTS = List.of(".venv", "venv", "env", ".env");

  private final ProjectTree tree;
  private final Map<Ecosystem, InstalledPackages> readers;
  private final Map<String, InstalledTree> found = new HashMap<>();

  InstalledSizes(ProjectTree tree, Map<Ecosystem, InstalledPackages> readers) {
    this.tree = tree;
    this.readers = readers;
  }

  @Override
  public Size.Basis basis() {
    return Size.Basis.INSTALLED;
  }

  @Override
  public Sizes sizes(Lockfile lock) {
    int slash = lock.path().lastIndexOf('/');
    String folder = slash < 0 ? "" : lock.path().substring(0, slash);
    List<String> members = lock.roots().stream().map(Lockfile.Root::path).toList();
    InstalledTree installed = beside(lock.ecosystem(), folder, members);
    long[] bytes = new long[lock.packages().size()];
    Arrays.fill(bytes, UNKNOWN);
    if (installed == null) {
      return new Sizes(
          bytes,
          lock.ecosystem() == Ecosystem.NPM
              ? "there is no node_modules beside it"
              : "there is no virtual environment beside it");
    }
    fill(lock, installed, bytes);
    return new Sizes(bytes, "not installed in " + installed.place());
  }

  /// What is installed for a folder; null where nothing is.
  ///
  /// @param members folders of the members of its workspace, relative to it
  @Nullable InstalledTree beside(Ecosystem ecosystem, String folder, List<String> members) {
    InstalledPackages reader = readers.get(ecosystem);
    if (reader == null) {
      return null;
    }
    return found.computeIfAbsent(
        ecosystem + " " + folder,
        _ ->
            ecosystem == Ecosystem.NPM
                ? modules(folder, members, reader)
                : environment(folder, reader));
  }

  private @Nullable InstalledTree modules(
      String folder, List<String> members, InstalledPackages reader) {
    Path top = tree.folder(folder);
    if (top == null || !isFolder(top.resolve("node_modules"))) {
      return null;
    }
    List<String> parts = new ArrayList<>(List.of("node_modules", "package.json"));
    for (String member : members) {
      if (!member.isEmpty() && !member.startsWith("..")) {
        parts.add(member + "/node_modules");
        parts.add(member + "/package.json");
      }
    }
    return InstalledTree.read(Ecosystem.NPM, "node_modules", top, parts, reader);
  }

  private @Nullable InstalledTree environment(String folder, InstalledPackages reader) {
    for (String at = folder; ; at = at.contains("/") ? at.substring(0, at.lastIndexOf('/')) : "") {
      Path top = tree.folder(at);
      for (String name : ENVIRONMENTS) {
        if (top != null && Files.isRegularFile(top.resolve(name).resolve("pyvenv.cfg"))) {
          return InstalledTree.read(
              Ecosystem.PYPI, at.isEmpty() ? name : at + "/" + name, top, List.of(name), reader);
        }
      }
      if (at.isEmpty()) {
        return null;
      }
    }
  }

  private static boolean isFolder(Path path) {
    return Files.isDirectory(path, java.nio.file.LinkOption.NOFOLLOW_LINKS);
  }

  /// Where the lock names places they count; else the copies of one name and version share what
  /// lies there, all of it on the first.
  private static void fill(Lockfile lock, InstalledTree installed, long[] bytes) {
    Map<String, Long> byPath = installed.byPath();
    Map<String, Long> byVersion = installed.byVersion();
    for (int copy = 0; copy < bytes.length; copy++) {
      Lockfile.Node node = lock.packages().get(copy);
      if (!node.origin().isThirdParty()) {
        bytes[copy] = 0;
        continue;
      }
      if (node.path() != null) {
        bytes[copy] = byPath.getOrDefault(node.path() + "\0" + node.version(), UNKNOWN);
        continue;
      }
      String key = installed.key(node.name(), node.version());
      Long left = byVersion.get(key);
      if (left != null) {
        bytes[copy] = left;
        byVersion.put(key, 0L);
      }
    }
  }
}

package dev.depslim.project;

import dev.depslim.ecosystem.ImageFiles;
import dev.depslim.ecosystem.InstalledPackages;
import dev.depslim.ecosystem.InstalledPackages.ExtraNeed;
import dev.depslim.ecosystem.InstalledPackages.Installed;
import dev.depslim.ecosystem.InstalledPackages.Need;
import dev.depslim.ecosystem.Ownership;
import dev.depslim.ecosystem.SizeSource;
import dev.depslim.model.DeclaredDependency;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.Lockfile;
import dev.depslim.model.Lockfile.Direct;
import dev.depslim.model.Lockfile.Edge;
import dev.depslim.model.Lockfile.Node;
import dev.depslim.model.Lockfile.Root;
import dev.depslim.model.Manifest;
import dev.depslim.model.Origin;
import dev.depslim.model.Scope;
import dev.depslim.model.Size;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a package manager has installed beside a project, with the bytes that lie there. A file
/// with several names, as pnpm and uv link them, is counted once; links are not counted.
final class InstalledTree {
  private final Ecosystem ecosystem;
  private final String place;
  private final List<Installed> packages;
  private final List<Need> needs;
  private final List<ExtraNeed> extras;
  private final long[] bytes;

  private InstalledTree(
      Ecosystem ecosystem, String place, InstalledPackages.Result found, long[] bytes) {
    this.ecosystem = ecosystem;
    this.place = place;
    this.packages = found.packages();
    this.needs = found.needs();
    this.extras = found.extras();
    this.bytes = bytes;
  }

  /// Reads what is installed in parts of a folder.
  ///
  /// @param place what is read, for people, such as `node_modules`
  /// @param parts paths relative to the folder
  static InstalledTree read(
      Ecosystem ecosystem,
      String place,
      Path folder,
      List<String> parts,
      InstalledPackages reader) {
    FolderFiles files = FolderFiles.list(folder, parts);
    InstalledPackages.Result found = reader.read(files);
    Ownership owners = Ownership.of(files, found.packages());
    long[] bytes = new long[found.packages().size()];
    for (int file = 0; file < files.count(); file++) {
      int owner = owners.owner(file);
      if (owner != Ownership.NONE) {
        bytes[owner] += files.size(file);
      }
    }
    return new InstalledTree(ecosystem, place, found, bytes);
  }

  /// Where it lies, for people.
  String place() {
    return place;
  }

  /// Bytes of the packages by path and version.
  Map<String, Long> byPath() {
    Map<String, Long> byPath = new HashMap<>();
    for (int i = 0; i < bytes.length; i++) {
      Installed it = packages.get(i);
      byPath.put(it.path() + "\0" + it.version(), bytes[i]);
    }
    return byPath;
  }

  /// Bytes of all copies of a package by name and version.
  Map<String, Long> byVersion() {
    Map<String, Long> byVersion = new HashMap<>();
    for (int i = 0; i < bytes.length; i++) {
      Installed it = packages.get(i);
      byVersion.merge(key(it.name(), it.version()), bytes[i], Long::sum);
    }
    return byVersion;
  }

  /// The sizes of the packages of [#asLock].
  SizeSource sizes() {
    return new SizeSource() {
      @Override
      public Size.Basis basis() {
        return Size.Basis.INSTALLED;
      }

      @Override
      public Sizes sizes(Lockfile lock) {
        return new Sizes(bytes.clone(), "not installed in " + place);
      }
    };
  }

  String key(String name, @Nullable String version) {
    return ecosystem.normalize(name) + "\0" + version;
  }

  /// What is installed as the graph of a lock, entered from what manifests declare: for projects
  /// that have no lock.
  ///
  /// @param manifests those of the folder that it is installed in
  Lockfile asLock(String path, List<Manifest> manifests) {
    List<List<Edge>> edges = new ArrayList<>();
    packages.forEach(_ -> edges.add(new ArrayList<>()));
    for (Need need : needs) {
      for (int target : need.anyOf()) {
        edges.get(need.from()).add(new Edge(target, Scope.RUNTIME));
      }
    }
    for (Manifest manifest : manifests) {
      for (DeclaredDependency declared : manifest.dependencies()) {
        int target = declared.extras().isEmpty() ? ImageFiles.NONE : target(declared.name());
        if (target != ImageFiles.NONE) {
          withExtras(declared, target)
              .forEach(wanted -> edges.get(target).add(new Edge(wanted, Scope.RUNTIME)));
        }
      }
    }
    List<Node> nodes = new ArrayList<>();
    for (int i = 0; i < bytes.length; i++) {
      Installed it = packages.get(i);
      nodes.add(
          new Node(
              it.name(), it.version(), Origin.REGISTRY, null, null, 0, edges.get(i), it.path()));
    }
    List<Direct> direct = new ArrayList<>();
    for (Manifest manifest : manifests) {
      manifest
          .dependencies()
          .forEach(declared -> {
            int target = target(declared.name());
            if (target != ImageFiles.NONE && declared.scope() != Scope.BUILD) {
              direct.add(new Direct(declared.name(), target, declared.scope(), declared.group()));
            }
          });
    }
    return new Lockfile(
        path, place, null, ecosystem, nodes, List.of(new Root("", direct)), List.of());
  }

  /// What a package brings because a declaration asks for extras of it.
  private List<Integer> withExtras(DeclaredDependency declared, int target) {
    List<String> asked = declared.extras().stream().map(ecosystem::normalize).toList();
    return extras.stream()
        .filter(it -> it.from() == target && asked.contains(it.extra()))
        .map(ExtraNeed::target)
        .toList();
  }

  /// The package that a declared name means: the one nearest to the top.
  private int target(String name) {
    int best = ImageFiles.NONE;
    for (int i = 0; i < bytes.length; i++) {
      Installed it = packages.get(i);
      boolean means =
          ecosystem == Ecosystem.NPM
              ? it.path().equals("node_modules/" + name)
              : ecosystem.normalize(it.name()).equals(ecosystem.normalize(name));
      if (means && (best < 0 || it.path().length() < packages.get(best).path().length())) {
        best = i;
      }
    }
    return best;
  }
}

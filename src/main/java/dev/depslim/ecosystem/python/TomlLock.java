package dev.depslim.ecosystem.python;

import dev.depslim.ecosystem.SourceFile;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.Issue;
import dev.depslim.model.Location;
import dev.depslim.model.Lockfile;
import dev.depslim.syntax.SyntaxException;
import dev.depslim.syntax.Toml;
import dev.depslim.syntax.Tree;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What uv.lock, poetry.lock, pdm.lock and pylock.toml have in common: a TOML document with a list
/// of tables, one for each package, and what is wrong with it.
final class TomlLock {
  private final SourceFile file;
  private final Format format;
  private final Tree.Mapping root;
  private final List<Tree.Mapping> entries = new ArrayList<>();
  private final Map<String, List<Integer>> byName = new HashMap<>();
  private final List<Issue> issues = new ArrayList<>();

  /// What makes a document one of a format.
  ///
  /// @param kind name of the format
  /// @param list name of the list of packages
  /// @param mark a key that every such lock has, also one without packages
  /// @param remedy what to do about a broken lock, such as `write it anew with 'uv lock'`
  record Format(String kind, String list, String mark, String remedy) {}

  private TomlLock(SourceFile file, Format format, Tree.Mapping root) {
    this.file = file;
    this.format = format;
    this.root = root;
    collect();
  }

  /// Reads a lock; one that is no TOML resolves nothing and is one error.
  static Lockfile read(SourceFile file, Format format, Function<TomlLock, Lockfile> reading) {
    Tree.Mapping root;
    try {
      root = Toml.parse(file.bytes());
    } catch (SyntaxException e) {
      Issue issue =
          Issue.error(
              new Location(file.path(), e.line(), e.column()),
              "this is no " + format.kind() + ": " + e.getMessage() + "; " + format.remedy());
      return new Lockfile(
          file.path(), format.kind(), null, Ecosystem.PYPI, List.of(), List.of(), List.of(issue));
    }
    return reading.apply(new TomlLock(file, format, root));
  }

  private void collect() {
    Tree found = root.get(format.list());
    if (!(found instanceof Tree.Sequence packages)) {
      withoutPackages(found);
      return;
    }
    for (Tree item : packages.items()) {
      String name = item instanceof Tree.Mapping entry ? entry.string("name") : null;
      if (name == null || name.isBlank() || !(item instanceof Tree.Mapping entry)) {
        error(item, "this entry of [[" + format.list() + "]] has no name");
        continue;
      }
      byName
          .computeIfAbsent(Ecosystem.PYPI.normalize(name), _ -> new ArrayList<>())
          .add(entries.size());
      entries.add(entry);
    }
  }

  private void withoutPackages(@Nullable Tree found) {
    if (found != null) {
      error(found, "the packages must be a list of tables, [[" + format.list() + "]]");
    } else if (root.members().isEmpty()) {
      warning(root, "the lock is empty: " + format.remedy());
    } else if (root.get(format.mark()) == null) {
      error(
          root,
          "a "
              + format.kind()
              + " has '"
              + format.mark()
              + "' and tables [["
              + format.list()
              + "]]");
    }
  }

  SourceFile file() {
    return file;
  }

  Tree.Mapping root() {
    return root;
  }

  /// The entries of packages, those without a name left out.
  List<Tree.Mapping> entries() {
    return entries;
  }

  Tree.Mapping entry(int index) {
    return entries.get(index);
  }

  /// The name of an entry as written.
  String name(int index) {
    return name(entries.get(index));
  }

  /// The name of an entry as written.
  static String name(Tree.Mapping entry) {
    String name = entry.string("name");
    return name == null ? "" : name;
  }

  /// The entries of a package, by index; empty where it is not locked.
  List<Integer> named(String name) {
    return byName.getOrDefault(Ecosystem.PYPI.normalize(name), List.of());
  }

  void error(Tree at, String message) {
    issues.add(Issue.error(at(at), message + ": " + format.remedy()));
  }

  void warning(Tree at, String message) {
    issues.add(Issue.warning(at(at), message));
  }

  private Location at(Tree tree) {
    return new Location(file.path(), tree.line(), tree.column());
  }

  /// Says where the version of the format is not one that is known.
  void checkFormat(@Nullable Tree version, List<String> known, String readAs) {
    if (!(version instanceof Tree.Scalar scalar)) {
      return;
    }
    int dot = scalar.text().indexOf('.');
    String major = dot < 0 ? scalar.text() : scalar.text().substring(0, dot);
    if (!known.contains(major)) {
      warning(
          scalar,
          "lock version " + scalar.text() + " is read as version " + readAs + ": check the result");
    }
  }

  Lockfile lockfile(@Nullable String version, LockGraph graph, PythonTarget target) {
    return lockfile(version, graph, target, false);
  }

  /// @param stated whether the installer goes by the markers of entries alone, and not by those of
  ///   requirements
  Lockfile lockfile(
      @Nullable String version, LockGraph graph, PythonTarget target, boolean stated) {
    List<Lockfile.Node> nodes = graph.nodes();
    List<Lockfile.Root> roots = graph.roots();
    long[] admitted = admitted(target);
    BitSet elsewhere = stated ? new BitSet() : graph.elsewhere(admitted);
    List<Lockfile.Node> all = targeted(nodes, elsewhere, admitted);
    return new Lockfile(file.path(), format.kind(), version, Ecosystem.PYPI, all, roots, issues);
  }

  Lockfile flat(
      @Nullable String version,
      List<Lockfile.Node> nodes,
      List<Lockfile.Root> roots,
      PythonTarget target) {
    List<Lockfile.Node> all = targeted(nodes, new BitSet(), admitted(target));
    return new Lockfile(
        file.path(), format.kind(), version, Ecosystem.PYPI, all, roots, true, issues);
  }

  /// Marks what never comes to where the project runs: what nothing there asks for, and entries
  /// whose own marker never holds there.
  private List<Lockfile.Node> targeted(
      List<Lockfile.Node> nodes, BitSet elsewhere, long[] admitted) {
    List<Lockfile.Node> out = new ArrayList<>(nodes.size());
    for (int i = 0; i < nodes.size(); i++) {
      boolean kept =
          !nodes.get(i).origin().isThirdParty()
              || (!elsewhere.get(i) && (i >= admitted.length || admitted[i] != 0));
      out.add(kept ? nodes.get(i) : nodes.get(i).forOtherSystems());
    }
    return out;
  }

  /// Where the entries' own markers hold: `marker` of PDM and PEP 751, `markers` of Poetry.
  private long[] admitted(PythonTarget target) {
    long[] out = new long[entries.size()];
    for (int i = 0; i < out.length; i++) {
      Tree.Mapping entry = entries.get(i);
      out[i] =
          entry.get("markers") instanceof Tree.Mapping groups
              ? ofGroups(groups, entry.sequence("groups"), target)
              : target.where(entry.string("marker")) & target.where(entry.string("markers"));
    }
    return out;
  }

  /// Poetry writes one marker for all groups of an entry, or a table with those groups that have
  /// one. In production `main` counts; of an entry for other groups any of them.
  private static long ofGroups(
      Tree.Mapping markers, Tree.@Nullable Sequence groups, PythonTarget target) {
    List<String> all = groups == null ? List.of() : groups.strings();
    long where = 0;
    for (String group : all.contains("main") ? List.of("main") : all) {
      where |= target.where(markers.string(group));
    }
    return all.isEmpty() ? -1 : where;
  }

  /// Bytes of the archive of an entry that a container fetches; null where the lock does not say.
  static @Nullable Long bytes(Tree.Mapping entry, WheelChoice choice) {
    List<WheelChoice.Archive> wheels = new ArrayList<>();
    Tree.Sequence listed = entry.sequence("wheels");
    if (listed != null) {
      for (Tree wheel : listed.items()) {
        if (wheel instanceof Tree.Mapping mapping) {
          wheels.add(archive(mapping));
        }
      }
    }
    Tree.Mapping sdist = entry.mapping("sdist");
    return choice.bytes(wheels, sdist == null ? null : archive(sdist));
  }

  private static WheelChoice.Archive archive(Tree.Mapping file) {
    String place = file.string("name");
    for (String key : List.of("url", "path", "filename")) {
      place = place == null ? file.string(key) : place;
    }
    long size = size(file);
    return new WheelChoice.Archive(
        place == null ? "" : Archives.fileName(place), size < 0 ? null : (Long) size);
  }

  static long size(Tree.Mapping file) {
    if (file.get("size") instanceof Tree.Scalar scalar && Text.isNumber(scalar.text())) {
      try {
        return Long.parseLong(scalar.text());
      } catch (NumberFormatException e) {
        return -1;
      }
    }
    return -1;
  }
}

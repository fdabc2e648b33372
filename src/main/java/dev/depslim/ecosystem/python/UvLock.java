package dev.depslim.ecosystem.python;

import dev.depslim.ecosystem.LockfileReader;
import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.ecosystem.SourceFile;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.Issue;
import dev.depslim.model.Location;
import dev.depslim.model.Lockfile;
import dev.depslim.model.Origin;
import dev.depslim.model.Scope;
import dev.depslim.syntax.SyntaxException;
import dev.depslim.syntax.Toml;
import dev.depslim.syntax.Tree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `uv.lock`, version 1: every member of the workspace is a root.
public final class UvLock implements LockfileReader {
  @Override
  public Ecosystem ecosystem() {
    return Ecosystem.PYPI;
  }

  @Override
  public boolean reads(String path, ProjectFiles files) {
    return Paths.name(path).equals("uv.lock");
  }

  @Override
  public Lockfile read(SourceFile file, ProjectFiles files) {
    Tree.Mapping root;
    try {
      root = Toml.parse(file.bytes());
    } catch (SyntaxException e) {
      return new Lockfile(
          file.path(),
          "uv.lock",
          null,
          Ecosystem.PYPI,
          List.of(),
          List.of(),
          List.of(
              Issue.error(
                  new Location(file.path(), e.line(), e.column()),
                  "this is no uv.lock: " + e.getMessage() + "; write it anew with 'uv lock'")));
    }
    return new Reading(file.path(), root).lockfile();
  }

  /// One lock while it is read.
  private static final class Reading {
    private final String path;
    private final Tree.Mapping root;
    private final WheelChoice wheelChoice;
    private final List<Tree.Mapping> entries = new ArrayList<>();
    private final Map<String, List<Integer>> byName = new HashMap<>();
    private final List<Issue> issues = new ArrayList<>();
    private final Set<String> members = new HashSet<>();

    Reading(String path, Tree.Mapping root) {
      this.path = path;
      this.root = root;
      this.wheelChoice = WheelChoice.oldest(root.string("requires-python"));
    }

    Lockfile lockfile() {
      String format = root.get("version") instanceof Tree.Scalar scalar ? scalar.text() : null;
      if (format != null && !format.equals("1")) {
        issues.add(
            Issue.warning(
                at(root.get("version")),
                "lock version " + format + " is read as version 1: check it"));
      }
      collect();
      LockGraph graph = new LockGraph();
      for (Tree.Mapping entry : entries) {
        graph.add(describe(entry));
      }
      Tree.Mapping manifest = root.mapping("manifest");
      if (manifest != null) {
        manifestRoot(manifest, graph);
      }
      for (int i = 0; i < entries.size(); i++) {
        String folder = memberFolder(entries.get(i));
        if (folder != null) {
          graph.root(folder, direct(entries.get(i)), i);
        }
      }
      List<Lockfile.Node> nodes = graph.nodes();
      List<Lockfile.Root> roots = graph.roots();
      return new Lockfile(path, "uv.lock", format, Ecosystem.PYPI, nodes, roots, issues);
    }

    private Location at(@Nullable Tree tree) {
      return tree == null ? Location.of(path) : new Location(path, tree.line(), tree.column());
    }

    private void collect() {
      Tree.Mapping manifest = root.mapping("manifest");
      Tree.Sequence named = manifest == null ? null : manifest.sequence("members");
      if (named != null) {
        members.addAll(named.strings());
      }
      Tree.Sequence packages = root.sequence("package");
      if (packages == null) {
        Tree other = root.get("package");
        if (root.members().isEmpty()) {
          issues.add(Issue.warning(at(root), "the lock is empty: write it anew with 'uv lock'"));
        } else if (other != null || root.get("version") == null) {
          issues.add(
              Issue.error(
                  at(other == null ? root : other),
                  "a uv.lock has a version and [[package]] tables: write it anew with 'uv lock'"));
        }
        return;
      }
      int number = 0;
      for (Tree item : packages.items()) {
        number++;
        String name = item instanceof Tree.Mapping entry ? entry.string("name") : null;
        if (name == null || !(item instanceof Tree.Mapping entry)) {
          issues.add(
              Issue.error(
                  at(item),
                  "[[package]] number "
                      + number
                      + " has no name: write the lock anew with"
                      + " 'uv lock'"));
          continue;
        }
        byName.computeIfAbsent(name, _ -> new ArrayList<>()).add(entries.size());
        entries.add(entry);
      }
    }

    /// The folder of a member, `""` for that of the lock; null for what is no member.
    private @Nullable String memberFolder(Tree.Mapping entry) {
      Tree.Mapping source = entry.mapping("source");
      String folder = source == null ? null : folder(source);
      if (folder == null) {
        return null;
      }
      String name = entry.string("name");
      boolean member = members.isEmpty() ? folder.equals(".") : members.contains(name);
      return !member ? null : folder.equals(".") ? "" : folder;
    }

    private static @Nullable String folder(Tree.Mapping source) {
      String editable = source.string("editable");
      String virtual = source.string("virtual");
      return editable != null ? editable : virtual != null ? virtual : source.string("directory");
    }

    private LockGraph.Package describe(Tree.Mapping entry) {
      Map<String, List<LockGraph.Request>> extras = new LinkedHashMap<>();
      Tree.Mapping optional = entry.mapping("optional-dependencies");
      if (optional != null) {
        for (Tree.Member extra : optional.members()) {
          extras.put(extra.name(), requests(extra.value()));
        }
      }
      String name = entry.string("name");
      return new LockGraph.Package(
          name == null ? "" : name,
          entry.string("version"),
          origin(entry),
          null,
          bytes(entry),
          entry.line(),
          requests(entry.get("dependencies")),
          extras);
    }

    private Origin origin(Tree.Mapping entry) {
      Tree.Mapping source = entry.mapping("source");
      if (source == null || source.get("registry") != null) {
        return Origin.REGISTRY;
      }
      if (source.get("git") != null) {
        return Origin.GIT;
      }
      if (source.get("url") != null) {
        return Origin.URL;
      }
      boolean own =
          source.get("editable") != null
              || source.get("virtual") != null
              || memberFolder(entry) != null;
      return own ? Origin.WORKSPACE : Origin.FILE;
    }

    /// What a container of the oldest Python that the project takes would fetch.
    private @Nullable Long bytes(Tree.Mapping entry) {
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
      return wheelChoice.bytes(wheels, sdist == null ? null : archive(sdist));
    }

    private static WheelChoice.Archive archive(Tree.Mapping file) {
      String place = file.string("url");
      for (String key : List.of("path", "filename")) {
        place = place == null ? file.string(key) : place;
      }
      long size = size(file);
      return new WheelChoice.Archive(
          place == null ? "" : Archives.fileName(place), size < 0 ? null : (Long) size);
    }

    private static long size(Tree.Mapping file) {
      if (file.get("size") instanceof Tree.Scalar scalar && Text.isNumber(scalar.text())) {
        try {
          return Long.parseLong(scalar.text());
        } catch (NumberFormatException e) {
          return -1;
        }
      }
      return -1;
    }

    private List<LockGraph.Request> requests(@Nullable Tree list) {
      List<LockGraph.Request> out = new ArrayList<>();
      if (list instanceof Tree.Sequence sequence) {
        for (Tree item : sequence.items()) {
          if (item instanceof Tree.Mapping mapping) {
            requests(mapping, out);
          }
        }
      }
      return out;
    }

    private void requests(Tree.Mapping dependency, List<LockGraph.Request> out) {
      String name = dependency.string("name");
      List<Integer> found = name == null ? List.of() : byName.getOrDefault(name, List.of());
      if (found.isEmpty()) {
        issues.add(
            Issue.error(
                at(dependency),
                "'" + name + "' is required and not locked: write the lock anew with 'uv lock'"));
        return;
      }
      Tree.Sequence extra = dependency.sequence("extra");
      Set<String> extras = extra == null ? Set.of() : Set.copyOf(extra.strings());
      String version = dependency.string("version");
      String source = key(dependency.mapping("source"));
      for (int index : found) {
        Tree.Mapping entry = entries.get(index);
        boolean same =
            (version == null || version.equals(entry.string("version")))
                && (source == null || source.equals(key(entry.mapping("source"))));
        if (found.size() == 1 || same) {
          out.add(new LockGraph.Request(index, extras));
        }
      }
    }

    private static @Nullable String key(Tree.@Nullable Mapping source) {
      if (source == null || source.members().isEmpty()) {
        return null;
      }
      Tree.Member first = source.members().getFirst();
      return first.value() instanceof Tree.Scalar scalar
          ? first.name() + " " + scalar.text()
          : null;
    }

    /// A workspace root without a project has its groups, a script its requirements.
    private void manifestRoot(Tree.Mapping manifest, LockGraph graph) {
      List<LockGraph.Direct> direct = new ArrayList<>();
      manifestDirect(manifest.get("requirements"), Scope.RUNTIME, null, direct);
      Tree.Mapping groups = manifest.mapping("dependency-groups");
      if (groups != null) {
        for (Tree.Member group : groups.members()) {
          manifestDirect(group.value(), Scope.DEV, group.name(), direct);
        }
      }
      if (!direct.isEmpty()) {
        graph.root("", direct);
      }
    }

    private void manifestDirect(
        @Nullable Tree list, Scope scope, @Nullable String group, List<LockGraph.Direct> out) {
      if (!(list instanceof Tree.Sequence sequence)) {
        return;
      }
      for (Tree item : sequence.items()) {
        String name = item instanceof Tree.Mapping mapping ? mapping.string("name") : null;
        if (name != null && item instanceof Tree.Mapping mapping) {
          Tree.Sequence written = mapping.sequence("extras");
          Set<String> extras = written == null ? Set.of() : Set.copyOf(written.strings());
          for (int index : byName.getOrDefault(name, List.of())) {
            out.add(new LockGraph.Direct(name, new LockGraph.Request(index, extras), scope, group));
          }
        }
      }
    }

    private List<LockGraph.Direct> direct(Tree.Mapping entry) {
      List<LockGraph.Direct> out = new ArrayList<>();
      add(entry.get("dependencies"), Scope.RUNTIME, null, out);
      Tree.Mapping optional = entry.mapping("optional-dependencies");
      if (optional != null) {
        for (Tree.Member extra : optional.members()) {
          add(extra.value(), Scope.OPTIONAL, extra.name(), out);
        }
      }
      Tree.Mapping groups = entry.mapping("dev-dependencies");
      if (groups == null) {
        groups = entry.mapping("dependency-groups");
      }
      if (groups != null) {
        for (Tree.Member group : groups.members()) {
          add(group.value(), Scope.DEV, group.name(), out);
        }
      }
      return out;
    }

    private void add(
        @Nullable Tree list, Scope scope, @Nullable String group, List<LockGraph.Direct> out) {
      for (LockGraph.Request request : requests(list)) {
        String name = entries.get(request.target()).string("name");
        out.add(new LockGraph.Direct(name == null ? "" : name, request, scope, group));
      }
    }
  }
}

package dev.depslim.ecosystem.python;

import dev.depslim.ecosystem.LockfileReader;
import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.ecosystem.SourceFile;
import dev.depslim.model.DeclaredDependency;
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

/// `poetry.lock`, versions 1.0 to 2.1. What is direct stands in the `pyproject.toml` beside it
/// only.
public final class PoetryLock implements LockfileReader {
  private static final Set<String> KNOWN = Set.of("1", "2");

  @Override
  public Ecosystem ecosystem() {
    return Ecosystem.PYPI;
  }

  @Override
  public boolean reads(String path, ProjectFiles files) {
    return Paths.name(path).equals("poetry.lock");
  }

  @Override
  public Lockfile read(SourceFile file, ProjectFiles files) {
    Tree.Mapping root;
    try {
      root = Toml.parse(file.bytes());
    } catch (SyntaxException e) {
      return new Lockfile(
          file.path(),
          "poetry.lock",
          null,
          Ecosystem.PYPI,
          List.of(),
          List.of(),
          List.of(
              Issue.error(
                  new Location(file.path(), e.line(), e.column()),
                  "this is no poetry.lock: "
                      + e.getMessage()
                      + "; write it anew with 'poetry lock'")));
    }
    return new Reading(file, files, root).lockfile();
  }

  /// One lock while it is read.
  private static final class Reading {
    private final SourceFile file;
    private final ProjectFiles files;
    private final Tree.Mapping root;
    private final List<Tree.Mapping> entries = new ArrayList<>();
    private final Map<String, List<Integer>> byName = new HashMap<>();
    private final List<Issue> issues = new ArrayList<>();

    Reading(SourceFile file, ProjectFiles files, Tree.Mapping root) {
      this.file = file;
      this.files = files;
      this.root = root;
    }

    Lockfile lockfile() {
      Tree.Mapping metadata = root.mapping("metadata");
      String format = metadata == null ? null : metadata.string("lock-version");
      int dot = format == null ? -1 : format.indexOf('.');
      if (format != null && !KNOWN.contains(dot < 0 ? format : format.substring(0, dot))) {
        issues.add(
            Issue.warning(
                at(metadata == null ? null : metadata.get("lock-version")),
                "lock version " + format + " is read as version 2.1: check it"));
      }
      collect();
      LockGraph graph = new LockGraph();
      for (Tree.Mapping entry : entries) {
        graph.add(describe(entry));
      }
      roots(graph);
      List<Lockfile.Node> nodes = graph.nodes();
      List<Lockfile.Root> roots = graph.roots();
      return new Lockfile(file.path(), "poetry.lock", format, Ecosystem.PYPI, nodes, roots, issues);
    }

    private Location at(@Nullable Tree tree) {
      return tree == null
          ? Location.of(file.path())
          : new Location(file.path(), tree.line(), tree.column());
    }

    private void collect() {
      Tree.Sequence packages = root.sequence("package");
      if (packages == null) {
        Tree other = root.get("package");
        if (root.members().isEmpty()) {
          issues.add(
              Issue.warning(at(root), "the lock is empty: write it anew with 'poetry lock'"));
        } else if (other != null || root.get("metadata") == null) {
          issues.add(
              Issue.error(
                  at(other == null ? root : other),
                  "a poetry.lock has [metadata] and [[package]] tables: write it anew with 'poetry lock'"));
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
                      + " 'poetry lock'"));
          continue;
        }
        byName
            .computeIfAbsent(Ecosystem.PYPI.normalize(name), _ -> new ArrayList<>())
            .add(entries.size());
        entries.add(entry);
      }
    }

    private LockGraph.Package describe(Tree.Mapping entry) {
      Map<String, Set<String>> extraMembers = new LinkedHashMap<>();
      Tree.Mapping extras = entry.mapping("extras");
      if (extras != null) {
        for (Tree.Member extra : extras.members()) {
          if (extra.value() instanceof Tree.Sequence names) {
            extraMembers.put(Ecosystem.PYPI.normalize(extra.name()), names(names.strings()));
          }
        }
      }
      List<LockGraph.Request> requests = new ArrayList<>();
      Map<String, List<LockGraph.Request>> byExtra = new LinkedHashMap<>();
      Tree.Mapping dependencies = entry.mapping("dependencies");
      if (dependencies != null) {
        for (Tree.Member member : dependencies.members()) {
          String name = Ecosystem.PYPI.normalize(member.name());
          List<String> homes = new ArrayList<>();
          if (isOptional(member.value())) {
            extraMembers.forEach((extra, names) -> addIf(names.contains(name), extra, homes));
          }
          List<LockGraph.Request> found = requests(name, member.value());
          if (homes.isEmpty()) {
            requests.addAll(found);
          }
          for (String home : homes) {
            byExtra.computeIfAbsent(home, _ -> new ArrayList<>()).addAll(found);
          }
        }
      }
      String name = entry.string("name");
      return new LockGraph.Package(
          name == null ? "" : name,
          entry.string("version"),
          origin(entry),
          declared(entry),
          null,
          entry.line(),
          requests,
          byExtra);
    }

    private static void addIf(boolean condition, String extra, List<String> homes) {
      if (condition) {
        homes.add(extra);
      }
    }

    private static Set<String> names(List<String> requirements) {
      Set<String> out = new HashSet<>();
      for (String requirement : requirements) {
        try {
          out.add(Requirement.parse(requirement).normalizedName());
        } catch (RequirementSyntaxException e) {
          out.add(Ecosystem.PYPI.normalize(requirement));
        }
      }
      return out;
    }

    private static boolean isOptional(Tree value) {
      return switch (value) {
        case Tree.Mapping mapping -> mapping.isTrue("optional");
        case Tree.Sequence list -> !list.items().isEmpty() && isOptional(list.items().getFirst());
        case Tree.Scalar _ -> false;
      };
    }

    /// A requirement names no version: every locked version of the package that satisfies it.
    private List<LockGraph.Request> requests(String name, Tree value) {
      Set<String> extras = new HashSet<>();
      extras(value, extras);
      List<LockGraph.Request> out = new ArrayList<>();
      for (int index : byName.getOrDefault(name, List.of())) {
        out.add(new LockGraph.Request(index, extras));
      }
      return out;
    }

    private static void extras(Tree value, Set<String> out) {
      switch (value) {
        case Tree.Mapping mapping -> {
          Tree.Sequence extras = mapping.sequence("extras");
          if (extras != null) {
            extras.strings().forEach(extra -> out.add(Ecosystem.PYPI.normalize(extra)));
          }
        }
        case Tree.Sequence list -> list.items().forEach(item -> extras(item, out));
        case Tree.Scalar _ -> {}
      }
    }

    private static Origin origin(Tree.Mapping entry) {
      Tree.Mapping source = entry.mapping("source");
      String type = source == null ? null : source.string("type");
      return switch (type) {
        case "git" -> Origin.GIT;
        case "url" -> Origin.URL;
        case "file", "directory" -> Origin.FILE;
        case null, default -> Origin.REGISTRY;
      };
    }

    /// `category` of Poetry before 1.5, `groups` of Poetry from 2.0 on; `optional` of all.
    private static @Nullable Scope declared(Tree.Mapping entry) {
      String category = entry.string("category");
      Tree.Sequence groups = entry.sequence("groups");
      boolean known = category != null || groups != null;
      boolean main = groups == null ? !"dev".equals(category) : groups.strings().contains("main");
      if (known && !main) {
        return Scope.DEV;
      }
      if (entry.isTrue("optional")) {
        return Scope.OPTIONAL;
      }
      return known ? Scope.RUNTIME : null;
    }

    private void roots(LockGraph graph) {
      String path = Paths.below(file.folder(), "pyproject.toml");
      byte[] bytes = files.read(path);
      if (bytes == null) {
        return;
      }
      List<LockGraph.Direct> direct = new ArrayList<>();
      SourceFile manifest = new SourceFile(path, bytes);
      for (DeclaredDependency declared : new PyprojectToml().read(manifest, files).dependencies()) {
        if (declared.scope() == Scope.BUILD) {
          continue;
        }
        Set<String> extras = new HashSet<>();
        declared.extras().forEach(extra -> extras.add(Ecosystem.PYPI.normalize(extra)));
        String name = Ecosystem.PYPI.normalize(declared.name());
        for (int index : byName.getOrDefault(name, List.of())) {
          direct.add(
              new LockGraph.Direct(
                  declared.name(),
                  new LockGraph.Request(index, extras),
                  declared.scope(),
                  declared.group()));
        }
      }
      if (!direct.isEmpty()) {
        graph.root("", direct);
      }
    }
  }
}

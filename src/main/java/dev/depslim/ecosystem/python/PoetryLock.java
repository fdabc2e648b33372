package dev.depslim.ecosystem.python;

import dev.depslim.ecosystem.LockfileReader;
import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.ecosystem.SourceFile;
import dev.depslim.model.DeclaredDependency;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.Lockfile;
import dev.depslim.model.Origin;
import dev.depslim.model.Scope;
import dev.depslim.syntax.Tree;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// `poetry.lock`, versions 1.0 to 2.1. What is direct stands in the `pyproject.toml` beside it
/// only.
public final class PoetryLock implements LockfileReader {
  private static final TomlLock.Format FORMAT =
      new TomlLock.Format("poetry.lock", "package", "metadata", "write it anew with 'poetry lock'");

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
    return TomlLock.read(file, FORMAT, lock -> new Reading(lock, files).lockfile());
  }

  /// One lock while it is read.
  private static final class Reading {
    private final TomlLock lock;
    private final ProjectFiles files;
    private final PythonTarget target;

    Reading(TomlLock lock, ProjectFiles files) {
      this.lock = lock;
      this.files = files;
      Tree.Mapping metadata = lock.root().mapping("metadata");
      String python = metadata == null ? null : metadata.string("python-versions");
      this.target = PythonTarget.of(lock.file().folder(), files, python);
    }

    Lockfile lockfile() {
      Tree.Mapping metadata = lock.root().mapping("metadata");
      Tree format = metadata == null ? null : metadata.get("lock-version");
      lock.checkFormat(format, List.of("1", "2"), "2.1");
      LockGraph graph = new LockGraph();
      for (Tree.Mapping entry : lock.entries()) {
        graph.add(describe(entry));
      }
      roots(graph);
      return lock.lockfile(
              format instanceof Tree.Scalar scalar ? scalar.text() : null, graph, target)
          .compared(PoetryAgreement.of(lock, files));
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
      return new LockGraph.Package(
          TomlLock.name(entry),
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
      requirements.forEach(requirement -> out.add(Requirement.nameIn(requirement)));
      return out;
    }

    private static boolean isOptional(Tree value) {
      return switch (value) {
        case Tree.Mapping mapping -> mapping.isTrue("optional");
        case Tree.Sequence list -> !list.items().isEmpty() && isOptional(list.items().getFirst());
        case Tree.Scalar _ -> false;
      };
    }

    /// The locked versions that each alternative of a requirement allows.
    private List<LockGraph.Request> requests(String name, Tree value) {
      List<LockGraph.Request> out = new ArrayList<>();
      for (PoetryRequest one : PoetryRequest.of(value)) {
        long where = target.where(one.marker());
        for (int index : allowed(name, one::allows)) {
          out.add(new LockGraph.Request(index, one.extras(), where));
        }
      }
      return out;
    }

    /// The entries of a name whose version is allowed; all where none is.
    private List<Integer> allowed(String name, Predicate<@Nullable String> allows) {
      List<Integer> all = lock.named(name);
      List<Integer> some =
          all.stream().filter(index -> allows.test(lock.entry(index).string("version"))).toList();
      return some.isEmpty() ? all : some;
    }

    private static Origin origin(Tree.Mapping entry) {
      Tree.Mapping source = entry.mapping("source");
      String type = source == null ? null : source.string("type");
      return switch (type) {
        case "git" -> Origin.GIT;
        case "url" -> Origin.URL;
        // what Poetry links in place is the user's own
        case "directory" -> entry.isTrue("develop") ? Origin.WORKSPACE : Origin.FILE;
        case "file" -> Origin.FILE;
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
      String path = Paths.below(lock.file().folder(), "pyproject.toml");
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
        PoetryRequest request = new PoetryRequest(declared.constraint(), extras, false, null);
        for (int index : allowed(name, request::allows)) {
          direct.add(
              new LockGraph.Direct(
                  declared.name(),
                  new LockGraph.Request(index, extras, target.where(declared.marker())),
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

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
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `pdm.lock`, versions 2 to 4.5. A package that is asked for with extras is an entry of its own,
/// which needs the plain one. What is direct stands in the `pyproject.toml` beside it only.
public final class PdmLock implements LockfileReader {
  private static final TomlLock.Format FORMAT =
      new TomlLock.Format("pdm.lock", "package", "metadata", "write it anew with 'pdm lock'");

  @Override
  public Ecosystem ecosystem() {
    return Ecosystem.PYPI;
  }

  @Override
  public boolean reads(String path, ProjectFiles files) {
    return Paths.name(path).equals("pdm.lock");
  }

  @Override
  public Lockfile read(SourceFile file, ProjectFiles files) {
    return TomlLock.read(file, FORMAT, lock -> new Reading(lock, files).lockfile());
  }

  /// The groups that an entry is locked for; `default` is the project's own dependencies.
  static List<String> groups(Tree.Mapping entry) {
    Tree.Sequence groups = entry.sequence("groups");
    return groups == null ? List.of() : groups.strings();
  }

  /// One lock while it is read.
  private static final class Reading {
    private final TomlLock lock;
    private final ProjectFiles files;
    private final PythonTarget target;

    Reading(TomlLock lock, ProjectFiles files) {
      this.lock = lock;
      this.files = files;
      this.target = PythonTarget.of(lock.file().folder(), files, null);
    }

    Lockfile lockfile() {
      Tree.Mapping metadata = lock.root().mapping("metadata");
      Tree format = metadata == null ? null : metadata.get("lock_version");
      lock.checkFormat(format, List.of("2", "3", "4"), "4.5");
      LockGraph graph = new LockGraph();
      for (Tree.Mapping entry : lock.entries()) {
        graph.add(
            new LockGraph.Package(
                TomlLock.name(entry),
                entry.string("version"),
                origin(entry),
                declared(entry),
                null,
                entry.line(),
                requests(entry),
                Map.of()));
      }
      roots(graph);
      // With this strategy PDM asks each entry for its groups and marker, and no requirement: what
      // another group needs without a condition then comes to production too (measured on 2.29).
      Tree.Sequence strategy = metadata == null ? null : metadata.sequence("strategy");
      boolean stated = strategy != null && strategy.strings().contains("inherit_metadata");
      return lock.lockfile(
              format instanceof Tree.Scalar scalar ? scalar.text() : null, graph, target, stated)
          .compared(PdmAgreement.of(lock, files));
    }

    private static Origin origin(Tree.Mapping entry) {
      if (entry.string("git") != null) {
        return Origin.GIT;
      }
      if (entry.string("path") != null) {
        return entry.isTrue("editable") ? Origin.WORKSPACE : Origin.FILE;
      }
      return entry.string("url") != null ? Origin.URL : Origin.REGISTRY;
    }

    /// `dev` is the group for development that PDM makes by itself; any other may as well be an
    /// extra, and a plain production install brings neither.
    private static @Nullable Scope declared(Tree.Mapping entry) {
      List<String> groups = groups(entry);
      if (groups.isEmpty()) {
        return null;
      }
      if (groups.contains("default")) {
        return Scope.RUNTIME;
      }
      return groups.stream().allMatch("dev"::equals) ? Scope.DEV : Scope.OPTIONAL;
    }

    private List<LockGraph.Request> requests(Tree.Mapping entry) {
      List<LockGraph.Request> out = new ArrayList<>();
      Tree.Sequence dependencies = entry.sequence("dependencies");
      if (dependencies == null) {
        return out;
      }
      for (Tree item : dependencies.items()) {
        Requirement requirement = requirement(item);
        if (requirement != null) {
          request(
              requirement.name(),
              new HashSet<>(requirement.extras()),
              requirement.specifier(),
              entry,
              target.where(requirement.markerText()),
              out);
        }
      }
      return out;
    }

    private @Nullable Requirement requirement(Tree item) {
      String text =
          item instanceof Tree.Scalar scalar && scalar.kind() == Tree.Kind.STRING
              ? scalar.text()
              : "";
      try {
        return Requirement.parse(text);
      } catch (RequirementSyntaxException e) {
        lock.error(item, "'" + text + "' is no requirement, " + e.getMessage());
        return null;
      }
    }

    /// The entries that satisfy a requirement: the plain one, and with extras the one that has
    /// them.
    private void request(
        String name,
        Set<String> extras,
        VersionSpecifier specifier,
        Tree.@Nullable Mapping from,
        long where,
        List<LockGraph.Request> out) {
      Set<String> wanted = new HashSet<>();
      extras.forEach(extra -> wanted.add(Ecosystem.PYPI.normalize(extra)));
      List<Integer> plain = new ArrayList<>();
      List<Integer> exact = new ArrayList<>();
      for (int index : admitted(lock.named(name), specifier)) {
        Set<String> has = extras(lock.entry(index));
        if (lock.entry(index) == from) {
          continue;
        }
        if (has.isEmpty()) {
          plain.add(index);
        }
        if (!has.isEmpty() && wanted.containsAll(has)) {
          exact.add(index);
        }
      }
      for (int index : exact.isEmpty() ? plain : exact) {
        out.add(new LockGraph.Request(index, Set.of(), where));
      }
    }

    /// The locked versions that a requirement admits; all where it admits none.
    private List<Integer> admitted(List<Integer> locked, VersionSpecifier specifier) {
      List<Integer> admitted = new ArrayList<>();
      for (int index : locked) {
        String version = lock.entry(index).string("version");
        if (version == null || specifier.contains(version, true)) {
          admitted.add(index);
        }
      }
      return admitted.isEmpty() ? locked : admitted;
    }

    private static Set<String> extras(Tree.Mapping entry) {
      Set<String> out = new HashSet<>();
      Tree.Sequence extras = entry.sequence("extras");
      if (extras != null) {
        extras.strings().forEach(extra -> out.add(Ecosystem.PYPI.normalize(extra)));
      }
      return out;
    }

    private void roots(LockGraph graph) {
      List<LockGraph.Direct> direct = new ArrayList<>();
      for (DeclaredDependency declared :
          DeclaredRoots.beside(lock.file(), "pyproject.toml", new PyprojectToml(), files)) {
        VersionSpecifier specifier = VersionSpecifier.parse(declared.constraint());
        List<LockGraph.Request> found = new ArrayList<>();
        request(
            declared.name(),
            new HashSet<>(declared.extras()),
            specifier == null ? VersionSpecifier.ANY : specifier,
            null,
            target.where(declared.marker()),
            found);
        for (LockGraph.Request request : found) {
          direct.add(
              new LockGraph.Direct(declared.name(), request, declared.scope(), declared.group()));
        }
      }
      if (!direct.isEmpty()) {
        graph.root("", direct);
      }
    }
  }
}

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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `pylock.toml` and `pylock.NAME.toml` after PEP 751, version 1.0. Which extra or dependency group
/// brings a package stands in its marker. What is direct stands in the manifest beside it only.
public final class PylockToml implements LockfileReader {
  private static final TomlLock.Format FORMAT =
      new TomlLock.Format(
          "pylock.toml", "packages", "lock-version", "write it anew with the tool that made it");

  @Override
  public Ecosystem ecosystem() {
    return Ecosystem.PYPI;
  }

  @Override
  public boolean reads(String path, ProjectFiles files) {
    String name = Paths.name(path);
    return name.equals("pylock.toml")
        || (name.startsWith("pylock.")
            && name.endsWith(".toml")
            && name.length() > "pylock..toml".length()
            && name.indexOf('.', "pylock.".length()) == name.length() - ".toml".length());
  }

  @Override
  public Lockfile read(SourceFile file, ProjectFiles files) {
    return TomlLock.read(file, FORMAT, lock -> new Reading(lock, files).lockfile());
  }

  /// One lock while it is read.
  private static final class Reading {
    private final TomlLock lock;
    private final ProjectFiles files;
    private final LockMarkers markers;
    private final WheelChoice wheelChoice;

    Reading(TomlLock lock, ProjectFiles files) {
      this.lock = lock;
      this.files = files;
      this.wheelChoice = WheelChoice.oldest(lock.root().string("requires-python"));
      this.markers =
          new LockMarkers(
              strings("extras"), strings("dependency-groups"), strings("default-groups"));
    }

    private List<String> strings(String name) {
      Tree.Sequence list = lock.root().sequence(name);
      return list == null ? List.of() : list.strings();
    }

    Lockfile lockfile() {
      Tree version = lock.root().get("lock-version");
      lock.checkFormat(version, List.of("1"), "1.0");
      boolean edges = false;
      List<Lockfile.Node> nodes = new ArrayList<>();
      for (Tree.Mapping entry : lock.entries()) {
        List<Lockfile.Edge> needs = edges(entry);
        edges |= !needs.isEmpty();
        nodes.add(
            new Lockfile.Node(
                TomlLock.name(entry),
                entry.string("version"),
                origin(entry),
                declared(entry),
                bytes(entry),
                entry.line(),
                needs));
      }
      String python = lock.root().string("requires-python");
      return lock.flat(
          version instanceof Tree.Scalar scalar ? scalar.text() : null,
          nodes,
          roots(),
          PythonTarget.of(lock.file().folder(), files, python));
    }

    private static Origin origin(Tree.Mapping entry) {
      Tree.Mapping directory = entry.mapping("directory");
      if (directory != null) {
        return directory.isTrue("editable") || ".".equals(directory.string("path"))
            ? Origin.WORKSPACE
            : Origin.FILE;
      }
      if (entry.mapping("vcs") != null) {
        return Origin.GIT;
      }
      Tree.Mapping archive = entry.mapping("archive");
      if (archive != null) {
        return archive.string("url") == null ? Origin.FILE : Origin.URL;
      }
      return Origin.REGISTRY;
    }

    private @Nullable Scope declared(Tree.Mapping entry) {
      Tree marker = entry.get("marker");
      if (marker == null) {
        return Scope.RUNTIME;
      }
      String text = marker instanceof Tree.Scalar scalar ? scalar.text() : "";
      try {
        return markers.scope(Marker.parse(text));
      } catch (RequirementSyntaxException e) {
        lock.error(marker, "'" + text + "' is no marker, " + e.getMessage());
        return Scope.RUNTIME;
      }
    }

    private @Nullable Long bytes(Tree.Mapping entry) {
      Tree.Mapping archive = entry.mapping("archive");
      if (archive != null) {
        long size = TomlLock.size(archive);
        return size < 0 ? null : size;
      }
      return TomlLock.bytes(entry, wheelChoice);
    }

    /// `dependencies` of the format, or of PDM, which writes requirements below `tool.pdm`.
    private List<Lockfile.Edge> edges(Tree.Mapping entry) {
      Set<Integer> targets = new LinkedHashSet<>();
      Tree.Sequence dependencies = entry.sequence("dependencies");
      if (dependencies != null) {
        for (Tree item : dependencies.items()) {
          if (item instanceof Tree.Mapping table && table.string("name") != null) {
            targets.addAll(matching(table));
          } else {
            lock.error(item, "an entry of 'dependencies' must be a table with a name");
          }
        }
      }
      Tree.Mapping tool = entry.mapping("tool");
      Tree.Mapping pdm = tool == null ? null : tool.mapping("pdm");
      Tree.Sequence requirements = pdm == null ? null : pdm.sequence("dependencies");
      if (requirements != null) {
        for (String text : requirements.strings()) {
          targets.addAll(lock.named(Requirement.nameIn(text)));
        }
      }
      return targets.stream().map(target -> new Lockfile.Edge(target, Scope.RUNTIME)).toList();
    }

    /// The entries of the name; of several those that have every simple key that is given.
    private List<Integer> matching(Tree.Mapping wanted) {
      List<Integer> named = lock.named(TomlLock.name(wanted));
      List<Integer> exact = new ArrayList<>();
      for (int index : named) {
        boolean same = true;
        for (Tree.Member member : wanted.members()) {
          same &=
              member.name().equals("name")
                  || !(member.value() instanceof Tree.Scalar scalar)
                  || scalar.text().equals(lock.entry(index).string(member.name()));
        }
        if (same) {
          exact.add(index);
        }
      }
      return exact.isEmpty() ? named : exact;
    }

    private List<Lockfile.Root> roots() {
      List<DeclaredDependency> declared =
          DeclaredRoots.beside(lock.file(), "pyproject.toml", new PyprojectToml(), files);
      if (declared.isEmpty()) {
        declared = DeclaredRoots.beside(lock.file(), "Pipfile", new Pipfile(), files);
      }
      List<Lockfile.Direct> direct = new ArrayList<>();
      for (DeclaredDependency one : declared) {
        for (int index : lock.named(one.name())) {
          direct.add(new Lockfile.Direct(one.name(), index, one.scope(), one.group()));
        }
      }
      return direct.isEmpty() ? List.of() : List.of(new Lockfile.Root("", direct));
    }
  }
}

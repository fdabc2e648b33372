package dev.depslim.ecosystem.python;

import dev.depslim.ecosystem.LockfileReader;
import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.ecosystem.SourceFile;
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
import org.jspecify.annotations.Nullable;

/// `uv.lock`, version 1: every member of the workspace is a root.
public final class UvLock implements LockfileReader {
  private static final TomlLock.Format FORMAT =
      new TomlLock.Format("uv.lock", "package", "version", "write it anew with 'uv lock'");

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
    return TomlLock.read(
        file,
        FORMAT,
        lock -> {
          Reading reading = new Reading(lock, files);
          return reading.lockfile().compared(UvAgreement.of(lock, reading.projects(), files));
        });
  }

  /// One lock while it is read.
  private static final class Reading {
    private final TomlLock lock;
    private final WheelChoice wheelChoice;
    private final PythonTarget target;
    private final Set<String> members = new HashSet<>();

    Reading(TomlLock lock, ProjectFiles files) {
      this.lock = lock;
      this.target =
          PythonTarget.of(lock.file().folder(), files, lock.root().string("requires-python"));
      this.wheelChoice = WheelChoice.oldest(lock.root().string("requires-python"));
    }

    Lockfile lockfile() {
      Tree version = lock.root().get("version");
      lock.checkFormat(version, List.of("1"), "1");
      Tree.Mapping manifest = lock.root().mapping("manifest");
      Tree.Sequence named = manifest == null ? null : manifest.sequence("members");
      if (named != null) {
        members.addAll(named.strings());
      }
      LockGraph graph = new LockGraph();
      for (Tree.Mapping entry : lock.entries()) {
        graph.add(describe(entry));
      }
      if (manifest != null) {
        manifestRoot(manifest, graph);
      }
      for (int i = 0; i < lock.entries().size(); i++) {
        String folder = memberFolder(lock.entry(i));
        if (folder != null) {
          graph.root(folder, direct(lock.entry(i)), i);
        }
      }
      return lock.lockfile(
          version instanceof Tree.Scalar scalar ? scalar.text() : null, graph, target);
    }

    /// The user's own folders: members of the workspace, and others that one needs.
    List<UvAgreement.Own> projects() {
      List<UvAgreement.Own> out = new ArrayList<>();
      for (Tree.Mapping entry : lock.entries()) {
        String member = memberFolder(entry);
        Tree.Mapping source = entry.mapping("source");
        String folder = source == null ? null : folder(source);
        if (folder != null) {
          String path = folder.equals(".") ? "" : folder;
          out.add(new UvAgreement.Own(path, entry, member != null));
        }
      }
      return out;
    }

    /// The folder of a member, `""` for that of the lock; null for what is no member.
    private @Nullable String memberFolder(Tree.Mapping entry) {
      Tree.Mapping source = entry.mapping("source");
      String folder = source == null ? null : folder(source);
      if (folder == null) {
        return null;
      }
      boolean member =
          members.isEmpty() ? folder.equals(".") : members.contains(TomlLock.name(entry));
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
      return new LockGraph.Package(
          TomlLock.name(entry),
          entry.string("version"),
          origin(entry),
          null,
          TomlLock.bytes(entry, wheelChoice),
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
      List<Integer> found = name == null ? List.of() : lock.named(name);
      if (found.isEmpty()) {
        lock.error(dependency, "'" + name + "' is required and not locked");
        return;
      }
      Tree.Sequence extra = dependency.sequence("extra");
      Set<String> extras = extra == null ? Set.of() : Set.copyOf(extra.strings());
      String version = dependency.string("version");
      String source = key(dependency.mapping("source"));
      // what only an extra or a group selects (`tool.uv.conflicts`) is in no plain install
      long where = target.wherePlain(dependency.string("marker"));
      for (int index : found) {
        Tree.Mapping entry = lock.entry(index);
        boolean same =
            (version == null || version.equals(entry.string("version")))
                && (source == null || source.equals(key(entry.mapping("source"))));
        if (found.size() == 1 || same) {
          out.add(new LockGraph.Request(index, extras, where));
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
          long where = target.wherePlain(mapping.string("marker"));
          for (int index : lock.named(name)) {
            LockGraph.Request request = new LockGraph.Request(index, extras, where);
            out.add(new LockGraph.Direct(name, request, scope, group));
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
        out.add(new LockGraph.Direct(lock.name(request.target()), request, scope, group));
      }
    }
  }
}

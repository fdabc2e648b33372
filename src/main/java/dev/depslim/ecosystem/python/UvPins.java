package dev.depslim.ecosystem.python;

import dev.depslim.ecosystem.python.PinnedLock.Direct;
import dev.depslim.ecosystem.python.PinnedLock.Need;
import dev.depslim.ecosystem.python.PinnedLock.Pin;
import dev.depslim.ecosystem.python.PinnedLock.Source;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.Scope;
import dev.depslim.syntax.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads a `uv.lock` for what can be pinned.
final class UvPins {
  private final String path;
  private final Tree.Mapping root;
  private final MarkerAlgebra algebra;
  private final LockEntries entries;

  UvPins(String path, Tree.Mapping root, MarkerAlgebra algebra) {
    this.path = path;
    this.root = root;
    this.algebra = algebra;
    this.entries = LockEntries.of(root.sequence("package"));
  }

  /// The lock as it serves one project; null where it does not know it.
  ///
  /// @param folder of the project relative to that of the lock, `""` for its own
  @Nullable PinnedLock read(String folder, @Nullable String projectName) {
    Tree.Mapping own = own(folder, projectName);
    if (own == null) {
      return null;
    }
    List<Pin> pins = new ArrayList<>();
    for (Tree.Mapping entry : entries.all()) {
      pins.add(pin(entry));
    }
    return new PinnedLock(
        path, "uv.lock", "uv lock", true, python(), pins, direct(own), overridden());
  }

  private Set<String> overridden() {
    Set<String> out = new LinkedHashSet<>();
    Tree.Mapping manifest = root.mapping("manifest");
    Tree.Sequence overrides = manifest == null ? null : manifest.sequence("overrides");
    if (overrides != null) {
      for (Tree item : overrides.items()) {
        String name = item instanceof Tree.Mapping override ? override.string("name") : null;
        if (name != null) {
          out.add(name);
        }
      }
    }
    return out;
  }

  private VersionRanges python() {
    String text = root.string("requires-python");
    VersionSpecifier specifier = text == null ? null : VersionSpecifier.parse(text);
    VersionRanges ranges = specifier == null ? null : VersionRanges.of(specifier);
    return ranges == null ? VersionRanges.ALL : ranges;
  }

  private Tree.@Nullable Mapping own(String folder, @Nullable String projectName) {
    Tree.Mapping byFolder = null;
    for (Tree.Mapping entry : entries.all()) {
      String place = place(entry);
      boolean named =
          projectName != null && Ecosystem.PYPI.normalize(projectName).equals(entry.string("name"));
      boolean here =
          place != null
              && Paths.resolve("", place) != null
              && folder.equals(Paths.resolve("", place));
      if (here && (named || byFolder == null)) {
        byFolder = entry;
      }
    }
    return byFolder;
  }

  private static @Nullable String place(Tree.Mapping entry) {
    Tree.Mapping source = entry.mapping("source");
    if (source == null) {
      return null;
    }
    String editable = source.string("editable");
    String virtual = source.string("virtual");
    return editable != null ? editable : virtual != null ? virtual : source.string("directory");
  }

  private Pin pin(Tree.Mapping entry) {
    List<Need> needs = needs(entry.get("dependencies"), Set.of());
    Map<String, List<Need>> extras = new LinkedHashMap<>();
    Tree.Mapping optional = entry.mapping("optional-dependencies");
    if (optional != null) {
      for (Tree.Member extra : optional.members()) {
        String name = Ecosystem.PYPI.normalize(extra.name());
        extras.put(name, needs(extra.value(), Set.of(name)));
      }
    }
    List<String> hashes = new ArrayList<>();
    Tree.Mapping sdist = entry.mapping("sdist");
    if (sdist != null) {
      hash(sdist, hashes);
    }
    Tree.Sequence wheels = entry.sequence("wheels");
    boolean complete = true;
    if (wheels != null) {
      for (Tree wheel : wheels.items()) {
        complete &= wheel instanceof Tree.Mapping file && hash(file, hashes);
      }
    }
    String name = entry.string("name");
    return new Pin(
        name == null ? "" : name,
        entry.string("version"),
        entry.line(),
        source(entry),
        complete ? hashes : List.of(),
        sdist != null && (wheels == null || wheels.items().isEmpty()),
        algebra.always,
        needs,
        extras);
  }

  private static boolean hash(Tree.Mapping file, List<String> out) {
    String hash = file.string("hash");
    if (hash == null || !PinnedLock.isStrong(hash)) {
      return false;
    }
    out.add(hash);
    return true;
  }

  private static Source source(Tree.Mapping entry) {
    Tree.Mapping source = entry.mapping("source");
    if (source == null) {
      return new Source.Registry(null);
    }
    String place = place(entry);
    if (place != null) {
      return new Source.Folder(place);
    }
    String git = source.string("git");
    if (git != null) {
      return new Source.Url(repository(git), true);
    }
    String url = source.string("url");
    if (url != null) {
      String below = source.string("subdirectory");
      return new Source.Url(below == null ? url : url + "#subdirectory=" + below, false);
    }
    String archive = source.string("path");
    return archive != null
        ? new Source.Archive(archive)
        : new Source.Registry(source.string("registry"));
  }

  /// `https://host/name?subdirectory=sub&rev=main#commit` as pip writes it.
  private static String repository(String git) {
    int hash = git.indexOf('#');
    String commit = hash < 0 ? "" : git.substring(hash + 1);
    String before = hash < 0 ? git : git.substring(0, hash);
    int query = before.indexOf('?');
    String below = "";
    if (query >= 0) {
      for (String part : before.substring(query + 1).split("&", -1)) {
        if (part.startsWith("subdirectory=")) {
          below = "#" + part;
        }
      }
    }
    return "git+"
        + (query < 0 ? before : before.substring(0, query))
        + (commit.isEmpty() ? "" : "@" + commit)
        + below;
  }

  private List<Need> needs(@Nullable Tree list, Set<String> active) {
    List<Need> out = new ArrayList<>();
    if (list instanceof Tree.Sequence sequence) {
      for (Tree item : sequence.items()) {
        if (item instanceof Tree.Mapping mapping) {
          needs(mapping, active, out);
        }
      }
    }
    return out;
  }

  private void needs(Tree.Mapping dependency, Set<String> active, List<Need> out) {
    String name = dependency.string("name");
    List<Integer> found = name == null ? List.of() : entries.named(name);
    Set<String> extras = new LinkedHashSet<>();
    Tree.Sequence written = dependency.sequence("extra");
    if (written != null) {
      written.strings().forEach(extra -> extras.add(Ecosystem.PYPI.normalize(extra)));
    }
    String text = dependency.string("marker");
    MarkerAlgebra.Node when =
        text == null ? algebra.always : algebra.of(Marker.parse(text), active);
    for (int index : found) {
      if (found.size() == 1 || isMeant(dependency, entries.get(index))) {
        out.add(new Need(index, extras, when));
      }
    }
  }

  private static boolean isMeant(Tree.Mapping dependency, Tree.Mapping entry) {
    String version = dependency.string("version");
    String source = key(dependency.mapping("source"));
    return (version == null || version.equals(entry.string("version")))
        && (source == null || source.equals(key(entry.mapping("source"))));
  }

  private static @Nullable String key(Tree.@Nullable Mapping source) {
    if (source == null || source.members().isEmpty()) {
      return null;
    }
    Tree.Member first = source.members().getFirst();
    return first.value() instanceof Tree.Scalar scalar ? first.name() + " " + scalar.text() : null;
  }

  private List<Direct> direct(Tree.Mapping own) {
    List<Direct> out = new ArrayList<>();
    add(own.get("dependencies"), Scope.RUNTIME, null, out);
    Tree.Mapping optional = own.mapping("optional-dependencies");
    if (optional != null) {
      optional.members().forEach(e -> add(e.value(), Scope.OPTIONAL, e.name(), out));
    }
    Tree.Mapping groups = own.mapping("dev-dependencies");
    if (groups != null) {
      groups.members().forEach(e -> add(e.value(), Scope.DEV, e.name(), out));
    }
    return out;
  }

  private void add(@Nullable Tree list, Scope scope, @Nullable String group, List<Direct> out) {
    Set<String> active = group == null ? Set.of() : Set.of(Ecosystem.PYPI.normalize(group));
    for (Need need : needs(list, active)) {
      String name = entries.get(need.target()).string("name");
      out.add(new Direct(name == null ? "" : name, scope, group, need));
    }
  }
}

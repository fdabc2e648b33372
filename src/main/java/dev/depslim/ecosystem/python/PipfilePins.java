package dev.depslim.ecosystem.python;

import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.ecosystem.python.PinnedLock.Direct;
import dev.depslim.ecosystem.python.PinnedLock.Need;
import dev.depslim.ecosystem.python.PinnedLock.Pin;
import dev.depslim.ecosystem.python.PinnedLock.Source;
import dev.depslim.model.DeclaredDependency;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.Scope;
import dev.depslim.syntax.Tree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads a `Pipfile.lock` for what can be pinned. It does not tell which package needs which: all
/// of its section `default` counts as asked for.
final class PipfilePins {
  private final String path;
  private final Tree.Mapping root;
  private final ProjectFiles files;
  private final MarkerAlgebra algebra;
  private final List<Pin> pins = new ArrayList<>();
  private final List<Set<String>> extras = new ArrayList<>();
  private final Map<String, Integer> byName = new HashMap<>();

  PipfilePins(String path, Tree.Mapping root, ProjectFiles files, MarkerAlgebra algebra) {
    this.path = path;
    this.root = root;
    this.files = files;
    this.algebra = algebra;
  }

  /// The lock as it serves a Pipfile.
  ///
  /// @param declared what the Pipfile declares
  PinnedLock read(List<DeclaredDependency> declared) {
    section("default", true);
    int main = pins.size();
    section("develop", false);
    Set<String> seen = new HashSet<>();
    List<Direct> direct = new ArrayList<>();
    for (DeclaredDependency one : declared) {
      String name = Ecosystem.PYPI.normalize(one.name());
      Integer index = byName.get(name);
      if (index != null) {
        if (one.scope() == Scope.RUNTIME) {
          seen.add(name);
        }
        direct.add(direct(name, one.scope(), one.group(), index));
      }
    }
    for (int index = 0; index < main; index++) {
      String name = Ecosystem.PYPI.normalize(pins.get(index).name());
      if (!seen.contains(name)) {
        direct.add(direct(PinnedLock.NEEDED, Scope.RUNTIME, null, index));
      }
    }
    return new PinnedLock(
        path, "Pipfile.lock", "pipenv lock", false, python(), pins, direct, Set.of());
  }

  private Direct direct(String name, Scope scope, @Nullable String group, int index) {
    return new Direct(name, scope, group, new Need(index, extras.get(index), algebra.always));
  }

  private VersionRanges python() {
    Tree.Mapping meta = root.mapping("_meta");
    Tree.Mapping requires = meta == null ? null : meta.mapping("requires");
    String minor = requires == null ? null : requires.string("python_version");
    VersionSpecifier specifier = minor == null ? null : VersionSpecifier.parse("==" + minor + ".*");
    VersionRanges ranges = specifier == null ? null : VersionRanges.of(specifier);
    return ranges == null ? VersionRanges.ALL : ranges;
  }

  private void section(String name, boolean main) {
    Tree.Mapping section = root.mapping(name);
    if (section != null) {
      for (Tree.Member member : section.members()) {
        if (member.value() instanceof Tree.Mapping entry) {
          String real = Pipfile.packageName(member.name(), entry, Paths.folder(path), files);
          Integer before = byName.putIfAbsent(Ecosystem.PYPI.normalize(real), pins.size());
          if (main || before == null) {
            pins.add(pin(real, member, entry));
            extras.add(extras(entry));
          }
        }
      }
    }
  }

  private static Set<String> extras(Tree.Mapping entry) {
    Tree.Sequence list = entry.sequence("extras");
    Set<String> names = new LinkedHashSet<>();
    if (list != null) {
      list.strings().forEach(extra -> names.add(Ecosystem.PYPI.normalize(extra)));
    }
    return names;
  }

  private Pin pin(String name, Tree.Member member, Tree.Mapping entry) {
    List<String> hashes = new ArrayList<>();
    Tree.Sequence list = entry.sequence("hashes");
    if (list != null) {
      hashes.addAll(list.strings());
    }
    String markers = entry.string("markers");
    String version = entry.string("version");
    return new Pin(
        name,
        version == null ? null : version.replaceFirst("^===?", ""),
        member.line(),
        source(entry),
        hashes.stream().allMatch(PinnedLock::isStrong) ? hashes : List.of(),
        false,
        markers == null || markers.isBlank()
            ? algebra.always
            : algebra.of(Marker.parse(markers), Set.of()),
        List.of(),
        Map.of());
  }

  private Source source(Tree.Mapping entry) {
    String below = entry.string("subdirectory");
    String fragment = below == null ? "" : "#subdirectory=" + below;
    for (String kind : List.of("git", "hg", "svn", "bzr")) {
      String place = entry.string(kind);
      if (place != null) {
        String ref = entry.string("ref");
        return new Source.Url(
            (place.startsWith(kind + "+") ? "" : kind + "+")
                + place
                + (ref == null ? "" : "@" + ref)
                + fragment,
            true);
      }
    }
    String file = entry.string("file") != null ? entry.string("file") : entry.string("url");
    String local = entry.string("path") != null ? entry.string("path") : file;
    if (file != null && file.contains("://")) {
      return new Source.Url(file + fragment, false);
    }
    if (local != null) {
      String place = local.startsWith("./") ? local.substring(2) : local;
      return Archives.isArchive(place) ? new Source.Archive(place) : new Source.Folder(place);
    }
    return new Source.Registry(index(entry.string("index")));
  }

  /// The address of an index; the first one where a package names none.
  private @Nullable String index(@Nullable String name) {
    Tree.Mapping meta = root.mapping("_meta");
    Tree.Sequence sources = meta == null ? null : meta.sequence("sources");
    String first = null;
    for (Tree item : sources == null ? List.<Tree>of() : sources.items()) {
      if (item instanceof Tree.Mapping source) {
        String url = source.string("url");
        if (name != null && name.equals(source.string("name"))) {
          return url;
        }
        first = first == null ? url : first;
      }
    }
    return first;
  }
}

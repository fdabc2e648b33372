package dev.depslim.ecosystem.python;

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
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Reads a `pdm.lock` for what can be pinned. A package that is asked for with extras is an entry
/// of its own beside the plain one: here it becomes an extra of that one.
final class PdmPins {
  private final String path;
  private final Tree.Mapping root;
  private final MarkerAlgebra algebra;

  /// The plain entries, and those with extras alone.
  private final LockEntries entries = new LockEntries();

  /// Index of a plain entry → its entries with extras, by the sorted extras.
  private final Map<Integer, Map<String, Tree.Mapping>> withExtras = new HashMap<>();

  PdmPins(String path, Tree.Mapping root, MarkerAlgebra algebra) {
    this.path = path;
    this.root = root;
    this.algebra = algebra;
  }

  /// The lock as it serves a manifest.
  ///
  /// @param declared what the manifest declares
  PinnedLock read(Tree.Mapping manifest, List<DeclaredDependency> declared) {
    collect();
    List<Pin> pins = new ArrayList<>();
    for (int index = 0; index < entries.all().size(); index++) {
      pins.add(pin(index, entries.get(index)));
    }
    return new PinnedLock(
        path, "pdm.lock", "pdm lock", true, python(), pins, direct(declared), overridden(manifest));
  }

  private void collect() {
    Tree.Sequence packages = root.sequence("package");
    List<Tree.Mapping> later = new ArrayList<>();
    for (Tree item : packages == null ? List.<Tree>of() : packages.items()) {
      if (item instanceof Tree.Mapping entry && entry.string("name") != null) {
        if (extras(entry).isEmpty()) {
          entries.add(entry);
        } else {
          later.add(entry);
        }
      }
    }
    for (Tree.Mapping entry : later) {
      Integer plain = plain(entry);
      int index = plain == null ? entries.add(entry) : plain;
      withExtras
          .computeIfAbsent(index, _ -> new LinkedHashMap<>())
          .put(String.join(",", extras(entry)), entry);
    }
  }

  private @Nullable Integer plain(Tree.Mapping entry) {
    String version = entry.string("version");
    List<Integer> named = entries.named(LockEntries.name(entry));
    for (int index : named) {
      if (version == null || version.equals(entries.get(index).string("version"))) {
        return index;
      }
    }
    return null;
  }

  private static Set<String> extras(Tree.Mapping entry) {
    Set<String> out = new TreeSet<>();
    Tree.Sequence extras = entry.sequence("extras");
    if (extras != null) {
      extras.strings().forEach(extra -> out.add(Ecosystem.PYPI.normalize(extra)));
    }
    return out;
  }

  private VersionRanges python() {
    Tree.Mapping metadata = root.mapping("metadata");
    String text = metadata == null ? null : metadata.string("requires_python");
    Tree.Sequence targets = metadata == null ? null : metadata.sequence("targets");
    VersionRanges out = VersionRanges.NONE;
    for (Tree item : targets == null ? List.<Tree>of() : targets.items()) {
      String one = item instanceof Tree.Mapping target ? target.string("requires_python") : null;
      out = out.or(ranges(one));
    }
    return out.isEmpty() ? ranges(text) : out;
  }

  private static VersionRanges ranges(@Nullable String text) {
    VersionSpecifier specifier = text == null ? null : VersionSpecifier.parse(text);
    VersionRanges ranges = specifier == null ? null : VersionRanges.of(specifier);
    return ranges == null ? VersionRanges.ALL : ranges;
  }

  private static Set<String> overridden(Tree.Mapping manifest) {
    Set<String> out = new LinkedHashSet<>();
    Tree.Mapping table = manifest;
    for (String key : List.of("tool", "pdm", "resolution", "overrides")) {
      table = table == null ? null : table.mapping(key);
    }
    if (table != null) {
      table.members().forEach(member -> out.add(Ecosystem.PYPI.normalize(member.name())));
    }
    return out;
  }

  private Pin pin(int index, Tree.Mapping entry) {
    Map<String, List<Need>> extras = new LinkedHashMap<>();
    withExtras
        .getOrDefault(index, Map.of())
        .forEach((key, with) -> extras.put(key, needs(with, index)));
    List<String> hashes = new ArrayList<>();
    boolean wheel = hashes(entry, hashes);
    String marker = entry.string("marker");
    return new Pin(
        String.valueOf(entry.string("name")),
        entry.string("version"),
        entry.line(),
        source(entry),
        hashes,
        !wheel && !hashes.isEmpty(),
        marker == null || marker.isBlank()
            ? algebra.always
            : algebra.of(Marker.parse(marker), Set.of()),
        needs(entry, -1),
        extras);
  }

  /// @param self a package that is not needed again, or -1
  private List<Need> needs(Tree.Mapping entry, int self) {
    List<Need> out = new ArrayList<>();
    Tree.Sequence dependencies = entry.sequence("dependencies");
    for (String text : dependencies == null ? List.<String>of() : dependencies.strings()) {
      Requirement requirement = Requirement.parse(text);
      for (Need need : needs(requirement)) {
        if (need.target() != self || !need.extras().isEmpty()) {
          out.add(need);
        }
      }
    }
    return out;
  }

  private List<Need> needs(Requirement requirement) {
    MarkerAlgebra.Node when =
        requirement.marker() == null ? algebra.always : algebra.of(requirement.marker(), Set.of());
    List<Integer> named = entries.named(requirement.normalizedName());
    List<Need> out = new ArrayList<>();
    for (int index : named) {
      String version = entries.get(index).string("version");
      if (named.size() == 1 || version == null || requirement.specifier().contains(version, true)) {
        out.add(new Need(index, keys(index, requirement.extras()), when));
      }
    }
    return out;
  }

  /// The entries of a package whose extras are all asked for.
  private Set<String> keys(int index, List<String> asked) {
    Set<String> wanted = new TreeSet<>();
    asked.forEach(extra -> wanted.add(Ecosystem.PYPI.normalize(extra)));
    Set<String> out = new LinkedHashSet<>();
    withExtras
        .getOrDefault(index, Map.of())
        .forEach((key, entry) -> {
          if (wanted.containsAll(extras(entry))) {
            out.add(key);
          }
        });
    return out;
  }

  /// Whether a wheel is among the files; before lock version 4.1 they stand at the end of the lock.
  private boolean hashes(Tree.Mapping entry, List<String> out) {
    Tree.Sequence files = entry.sequence("files");
    Tree.Mapping metadata = root.mapping("metadata");
    Tree.Mapping all = metadata == null ? null : metadata.mapping("files");
    if (files == null && all != null) {
      files = all.sequence(entry.string("name") + " " + entry.string("version"));
    }
    boolean wheel = false;
    for (Tree item : files == null ? List.<Tree>of() : files.items()) {
      Tree.Mapping file = item instanceof Tree.Mapping mapping ? mapping : null;
      String hash = file == null ? null : file.string("hash");
      if (file == null || hash == null || !PinnedLock.isStrong(hash)) {
        out.clear();
        return true;
      }
      String url = file.string("url");
      String name = url == null ? file.string("file") : Archives.fileName(url);
      wheel |= name != null && name.endsWith(".whl");
      out.add(hash);
    }
    return wheel;
  }

  private static Source source(Tree.Mapping entry) {
    String below = entry.string("subdirectory");
    String fragment = below == null ? "" : "#subdirectory=" + below;
    String git = entry.string("git");
    if (git != null) {
      String commit = entry.string("revision");
      String named = commit == null ? entry.string("ref") : commit;
      return new Source.Url("git+" + git + (named == null ? "" : "@" + named) + fragment, true);
    }
    String url = entry.string("url");
    if (url != null) {
      return new Source.Url(url + fragment, false);
    }
    String place = entry.string("path");
    if (place == null) {
      return new Source.Registry(null);
    }
    String local = place.startsWith("./") ? place.substring(2) : place;
    return Archives.isArchive(local) ? new Source.Archive(local) : new Source.Folder(local);
  }

  private List<Direct> direct(List<DeclaredDependency> declared) {
    List<Direct> out = new ArrayList<>();
    for (DeclaredDependency one : declared) {
      if (one.scope() == Scope.BUILD) {
        continue;
      }
      VersionSpecifier specifier = VersionSpecifier.parse(one.constraint());
      Requirement requirement =
          new Requirement(
              one.name(),
              one.extras(),
              specifier == null ? VersionSpecifier.ANY : specifier,
              null,
              one.marker() == null ? null : Marker.parse(one.marker()),
              one.marker());
      for (Need need : needs(requirement)) {
        out.add(new Direct(requirement.normalizedName(), one.scope(), one.group(), need));
      }
    }
    return out;
  }
}

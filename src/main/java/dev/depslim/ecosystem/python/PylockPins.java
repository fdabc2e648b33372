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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads a `pylock.toml` (PEP 751) for what can be pinned. Which package needs which is told by few
/// of the tools that write it; where none does, all that a plain install brings counts as asked
/// for.
final class PylockPins {
  private final String path;
  private final Tree.Mapping root;
  private final MarkerAlgebra algebra;
  private final Set<String> groups = new HashSet<>();
  private final LockEntries entries;

  PylockPins(String path, Tree.Mapping root, MarkerAlgebra algebra) {
    this.path = path;
    this.root = root;
    this.algebra = algebra;
    this.entries = LockEntries.of(root.sequence("packages"));
    Tree.Sequence active = root.sequence("default-groups");
    if (active != null) {
      active.strings().forEach(group -> groups.add(Ecosystem.PYPI.normalize(group)));
    }
  }

  /// The lock as it serves a manifest.
  ///
  /// @param declared what the manifest declares
  PinnedLock read(List<DeclaredDependency> declared) {
    List<Pin> pins = new ArrayList<>();
    boolean graph = false;
    for (Tree.Mapping entry : entries.all()) {
      Pin pin = pin(entry);
      graph |= !pin.needs().isEmpty();
      pins.add(pin);
    }
    return new PinnedLock(
        path,
        "pylock.toml",
        "the tool that made it",
        graph,
        python(),
        pins,
        direct(declared, graph),
        Set.of());
  }

  private VersionRanges python() {
    String text = root.string("requires-python");
    VersionSpecifier specifier = text == null ? null : VersionSpecifier.parse(text);
    VersionRanges ranges = specifier == null ? null : VersionRanges.of(specifier);
    return ranges == null ? VersionRanges.ALL : ranges;
  }

  private Pin pin(Tree.Mapping entry) {
    List<String> hashes = new ArrayList<>();
    boolean complete = true;
    for (String key : List.of("archive", "sdist")) {
      Tree.Mapping file = entry.mapping(key);
      complete &= file == null || hash(file, hashes);
    }
    Tree.Sequence wheels = entry.sequence("wheels");
    for (Tree wheel : wheels == null ? List.<Tree>of() : wheels.items()) {
      complete &= wheel instanceof Tree.Mapping file && hash(file, hashes);
    }
    String marker = entry.string("marker");
    return new Pin(
        String.valueOf(entry.string("name")),
        entry.string("version"),
        entry.line(),
        source(entry),
        complete ? hashes : List.of(),
        entry.mapping("sdist") != null && (wheels == null || wheels.items().isEmpty()),
        marker == null ? algebra.always : algebra.of(Marker.parse(marker), groups),
        needs(entry),
        Map.of());
  }

  private static boolean hash(Tree.Mapping file, List<String> out) {
    Tree.Mapping hashes = file.mapping("hashes");
    for (String algorithm : List.of("sha256", "sha384", "sha512")) {
      String hash = hashes == null ? null : hashes.string(algorithm);
      if (hash != null) {
        out.add(algorithm + ":" + hash);
        return true;
      }
    }
    return false;
  }

  private static Source source(Tree.Mapping entry) {
    Tree.Mapping folder = entry.mapping("directory");
    if (folder != null) {
      return new Source.Folder(String.valueOf(folder.string("path")));
    }
    Tree.Mapping vcs = entry.mapping("vcs");
    if (vcs != null) {
      String url = vcs.string("url") != null ? vcs.string("url") : vcs.string("path");
      return new Source.Url(
          vcs.string("type") + "+" + url + "@" + vcs.string("commit-id") + below(vcs), true);
    }
    Tree.Mapping archive = entry.mapping("archive");
    if (archive != null) {
      String url = archive.string("url");
      return url == null
          ? new Source.Archive(String.valueOf(archive.string("path")))
          : new Source.Url(url + below(archive), false);
    }
    return new Source.Registry(entry.string("index"));
  }

  private static String below(Tree.Mapping table) {
    String folder = table.string("subdirectory");
    return folder == null ? "" : "#subdirectory=" + folder;
  }

  /// `dependencies` of the format, or of PDM, which writes requirements below `tool.pdm`.
  private List<Need> needs(Tree.Mapping entry) {
    List<Need> out = new ArrayList<>();
    Tree.Sequence dependencies = entry.sequence("dependencies");
    for (Tree item : dependencies == null ? List.<Tree>of() : dependencies.items()) {
      String name = item instanceof Tree.Mapping table ? table.string("name") : null;
      if (name != null && item instanceof Tree.Mapping table) {
        String version = table.string("version");
        for (int index : entries.named(Ecosystem.PYPI.normalize(name))) {
          if (version == null || version.equals(entries.get(index).string("version"))) {
            out.add(new Need(index, Set.of(), algebra.always));
          }
        }
      }
    }
    Tree.Mapping tool = entry.mapping("tool");
    Tree.Mapping pdm = tool == null ? null : tool.mapping("pdm");
    Tree.Sequence requirements = pdm == null ? null : pdm.sequence("dependencies");
    for (String text : requirements == null ? List.<String>of() : requirements.strings()) {
      Requirement requirement = Requirement.parse(text);
      for (int index : entries.named(requirement.normalizedName())) {
        out.add(new Need(index, Set.of(), algebra.of(requirement.marker(), Set.of())));
      }
    }
    return out;
  }

  private List<Direct> direct(List<DeclaredDependency> declared, boolean graph) {
    Set<String> seen = new HashSet<>();
    List<Direct> out = new ArrayList<>();
    for (DeclaredDependency one : declared) {
      String name = Ecosystem.PYPI.normalize(one.name());
      if (one.scope() == Scope.RUNTIME || graph) {
        seen.add(name);
      }
      if (one.scope() != Scope.BUILD) {
        add(name, one.scope(), one.group(), out);
      }
    }
    if (!graph || declared.isEmpty()) {
      for (String name : entries.names()) {
        if (!seen.contains(name)) {
          for (int index : entries.named(name)) {
            Need need = new Need(index, Set.of(), algebra.always);
            out.add(new Direct(PinnedLock.NEEDED, Scope.RUNTIME, null, need));
          }
        }
      }
    }
    return out;
  }

  private void add(String name, Scope scope, @Nullable String group, List<Direct> out) {
    for (int index : entries.named(name)) {
      out.add(new Direct(name, scope, group, new Need(index, Set.of(), algebra.always)));
    }
  }
}

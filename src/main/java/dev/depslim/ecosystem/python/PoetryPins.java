package dev.depslim.ecosystem.python;

import dev.depslim.ecosystem.python.MarkerAlgebra.Node;
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
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads a `poetry.lock` for what can be pinned; what is direct stands in the manifest only.
final class PoetryPins {
  private final String path;
  private final Tree.Mapping root;
  private final MarkerAlgebra algebra;
  private final LockEntries entries;

  PoetryPins(String path, Tree.Mapping root, MarkerAlgebra algebra) {
    this.path = path;
    this.root = root;
    this.algebra = algebra;
    this.entries = LockEntries.of(root.sequence("package"));
  }

  /// The lock.
  ///
  /// @param manifest the `pyproject.toml` beside it
  /// @param declared what that declares
  PinnedLock read(Tree.Mapping manifest, List<DeclaredDependency> declared) {
    List<Pin> pins = new ArrayList<>();
    for (Tree.Mapping entry : entries.all()) {
      pins.add(pin(entry));
    }
    return new PinnedLock(
        path,
        "poetry.lock",
        "poetry lock",
        true,
        python(),
        pins,
        direct(manifest, declared),
        Set.of());
  }

  private VersionRanges python() {
    Tree.Mapping metadata = root.mapping("metadata");
    String text = metadata == null ? null : metadata.string("python-versions");
    PoetryConstraint constraint = text == null ? null : PoetryConstraint.parse(text);
    return constraint == null ? VersionRanges.ALL : constraint.ranges();
  }

  private Pin pin(Tree.Mapping entry) {
    Map<String, Set<String>> homes = extraMembers(entry.mapping("extras"));
    List<Need> needs = new ArrayList<>();
    Map<String, List<Need>> extras = new LinkedHashMap<>();
    homes.keySet().forEach(extra -> extras.put(extra, new ArrayList<>()));
    Tree.Mapping dependencies = entry.mapping("dependencies");
    if (dependencies != null) {
      for (Tree.Member member : dependencies.members()) {
        String name = Ecosystem.PYPI.normalize(member.name());
        for (PoetryRequest request : PoetryRequest.of(member.value())) {
          boolean inExtra = false;
          for (Map.Entry<String, Set<String>> home : homes.entrySet()) {
            if (request.optional() && home.getValue().contains(name)) {
              inExtra = true;
              List<Need> list = extras.get(home.getKey());
              if (list != null) {
                list.addAll(needs(name, request, Set.of(home.getKey())));
              }
            }
          }
          if (!inExtra) {
            needs.addAll(needs(name, request, Set.of()));
          }
        }
      }
    }
    String name = entry.string("name");
    List<String> hashes = new ArrayList<>();
    boolean wheel = hashes(entry, name == null ? "" : name, hashes);
    return new Pin(
        name == null ? "" : name,
        entry.string("version"),
        entry.line(),
        source(entry),
        hashes,
        !wheel && !hashes.isEmpty(),
        when(entry),
        needs,
        extras);
  }

  /// An extra and the packages that it is made of.
  private static Map<String, Set<String>> extraMembers(Tree.@Nullable Mapping extras) {
    Map<String, Set<String>> out = new LinkedHashMap<>();
    if (extras == null) {
      return out;
    }
    for (Tree.Member extra : extras.members()) {
      if (extra.value() instanceof Tree.Sequence list) {
        Set<String> names = new HashSet<>();
        for (String requirement : list.strings()) {
          String name = requirement.strip();
          int end = 0;
          while (end < name.length()
              && (Text.isLetterOrDigit(name.charAt(end)) || "-_.".indexOf(name.charAt(end)) >= 0)) {
            end++;
          }
          names.add(Ecosystem.PYPI.normalize(name.substring(0, end)));
        }
        out.put(Ecosystem.PYPI.normalize(extra.name()), names);
      }
    }
    return out;
  }

  /// `markers` of Poetry from 2.0 on: one for all groups, or one for each.
  private Node when(Tree.Mapping entry) {
    Tree markers = entry.get("markers");
    if (markers instanceof Tree.Scalar scalar && !scalar.text().isBlank()) {
      return algebra.of(Marker.parse(scalar.text()), Set.of());
    }
    Tree.Sequence groups = entry.sequence("groups");
    if (!(markers instanceof Tree.Mapping byGroup) || groups == null) {
      return algebra.always;
    }
    Node any = algebra.never;
    List<String> counted = groups.strings();
    for (String group : counted.contains("main") ? List.of("main") : counted) {
      String text = byGroup.string(group);
      any =
          algebra.or(any, text == null ? algebra.always : algebra.of(Marker.parse(text), Set.of()));
    }
    return any;
  }

  /// Whether a wheel is among the files; before lock version 2.0 they stand at the end of the lock.
  private boolean hashes(Tree.Mapping entry, String name, List<String> out) {
    Tree.Sequence files = entry.sequence("files");
    Tree.Mapping metadata = root.mapping("metadata");
    Tree.Mapping all = metadata == null ? null : metadata.mapping("files");
    if (files == null && all != null) {
      files = all.sequence(name);
    }
    boolean wheel = false;
    if (files == null) {
      return false;
    }
    for (Tree item : files.items()) {
      String hash = item instanceof Tree.Mapping file ? file.string("hash") : null;
      String file = item instanceof Tree.Mapping named ? named.string("file") : null;
      if (hash == null || !PinnedLock.isStrong(hash)) {
        out.clear();
        return true;
      }
      wheel |= file != null && file.endsWith(".whl");
      out.add(hash);
    }
    return wheel;
  }

  private static Source source(Tree.Mapping entry) {
    Tree.Mapping source = entry.mapping("source");
    String type = source == null ? null : source.string("type");
    if (source == null || type == null) {
      return new Source.Registry(null);
    }
    String url = source.string("url");
    String place = url == null ? "" : url;
    String below = source.string("subdirectory");
    String fragment = below == null ? "" : "#subdirectory=" + below;
    return switch (type) {
      case "git" -> {
        String commit = source.string("resolved_reference");
        String named = commit == null ? source.string("reference") : commit;
        yield new Source.Url(
            "git+" + repository(place) + (named == null ? "" : "@" + named) + fragment, true);
      }
      case "url" -> new Source.Url(place + fragment, false);
      case "file" -> new Source.Archive(place);
      case "directory" -> new Source.Folder(place);
      default -> new Source.Registry(url);
    };
  }

  /// `git@host:owner/name` has no scheme; pip needs one.
  private static String repository(String url) {
    int colon = url.indexOf(':');
    return url.contains("://") || colon < 0
        ? url
        : "ssh://" + url.substring(0, colon) + "/" + url.substring(colon + 1);
  }

  private List<Need> needs(String name, PoetryRequest request, Set<String> active) {
    Node when = request.when(algebra, active);
    List<Integer> all = entries.named(name);
    List<Need> out = new ArrayList<>();
    for (int index : all) {
      if (all.size() == 1 || request.allows(entries.get(index).string("version"))) {
        out.add(new Need(index, request.extras(), when));
      }
    }
    return out;
  }

  private List<Direct> direct(Tree.Mapping manifest, List<DeclaredDependency> declared) {
    Tree.Mapping main = mainTable(manifest);
    Set<String> seen = new HashSet<>();
    List<Direct> out = new ArrayList<>();
    for (DeclaredDependency one : declared) {
      String name = Ecosystem.PYPI.normalize(one.name());
      Tree.Member member = one.scope() == Scope.RUNTIME ? member(main, name) : null;
      if (member != null) {
        if (seen.add(name)) {
          for (PoetryRequest request : PoetryRequest.of(member.value())) {
            needs(name, request, Set.of())
                .forEach(need -> out.add(new Direct(name, one.scope(), one.group(), need)));
          }
        }
      } else if (one.scope() != Scope.BUILD) {
        Set<String> extras = new LinkedHashSet<>();
        one.extras().forEach(extra -> extras.add(Ecosystem.PYPI.normalize(extra)));
        PoetryRequest request = new PoetryRequest(one.constraint(), extras, false, null);
        Node when =
            one.marker() == null
                ? algebra.always
                : algebra.of(Marker.parse(one.marker()), Set.of());
        for (Need need : needs(name, request, Set.of())) {
          Need conditional = new Need(need.target(), need.extras(), when);
          out.add(new Direct(name, one.scope(), one.group(), conditional));
        }
      }
    }
    return out;
  }

  /// Poetry's own table, where it is the one that declares; beside `[project.dependencies]` it only
  /// says where packages come from.
  private static Tree.@Nullable Mapping mainTable(Tree.Mapping manifest) {
    Tree.Mapping project = manifest.mapping("project");
    if (project != null && project.get("dependencies") != null) {
      return null;
    }
    Tree.Mapping tools = manifest.mapping("tool");
    Tree.Mapping poetry = tools == null ? null : tools.mapping("poetry");
    return poetry == null ? null : poetry.mapping("dependencies");
  }

  private static Tree.@Nullable Member member(Tree.@Nullable Mapping table, String normalized) {
    if (table != null) {
      for (Tree.Member member : table.members()) {
        if (Ecosystem.PYPI.normalize(member.name()).equals(normalized)) {
          return member;
        }
      }
    }
    return null;
  }
}

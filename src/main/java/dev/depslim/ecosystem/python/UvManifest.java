package dev.depslim.ecosystem.python;

import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.model.Ecosystem;
import dev.depslim.syntax.SyntaxException;
import dev.depslim.syntax.Toml;
import dev.depslim.syntax.Tree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A pyproject.toml as uv locks it.
///
/// @param path of the manifest
/// @param sources `[tool.uv.sources]` of the manifest and of the root of its workspace
record UvManifest(String path, Tree.Mapping root, Map<String, Tree> sources) {

  /// The manifest of a folder, or null where there is none that can be read.
  ///
  /// @param above that of the root of the workspace, or null for that itself
  static @Nullable UvManifest in(ProjectFiles files, String folder, @Nullable UvManifest above) {
    String path = Paths.below(folder, "pyproject.toml");
    byte[] bytes = files.read(path);
    if (bytes == null) {
      return null;
    }
    try {
      Tree.Mapping root = Toml.parse(bytes);
      Map<String, Tree> sources = new HashMap<>(above == null ? Map.of() : above.sources);
      UvManifest manifest = new UvManifest(path, root, sources);
      Tree.Mapping uv = manifest.uv();
      Tree.Mapping own = uv == null ? null : uv.mapping("sources");
      if (own != null) {
        own.members()
            .forEach(one -> sources.put(Ecosystem.PYPI.normalize(one.name()), one.value()));
      }
      return manifest;
    } catch (SyntaxException _) {
      return null;
    }
  }

  Tree.@Nullable Mapping project() {
    return root.mapping("project");
  }

  Tree.@Nullable Mapping uv() {
    Tree.Mapping tools = root.mapping("tool");
    return tools == null ? null : tools.mapping("uv");
  }

  /// Whether groups are for versions of Python of their own, which uv writes into their markers.
  boolean hasGroupPythons() {
    Tree.Mapping uv = uv();
    return uv != null && uv.mapping("dependency-groups") != null;
  }

  /// Whether something of the project is computed when it is built.
  boolean isDynamic(String field) {
    Tree.Mapping project = project();
    Tree.Sequence dynamic = project == null ? null : project.sequence("dynamic");
    return project == null || dynamic != null && dynamic.strings().contains(field);
  }

  /// The name after PEP 503, or null.
  @Nullable String name() {
    Tree.Mapping project = project();
    String name = project == null ? null : project.string("name");
    return name == null ? null : Ecosystem.PYPI.normalize(name);
  }

  /// The rows of a list of requirements.
  List<UvRow> rows(String place, @Nullable Tree list) {
    List<UvRow> out = new ArrayList<>();
    if (list instanceof Tree.Sequence sequence) {
      for (Tree item : sequence.items()) {
        UvRow row = UvRow.of(place, item, path, sources);
        if (row != null) {
          out.add(row);
        }
      }
    }
    return out;
  }

  /// The rows of `[project]`, those of each extra without what it takes from others.
  List<UvRow> projectRows() {
    List<UvRow> out = new ArrayList<>();
    Tree.Mapping project = project();
    if (project != null) {
      out.addAll(rows(UvRow.MAIN, project.get("dependencies")));
      Tree.Mapping extras = project.mapping("optional-dependencies");
      if (extras != null) {
        extras.members().forEach(one -> out.addAll(rows(UvRow.extra(one.name()), one.value())));
      }
    }
    String own = name();
    out.removeIf(row -> row.name().equals(own));
    return out;
  }

  /// What extras take from others of the same project (`app[a,b]`), as places and names.
  Set<String> takenByExtras() {
    Tree.Mapping project = project();
    Tree.Mapping extras = project == null ? null : project.mapping("optional-dependencies");
    Set<String> out = new LinkedHashSet<>();
    if (extras == null) {
      return out;
    }
    Map<String, List<UvRow>> byExtra = new LinkedHashMap<>();
    for (Tree.Member one : extras.members()) {
      byExtra.put(Ecosystem.PYPI.normalize(one.name()), rows(UvRow.extra(one.name()), one.value()));
    }
    byExtra.forEach((extra, rows) -> {
      Set<String> reached = new LinkedHashSet<>();
      follow(rows, byExtra, reached);
      for (String other : reached) {
        for (UvRow row : byExtra.getOrDefault(other, List.of())) {
          out.add(UvRow.extra(extra) + "\0" + row.name());
        }
      }
    });
    return out;
  }

  private void follow(List<UvRow> rows, Map<String, List<UvRow>> byExtra, Set<String> reached) {
    for (UvRow row : rows) {
      if (row.name().equals(name())) {
        for (String extra : row.extras()) {
          if (reached.add(extra)) {
            follow(byExtra.getOrDefault(extra, List.of()), byExtra, reached);
          }
        }
      }
    }
  }

  /// The rows of the dependency groups, each with those of the groups that it includes.
  List<UvRow> groupRows() {
    Map<String, Tree> groups = new LinkedHashMap<>();
    Tree.Mapping standard = root.mapping("dependency-groups");
    if (standard != null) {
      standard
          .members()
          .forEach(one -> groups.put(Ecosystem.PYPI.normalize(one.name()), one.value()));
    }
    List<UvRow> out = new ArrayList<>();
    groups.keySet().forEach(name -> collect(name, name, groups, new LinkedHashSet<>(), out));
    Tree.Mapping uv = uv();
    if (uv != null) {
      out.addAll(rows(UvRow.group("dev"), uv.get("dev-dependencies")));
    }
    return out;
  }

  private void collect(
      String group, String from, Map<String, Tree> groups, Set<String> seen, List<UvRow> out) {
    if (!seen.add(from) || !(groups.get(from) instanceof Tree.Sequence items)) {
      return;
    }
    out.addAll(rows(UvRow.group(group), items));
    for (Tree item : items.items()) {
      String included =
          item instanceof Tree.Mapping mapping ? mapping.string("include-group") : null;
      if (included != null) {
        collect(group, Ecosystem.PYPI.normalize(included), groups, seen, out);
      }
    }
    // `dev` takes in what tool.uv.dev-dependencies adds, where another group includes it
    Tree.Mapping uv = uv();
    if (uv != null && from.equals("dev") && !group.equals("dev")) {
      out.addAll(rows(UvRow.group(group), uv.get("dev-dependencies")));
    }
  }
}

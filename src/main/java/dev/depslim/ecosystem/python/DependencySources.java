package dev.depslim.ecosystem.python;

import dev.depslim.model.Ecosystem;
import dev.depslim.model.Origin;
import dev.depslim.syntax.Tree;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where packages come from that are declared by name: `[tool.uv.sources]`, and
/// `[tool.poetry.dependencies]` where it only enriches `[project]`.
final class DependencySources {
  private final Map<String, Origin> origins = new HashMap<>();

  private DependencySources() {}

  static DependencySources of(Tree.Mapping root) {
    DependencySources out = new DependencySources();
    Tree.Mapping tools = root.mapping("tool");
    Tree.Mapping uv = tools == null ? null : tools.mapping("uv");
    Tree.Mapping sources = uv == null ? null : uv.mapping("sources");
    if (sources != null) {
      out.read(sources);
    }
    Tree.Mapping poetry = tools == null ? null : tools.mapping("poetry");
    Tree.Mapping dependencies = poetry == null ? null : poetry.mapping("dependencies");
    if (dependencies != null && root.mapping("project") != null) {
      out.read(dependencies);
    }
    return out;
  }

  /// The origin of a package, or null where nothing is said.
  ///
  /// @param normalizedName after PEP 503
  @Nullable Origin origin(String normalizedName) {
    return origins.get(normalizedName);
  }

  private void read(Tree.Mapping table) {
    for (Tree.Member member : table.members()) {
      Tree value = member.value();
      if (value instanceof Tree.Sequence list && !list.items().isEmpty()) {
        value = list.items().getFirst();
      }
      Origin origin = value instanceof Tree.Mapping source ? of(source, "editable") : null;
      if (origin != null) {
        origins.put(Ecosystem.PYPI.normalize(member.name()), origin);
      }
    }
  }

  /// The origin that a table of uv or Poetry names, or null for a registry.
  ///
  /// @param link key that makes a folder a link to the user's own sources
  static @Nullable Origin of(Tree.Mapping source, String link) {
    if (source.get("git") != null) {
      return Origin.GIT;
    }
    if (source.isTrue("workspace")) {
      return Origin.WORKSPACE;
    }
    if (source.get("url") != null) {
      return Origin.URL;
    }
    if (source.get("path") != null || source.get("file") != null) {
      return source.isTrue(link) ? Origin.WORKSPACE : Origin.FILE;
    }
    return null;
  }
}

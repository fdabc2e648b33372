package dev.depslim.ecosystem.node;

import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.model.Location;
import dev.depslim.syntax.Json;
import dev.depslim.syntax.SyntaxException;
import dev.depslim.syntax.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A package.json as written, with places: what a lock is compared with.
record WrittenManifest(String path, Tree.Mapping root) {
  static final String RUNTIME = "dependencies";
  static final String DEVELOPMENT = "devDependencies";
  static final String OPTIONAL = "optionalDependencies";
  static final String PEERS = "peerDependencies";

  /// The manifest of a folder, or null where there is none that can be read: that is reported where
  /// it is read as a manifest.
  ///
  /// @param folder relative to the analysed root, `""` for the root
  static @Nullable WrittenManifest in(ProjectFiles files, String folder) {
    String path = folder.isEmpty() ? "package.json" : folder + "/package.json";
    byte[] bytes = files.read(path);
    if (bytes == null) {
      return null;
    }
    try {
      return Json.parse(bytes) instanceof Tree.Mapping root
          ? new WrittenManifest(path, root)
          : null;
    } catch (SyntaxException _) {
      return null;
    }
  }

  /// The rows of some sections, each section after the other; of a name that stands twice in one
  /// section the last row.
  List<StatedRow> rows(String... sections) {
    List<StatedRow> out = new ArrayList<>();
    for (String section : sections) {
      Tree.Mapping rows = root.mapping(section);
      if (rows != null) {
        Map<String, StatedRow> last = new LinkedHashMap<>();
        for (Tree.Member row : rows.members()) {
          if (!row.name().startsWith("//")
              && row.value() instanceof Tree.Scalar spec
              && spec.kind() == Tree.Kind.STRING) {
            last.put(row.name(), new StatedRow(section, row.name(), spec.text(), at(row)));
          }
        }
        out.addAll(last.values());
      }
    }
    return out;
  }

  /// The strings of an object below the fields of a path, such as `pnpm`, `overrides`.
  Map<String, StatedRow> strings(String... fields) {
    Tree.@Nullable Mapping at = root;
    for (String field : fields) {
      at = at == null ? null : at.mapping(field);
    }
    Map<String, StatedRow> out = new LinkedHashMap<>();
    if (at != null) {
      for (Tree.Member row : at.members()) {
        if (row.value() instanceof Tree.Scalar value && value.kind() == Tree.Kind.STRING) {
          String section = String.join(".", fields);
          out.put(row.name(), new StatedRow(section, row.name(), value.text(), at(row)));
        }
      }
    }
    return out;
  }

  /// The folder globs of the members of its workspace, as npm, Yarn and bun read them.
  List<String> workspaces() {
    Tree value = root.get("workspaces");
    if (value instanceof Tree.Mapping object) {
      value = object.get("packages");
    }
    return value instanceof Tree.Sequence globs ? globs.strings() : List.of();
  }

  /// The package's own name, or null.
  @Nullable String name() {
    return root.string("name");
  }

  /// Where a member stands.
  Location at(Tree.Member member) {
    return new Location(path, member.line(), member.column());
  }
}

package dev.depslim.ecosystem.python;

import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.ecosystem.python.PythonJson.Value;
import dev.depslim.model.Disagreement;
import dev.depslim.model.Disagreement.Outcome;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.Location;
import dev.depslim.syntax.SyntaxException;
import dev.depslim.syntax.Toml;
import dev.depslim.syntax.Tree;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whether a lock of Poetry says what its pyproject.toml says: its `content-hash` is the SHA-256 of
/// the parts of the manifest that decide what is locked (Poetry, `Locker._get_content_hash`).
///
/// Any form that a Poetry from 1.0 on writes will do.
final class PoetryAgreement {
  private static final List<String> LEGACY =
      List.of("dependencies", "source", "extras", "dev-dependencies");
  private static final List<String> PROJECT =
      List.of("requires-python", "dependencies", "optional-dependencies");

  private PoetryAgreement() {}

  /// The disagreements; none where no manifest lies beside the lock.
  static List<Disagreement> of(TomlLock toml, ProjectFiles files) {
    String path = Paths.below(toml.file().folder(), "pyproject.toml");
    Tree.Mapping metadata = toml.root().mapping("metadata");
    Tree.Member stated = metadata == null ? null : metadata.member("content-hash");
    byte[] bytes = files.read(path);
    if (bytes == null || stated == null || !(stated.value() instanceof Tree.Scalar hash)) {
      return List.of();
    }
    List<String> hashes = hashes(bytes);
    if (hashes.isEmpty() || hashes.contains(hash.text())) {
      return List.of();
    }
    PythonLock lock =
        new PythonLock(
            toml.file().path(), "poetry install", Outcome.REFUSES, repair(toml.file().bytes()));
    Location at = new Location(lock.path(), stated.line(), stated.column());
    HashedLock compared = new HashedLock(lock, path, at, hash.text(), hashes.getLast());
    return compared.compare(
        toml,
        required(toml),
        entry -> entry.mapping("source") == null ? entry.string("version") : null,
        bytes,
        files);
  }

  /// Names that locked packages require.
  private static Set<String> required(TomlLock lock) {
    Set<String> out = new HashSet<>();
    for (Tree.Mapping entry : lock.entries()) {
      Tree.Mapping dependencies = entry.mapping("dependencies");
      if (dependencies != null) {
        dependencies.members().forEach(member -> out.add(Ecosystem.PYPI.normalize(member.name())));
      }
    }
    return out;
  }

  /// Poetry before 2.0 updates everything unless it is told not to; the lock names its Poetry.
  private static String repair(byte[] lock) {
    String start = new String(lock, 0, Math.min(lock.length, 120), StandardCharsets.UTF_8);
    boolean old = start.contains("by Poetry 1.") || !start.contains("by Poetry ");
    return old ? "poetry lock --no-update" : "poetry lock";
  }

  /// The hashes that versions of Poetry compute, the newest last; empty where the manifest has no
  /// part of Poetry or cannot be read.
  static List<String> hashes(byte[] manifest) {
    Tree.Mapping root;
    try {
      root = Toml.parse(manifest);
    } catch (SyntaxException _) {
      return List.of();
    }
    Tree.Mapping tools = root.mapping("tool");
    Tree.Mapping poetry = tools == null ? null : tools.mapping("poetry");
    Tree.Mapping project = root.mapping("project");
    Tree.Mapping groups = root.mapping("dependency-groups");
    if (poetry == null && project == null) {
      return List.of();
    }
    List<String> out = new ArrayList<>();
    add(table(poetry, LEGACY, true, false), out);
    add(table(poetry, LEGACY, true, true), out);
    add(withProject(project, poetry, null), out);
    add(withProject(project, poetry, groups), out);
    return out;
  }

  private static void add(@Nullable Value value, List<String> hashes) {
    if (value != null) {
      hashes.add(PythonJson.sha256(value, false));
    }
  }

  private static @Nullable Value withProject(
      Tree.@Nullable Mapping project,
      Tree.@Nullable Mapping poetry,
      Tree.@Nullable Mapping groups) {
    Value.Fields relevant = table(project, PROJECT, false, false);
    boolean grouped = groups != null && !groups.members().isEmpty();
    if (relevant == null || relevant.fields().isEmpty() && !grouped) {
      return null;
    }
    Value.Fields tool = table(poetry, LEGACY, false, true);
    Value.Fields out = new Value.Fields();
    if (!relevant.fields().isEmpty()) {
      out.with("project", relevant);
    }
    if (groups != null && grouped) {
      Value value = Value.of(groups);
      if (value == null) {
        return null;
      }
      out.with("dependency-groups", value);
    }
    return tool == null ? null : out.with("tool", new Value.Fields().with("poetry", tool));
  }

  /// Some keys of a table.
  ///
  /// @param withAbsent whether keys that are not there are null
  /// @param withGroup whether the groups of Poetry count too
  private static Value.@Nullable Fields table(
      Tree.@Nullable Mapping table, List<String> keys, boolean withAbsent, boolean withGroup) {
    Value.Fields out = new Value.Fields();
    List<String> all = new ArrayList<>(keys);
    if (withGroup) {
      all.add("group");
    }
    for (String key : all) {
      Tree tree = table == null ? null : table.get(key);
      if (tree == null) {
        if (withAbsent && !key.equals("group")) {
          out.with(key, Value.NULL);
        }
        continue;
      }
      Value value = Value.of(tree);
      if (value == null) {
        return null;
      }
      out.with(key, value);
    }
    return out;
  }
}

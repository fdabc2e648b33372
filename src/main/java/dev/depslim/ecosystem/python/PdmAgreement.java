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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whether a lock of PDM says what its pyproject.toml says: its `content_hash` is the SHA-256 of
/// the parts of the manifest that decide what is locked (PDM, `PyProject.content_hash`).
///
/// Any form that a PDM from 2.0 on writes will do.
final class PdmAgreement {
  private PdmAgreement() {}

  /// The disagreements; none where no manifest lies beside the lock.
  static List<Disagreement> of(TomlLock toml, ProjectFiles files) {
    String path = Paths.below(toml.file().folder(), "pyproject.toml");
    Tree.Mapping metadata = toml.root().mapping("metadata");
    Tree.Member stated = metadata == null ? null : metadata.member("content_hash");
    byte[] bytes = files.read(path);
    if (bytes == null || stated == null || !(stated.value() instanceof Tree.Scalar hash)) {
      return List.of();
    }
    List<String> hashes = hash.text().startsWith("sha256:") ? hashes(bytes) : List.of();
    String text = hash.text().substring(hash.text().indexOf(':') + 1);
    if (hashes.isEmpty() || hashes.contains(text)) {
      return List.of();
    }
    PythonLock lock =
        new PythonLock(
            toml.file().path(), "pdm install --check", Outcome.REFUSES, "pdm lock --update-reuse");
    Location at = new Location(lock.path(), stated.line(), stated.column());
    HashedLock compared = new HashedLock(lock, path, at, text, hashes.getFirst());
    return compared.compare(toml, required(toml), PdmAgreement::version, bytes, files);
  }

  /// The version of a package that a registry has; null of any other one.
  private static @Nullable String version(Tree.Mapping entry) {
    boolean registry =
        entry.string("git") == null && entry.string("path") == null && entry.string("url") == null;
    return registry ? entry.string("version") : null;
  }

  /// Names that locked packages require; an entry with extras requires the plain one.
  private static Set<String> required(TomlLock lock) {
    Set<String> out = new HashSet<>();
    for (Tree.Mapping entry : lock.entries()) {
      Tree.Sequence dependencies = entry.sequence("dependencies");
      if (dependencies != null) {
        String own = Ecosystem.PYPI.normalize(TomlLock.name(entry));
        for (String dependency : dependencies.strings()) {
          String name = Requirement.nameIn(dependency);
          if (!name.equals(own)) {
            out.add(name);
          }
        }
      }
    }
    return out;
  }

  /// The hashes that versions of PDM compute, the newest first; empty where the manifest cannot be
  /// read.
  static List<String> hashes(byte[] manifest) {
    Tree.Mapping root;
    try {
      root = Toml.parse(manifest);
    } catch (SyntaxException _) {
      return List.of();
    }
    Tree.Mapping tools = root.mapping("tool");
    Tree.Mapping pdm = tools == null ? null : tools.mapping("pdm");
    Tree.Mapping project = root.mapping("project");
    Tree.Mapping resolution = pdm == null ? null : pdm.mapping("resolution");
    Value dev = get(pdm, "dev-dependencies", new Value.Fields());
    Value groups = groups(root, pdm);
    List<String> out = new ArrayList<>();
    for (Value development : new Value[] {groups, dev}) {
      Value whole = get(pdm, "resolution", new Value.Fields());
      Value overrides = get(resolution, "overrides", new Value.Fields());
      add(pdm, project, development, "resolution", whole, out);
      add(pdm, project, development, "overrides", overrides, out);
    }
    return out;
  }

  private static void add(
      Tree.@Nullable Mapping pdm,
      Tree.@Nullable Mapping project,
      @Nullable Value development,
      String key,
      @Nullable Value resolution,
      List<String> hashes) {
    Value sources = get(pdm, "source", new Value.Items(List.of()));
    Value dependencies = get(project, "dependencies", new Value.Items(List.of()));
    Value optional = get(project, "optional-dependencies", new Value.Fields());
    Value python = get(project, "requires-python", new Value.Text(""));
    if (development == null
        || resolution == null
        || sources == null
        || dependencies == null
        || optional == null
        || python == null) {
      return;
    }
    Value.Fields fields =
        new Value.Fields()
            .with("sources", sources)
            .with("dependencies", dependencies)
            .with("dev-dependencies", development)
            .with("optional-dependencies", optional)
            .with("requires-python", python)
            .with(key, resolution);
    hashes.add(PythonJson.sha256(fields, false));
  }

  private static @Nullable Value get(Tree.@Nullable Mapping table, String key, Value otherwise) {
    Tree tree = table == null ? null : table.get(key);
    return tree == null ? otherwise : Value.of(tree);
  }

  /// The groups of both tables, with normalised names; what stands in both is one list.
  private static @Nullable Value groups(Tree.Mapping root, Tree.@Nullable Mapping pdm) {
    Value.Fields out = new Value.Fields();
    Tree.Mapping standard = root.mapping("dependency-groups");
    Tree.Mapping own = pdm == null ? null : pdm.mapping("dev-dependencies");
    for (Tree.@Nullable Mapping table : new Tree.@Nullable Mapping[] {standard, own}) {
      if (table == null) {
        continue;
      }
      for (Tree.Member member : table.members()) {
        String name = Ecosystem.PYPI.normalize(member.name());
        Value value = Value.of(member.value());
        if (value == null) {
          return null;
        }
        Value before = out.fields().get(name);
        if (before instanceof Value.Items first && value instanceof Value.Items second) {
          List<Value> both = new ArrayList<>(first.items());
          both.addAll(second.items());
          value = new Value.Items(both);
        }
        out.with(name, value);
      }
    }
    return out;
  }
}

package dev.depslim.ecosystem.python;

import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.ecosystem.SourceFile;
import dev.depslim.ecosystem.python.PythonJson.Value;
import dev.depslim.model.Disagreement;
import dev.depslim.model.Disagreement.Outcome;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.Location;
import dev.depslim.syntax.SyntaxException;
import dev.depslim.syntax.Toml;
import dev.depslim.syntax.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whether a Pipfile.lock says what its Pipfile says: its hash is the SHA-256 of all that the
/// Pipfile says of packages, sources and the version of Python (plette, `Pipfile.get_hash`), since
/// 2026 with the names of packages normalised. Either form will do.
final class PipfileAgreement {
  private static final Set<String> NO_CATEGORIES =
      Set.of(
          "source",
          "packages",
          "dev-packages",
          "requires",
          "scripts",
          "pipfile",
          "pipenv",
          "default",
          "develop");

  private PipfileAgreement() {}

  /// The disagreements; none where no Pipfile lies beside the lock.
  static List<Disagreement> of(SourceFile file, Tree.Mapping document, ProjectFiles files) {
    String path = Paths.below(file.folder(), "Pipfile");
    Tree.Mapping meta = document.mapping("_meta");
    Tree.Mapping hashes = meta == null ? null : meta.mapping("hash");
    Tree.Member stated = hashes == null ? null : hashes.member("sha256");
    byte[] bytes = files.read(path);
    if (bytes == null
        || meta == null
        || stated == null
        || !(stated.value() instanceof Tree.Scalar hash)) {
      return List.of();
    }
    List<String> computed = hashes(bytes, meta.get("sources"));
    if (computed.isEmpty() || computed.contains(hash.text())) {
      return List.of();
    }
    PythonLock lock =
        new PythonLock(file.path(), "pipenv install --deploy", Outcome.REFUSES, "pipenv lock");
    Location at = new Location(lock.path(), stated.line(), stated.column());
    HashedLock compared = new HashedLock(lock, path, at, hash.text(), computed.getFirst());
    for (Tree.Member section : document.members()) {
      if (!section.name().equals("_meta") && section.value() instanceof Tree.Mapping packages) {
        packages.members().forEach(member -> add(section.name(), member, compared));
      }
    }
    return compared.compare(
        new Pipfile().read(new SourceFile(path, bytes), files).dependencies(),
        PipfileLock::lockedSection);
  }

  /// Pipenv writes `index` to what the Pipfile itself names.
  private static void add(String section, Tree.Member member, HashedLock compared) {
    if (member.value() instanceof Tree.Mapping entry) {
      String written = entry.string("version");
      String version =
          written != null && written.startsWith("==") ? written.substring(2).strip() : null;
      boolean named = entry.get("index") != null;
      compared.add(new HashedLock.Entry(section, member.name(), version, member.line(), named));
    }
  }

  /// The hashes of both forms, the newer first; empty where the Pipfile cannot be read.
  ///
  /// @param locked the sources of the lock, which stand for those of a Pipfile that names none
  static List<String> hashes(byte[] manifest, @Nullable Tree locked) {
    Tree.Mapping root;
    try {
      root = Toml.parse(manifest);
    } catch (SyntaxException _) {
      return List.of();
    }
    List<String> out = new ArrayList<>();
    for (boolean normalized : new boolean[] {true, false}) {
      Tree source = root.get("source") == null ? locked : root.get("source");
      Value sources = source == null ? new Value.Fields() : Value.of(source);
      Value requires = section(root.get("requires"), false);
      Value.Fields data = new Value.Fields();
      if (sources == null || requires == null) {
        return List.of();
      }
      data.with("_meta", new Value.Fields().with("sources", sources).with("requires", requires));
      data.with("default", empty(section(root.get("packages"), normalized)));
      data.with("develop", empty(section(root.get("dev-packages"), normalized)));
      for (Tree.Member member : root.members()) {
        if (!NO_CATEGORIES.contains(member.name())) {
          data.with(member.name(), empty(section(member.value(), normalized)));
        }
      }
      out.add(PythonJson.sha256(data, true));
    }
    return out;
  }

  private static Value empty(@Nullable Value value) {
    return value == null ? new Value.Fields() : value;
  }

  private static @Nullable Value section(@Nullable Tree tree, boolean normalized) {
    Value value = tree == null ? new Value.Fields() : Value.of(tree);
    if (!normalized || !(value instanceof Value.Fields fields)) {
      return value;
    }
    Value.Fields out = new Value.Fields();
    fields.fields().forEach((name, one) -> out.with(Ecosystem.PYPI.normalize(name), one));
    return out;
  }
}

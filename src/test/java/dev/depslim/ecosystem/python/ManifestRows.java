package dev.depslim.ecosystem.python;

import dev.depslim.ecosystem.ManifestReader;
import dev.depslim.model.DeclaredDependency;
import dev.depslim.model.Manifest;
import java.util.List;

/// What a manifest declares, one line each: `line:column name constraint scope group` and, where
/// there is one, `; marker`, extras in brackets, and an origin other than the registry.
final class ManifestRows {
  private ManifestRows() {}

  static Manifest read(ManifestReader reader, MemoryFiles files, String path) {
    return reader.read(files.file(path), files);
  }

  static List<String> of(Manifest manifest) {
    return manifest.dependencies().stream().map(ManifestRows::row).toList();
  }

  private static String row(DeclaredDependency one) {
    return one.location().line()
        + ":"
        + one.location().column()
        + " "
        + one.name()
        + (one.extras().isEmpty() ? "" : one.extras())
        + " "
        + one.constraint()
        + " "
        + one.scope()
        + " "
        + one.group()
        + (one.marker() == null ? "" : " ; " + one.marker())
        + (one.origin() == dev.depslim.model.Origin.REGISTRY ? "" : " " + one.origin());
  }

  static List<String> issues(Manifest manifest) {
    return manifest.issues().stream().map(Object::toString).toList();
  }
}

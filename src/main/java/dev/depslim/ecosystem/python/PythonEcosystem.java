package dev.depslim.ecosystem.python;

import dev.depslim.ecosystem.LockfileReader;
import dev.depslim.ecosystem.ManifestReader;
import dev.depslim.ecosystem.ManifestWriter;
import java.util.List;

/// The formats of Python that are read. A new one is a class of this package and a line here.
public final class PythonEcosystem {
  private PythonEcosystem() {}

  /// Readers of manifests.
  public static List<ManifestReader> manifests() {
    return List.of(
        new TargetedManifest(new PyprojectToml()),
        new TargetedManifest(new Pipfile()),
        new TargetedManifest(new SetupCfg()),
        new TargetedManifest(new SetupPy()),
        new TargetedManifest(new CondaEnvironment()),
        new TargetedManifest(new RequirementsFile()));
  }

  /// Writers of slim forms.
  public static List<ManifestWriter> writers() {
    return List.of(new PythonWriter());
  }

  /// Readers of lock files.
  public static List<LockfileReader> lockfiles() {
    return List.of(
        new UvLock(),
        new PoetryLock(),
        new PdmLock(),
        new PipfileLock(),
        new PylockToml(),
        new CompiledRequirements());
  }
}

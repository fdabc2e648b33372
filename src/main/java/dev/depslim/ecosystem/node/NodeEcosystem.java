package dev.depslim.ecosystem.node;

import dev.depslim.ecosystem.LockfileReader;
import dev.depslim.ecosystem.ManifestReader;
import dev.depslim.ecosystem.ManifestWriter;
import java.util.List;

/// Every format of Node that is read. A new one is one class in this package and one line here.
public final class NodeEcosystem {
  private NodeEcosystem() {}

  /// The manifests.
  public static List<ManifestReader> manifests() {
    return List.of(new PackageJson(), new PnpmWorkspace());
  }

  /// The lock files; where two lie side by side, the reader says which one counts.
  public static List<LockfileReader> lockfiles() {
    return List.of(
        new PackageLock(), new PnpmLock(), new YarnLock(), new BunLock(), new BunLockb());
  }

  /// The writer of slim forms.
  public static List<ManifestWriter> writers() {
    return List.of(new NpmWriter());
  }
}

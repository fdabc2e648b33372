package dev.depslim.project;

import dev.depslim.ecosystem.LockfileReader;
import dev.depslim.ecosystem.ManifestReader;
import java.util.List;

/// The file formats that are read, in the order in which they are asked.
public record Formats(List<ManifestReader> manifests, List<LockfileReader> lockfiles) {
  public Formats {
    manifests = List.copyOf(manifests);
    lockfiles = List.copyOf(lockfiles);
  }
}

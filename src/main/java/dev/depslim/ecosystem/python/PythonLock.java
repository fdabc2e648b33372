package dev.depslim.ecosystem.python;

import dev.depslim.model.Confidence;
import dev.depslim.model.Disagreement;
import dev.depslim.model.Disagreement.Outcome;
import dev.depslim.model.Location;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A lock of Python that is compared with its manifests.
///
/// @param path of the lock
/// @param install a command that installs from lock and manifest
/// @param outcome what that does where they disagree
/// @param repair the command that brings the lock up to date
record PythonLock(String path, String install, Outcome outcome, String repair) {
  /// Its path, as messages name it.
  String name() {
    return path;
  }

  /// Its folder, `""` for the root.
  String folder() {
    return Paths.folder(path);
  }

  /// A disagreement of this lock.
  Disagreement of(@Nullable String subject, Location location, String what, List<String> evidence) {
    return new Disagreement(
        path, subject, location, what, install, outcome, repair, Confidence.CERTAIN, evidence);
  }
}

package dev.depslim.ecosystem.node;

import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.model.Confidence;
import dev.depslim.model.Disagreement;
import dev.depslim.model.Disagreement.Outcome;
import dev.depslim.model.Location;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A lock of Node that is compared with its manifests.
///
/// @param path of the lock
/// @param install the command that compares them before it installs
/// @param repair the command that brings the lock up to date
record NodeLock(String path, String install, String repair) {
  /// Its path, as messages name it.
  String name() {
    return path;
  }

  /// The same disagreements without those about packages that Lerna links.
  static List<Disagreement> withoutLinked(
      List<Disagreement> found, ProjectFiles files, String folder) {
    if (found.isEmpty()) {
      return found;
    }
    Set<String> linked = Workspaces.linkedByLerna(files, folder);
    return linked.isEmpty()
        ? found
        : found.stream().filter(one -> !linked.contains(String.valueOf(one.name()))).toList();
  }

  /// Its folder, `""` for the root.
  String folder() {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }

  /// The folder of one of its projects, relative to the analysed root.
  String folder(String project) {
    return OwnPackages.resolve(folder(), project);
  }

  /// What a change is to the user.
  ///
  /// @param manifestPath the manifest that is compared
  Disagreement disagreement(
      SectionChange change, String manifestPath, boolean refused, List<String> evidence) {
    StatedRow row = change.manifest() == null ? change.locked() : change.manifest();
    return of(
        change.name(),
        row == null ? Location.of(path) : row.location(),
        change.what(manifestPath, name()),
        refused,
        evidence);
  }

  /// A disagreement of this lock.
  Disagreement of(
      @Nullable String subject,
      Location location,
      String what,
      boolean refused,
      List<String> evidence) {
    Outcome outcome = refused ? Outcome.REFUSES : Outcome.FOLLOWS_MANIFEST;
    return new Disagreement(
        path, subject, location, what, install, outcome, repair, Confidence.CERTAIN, evidence);
  }
}

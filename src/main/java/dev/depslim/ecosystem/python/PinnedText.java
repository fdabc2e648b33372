package dev.depslim.ecosystem.python;

import dev.depslim.ecosystem.SlimForm.Installed;
import dev.depslim.ecosystem.python.PinnedClosure.Found;
import dev.depslim.ecosystem.python.PinnedLock.Pin;
import dev.depslim.ecosystem.python.PinnedLock.Source;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.MinimizePlan.Decision;
import dev.depslim.model.MinimizePlan.ProjectPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes a requirement file that pins everything that a lock brings for some dependencies.
final class PinnedText {
  /// Begins the line of such a file that says that pip must not resolve anything itself.
  static final String NO_DEPENDENCIES = "# Install it with: pip install --no-deps -r ";

  private final ProjectPlan plan;
  private final PinnedLock lock;
  private final String manifest;
  private final List<Found> found;
  private final MarkerText markers;
  private final Map<String, String> folders = new HashMap<>();
  private final StringBuilder out = new StringBuilder();
  private final List<Installed> installs = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final Set<String> built = new HashSet<>();

  /// @param manifest its file name
  /// @param found what is pinned, the user's own packages among it
  PinnedText(
      ProjectPlan plan,
      PinnedLock lock,
      String manifest,
      List<Found> found,
      MarkerAlgebra algebra) {
    this.plan = plan;
    this.manifest = manifest;
    this.lock = lock;
    this.found = found;
    this.markers = new MarkerText(algebra, lock.python());
    folders.put("", "");
    for (Found one : found) {
      if (one.pin().source() instanceof Source.Folder folder) {
        folders.put(Ecosystem.PYPI.normalize(one.pin().name()), folder.path());
      }
    }
  }

  List<Installed> installs() {
    return installs;
  }

  List<String> notes() {
    return notes;
  }

  /// Normalised names of what the lock has no wheel of.
  Set<String> built() {
    return built;
  }

  /// The text of the file.
  ///
  /// @param options lines that come first, such as an index
  String write(String name, List<String> options) {
    header(name);
    options.forEach(line -> out.append(line).append('\n'));
    if (!options.isEmpty()) {
      out.append('\n');
    }
    boolean hashes = withHashes();
    for (Found one : found) {
      if (!(one.pin().source() instanceof Source.Folder)) {
        pin(one, hashes);
      }
    }
    return out.toString();
  }

  private void header(String name) {
    String project = plan.name() == null ? "this project" : plan.name();
    out.append("# What ").append(project).append(" needs in production, pinned as in ");
    out.append(lock.path()).append(".\n");
    if (!lock.overridden().isEmpty()) {
      out.append(NO_DEPENDENCIES).append(name).append('\n');
      notes.add(
          lock.path()
              + " overrides versions, which pip alone would refuse: install "
              + name
              + " with --no-deps.");
    }
    for (Decision decision : plan.decisions()) {
      if (decision.drops() && decision.dependency().inProduction()) {
        out.append("# Left out: ").append(decision.dependency().name());
        out.append(" (").append(RequirementsLines.reason(decision)).append(")\n");
      }
    }
    out.append('\n');
  }

  /// pip takes either none, or one for every package and no repository.
  private boolean withHashes() {
    boolean any = false;
    List<String> without = new ArrayList<>();
    for (Found one : found) {
      Pin pin = one.pin();
      switch (pin.source()) {
        case Source.Folder _ -> {}
        case Source.Registry _, Source.Archive _ -> {
          any = true;
          addIf(pin.hashes().isEmpty(), pin.name(), without);
        }
        case Source.Url url -> {
          any = true;
          addIf(url.repository() || pin.hashes().isEmpty(), pin.name(), without);
        }
      }
    }
    if (any && !without.isEmpty()) {
      notes.add(
          "The file has no hashes, for pip wants them for all packages or none and "
              + lock.path()
              + " has none that pip could check for "
              + String.join(", ", without)
              + ".");
    }
    return any && without.isEmpty();
  }

  private static void addIf(boolean condition, String name, List<String> out) {
    if (condition) {
      out.add(name);
    }
  }

  private void pin(Found one, boolean hashes) {
    Pin pin = one.pin();
    Marker marker = markers.of(one.when());
    String name = Ecosystem.PYPI.normalize(pin.name());
    line(requirement(name, "", pin), marker, hashes ? pin.hashes() : List.of());
    if (hashes && !one.extras().isEmpty()) {
      // Other packages ask for it with extras and without, and to pip these are two: it takes the
      // hashes of one for the other from some version on, and in one direction only.
      String extras = "[" + String.join(",", one.extras()) + "]";
      line(requirement(name + extras, extras, pin), marker, pin.hashes());
    }
    if (!one.requiredBy().isEmpty()) {
      List<String> by = new ArrayList<>();
      for (String source : one.requiredBy()) {
        String folder = folders.get(source);
        by.add(folder == null ? source : "-r " + Paths.below(folder, manifest));
      }
      out.append("    # via ").append(String.join(", ", by)).append('\n');
    }
    installs.add(new Installed(name, version(pin), null, marker != null));
    if (pin.sourceOnly()) {
      built.add(name);
      notes.add(name + " has no wheel in " + lock.path() + ": pip builds it when it installs.");
    }
  }

  private void line(String requirement, @Nullable Marker marker, List<String> hashes) {
    out.append(requirement);
    if (marker != null) {
      out.append(" ; ").append(marker);
    }
    for (String hash : hashes) {
      out.append(" \\\n    --hash=").append(hash);
    }
    out.append('\n');
  }

  private static String requirement(String name, String extras, Pin pin) {
    return switch (pin.source()) {
      case Source.Registry _ -> name + "==" + pin.version();
      case Source.Url url -> name + " @ " + url.url();
      case Source.Archive archive -> "./" + archive.path() + extras;
      case Source.Folder folder -> "./" + folder.path() + extras;
    };
  }

  static @Nullable String version(Pin pin) {
    Version version = pin.version() == null ? null : Version.parse(pin.version());
    return version == null ? pin.version() : version.toString();
  }
}

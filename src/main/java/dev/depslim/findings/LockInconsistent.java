package dev.depslim.findings;

import dev.depslim.model.Dependency;
import dev.depslim.model.Disagreement;
import dev.depslim.model.Disagreement.Outcome;
import dev.depslim.model.Finding;
import dev.depslim.model.PackageSelector;
import dev.depslim.model.Project;
import dev.depslim.model.Purl;
import dev.depslim.model.Severity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// `lock-inconsistent`: a lock does not say what its manifest says. An error where the package
/// manager refuses to install from the two or installs something else than the manifest asks for,
/// else a warning.
public final class LockInconsistent implements ProjectFinding {
  /// Id of the finding.
  public static final String ID = "lock-inconsistent";

  @Override
  public Stream<Finding> find(Project project, List<PackageSelector> forbidden) {
    Map<String, Dependency> declared = new HashMap<>();
    if (!project.disagreements().isEmpty()) {
      project
          .dependencies()
          .forEach(it -> declared.putIfAbsent(project.ecosystem().normalize(it.name()), it));
    }
    return project.disagreements().stream()
        .map(one -> {
          String name = one.name();
          return finding(
              project,
              one,
              name == null ? null : declared.get(project.ecosystem().normalize(name)));
        });
  }

  private static Finding finding(Project project, Disagreement one, @Nullable Dependency declared) {
    String name = one.name();
    List<String> evidence = new ArrayList<>(one.evidence());
    evidence.add("lock: " + one.lockfile());
    return new Finding(
        ID,
        one.outcome() == Outcome.FOLLOWS_MANIFEST ? Severity.WARNING : Severity.ERROR,
        one.confidence(),
        subject(project, one, declared),
        about(declared),
        one.location(),
        (name == null ? "" : name + ": ")
            + one.what()
            + ": '"
            + one.install()
            + switch (one.outcome()) {
              case REFUSES -> "' refuses it";
              case FOLLOWS_LOCK -> "' installs what the lock says";
              case FOLLOWS_MANIFEST -> "' accepts it";
            }
            + "; run '"
            + one.repair()
            + "'",
        null,
        evidence);
  }

  private static String subject(Project project, Disagreement one, @Nullable Dependency declared) {
    if (declared != null) {
      return declared.purl();
    }
    String name = one.name();
    return name == null ? one.lockfile() : Purl.of(project.ecosystem(), name, null);
  }

  private static Finding.@Nullable PackageRef about(@Nullable Dependency declared) {
    return declared == null
        ? null
        : new Finding.PackageRef(
            declared.ecosystem(),
            declared.packageName(),
            declared.version(),
            declared.classification(),
            null,
            null);
  }
}

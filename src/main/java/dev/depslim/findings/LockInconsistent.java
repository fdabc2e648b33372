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
import java.util.List;
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
    return project.disagreements().stream().map(one -> finding(project, one));
  }

  private static Finding finding(Project project, Disagreement one) {
    String name = one.name();
    Dependency declared = name == null ? null : declared(project, name);
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

  private static @Nullable Dependency declared(Project project, String name) {
    String wanted = project.ecosystem().normalize(name);
    for (Dependency dependency : project.dependencies()) {
      if (project.ecosystem().normalize(dependency.name()).equals(wanted)) {
        return dependency;
      }
    }
    return null;
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

package dev.depslim.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What of an analysis is compared with another one: all of it is in a JSON report, so that an
/// earlier report is as good as the folder that it was made of.
///
/// @param kind where it comes from: `folder` or `report`
/// @param locks with their graphs; empty where an earlier report has none
/// @param issues what could not be read
public record Snapshot(
    String kind,
    List<ProjectState> projects,
    List<PricedLock> locks,
    List<FindingState> findings,
    List<Issue> issues) {
  public Snapshot {
    projects = List.copyOf(projects);
    locks = List.copyOf(locks);
    findings = List.copyOf(findings);
    issues = List.copyOf(issues);
  }

  /// A project.
  ///
  /// @param lockfiles their paths
  public record ProjectState(
      String path,
      Ecosystem ecosystem,
      @Nullable String name,
      List<String> lockfiles,
      List<Declared> declared,
      List<Resolved> resolved) {
    public ProjectState {
      lockfiles = List.copyOf(lockfiles);
      declared = List.copyOf(declared);
      resolved = List.copyOf(resolved);
    }
  }

  /// A declared dependency.
  ///
  /// @param sections where it is declared, in the order of path and line
  public record Declared(
      String name,
      String constraint,
      @Nullable String version,
      Category category,
      String label,
      List<Section> sections) {
    public Declared {
      sections = List.copyOf(sections);
    }

    /// Whether a plain production install brings it because of any of its sections.
    public boolean inProduction() {
      return sections.stream().anyMatch(Section::inProduction);
    }
  }

  /// A place of a manifest that declares.
  public record Section(
      Location location, Scope scope, @Nullable String group, @Nullable String marker) {
    boolean inProduction() {
      return DeclaredDependency.inProduction(scope, group, marker);
    }

    /// Whether both say the same, on whatever line.
    public boolean isLike(Section other) {
      return location.path().equals(other.location.path())
          && scope == other.scope
          && java.util.Objects.equals(group, other.group)
          && java.util.Objects.equals(marker, other.marker);
    }
  }

  /// A resolved package.
  public record Resolved(
      String name,
      @Nullable String version,
      Scope scope,
      Category category,
      String label,
      boolean direct,
      String lockfile) {}

  /// A finding.
  ///
  /// @param subject a package name or package URL
  /// @param category of the package that it is about, or null
  /// @param broughtBy the declared dependency that brings a transitive package, or null
  public record FindingState(
      String rule,
      Severity severity,
      Confidence confidence,
      String subject,
      Location location,
      String message,
      @Nullable Category category,
      @Nullable String broughtBy) {}

  /// What of an analysis of a folder is compared. Findings of images are left out: they say nothing
  /// of the folder.
  public static Snapshot of(Analysis analysis) {
    List<String> images = analysis.images().stream().map(ImageReport::reference).toList();
    return new Snapshot(
        "folder",
        analysis.projects().stream().map(Snapshot::project).toList(),
        analysis.locks(),
        analysis.findings().stream()
            .map(Snapshot::finding)
            .filter(finding -> isCompared(finding, images))
            .toList(),
        analysis.issues().stream()
            .filter(issue -> !images.contains(issue.location().path()))
            .toList());
  }

  /// Whether a finding is about the folder, and not about an image or the policy.
  public static boolean isCompared(FindingState finding, List<String> images) {
    return !finding.rule().equals("not-in-image")
        && !finding.rule().equals("stale-policy-entry")
        && !images.contains(finding.location().path());
  }

  private static ProjectState project(Project project) {
    return new ProjectState(
        project.path(),
        project.ecosystem(),
        project.name(),
        project.lockfiles().stream().map(Project.LockfileFile::path).toList(),
        project.dependencies().stream().map(Snapshot::declared).toList(),
        project.resolved().stream().map(Snapshot::resolved).toList());
  }

  private static Declared declared(Dependency it) {
    return new Declared(
        it.name(),
        it.constraint(),
        it.version(),
        it.classification().category(),
        it.classification().label(),
        it.declarations().stream()
            .map(one -> new Section(at(one.location()), one.scope(), one.group(), one.marker()))
            .toList());
  }

  /// Reports know no columns.
  private static Location at(Location location) {
    return Location.of(location.path(), location.line());
  }

  private static Resolved resolved(ResolvedPackage it) {
    return new Resolved(
        it.name(),
        it.version(),
        it.scope(),
        it.classification().category(),
        it.classification().label(),
        it.direct(),
        it.lockfile());
  }

  /// A finding as it is compared and as Markdown shows it.
  public static FindingState finding(Finding it) {
    Finding.PackageRef about = it.about();
    return new FindingState(
        it.rule(),
        it.severity(),
        it.confidence(),
        it.subject(),
        at(it.location()),
        it.message(),
        about == null ? null : about.classification().category(),
        about == null ? null : about.broughtBy());
  }
}

package dev.depslim.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the slim form of each project keeps and what it leaves out, and why. Pure data: nothing is
/// written yet.
///
/// @param excluded categories that production shall not hold
/// @param excludedWritten whether the user wrote that list; the default list only asks for reviews
/// @param projects sorted by path and ecosystem
public record MinimizePlan(
    List<Category> excluded, boolean excludedWritten, List<ProjectPlan> projects) {
  public MinimizePlan {
    excluded = List.copyOf(excluded);
    projects = List.copyOf(projects);
  }

  /// The plan for one project.
  ///
  /// @param path folder of the project relative to the analysed root, `.` for the root itself
  /// @param manifests the manifests it is made of, relative to the analysed root
  /// @param lockfiles the locks that resolve it, relative to the analysed root: its own, else that
  ///   of the workspace it belongs to
  /// @param decisions one for each declared name, sorted by name
  /// @param members plans of the workspace members that its own lock serves too, sorted by path:
  ///   what is written of them is part of this project's form, and none is made for them alone
  public record ProjectPlan(
      String path,
      Ecosystem ecosystem,
      @Nullable String name,
      List<Project.ManifestFile> manifests,
      List<Project.LockfileFile> lockfiles,
      List<Decision> decisions,
      List<ProjectPlan> members) {
    public ProjectPlan {
      manifests = List.copyOf(manifests);
      lockfiles = List.copyOf(lockfiles);
      decisions = List.copyOf(decisions);
      members = List.copyOf(members);
    }

    /// A project without workspace members.
    public ProjectPlan(
        String path,
        Ecosystem ecosystem,
        @Nullable String name,
        List<Project.ManifestFile> manifests,
        List<Project.LockfileFile> lockfiles,
        List<Decision> decisions) {
      this(path, ecosystem, name, manifests, lockfiles, decisions, List.of());
    }

    /// The decision on a declared name (an alias, where there is one), or null where none declares
    /// it; spellings are compared as the ecosystem does.
    public @Nullable Decision decision(String declaredName) {
      for (Decision decision : decisions) {
        if (decision.dependency().name().equals(declaredName)) {
          return decision; // as it mostly is written, and quicker to see among very many
        }
      }
      String wanted = ecosystem.normalize(declaredName);
      for (Decision decision : decisions) {
        if (ecosystem.normalize(decision.dependency().name()).equals(wanted)) {
          return decision;
        }
      }
      return null;
    }

    /// Whether the slim form leaves a declared name out.
    public boolean drops(String declaredName) {
      Decision decision = decision(declaredName);
      return decision != null && decision.drops();
    }
  }

  /// What becomes of one declared name.
  ///
  /// @param dependency with all lines that declare it
  /// @param verdict what the plan does and why: DROP and MOVE_TO_DEV leave the slim form, KEEP,
  ///   REVIEW and MOVE_TO_PROD stay in it
  public record Decision(Dependency dependency, Verdict verdict) {
    /// Whether the slim form leaves it out.
    public boolean drops() {
      return switch (verdict.action()) {
        case DROP, MOVE_TO_DEV -> true;
        case KEEP, REVIEW, MOVE_TO_PROD -> false;
      };
    }
  }
}

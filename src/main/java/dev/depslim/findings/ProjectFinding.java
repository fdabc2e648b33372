package dev.depslim.findings;

import dev.depslim.model.Finding;
import dev.depslim.model.PackageSelector;
import dev.depslim.model.Project;
import java.util.List;
import java.util.stream.Stream;

/// Finds one kind of thing that should be otherwise in a project.
public interface ProjectFinding {
  /// All of this project.
  ///
  /// @param forbidden what the policy keeps out of production
  Stream<Finding> find(Project project, List<PackageSelector> forbidden);

  /// Every kind, in no particular order: findings are sorted once, in the model.
  static List<ProjectFinding> all() {
    return List.of(new ForbiddenInProduction(), new DuplicateDeclaration(), new LockInconsistent());
  }
}

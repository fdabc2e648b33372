package dev.depslim.findings;

import dev.depslim.model.Confidence;
import dev.depslim.model.DeclaredDependency;
import dev.depslim.model.Dependency;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.Finding;
import dev.depslim.model.PackageSelector;
import dev.depslim.model.Project;
import dev.depslim.model.Scope;
import dev.depslim.model.Severity;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// `duplicate-declaration`: one package.json names a package both in `dependencies` and in
/// `devDependencies`. npm locks it as dev, and `npm ci --omit=dev` leaves it out: a silent hole in
/// production (measured on npm 10.9 and 11.19).
public final class DuplicateDeclaration implements ProjectFinding {
  /// Id of the finding.
  public static final String ID = "duplicate-declaration";

  @Override
  public Stream<Finding> find(Project project, List<PackageSelector> forbidden) {
    if (project.ecosystem() != Ecosystem.NPM) {
      return Stream.empty();
    }
    return project.dependencies().stream().flatMap(DuplicateDeclaration::of);
  }

  private static Stream<Finding> of(Dependency dependency) {
    DeclaredDependency runtime = in(dependency, Scope.RUNTIME);
    DeclaredDependency dev = in(dependency, Scope.DEV);
    if (runtime == null || dev == null || !samePath(runtime, dev)) {
      return Stream.empty();
    }
    return Stream.of(
        new Finding(
            ID,
            Severity.ERROR,
            Confidence.CERTAIN,
            dependency.purl(),
            new Finding.PackageRef(
                dependency.ecosystem(),
                dependency.packageName(),
                dependency.version(),
                dependency.classification(),
                null,
                null),
            dev.location(),
            dependency.name()
                + " stands in dependencies and in devDependencies: npm ci --omit=dev does not"
                + " install it; keep one of the two",
            null,
            List.of("also declared at " + runtime.location())));
  }

  private static @Nullable DeclaredDependency in(Dependency dependency, Scope scope) {
    for (DeclaredDependency declaration : dependency.declarations()) {
      if (declaration.scope() == scope) {
        return declaration;
      }
    }
    return null;
  }

  private static boolean samePath(DeclaredDependency a, DeclaredDependency b) {
    return a.location().path().equals(b.location().path());
  }
}

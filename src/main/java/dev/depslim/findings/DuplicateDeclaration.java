package dev.depslim.findings;

import dev.depslim.model.Confidence;
import dev.depslim.model.DeclaredDependency;
import dev.depslim.model.Dependency;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.Finding;
import dev.depslim.model.Origin;
import dev.depslim.model.PackageSelector;
import dev.depslim.model.Project;
import dev.depslim.model.Scope;
import dev.depslim.model.Severity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// `duplicate-declaration`: one file asks for a package twice.
///
/// An error where a package.json names it both in `dependencies` and in `devDependencies`: npm
/// locks it as dev, and `npm ci --omit=dev` leaves it out, a silent hole in production (measured on
/// npm 10.9 and 11.19). A warning where `optionalDependencies` takes the place of another section,
/// and where a list of Python has the name twice under the same marker.
public final class DuplicateDeclaration implements ProjectFinding {
  /// Id of the finding.
  public static final String ID = "duplicate-declaration";

  @Override
  public Stream<Finding> find(Project project, List<PackageSelector> forbidden) {
    List<Finding> found = new ArrayList<>();
    for (Dependency dependency : project.dependencies()) {
      if (project.ecosystem() == Ecosystem.NPM) {
        inSections(dependency, found);
      } else {
        inLists(dependency, found);
      }
    }
    return found.stream();
  }

  private static void inSections(Dependency dependency, List<Finding> found) {
    for (DeclaredDependency one : dependency.declarations()) {
      DeclaredDependency dev = beside(dependency, one, Scope.DEV);
      DeclaredDependency optional = beside(dependency, one, Scope.OPTIONAL);
      if (one.scope() == Scope.RUNTIME && dev != null) {
        found.add(
            finding(
                Severity.ERROR,
                dependency,
                dev,
                one,
                " stands in dependencies and in devDependencies: npm ci --omit=dev does not"
                    + " install it; keep one of the two"));
      } else if (one.scope() == Scope.RUNTIME && optional != null) {
        found.add(
            finding(
                Severity.WARNING,
                dependency,
                optional,
                one,
                " stands in dependencies and in optionalDependencies: the second counts, so an"
                    + " install goes on where it fails; keep one of the two"));
      }
    }
  }

  /// The declaration of a scope in the same file, or null.
  private static @Nullable DeclaredDependency beside(
      Dependency dependency, DeclaredDependency one, Scope scope) {
    for (DeclaredDependency other : dependency.declarations()) {
      if (other.scope() == scope && other.location().path().equals(one.location().path())) {
        return other;
      }
    }
    return null;
  }

  private static void inLists(Dependency dependency, List<Finding> found) {
    Map<Place, First> lists = new HashMap<>();
    for (DeclaredDependency one : dependency.declarations()) {
      First first = lists.computeIfAbsent(Place.of(one), _ -> new First(one));
      DeclaredDependency earlier = first.onAnotherLine(one);
      if (earlier != null) {
        found.add(
            finding(
                Severity.WARNING,
                dependency,
                one,
                earlier,
                " is asked for twice in the same list: "
                    + text(earlier)
                    + " and "
                    + text(one)
                    + " must both hold; keep one of the two"));
      }
    }
  }

  /// A list of declarations that hold under the same condition.
  private record Place(
      String path, Scope scope, Origin origin, @Nullable String group, @Nullable String marker) {
    static Place of(DeclaredDependency one) {
      return new Place(one.location().path(), one.scope(), one.origin(), one.group(), one.marker());
    }
  }

  /// The first declaration of a list, and the first one on another line.
  private static final class First {
    private final DeclaredDependency first;
    private @Nullable DeclaredDependency second;

    First(DeclaredDependency first) {
      this.first = first;
    }

    /// The earliest declaration that does not stand on the line of this one, or null.
    @Nullable DeclaredDependency onAnotherLine(DeclaredDependency one) {
      if (one.location().line() != first.location().line()) {
        second = second == null ? one : second;
        return first;
      }
      return second;
    }
  }

  private static String text(DeclaredDependency declaration) {
    String extras =
        declaration.extras().isEmpty() ? "" : "[" + String.join(",", declaration.extras()) + "]";
    String constraint = declaration.constraint();
    return "'"
        + declaration.name()
        + extras
        + constraint
        + "' (line "
        + declaration.location().line()
        + ")";
  }

  private static Finding finding(
      Severity severity,
      Dependency dependency,
      DeclaredDependency at,
      DeclaredDependency other,
      String message) {
    return new Finding(
        ID,
        severity,
        Confidence.CERTAIN,
        dependency.purl(),
        new Finding.PackageRef(
            dependency.ecosystem(),
            dependency.packageName(),
            dependency.version(),
            dependency.classification(),
            null,
            null),
        at.location(),
        dependency.name() + message,
        null,
        List.of("also declared at " + other.location()));
  }
}

package dev.depslim.findings;

import dev.depslim.model.Category;
import dev.depslim.model.Classification;
import dev.depslim.model.DeclaredDependency;
import dev.depslim.model.Dependency;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.Finding;
import dev.depslim.model.ImageReport;
import dev.depslim.model.Location;
import dev.depslim.model.PackageSelector;
import dev.depslim.model.Project;
import dev.depslim.model.ResolvedPackage;
import dev.depslim.model.Severity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// `forbidden-in-production`: a package that the policy keeps out of production and that a
/// production install brings, because it is declared or because a declared one requires it.
///
/// A transitive package of the category dev is no finding unless a label or a name forbids it:
/// nobody can remove it but the author of the package that requires it.
public final class ForbiddenInProduction implements ProjectFinding {
  /// Id of the finding.
  public static final String ID = "forbidden-in-production";

  @Override
  public Stream<Finding> find(Project project, List<PackageSelector> forbidden) {
    List<Finding> found = new ArrayList<>();
    Map<String, Dependency> declared = new HashMap<>();
    for (Dependency dependency : project.dependencies()) {
      declared.put(project.ecosystem().normalize(dependency.name()), dependency);
      PackageSelector by =
          forbids(
              forbidden,
              dependency.ecosystem(),
              dependency.packageName(),
              dependency.classification());
      if (by != null && dependency.inProduction()) {
        found.add(declared(dependency, by));
      }
    }
    for (ResolvedPackage resolved : project.resolved()) {
      if (resolved.inProduction() && !isDeclaredForProduction(resolved, declared)) {
        PackageSelector by = forbidsTransitive(forbidden, resolved);
        if (by != null) {
          found.add(transitive(resolved, by, declared));
        }
      }
    }
    return found.stream();
  }

  /// Whether its own declaration is the finding: what is declared for development only can still
  /// come with something else.
  private static boolean isDeclaredForProduction(
      ResolvedPackage resolved, Map<String, Dependency> declared) {
    if (!resolved.direct() || resolved.broughtBy().isEmpty()) {
      return resolved.direct();
    }
    Ecosystem ecosystem = resolved.ecosystem();
    String own = ecosystem.normalize(resolved.name());
    for (String name : resolved.broughtBy()) {
      Dependency alias = declared.get(ecosystem.normalize(name));
      if (ecosystem.normalize(name).equals(own)
          || (alias != null && ecosystem.normalize(alias.packageName()).equals(own))) {
        return true;
      }
    }
    return false;
  }

  /// Whether a transitive package would be forbidden if it were declared.
  public static boolean isToleratedTransitive(
      List<PackageSelector> forbidden, ResolvedPackage resolved) {
    return !resolved.direct()
        && resolved.inProduction()
        && resolved.classification().category() == Category.DEV
        && forbids(forbidden, resolved.ecosystem(), resolved.name(), resolved.classification())
            != null
        && forbidsTransitive(forbidden, resolved) == null;
  }

  /// Whether a package that lies in an image is forbidden.
  ///
  /// @param anyDevPackage whether the category dev as such counts
  static boolean forbids(
      List<PackageSelector> forbidden, ImageReport.PackageRow row, boolean anyDevPackage) {
    for (PackageSelector selector : forbidden) {
      if ((anyDevPackage || !isDevCategory(selector))
          && selector.selects(row.ecosystem(), row.name(), row.classification())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isDevCategory(PackageSelector selector) {
    return selector instanceof PackageSelector.OfCategory of && of.category() == Category.DEV;
  }

  private static Finding declared(Dependency dependency, PackageSelector by) {
    DeclaredDependency declaration =
        dependency.declarations().stream()
            .filter(DeclaredDependency::inProduction)
            .findFirst()
            .orElseThrow();
    Classification classification = dependency.classification();
    return new Finding(
        ID,
        Severity.ERROR,
        classification.confidence(),
        dependency.purl(),
        new Finding.PackageRef(
            dependency.ecosystem(),
            dependency.packageName(),
            dependency.version(),
            classification,
            null,
            null),
        declaration.location(),
        dependency.name()
            + " is "
            + classification.category().id()
            + " and declared for production: "
            + advice(dependency.ecosystem(), classification),
        null,
        evidence(classification, by));
  }

  private static String advice(Ecosystem ecosystem, Classification classification) {
    if (classification.category() == Category.DEV) {
      return ecosystem == Ecosystem.NPM
          ? "move it to devDependencies"
          : "move it to a dev group or file";
    }
    return "remove it, move it to development, or allow it with a reason";
  }

  private static Finding transitive(
      ResolvedPackage resolved, PackageSelector by, Map<String, Dependency> declared) {
    String broughtBy = resolved.broughtBy().isEmpty() ? null : resolved.broughtBy().getFirst();
    Dependency dependency =
        broughtBy == null ? null : declared.get(resolved.ecosystem().normalize(broughtBy));
    Location from = dependency == null ? null : dependency.mainDeclaration().location();
    Classification classification = resolved.classification();
    return new Finding(
        ID,
        Severity.ERROR,
        classification.confidence(),
        resolved.purl(),
        new Finding.PackageRef(
            resolved.ecosystem(),
            resolved.name(),
            resolved.version(),
            classification,
            broughtBy,
            from),
        Location.of(resolved.lockfile(), resolved.line()),
        resolved.name()
            + " is "
            + classification.category().id()
            + " and comes with "
            + (broughtBy == null ? "a production dependency" : broughtBy)
            + (from == null ? "" : " (" + from.path() + ":" + from.line() + ")"),
        null,
        evidence(classification, by));
  }

  private static List<String> evidence(Classification classification, PackageSelector by) {
    return List.of(
        classification.label() + ": " + classification.reason(),
        "forbidden by '" + by.text() + "'");
  }

  private static @Nullable PackageSelector forbids(
      List<PackageSelector> forbidden,
      Ecosystem ecosystem,
      String name,
      Classification classification) {
    for (PackageSelector selector : forbidden) {
      if (selector.selects(ecosystem, name, classification)) {
        return selector;
      }
    }
    return null;
  }

  private static @Nullable PackageSelector forbidsTransitive(
      List<PackageSelector> forbidden, ResolvedPackage resolved) {
    for (PackageSelector selector : forbidden) {
      if (!isDevCategory(selector)
          && selector.selects(resolved.ecosystem(), resolved.name(), resolved.classification())) {
        return selector;
      }
    }
    return null;
  }
}

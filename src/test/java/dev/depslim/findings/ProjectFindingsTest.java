package dev.depslim.findings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.depslim.model.Category;
import dev.depslim.model.Classification;
import dev.depslim.model.Confidence;
import dev.depslim.model.DeclaredDependency;
import dev.depslim.model.Dependency;
import dev.depslim.model.Disagreement;
import dev.depslim.model.Disagreement.Outcome;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.Finding;
import dev.depslim.model.Location;
import dev.depslim.model.Origin;
import dev.depslim.model.PackageSelector;
import dev.depslim.model.Project;
import dev.depslim.model.ResolvedPackage;
import dev.depslim.model.Scope;
import dev.depslim.model.Severity;
import dev.depslim.model.Size;
import dev.depslim.model.Usage;
import dev.depslim.model.Verdict;
import dev.depslim.verdict.Verdicts;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProjectFindingsTest {
  private static final Classification DRIVER = of(Category.BROWSER_AUTOMATION, "driver");
  private static final Classification LINT = of(Category.DEV, "lint");
  private static final Classification LIB = of(Category.PRODUCTION, "lib");
  private static final Usage UNKNOWN = new Usage.Undetermined("not searched");

  private final List<Dependency> dependencies = new ArrayList<>();
  private final List<ResolvedPackage> resolved = new ArrayList<>();

  @Test
  void declaredForProductionIsForbiddenAtItsLine() {
    declare("puppeteer", DRIVER, Scope.RUNTIME);
    declare("eslint", LINT, Scope.DEV);
    Finding only = forbidden("browser-automation", "dev").getFirst();
    assertEquals(new Location("package.json", 1, 1), only.location());
    assertEquals("pkg:npm/puppeteer", only.subject());
    assertEquals(1, forbidden("browser-automation", "dev").size());
  }

  @Test
  void transitiveNamesTheDeclarationThatBringsIt() {
    declare("pdf-maker", LIB, Scope.RUNTIME);
    resolve("puppeteer", DRIVER, false, "pdf-maker");
    Finding only = forbidden("browser-automation").getFirst();
    assertEquals("pdf-maker", Objects.requireNonNull(only.about()).broughtBy());
    assertTrue(only.message().contains("pdf-maker (package.json:1)"), only.message());
  }

  @Test
  void developmentDeclarationDoesNotHideWhatProductionBrings() {
    declare("pdf-maker", LIB, Scope.RUNTIME);
    declare("puppeteer", DRIVER, Scope.DEV);
    resolve("puppeteer", DRIVER, true, "pdf-maker");
    List<Finding> found = forbidden("browser-automation");
    assertEquals(1, found.size());
    assertEquals("pdf-maker", Objects.requireNonNull(found.getFirst().about()).broughtBy());
  }

  @Test
  void declaredAndLockedIsOneFinding() {
    declare("puppeteer", DRIVER, Scope.RUNTIME);
    resolve("puppeteer", DRIVER, true, "puppeteer");
    assertEquals(1, forbidden("browser-automation").size());
  }

  @Test
  void transitiveDevPackageIsToleratedUnlessNamed() {
    declare("server", LIB, Scope.RUNTIME);
    resolve("eslint-utils", LINT, false, "server");
    assertEquals(List.of(), forbidden("dev"));
    assertTrue(ForbiddenInProduction.isToleratedTransitive(selectors("dev"), resolved.getFirst()));
    assertEquals(1, forbidden("dev", "dev/lint").size());
    assertEquals(1, forbidden("npm/eslint-*").size());
    assertFalse(
        ForbiddenInProduction.isToleratedTransitive(
            selectors("dev", "npm/eslint-*"), resolved.getFirst()));
  }

  @Test
  void bothSectionsOfOneManifestAreAnError() {
    dependencies.add(
        dependency(
            "left-pad",
            LIB,
            List.of(
                declaration("left-pad", Scope.RUNTIME, 2), declaration("left-pad", Scope.DEV, 5))));
    List<Finding> found = new DuplicateDeclaration().find(project(), List.of()).toList();
    assertEquals(new Location("package.json", 5, 1), found.getFirst().location());
    assertEquals(1, found.size());
  }

  @Test
  void optionalTakesTheOtherSectionsPlace() {
    dependencies.add(
        dependency(
            "fsevents",
            LIB,
            List.of(
                declaration("fsevents", Scope.RUNTIME, 2),
                declaration("fsevents", Scope.OPTIONAL, 5))));
    Finding only = new DuplicateDeclaration().find(project(), List.of()).toList().getFirst();
    assertEquals(Severity.WARNING, only.severity());
  }

  @Test
  void nameTwiceInOneListOfPythonIsAWarningUnlessMarkersDiffer() {
    assertEquals(1, twice(null, null, 3, 9).size());
    assertEquals(Severity.WARNING, twice(null, null, 3, 9).getFirst().severity());
    assertEquals(0, twice("python_version < '3.9'", null, 3, 9).size());
    assertEquals(0, twice(null, null, 3, 3).size());
  }

  private List<Finding> twice(
      @Nullable String one, @Nullable String other, int line, int otherLine) {
    List<DeclaredDependency> lines = new ArrayList<>();
    lines.add(line("attrs", one, line));
    lines.add(line("attrs", other, otherLine));
    Project python =
        new Project(
            ".",
            Ecosystem.PYPI,
            null,
            List.of(),
            List.of(),
            List.of(dependency("attrs", LIB, lines)),
            List.of());
    return new DuplicateDeclaration().find(python, List.of()).toList();
  }

  private static DeclaredDependency line(String name, @Nullable String marker, int line) {
    return new DeclaredDependency(
        name,
        name,
        "",
        List.of(),
        marker,
        Scope.RUNTIME,
        null,
        Origin.REGISTRY,
        new Location("requirements.txt", line, 1));
  }

  @Test
  void whatTheInstallMakesOfADisagreementDecidesItsSeverity() {
    declare("ms", LIB, Scope.RUNTIME);
    assertEquals(Severity.ERROR, inconsistent(Outcome.REFUSES).severity());
    assertEquals(Severity.ERROR, inconsistent(Outcome.FOLLOWS_LOCK).severity());
    Finding accepted = inconsistent(Outcome.FOLLOWS_MANIFEST);
    assertEquals(Severity.WARNING, accepted.severity());
    assertEquals("pkg:npm/ms", accepted.subject());
    assertEquals("ms: one, other: 'npm ci' accepts it; run 'npm install'", accepted.message());
  }

  private Finding inconsistent(Outcome outcome) {
    Disagreement one =
        new Disagreement(
            "package-lock.json",
            "ms",
            Location.of("package.json", 3),
            "one, other",
            "npm ci",
            outcome,
            "npm install",
            Confidence.CERTAIN,
            List.of());
    Project drifted =
        new Project(
            ".",
            Ecosystem.NPM,
            null,
            List.of(),
            List.of(),
            List.of(),
            dependencies,
            resolved,
            List.of(one));
    return new LockInconsistent().find(drifted, List.of()).toList().getFirst();
  }

  @Test
  void verdictFollowsScopeAndCategory() {
    List<DeclaredDependency> runtime = List.of(declaration("a", Scope.RUNTIME, 1));
    List<DeclaredDependency> dev = List.of(declaration("a", Scope.DEV, 1));
    assertEquals("review", verdict(runtime, DRIVER).action().id());
    assertEquals("keep", verdict(dev, DRIVER).action().id());
    assertEquals("keep", verdict(runtime, LIB).action().id());
    assertEquals(Confidence.GUESS, verdict(runtime, Classification.UNKNOWN).confidence());
  }

  private static Classification of(Category category, String label) {
    return new Classification(
        category, category.id() + "/" + label, "rule", Confidence.CERTAIN, "a reason");
  }

  private List<Finding> forbidden(String... by) {
    return new ForbiddenInProduction().find(project(), selectors(by)).toList();
  }

  private static List<PackageSelector> selectors(String... texts) {
    List<PackageSelector> out = new ArrayList<>();
    for (String text : texts) {
      out.add(Objects.requireNonNull(PackageSelector.parse(text)));
    }
    return out;
  }

  private void declare(String name, Classification classification, Scope scope) {
    int line = dependencies.size() + 1;
    dependencies.add(dependency(name, classification, List.of(declaration(name, scope, line))));
  }

  private static Dependency dependency(
      String name, Classification classification, List<DeclaredDependency> declarations) {
    return new Dependency(
        name,
        name,
        Ecosystem.NPM,
        "*",
        null,
        declarations,
        classification,
        UNKNOWN,
        new Size.Unknown("not measured"),
        verdict(declarations, classification));
  }

  private static Verdict verdict(
      List<DeclaredDependency> declarations, Classification classification) {
    return Verdicts.byDefault().of(Ecosystem.NPM, declarations, classification, UNKNOWN);
  }

  private static DeclaredDependency declaration(String name, Scope scope, int line) {
    return new DeclaredDependency(
        name,
        name,
        "*",
        List.of(),
        null,
        scope,
        scope == Scope.DEV ? "devDependencies" : "dependencies",
        Origin.REGISTRY,
        new Location("package.json", line, 1));
  }

  private void resolve(
      String name, Classification classification, boolean direct, String... broughtBy) {
    resolved.add(
        new ResolvedPackage(
            Ecosystem.NPM,
            name,
            "1.0.0",
            Scope.RUNTIME,
            classification,
            direct,
            List.of(),
            List.of(broughtBy),
            true,
            "package-lock.json",
            7));
  }

  private Project project() {
    return new Project(".", Ecosystem.NPM, "shop", List.of(), List.of(), dependencies, resolved);
  }
}

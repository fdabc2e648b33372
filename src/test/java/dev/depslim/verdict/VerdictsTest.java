package dev.depslim.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.depslim.model.Category;
import dev.depslim.model.Classification;
import dev.depslim.model.Confidence;
import dev.depslim.model.DeclaredDependency;
import dev.depslim.model.Dependency;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.Location;
import dev.depslim.model.Origin;
import dev.depslim.model.Scope;
import dev.depslim.model.Size;
import dev.depslim.model.Usage;
import dev.depslim.model.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VerdictsTest {
  private static final Usage UNKNOWN = new Usage.Undetermined("nobody looked");

  @Test
  void defaultListAsksForReviewsAndLeavesCodingAgentsOut() {
    Verdicts verdicts = Verdicts.byDefault();
    assertEquals("keep", action(verdicts, Category.PRODUCTION));
    assertEquals("review", action(verdicts, Category.DEV));
    assertEquals("review", action(verdicts, Category.HEAVY_ML));
    assertEquals("review", action(verdicts, Category.BROWSER_AUTOMATION));
    assertEquals("drop", action(verdicts, Category.CODING_AGENT));
  }

  @Test
  void reviewSaysThatImportsAreNotLookedAt() {
    Verdict verdict = of(Verdicts.byDefault(), Category.HEAVY_ML);
    assertTrue(verdict.reasons().contains("nobody looked"), verdict.reasons().toString());
  }

  @Test
  void writtenCategoriesGo() {
    Verdicts verdicts =
        new Verdicts(List.of(Category.DEV, Category.HEAVY_ML), true, Verdicts.Allowances.NONE);
    assertEquals("move-to-dev", action(verdicts, Category.DEV));
    assertEquals("drop", action(verdicts, Category.HEAVY_ML));
    assertEquals("review", action(verdicts, Category.BROWSER_AUTOMATION));
  }

  @Test
  void writtenListWithoutCodingAgentsKeepsThem() {
    Verdicts verdicts = new Verdicts(List.of(Category.DEV), true, Verdicts.Allowances.NONE);
    assertEquals("keep", action(verdicts, Category.CODING_AGENT));
    Verdict verdict = of(verdicts, Category.CODING_AGENT);
    assertEquals("the written list does not exclude coding-agent", verdict.reasons().getLast());
  }

  @Test
  void whatThePolicyAllowsStaysEvenAgainstTheWrittenList() {
    Verdicts verdicts =
        new Verdicts(List.of(Category.HEAVY_ML), true, (_, name, _) -> "core of " + name);
    Verdict verdict = of(verdicts, Category.HEAVY_ML);
    assertEquals(Verdict.Action.KEEP, verdict.action());
    assertEquals("the policy allows it: core of a", verdict.reasons().getLast());
  }

  @Test
  void slimFormDropsWhatIsDeclaredForDevelopmentOnly() {
    Verdict verdict = slim(Ecosystem.NPM, declared(Scope.DEV, "devDependencies", null));
    assertEquals(Verdict.Action.DROP, verdict.action());
    assertEquals(Confidence.CERTAIN, verdict.confidence());
    assertEquals(List.of("declared for development only (devDependencies)"), verdict.reasons());
  }

  @Test
  void slimFormFollowsTheProductionDeclarationOfTwo() {
    Verdict verdict =
        slim(
            Ecosystem.NPM,
            declared(Scope.RUNTIME, "dependencies", null),
            declared(Scope.DEV, "devDependencies", null));
    assertEquals(Verdict.Action.KEEP, verdict.action());
    assertTrue(
        verdict.reasons().getLast().startsWith("declared in devDependencies too"),
        verdict.reasons().toString());
  }

  @Test
  void aToolThatIsDeclaredTwiceStaysOutOfProduction() {
    Verdict verdict =
        slim(
            Category.DEV,
            Ecosystem.NPM,
            declared(Scope.RUNTIME, "dependencies", null),
            declared(Scope.DEV, "devDependencies", null));
    assertEquals(Verdict.Action.MOVE_TO_DEV, verdict.action());
    assertEquals(
        "review",
        slim(
                Category.BROWSER_AUTOMATION,
                Ecosystem.NPM,
                declared(Scope.RUNTIME, "dependencies", null),
                declared(Scope.DEV, "devDependencies", null))
            .action()
            .id());
  }

  @Test
  void extrasOptionalPeersAndBuildRequirementsStayDeclared() {
    assertEquals("keep", slim(Ecosystem.PYPI, declared(Scope.OPTIONAL, "gpu", null)).action().id());
    assertEquals(
        "keep",
        slim(
                Ecosystem.NPM,
                declared(Scope.DEV, "devDependencies", null),
                declared(Scope.PEER, "peerDependencies", "optional"))
            .action()
            .id());
    assertEquals(
        "keep", slim(Ecosystem.PYPI, declared(Scope.BUILD, "build-system", null)).action().id());
  }

  private static String action(Verdicts verdicts, Category category) {
    return of(verdicts, category).action().id();
  }

  private static Verdict of(Verdicts verdicts, Category category) {
    return verdicts.of(
        Ecosystem.NPM,
        List.of(declared(Scope.RUNTIME, "dependencies", null)),
        classification(category),
        UNKNOWN);
  }

  private static Verdict slim(Ecosystem ecosystem, DeclaredDependency... declarations) {
    return slim(Category.PRODUCTION, ecosystem, declarations);
  }

  private static Verdict slim(
      Category category, Ecosystem ecosystem, DeclaredDependency... declarations) {
    Classification classification = classification(category);
    List<DeclaredDependency> all = List.of(declarations);
    return Verdicts.inSlimForm(
        new Dependency(
            "a",
            "a",
            ecosystem,
            "",
            null,
            all,
            classification,
            UNKNOWN,
            new Size.Unknown("not measured"),
            Verdicts.byDefault().of(ecosystem, all, classification, UNKNOWN)));
  }

  private static Classification classification(Category category) {
    return new Classification(
        category, category.id() + "/x", "rule", Confidence.CERTAIN, "a reason");
  }

  private static DeclaredDependency declared(Scope scope, String group, @Nullable String marker) {
    return new DeclaredDependency(
        "a",
        "a",
        "",
        List.of(),
        marker,
        scope,
        group,
        Origin.REGISTRY,
        Location.of("package.json", 3));
  }
}

package dev.depslim.minimize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.depslim.model.Category;
import dev.depslim.model.Classification;
import dev.depslim.model.Confidence;
import dev.depslim.model.DeclaredDependency;
import dev.depslim.model.Dependency;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.Location;
import dev.depslim.model.MinimizePlan;
import dev.depslim.model.MinimizePlan.ProjectPlan;
import dev.depslim.model.Origin;
import dev.depslim.model.Project;
import dev.depslim.model.Scope;
import dev.depslim.model.Size;
import dev.depslim.model.Usage;
import dev.depslim.verdict.Verdicts;
import java.util.List;
import org.junit.jupiter.api.Test;

class MinimizePlannerTest {
  private static final Project.LockfileFile LOCK =
      new Project.LockfileFile("package-lock.json", "package-lock.json", "3", 4);

  @Test
  void whatIsDeclaredForDevelopmentOnlyGoes() {
    MinimizePlan plan =
        plan(
            project(
                ".",
                List.of(),
                List.of(),
                dependency("express", Category.PRODUCTION, Scope.RUNTIME),
                dependency("jest", Category.DEV, Scope.DEV),
                dependency("lodash", Category.PRODUCTION, Scope.DEV, Scope.RUNTIME)));
    ProjectPlan project = plan.projects().getFirst();
    assertFalse(project.drops("express"));
    assertTrue(project.drops("jest"));
    assertFalse(project.drops("lodash"));
    assertFalse(project.drops("not-declared"));
  }

  @Test
  void codingAgentsGoAndOthersAreKeptForReview() {
    ProjectPlan project =
        plan(project(
                ".",
                List.of(),
                List.of(),
                dependency("mcp-mermaid", Category.CODING_AGENT, Scope.RUNTIME),
                dependency("puppeteer", Category.BROWSER_AUTOMATION, Scope.RUNTIME)))
            .projects()
            .getFirst();
    assertTrue(project.drops("mcp-mermaid"));
    assertFalse(project.drops("puppeteer"));
    assertEquals(
        "review",
        java.util.Objects.requireNonNull(project.decision("Puppeteer")).verdict().action().id());
  }

  @Test
  void decisionsAreSortedByNameAndProjectsByPath() {
    MinimizePlan plan =
        plan(
            project(
                "b",
                List.of(),
                List.of(),
                dependency("z", Category.PRODUCTION, Scope.RUNTIME),
                dependency("a", Category.PRODUCTION, Scope.RUNTIME)),
            project(".", List.of(), List.of()));
    assertEquals(List.of(".", "b"), plan.projects().stream().map(ProjectPlan::path).toList());
    assertEquals(
        List.of("a", "z"),
        plan.projects().getLast().decisions().stream().map(d -> d.dependency().name()).toList());
  }

  @Test
  void membersOfAWorkspaceStandWithTheProjectWhoseLockServesThem() {
    MinimizePlan plan =
        plan(
            project(".", List.of(LOCK), List.of()),
            project("packages/api", List.of(), List.of(LOCK)),
            project("tools", List.of(), List.of()));
    ProjectPlan root = plan.projects().getFirst();
    assertEquals(List.of("packages/api"), root.members().stream().map(ProjectPlan::path).toList());
    assertEquals(List.of(LOCK), plan.projects().get(1).lockfiles());
    assertEquals(List.of(), plan.projects().get(1).members());
  }

  @Test
  void projectWithALockOfItsOwnIsNoMember() {
    Project.LockfileFile own =
        new Project.LockfileFile("app/package-lock.json", "package-lock.json", "3", 1);
    MinimizePlan plan =
        plan(project(".", List.of(LOCK), List.of()), project("app", List.of(own), List.of(LOCK)));
    assertEquals(List.of(), plan.projects().getFirst().members());
    assertEquals(List.of(own), plan.projects().getLast().lockfiles());
  }

  private static MinimizePlan plan(Project... projects) {
    return new MinimizePlanner(Verdicts::inSlimForm)
        .plan(List.of(projects), List.of(Category.DEV), false);
  }

  private static Project project(
      String path,
      List<Project.LockfileFile> locks,
      List<Project.LockfileFile> servedBy,
      Dependency... dependencies) {
    return new Project(
        path,
        Ecosystem.NPM,
        null,
        List.of(new Project.ManifestFile(path + "/package.json", "package.json")),
        locks,
        servedBy,
        List.of(dependencies),
        List.of());
  }

  private static Dependency dependency(String name, Category category, Scope... scopes) {
    Classification classification =
        new Classification(category, category.id() + "/x", "rule", Confidence.CERTAIN, "a reason");
    List<DeclaredDependency> declarations =
        List.of(scopes).stream()
            .map(scope ->
                new DeclaredDependency(
                    name,
                    name,
                    "",
                    List.of(),
                    null,
                    scope,
                    scope.id(),
                    Origin.REGISTRY,
                    Location.of("package.json", 1)))
            .toList();
    Usage usage = new Usage.Undetermined("nobody looked");
    return new Dependency(
        name,
        name,
        Ecosystem.NPM,
        "",
        null,
        declarations,
        classification,
        usage,
        new Size.Unknown("not measured"),
        Verdicts.byDefault().of(Ecosystem.NPM, declarations, classification, usage));
  }
}

package dev.depslim.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.depslim.model.Classification;
import dev.depslim.model.Confidence;
import dev.depslim.model.DeclaredDependency;
import dev.depslim.model.Dependency;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.Finding;
import dev.depslim.model.ImageReport;
import dev.depslim.model.ImageReport.PackageRow;
import dev.depslim.model.Location;
import dev.depslim.model.Origin;
import dev.depslim.model.Project;
import dev.depslim.model.ResolvedPackage;
import dev.depslim.model.Scope;
import dev.depslim.model.Size;
import dev.depslim.model.Usage;
import dev.depslim.model.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ImageJoinTest {
  private static Dependency declared(String name, Scope scope) {
    DeclaredDependency line =
        new DeclaredDependency(
            name,
            name,
            "",
            List.of(),
            null,
            scope,
            null,
            Origin.REGISTRY,
            Location.of("requirements.txt", 1));
    return new Dependency(
        name,
        name,
        Ecosystem.PYPI,
        "",
        "1.0",
        List.of(line),
        Classification.UNKNOWN,
        new Usage.Undetermined("not looked"),
        new Size.Unknown("not measured"),
        new Verdict(Verdict.Action.KEEP, Confidence.GUESS, List.of("no evidence")));
  }

  private static Project project(List<Dependency> dependencies, String... locked) {
    List<ResolvedPackage> resolved =
        List.of(locked).stream()
            .map(name ->
                new ResolvedPackage(
                    Ecosystem.PYPI,
                    name,
                    "1.0",
                    Scope.RUNTIME,
                    Classification.UNKNOWN,
                    false,
                    List.of(),
                    List.of(),
                    false,
                    "uv.lock",
                    0))
            .toList();
    return new Project(".", Ecosystem.PYPI, null, List.of(), List.of(), dependencies, resolved);
  }

  private static PackageRow row(String name, String version, boolean direct, boolean baseTool) {
    return new PackageRow(
        name,
        version,
        Ecosystem.PYPI,
        Classification.UNKNOWN,
        100,
        90,
        null,
        120,
        1,
        direct,
        baseTool,
        false,
        false,
        "site-packages",
        List.of(),
        null,
        false);
  }

  private static ImageReport image(PackageRow... rows) {
    return new ImageReport(
        "app:1",
        "docker-archive",
        null,
        null,
        new ImageReport.Sizes(null, 0, 0, 0),
        0,
        List.of(),
        List.of(rows),
        new ImageReport.Ledger(0, Map.of(), Map.of(), 0),
        List.of(),
        List.of(),
        new ImageReport.Savings(List.of(), false, 0, 0, 0, null, 0, List.of(), Map.of()),
        new ImageReport.Base(0, null, "unknown"),
        List.of());
  }

  private static List<String> findings(ImageJoin.Joined joined) {
    return joined.findings().stream().map(f -> f.rule() + " " + f.subject()).toList();
  }

  @Test
  void aDependencyHasTheRealBytesOfTheImage() {
    Project project = project(List.of(declared("Ruamel.Yaml", Scope.RUNTIME)));
    ImageJoin.Joined joined =
        ImageJoin.join(
            List.of(project),
            List.of(
                image(row("ruamel-yaml", "1.0", true, false), row("ruamel.yaml", "2", true, false)),
                image(row("ruamel-yaml", "1.0", true, false))));
    assertEquals(
        new Size.Measured(90, 120, Size.Basis.IMAGE),
        joined.projects().getFirst().dependencies().getFirst().size());
    assertEquals(List.of(), findings(joined));
  }

  @Test
  void whatProductionDeclaresAndTheImageLacksIsToldWhereTheProjectIsInTheImage() {
    Project project =
        project(
            List.of(
                declared("flask", Scope.RUNTIME),
                declared("redis", Scope.RUNTIME),
                declared("extra", Scope.OPTIONAL),
                declared("pytest", Scope.DEV)));
    assertEquals(
        List.of("not-in-image redis"),
        findings(
            ImageJoin.join(List.of(project), List.of(image(row("flask", "1.0", true, false))))));
    ImageJoin.Joined elsewhere = ImageJoin.join(List.of(project), List.of(image()));
    assertEquals(List.of(), findings(elsewhere));
    assertInstanceOf(
        Size.Unknown.class, elsewhere.projects().getFirst().dependencies().getFirst().size());
  }

  @Test
  void whatNobodyDeclaresOrLocksIsToldButForBaseTools() {
    Project locked = project(List.of(declared("flask", Scope.RUNTIME)), "flask", "jinja2");
    ImageReport image =
        image(
            row("flask", "1.0", true, false),
            row("Jinja2", "1.0", false, false),
            row("stray", "1.0", false, false),
            row("pip", "25", true, true));
    List<Finding> findings = ImageJoin.join(List.of(locked), List.of(image)).findings();
    assertEquals(1, findings.size());
    assertEquals("pkg:pypi/stray@1.0", findings.getFirst().subject());
    assertEquals(90L, findings.getFirst().savingsBytes());
  }

  @Test
  void withoutALockOnlyWhatWasAskedForByNameIsUndeclared() {
    Project project = project(List.of(declared("flask", Scope.RUNTIME)));
    ImageReport image =
        image(
            row("flask", "1.0", true, false),
            row("jinja2", "1.0", false, false),
            row("ipdb", "1.0", true, false));
    assertEquals(
        List.of("undeclared-in-image pkg:pypi/ipdb@1.0"),
        findings(ImageJoin.join(List.of(project), List.of(image))));
  }
}

package dev.depslim.ecosystem.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.depslim.model.DeclaredDependency;
import dev.depslim.model.Manifest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PnpmWorkspaceTest {
  @Test
  void itsPackagesAreTheWorkspaces() {
    Manifest manifest =
        read(
            """
            packages:
              - packages/*
              - '!**/test/**'
            catalog:
              react: ^19.0.0
            catalogs:
              old: {react: ^18.0.0}
            overrides:
              a>b: 1.0.0
            onlyBuiltDependencies: [esbuild]
            """);
    assertEquals(List.of(), manifest.issues());
    assertEquals(List.of("packages/*", "!**/test/**"), manifest.workspaces());
    assertEquals(List.of(), manifest.dependencies());
    WorkspaceGlobs globs = WorkspaceGlobs.of(manifest.workspaces());
    assertEquals(
        List.of(true, false, false, false),
        List.of("packages/a", "packages/test", "packages/a/b", "other").stream()
            .map(globs::match)
            .toList());
  }

  @Test
  void oddPartsAreNamed() {
    assertEquals(
        List.of(
            "pnpm-workspace.yaml:1:11: error: \"packages\" must be a list of folders",
            "pnpm-workspace.yaml:3:10: error: the version of \"react\" must be a text, such as"
                + " \"^1.2.3\""),
        read("packages: apps\ncatalog:\n  react: [1]\noverrides:\n").issues().stream()
            .map(Object::toString)
            .toList());
    assertEquals(
        "pnpm-workspace.yaml:2:1: error: not valid YAML, pnpm refuses it as well: expected the node"
            + " content, but found '<stream end>'; mend it",
        read("packages: [\n").issues().getFirst().toString());
    assertEquals(
        "pnpm-workspace.yaml:1:1: error: expected a mapping, such as \"packages:\" and a list",
        read("- apps\n").issues().getFirst().toString());
  }

  @Test
  void catalogsOfPnpmGiveTheConstraint() {
    Map<String, String> files =
        Map.of(
            "pnpm-workspace.yaml",
            "catalog:\n  react: ^19.0.0\n  alias: npm:real@1\ncatalogs:\n  old:\n    react: ^18.0.0\n");
    assertEquals(
        List.of("react ^19.0.0", "real 1"),
        constraints(files, "\"react\": \"catalog:\", \"alias\": \"catalog:default\""));
    assertEquals(List.of("react ^18.0.0"), constraints(files, "\"react\": \"catalog:old\""));
  }

  @Test
  void catalogsOfYarnAndBunGiveTheConstraint() {
    assertEquals(
        List.of("react ^19.0.0"),
        constraints(
            Map.of(".yarnrc.yml", "catalog:\n  react: ^19.0.0\n"), "\"react\": \"catalog:\""));
    assertEquals(
        List.of("react ^18.0.0"),
        constraints(
            Map.of(
                "package.json",
                "{\"workspaces\": {\"packages\": [\"apps/*\"], \"catalogs\": {\"old\": {\"react\":"
                    + " \"^18.0.0\"}}}}"),
            "\"react\": \"catalog:old\""));
  }

  @Test
  void aMissingEntryIsNamedAndAMissingCatalogIsNot() {
    Manifest manifest =
        manifest(Map.of("pnpm-workspace.yaml", "catalog: {vue: 3}"), "\"react\": \"catalog:\"");
    assertEquals(
        List.of(
            "apps/web/package.json:1:28: error: no catalog in pnpm-workspace.yaml has an entry for"
                + " \"react\" under \"catalog:\": add it there"),
        manifest.issues().stream().map(Object::toString).toList());
    assertEquals("catalog:", manifest.dependencies().getFirst().constraint());
    assertEquals(List.of(), manifest(Map.of(), "\"react\": \"catalog:\"").issues());
  }

  @Test
  void whatIsLinkedMayHaveAnyName() {
    assertEquals(
        List.of("$utils link:./utils"), constraints(Map.of(), "\"$utils\": \"link:./utils\""));
    assertEquals(List.of(), constraints(Map.of(), "\"$utils\": \"^1.0.0\""));
  }

  private static List<String> constraints(Map<String, String> files, String rows) {
    return manifest(files, rows).dependencies().stream().map(PnpmWorkspaceTest::shown).toList();
  }

  private static String shown(DeclaredDependency dependency) {
    return dependency.packageName() + " " + dependency.constraint();
  }

  private static Manifest manifest(Map<String, String> files, String rows) {
    return new PackageJson()
        .read(
            Texts.file("apps/web/package.json", "{\"dependencies\": {" + rows + "}}"),
            new Texts(files));
  }

  private static Manifest read(String text) {
    return new PnpmWorkspace().read(Texts.file("pnpm-workspace.yaml", text), Texts.NONE);
  }
}

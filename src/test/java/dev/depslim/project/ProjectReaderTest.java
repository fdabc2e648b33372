package dev.depslim.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.depslim.classify.Classifier;
import dev.depslim.ecosystem.node.NodeEcosystem;
import dev.depslim.ecosystem.node.NodeModules;
import dev.depslim.ecosystem.python.DistInfo;
import dev.depslim.ecosystem.python.PythonEcosystem;
import dev.depslim.model.Confidence;
import dev.depslim.model.Dependency;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.Project;
import dev.depslim.model.ResolvedPackage;
import dev.depslim.model.Scope;
import dev.depslim.model.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectReaderTest {
  @TempDir Path folder;

  @Test
  void requirementsOfOneServiceAreOneProject() throws IOException {
    write("api/requirements.txt", "-r requirements/base.txt\nflask\n");
    write("api/requirements/base.txt", "requests\n-c pins.txt\n");
    write("api/requirements/pins.txt", "requests<3\nurllib3<3\n");
    write("api/requirements/dev.txt", "-r base.txt\npytest\n");
    List<Project> projects = read().projects();
    assertEquals(1, projects.size());
    Project api = projects.getFirst();
    assertEquals("api", api.path());
    assertEquals(
        List.of("flask", "pytest", "requests"),
        api.dependencies().stream().map(Dependency::name).toList());
    assertFalse(dependency(api, "pytest").inProduction());
    assertTrue(dependency(api, "requests").inProduction());
  }

  @Test
  void includedFilesOfAnyNameAreRead() throws IOException {
    write("requirements.txt", "-r common.pip\n");
    write("common.pip", "flask\n");
    Project project = read().projects().getFirst();
    assertEquals(
        "common.pip", dependency(project, "flask").declarations().getFirst().location().path());
  }

  @Test
  void workspaceMembersTakeVersionsFromTheLockAbove() throws IOException {
    write("package.json", "{\"name\": \"root\", \"workspaces\": [\"packages/*\"]}");
    write(
        "packages/app/package.json",
        "{\"name\": \"app\", \"dependencies\": {\"express\": \"^4.0.0\", \"lib\": \"*\"}}");
    write("packages/lib/package.json", "{\"name\": \"lib\", \"version\": \"1.0.0\"}");
    write(
        "package-lock.json",
        """
        {"name": "root", "lockfileVersion": 3, "packages": {
          "": {"name": "root", "workspaces": ["packages/*"]},
          "node_modules/app": {"resolved": "packages/app", "link": true},
          "node_modules/lib": {"resolved": "packages/lib", "link": true},
          "packages/app": {"dependencies": {"express": "^4.0.0", "lib": "*"}},
          "packages/lib": {"version": "1.0.0"},
          "node_modules/express": {"version": "4.19.2"}
        }}
        """);
    List<Project> projects = read().projects();
    Project app =
        projects.stream().filter(p -> p.path().equals("packages/app")).findFirst().orElseThrow();
    assertEquals("4.19.2", dependency(app, "express").version());
    assertEquals("workspace-member", dependency(app, "lib").classification().rule());
    Project root = projects.getFirst();
    assertEquals(List.of("express"), root.resolved().stream().map(ResolvedPackage::name).toList());
  }

  @Test
  void lockWithoutManifestIsAProject() throws IOException {
    write(
        "package-lock.json",
        """
        {"lockfileVersion": 3, "packages": {
          "": {"dependencies": {"a": "1"}},
          "node_modules/a": {"version": "1.0.0", "dependencies": {"puppeteer-core": "1"}},
          "node_modules/puppeteer-core": {"version": "1.0.0"}}}
        """);
    Project project = read().projects().getFirst();
    ResolvedPackage core = project.resolved().getLast();
    assertEquals("puppeteer-core", core.name());
    assertEquals(Scope.RUNTIME, core.scope());
    assertEquals(List.of("a"), core.broughtBy());
    assertEquals(List.of("a"), core.requiredBy());
  }

  @Test
  void everyProjectOfAPnpmWorkspaceIsServedByItsLock() throws IOException {
    write("package.json", "{\"name\": \"root\", \"devDependencies\": {\"vitest\": \"^1\"}}");
    write("pnpm-workspace.yaml", "packages: [apps/*]\ncatalog: {puppeteer: ^24.0.0}\n");
    write(
        "apps/web/package.json",
        "{\"name\": \"web\", \"dependencies\": {\"puppeteer\": \"catalog:\", \"ui\":"
            + " \"workspace:*\"}}");
    write("apps/ui/package.json", "{\"name\": \"ui\", \"version\": \"2.0.0\"}");
    write(
        "pnpm-lock.yaml",
        """
        lockfileVersion: '9.0'
        importers:
          .:
            devDependencies:
              vitest: {specifier: ^1, version: 1.0.0}
          apps/ui: {}
          apps/web:
            dependencies:
              puppeteer: {specifier: 'catalog:', version: 24.1.0}
              ui: {specifier: workspace:*, version: link:../ui}
        packages:
          puppeteer@24.1.0: {resolution: {integrity: sha512-x==}}
          puppeteer-core@24.1.0: {resolution: {integrity: sha512-x==}}
          vitest@1.0.0: {resolution: {integrity: sha512-x==}}
        snapshots:
          puppeteer@24.1.0:
            dependencies:
              puppeteer-core: 24.1.0
          puppeteer-core@24.1.0: {}
          vitest@1.0.0: {}
        """);
    ProjectReader.Result result = read();
    assertEquals(List.of(), result.issues());
    assertEquals(List.of(".", "apps/web"), result.projects().stream().map(Project::path).toList());
    Project root = result.projects().getFirst();
    Project web = result.projects().getLast();
    assertEquals(
        List.of("package.json", "pnpm-workspace.yaml"),
        root.manifests().stream().map(Project.ManifestFile::kind).toList());
    assertEquals("9.0", root.lockfiles().getFirst().format());
    assertEquals("1.0.0", dependency(root, "vitest").version());
    assertEquals("24.1.0", dependency(web, "puppeteer").version());
    assertEquals("^24.0.0", dependency(web, "puppeteer").constraint());
    assertEquals("2.0.0", dependency(web, "ui").version());
    ResolvedPackage core = root.resolved().get(1);
    assertEquals("puppeteer-core", core.name());
    assertEquals(List.of("puppeteer"), core.requiredBy());
    assertEquals(List.of("puppeteer"), core.broughtBy());
    assertEquals(Scope.DEV, root.resolved().getLast().scope());
  }

  @Test
  void aPackageIsInProductionWhereOneCopyIs() throws IOException {
    write(
        "package.json", "{\"dependencies\": {\"a\": \"1\"}, \"devDependencies\": {\"d\": \"1\"}}");
    write(
        "package-lock.json",
        """
        {"lockfileVersion": 3, "packages": {
          "": {"dependencies": {"a": "1"}, "devDependencies": {"d": "1"}},
          "node_modules/a": {"version": "1.0.0", "optionalDependencies": {"mac": "1", "both": "1"}},
          "node_modules/both": {"version": "1.0.0", "optional": true},
          "node_modules/d": {"version": "1.0.0", "dev": true, "dependencies": {"x": "1", "both": "2"}},
          "node_modules/d/node_modules/x": {"version": "1.0.0", "dev": true},
          "node_modules/d/node_modules/both": {"version": "2.0.0", "dev": true},
          "node_modules/mac": {"version": "1.0.0", "optional": true, "os": ["darwin"], "dependencies": {"x": "1"}},
          "node_modules/mac/node_modules/x": {"version": "1.0.0", "optional": true}
        }}
        """);
    assertEquals(
        List.of("a 1.0.0", "both 1.0.0"),
        read().projects().getFirst().resolved().stream()
            .filter(ResolvedPackage::inProduction)
            .map(row -> row.name() + " " + row.version())
            .toList());
  }

  @Test
  void aLockWithoutManifestMayBringEverything() throws IOException {
    write("yarn.lock", "# yarn lockfile v1\n\nexpress@^4.0.0:\n  version \"4.19.2\"\n");
    Project project = read().projects().getFirst();
    assertEquals(Scope.RUNTIME, project.resolved().getFirst().scope());
    assertTrue(project.resolved().getFirst().inProduction());
  }

  @Test
  void formatsThatAreNotReadAreNamed() throws IOException {
    write("package.json", "{\"dependencies\": {\"a\": \"1\"}}");
    write("shrinkwrap.yaml", "");
    assertEquals(
        List.of(
            "shrinkwrap.yaml: warning: lock files of this format are not read: what it resolves is"
                + " not known"),
        read().issues().stream().map(Object::toString).toList());
  }

  @Test
  void locksOfOtherToolsAreNamed() throws IOException {
    write("package.json", "{\"dependencies\": {\"a\": \"1\"}}");
    for (String lock : List.of("deno.lock", "sub/conda-lock.yml", "sub/pixi.lock")) {
      write(lock, "version: 1\n");
    }
    assertEquals(
        List.of("deno.lock", "sub/conda-lock.yml", "sub/pixi.lock"),
        read().issues().stream().map(issue -> issue.location().path()).toList());
  }

  @Test
  void tagsOfATemplateAreOneWarningAndTheRestCounts() throws IOException {
    write(
        "{{cookiecutter.slug}}/requirements.txt",
        """
        django==5.0
        {%- if cookiecutter.celery == "y" %}
        celery==5.4
        {%- endif %}
        {{ cookiecutter.extra }}
        name=1.0
        """);
    write(
        "{{cookiecutter.slug}}/pyproject.toml",
        "[project]\nname = {{ cookiecutter.slug }}\ndependencies = [\"redis\"]\n");
    ProjectReader.Result read = read();
    assertEquals(
        List.of("celery", "django", "redis"),
        read.projects().getFirst().dependencies().stream().map(Dependency::name).toList());
    List<String> issues = read.issues().stream().map(Object::toString).sorted().toList();
    assertEquals(3, issues.size(), issues.toString());
    assertTrue(
        issues
            .get(0)
            .startsWith(
                "{{cookiecutter.slug}}/pyproject.toml:2:9: warning: this file is a template: "),
        issues.get(0));
    assertTrue(
        issues.get(1).startsWith("{{cookiecutter.slug}}/requirements.txt:2:1: warning: this file")
            && issues.get(1).endsWith("; and 2 more tags"),
        issues.get(1));
    assertTrue(
        issues.get(2).startsWith("{{cookiecutter.slug}}/requirements.txt:6:5: error: "),
        issues.get(2));
  }

  @Test
  void oneNameInSeveralFilesIsOneDependency() throws IOException {
    write("requirements.txt", "Flask_Cors==1\n");
    write("requirements-dev.txt", "flask-cors\n");
    Project project = read().projects().getFirst();
    assertEquals(1, project.dependencies().size());
    List<String> places = new ArrayList<>();
    project
        .dependencies()
        .getFirst()
        .declarations()
        .forEach(d -> places.add(d.location().path() + " " + d.scope().id()));
    assertEquals(List.of("requirements-dev.txt dev", "requirements.txt runtime"), places);
    assertTrue(project.dependencies().getFirst().inProduction());
  }

  private ProjectReader.Result read() {
    List<dev.depslim.ecosystem.ManifestReader> manifests =
        new ArrayList<>(NodeEcosystem.manifests());
    manifests.addAll(PythonEcosystem.manifests());
    List<dev.depslim.ecosystem.LockfileReader> locks = new ArrayList<>(NodeEcosystem.lockfiles());
    locks.addAll(PythonEcosystem.lockfiles());
    ProjectReader reader =
        new ProjectReader(
            new Formats(manifests, locks),
            new Classifier(List.of()),
            (_, _, _, _) ->
                new Verdict(Verdict.Action.KEEP, Confidence.GUESS, List.of("not asked here")),
            Map.of(Ecosystem.NPM, new NodeModules(), Ecosystem.PYPI, new DistInfo()),
            List.of());
    return reader.read(ProjectTree.at(folder));
  }

  private static Dependency dependency(Project project, String name) {
    return project.dependencies().stream()
        .filter(d -> d.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private void write(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}

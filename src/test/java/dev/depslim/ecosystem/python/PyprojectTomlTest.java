package dev.depslim.ecosystem.python;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.depslim.model.DeclaredDependency;
import dev.depslim.model.Manifest;
import java.util.List;
import org.junit.jupiter.api.Test;

class PyprojectTomlTest {
  private static Manifest read(String text) {
    MemoryFiles files =
        new MemoryFiles().with("pyproject.toml", text).with("requirements/base.txt", "a\n");
    return new PyprojectToml().read(files.file("pyproject.toml"), files);
  }

  /// `line name constraint scope group origin`.
  private static List<String> rows(Manifest manifest) {
    return manifest.dependencies().stream().map(PyprojectTomlTest::row).toList();
  }

  private static String row(DeclaredDependency one) {
    return one.location().line()
        + " "
        + one.name()
        + " "
        + one.constraint()
        + " "
        + one.scope()
        + " "
        + one.group()
        + " "
        + one.origin();
  }

  private static List<String> issues(Manifest manifest) {
    return manifest.issues().stream().map(Object::toString).toList();
  }

  @Test
  void projectExtrasGroupsAndBuildHaveTheirScope() {
    Manifest manifest =
        read(
            """
            [project]
            name = "My.App"
            dependencies = ["email-validator<3.0.0.0,>=2.1.0.post1", "fastapi (>=0.1,<1.0)"]
            [project.optional-dependencies]
            sonic = []
            ldap = ["ldap3"]
            all = ["my-app[ldap,sonic]"]
            [build-system]
            requires = ["hatchling"]
            [dependency-groups]
            Dev_Tools = ["pytest", {include-group = "lint"}]
            lint = ["ruff"]
            """);
    assertEquals(
        List.of(
            "3 email-validator <3.0.0.0,>=2.1.0.post1 RUNTIME null REGISTRY",
            "3 fastapi >=0.1,<1.0 RUNTIME null REGISTRY",
            "6 ldap3  OPTIONAL ldap REGISTRY",
            "9 hatchling  BUILD build-system REGISTRY",
            "11 pytest  DEV Dev_Tools REGISTRY",
            "12 ruff  DEV lint REGISTRY"),
        rows(manifest));
    assertEquals("My.App", manifest.name());
    assertEquals(List.of(), issues(manifest));
  }

  @Test
  void poetryKeepsItsConstraintsAsWritten() {
    Manifest manifest =
        read(
            """
            [tool.poetry]
            name = "app"
            [tool.poetry.dependencies]
            python = "^3.12"
            django = "^5.0"
            numpy = [
              { version = "~1.26", markers = "python_version < '3.13'" },
              { version = "*", source = "cpu" },
            ]
            redis = { version = "^5", optional = true, extras = ["hiredis"] }
            core = { url = "https://files.example/v8.zip", extras = ["async"] }
            lib = { git = "https://git.example/lib.git", branch = "main" }
            here = { path = "../here" }
            [tool.poetry.extras]
            cache = ["redis"]
            [tool.poetry.dev-dependencies]
            black = "*"
            [tool.poetry.group.docs.dependencies]
            mkdocs = "^1"
            """);
    assertEquals(
        List.of(
            "5 django ^5.0 RUNTIME null REGISTRY",
            "6 numpy ~1.26 RUNTIME null REGISTRY",
            "6 numpy * RUNTIME null REGISTRY",
            "10 redis ^5 OPTIONAL cache REGISTRY",
            "11 core  RUNTIME null URL",
            "12 lib  RUNTIME null GIT",
            "13 here  RUNTIME null FILE",
            "17 black * DEV dev REGISTRY",
            "19 mkdocs ^1 DEV docs REGISTRY"),
        rows(manifest));
    assertEquals("python_version < '3.13'", manifest.dependencies().get(1).marker());
    assertEquals("app", manifest.name());
  }

  @Test
  void withProjectDependenciesPoetryOnlyEnriches() {
    Manifest manifest =
        read(
            """
            [project]
            dependencies = ["lib"]
            [tool.poetry.dependencies]
            lib = { git = "https://git.example/lib.git" }
            stray = "^1"
            [tool.poetry.group.dev.dependencies]
            pytest = "^8"
            """);
    assertEquals(
        List.of("2 lib  RUNTIME null GIT", "7 pytest ^8 DEV dev REGISTRY"), rows(manifest));
  }

  @Test
  void uvPdmAndHatchDeclareDevelopmentToo() {
    Manifest manifest =
        read(
            """
            [project]
            dependencies = ["member", "torch"]
            [tool.uv]
            dev-dependencies = ["pytest"]
            [tool.uv.sources]
            member = { workspace = true }
            torch = [{ index = "cpu", marker = "sys_platform == 'linux'" }]
            [tool.uv.workspace]
            members = ["packages/*"]
            exclude = ["packages/old"]
            [tool.pdm.dev-dependencies]
            test = ["tox", "-e file:///${PROJECT_ROOT}/sub#egg=sub"]
            [tool.hatch.envs.lint]
            dependencies = ["ruff"]
            """);
    assertEquals(
        List.of(
            "2 member  RUNTIME null WORKSPACE",
            "2 torch  RUNTIME null REGISTRY",
            "4 pytest  DEV dev REGISTRY",
            "12 tox  DEV test REGISTRY",
            "12 sub  DEV test WORKSPACE",
            "14 ruff  DEV lint REGISTRY"),
        rows(manifest));
    assertEquals(List.of("packages/*", "!packages/old"), manifest.workspaces());
  }

  @Test
  void dynamicDependenciesAreIncludes() {
    Manifest manifest =
        read(
            """
            [project]
            dynamic = ["dependencies"]
            [tool.setuptools.dynamic]
            dependencies = { file = ["requirements/base.txt", "gone.txt"] }
            """);
    assertEquals(List.of("requirements/base.txt"), manifest.includes());
    assertEquals(
        List.of(
            "pyproject.toml:4:51: error: the requirement file gone.txt does not exist here:"
                + " correct the path"),
        issues(manifest));
  }

  @Test
  void aRepeatedKeyIsOneErrorWithItsPlace() {
    Manifest manifest =
        read("[tool.poetry.dependencies]\r\ntorch = \"1.10.1\"\r\ntorch = \"1.10.1\"\r\n");
    assertEquals(
        List.of(
            "pyproject.toml:3:1: error: this is no valid TOML: the key 'torch' stands in line 2"
                + " already: remove one of them"),
        issues(manifest));
    assertEquals(List.of("2 torch 1.10.1 RUNTIME null REGISTRY"), rows(manifest));
  }

  @Test
  void wrongEntriesAreErrorsWithTheirPlaceAndTheRestCounts() {
    Manifest manifest =
        read(
            """
            [project]
            dependencies = ["good", "bad=1", 5]
            [dependency-groups]
            a = [{include-group = "b"}]
            b = [{include-group = "a"}]
            A = ["x"]
            c = "pytest"
            d = [{include-group = "gone"}]
            """);
    assertEquals(
        List.of("good", "x"), manifest.dependencies().stream().map(d -> d.name()).toList());
    assertEquals(
        List.of(
            "pyproject.toml:2:29: error: 'bad=1' in [project.dependencies] is no requirement: '='"
                + " is no version operator: write '=='",
            "pyproject.toml:2:34: error: an entry of [project.dependencies] must be a requirement"
                + " in quotes",
            "pyproject.toml:6:1: error: the groups 'a' and 'A' are the same name: merge them",
            "pyproject.toml:4:6: error: the group 'b' includes 'a' again: remove one include",
            "pyproject.toml:5:6: error: the group 'a' includes 'b' again: remove one include",
            "pyproject.toml:7:1: error: the group 'c' must be a list of requirements",
            "pyproject.toml:8:6: error: there is no group 'gone': correct the name"),
        issues(manifest));
  }

  @Test
  void settingsOfToolsAloneDeclareNothing() {
    Manifest manifest = read("[tool.ruff]\nline-length = 100\n");
    assertEquals(List.of(), manifest.dependencies());
    assertEquals(List.of(), manifest.issues());
  }

  @Test
  void emptyProjectDependenciesLeaveTheWordToPoetry() {
    String poetry =
        """
        [tool.poetry]
        name = "x"
        [tool.poetry.dependencies]
        python = "^3.12"
        a = "1"
        b = {version = "2", optional = true}
        """;
    assertEquals(
        List.of("7 a 1 RUNTIME null REGISTRY", "8 b 2 OPTIONAL null REGISTRY"),
        rows(read("[project]\ndependencies = []\n" + poetry)));
    assertEquals(
        List.of("3 c  OPTIONAL e REGISTRY"),
        rows(read("[project]\n[project.optional-dependencies]\ne = [\"c\"]\n" + poetry)));
    assertEquals(
        List.of("4 c  OPTIONAL e REGISTRY", "9 a 1 RUNTIME null REGISTRY"),
        rows(
            read(
                "[project]\ndynamic = [\"dependencies\"]\n[project.optional-dependencies]\n"
                    + "e = [\"c\"]\n"
                    + poetry)));
    assertEquals(
        List.of("3 c  RUNTIME null REGISTRY", "9 b 2 OPTIONAL null REGISTRY"),
        rows(
            read(
                "[project]\ndynamic = [\"optional-dependencies\"]\ndependencies = [\"c\"]\n"
                    + poetry)));
  }

  @Test
  void metadataOfOldFlitIsRead() {
    Manifest manifest =
        read(
            """
            [tool.flit.metadata]
            module = "fast_app"
            dist-name = "fast-app"
            requires-python = ">=3.7"
            requires = ["fastapi >=0.54.0,<0.61.0"]
            dev-requires = ["flake8"]
            [tool.flit.metadata.requires-extra]
            sql = ["databases"]
            all = ["fast_app[sql]"]
            """);
    assertEquals("fast-app", manifest.name());
    assertEquals(
        List.of(
            "5 fastapi >=0.54.0,<0.61.0 RUNTIME null REGISTRY",
            "6 flake8  DEV dev REGISTRY",
            "8 databases  OPTIONAL sql REGISTRY"),
        rows(manifest));
    assertEquals(List.of(), issues(manifest));
  }

  @Test
  void hatchHasMatricesHooksAndTemplates() {
    Manifest manifest =
        read(
            """
            [tool.rye]
            dev-dependencies = ["rye-tool"]
            [tool.hatch.build.targets.wheel.hooks.mypyc]
            dependencies = ["hatch-mypyc"]
            [tool.hatch.metadata.hooks.requirements_txt]
            files = ["requirements/base.txt"]
            [tool.hatch.metadata.hooks.requirements_txt.optional-dependencies]
            gone = ["gone.txt"]
            [tool.hatch.envs.test]
            dependencies = ["django~={matrix:django}.0", "own @ {root:uri}/own"]
            [[tool.hatch.envs.test.matrix]]
            django = ["4", "5"]
            [tool.hatch.envs.test.overrides]
            matrix.django.extra-dependencies = [{value = "pytz", if = ["4"]}, "tzdata"]
            """);
    assertEquals(
        List.of(
            "2 rye-tool  DEV dev REGISTRY",
            "10 django  DEV test REGISTRY",
            "10 own  DEV test URL",
            "14 pytz  DEV test REGISTRY",
            "14 tzdata  DEV test REGISTRY",
            "4 hatch-mypyc  BUILD build REGISTRY"),
        rows(manifest).stream().map(row -> row.replace(" FILE", " URL")).toList());
    assertEquals(List.of("requirements/base.txt"), manifest.includes());
    assertEquals(
        List.of(
            "pyproject.toml:8:9: error: the requirement file gone.txt does not exist here: correct"
                + " the path"),
        issues(manifest));
  }

  @Test
  void extrasOfSetuptoolsComeFromFilesToo() {
    Manifest manifest =
        read(
            """
            [project]
            name = "x"
            dynamic = ["dependencies", "optional-dependencies"]
            [tool.setuptools.dynamic]
            optional-dependencies.dev = {file = ["requirements/base.txt"]}
            optional-dependencies.no = {file = "gone.txt"}
            """);
    assertEquals(List.of("requirements/base.txt"), manifest.includes());
    assertEquals(1, issues(manifest).size());
  }

  @Test
  void constraintsThatPoetryRefusesAreErrorsAndStay() {
    Manifest manifest =
        read(
            """
            [tool.poetry.dependencies]
            a = "banana"
            b = {version = ">=1,<"}
            c = ["^1 || ^2", "1.x"]
            d = {git = "https://h.example/d.git"}
            """);
    assertEquals(
        List.of("a banana", "b >=1,<", "c ^1 || ^2", "c 1.x", "d "),
        manifest.dependencies().stream().map(one -> one.name() + " " + one.constraint()).toList());
    String rest = ", and Poetry refuses it: write \"^1.2\", \">=1.2,<2\" or \"*\"";
    assertEquals(
        List.of(
            "pyproject.toml:2:5: error: 'banana' is no version of a" + rest,
            "pyproject.toml:3:16: error: '>=1,<' is no version of b" + rest,
            "pyproject.toml:4:18: error: '1.x' is no version of c" + rest),
        issues(manifest));
  }
}

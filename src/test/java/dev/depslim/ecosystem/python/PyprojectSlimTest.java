package dev.depslim.ecosystem.python;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.depslim.ecosystem.SlimForm;
import dev.depslim.model.Verdict.Action;
import dev.depslim.syntax.Toml;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class PyprojectSlimTest {
  private static final String NAME = "pyproject-production.toml";

  private static String slim(Plans plans) {
    SlimForm form = plans.form();
    String text = Plans.text(form, NAME);
    Toml.parse(text.getBytes(StandardCharsets.UTF_8));
    assertEquals(List.of(), plans.differences(form));
    return text;
  }

  @Test
  void groupsForDevelopmentGoAndEverythingElseStays() {
    Plans plans =
        Plans.with(
                "pyproject.toml",
                """
                # the shop
                [project]
                name = "shop"
                dependencies = [
                    "flask[async]>=3",   # web
                    # tests
                    "pytest>=8",  # why here?
                    'requests',
                ]
                optional-dependencies.pdf = ["black", "reportlab>=4", "pytest"]

                # everything for developers
                [dependency-groups]
                dev = ["ruff"]
                test = [{include-group = "dev"}, "pytest>=8"]

                # settings of uv
                [tool.uv]
                default-groups = ["dev", "test"]
                dev-dependencies = ["mypy"]
                required-version = ">=0.4"
                conflicts = [
                    [{ group = "dev" }, { group = "test" }],
                    [{ extra = "pdf" }, { extra = "x" }],
                ]

                [tool.uv.sources]
                pytest = { git = "https://h.example/pytest" }
                ruff = [
                    { index = "a", group = "dev" },
                ]
                flask = [{ index = "a", group = "dev" }, { index = "b" }]

                [tool.ruff]
                line-length = 100
                """)
            .drop("pytest");
    assertEquals(
        """
        # the shop
        [project]
        name = "shop"
        dependencies = [
            "flask[async]>=3",   # web
            # tests
            'requests',
        ]
        optional-dependencies.pdf = ["black", "reportlab>=4"]

        # settings of uv
        [tool.uv]
        required-version = ">=0.4"
        conflicts = [
            [{ extra = "pdf" }, { extra = "x" }],
        ]

        [tool.uv.sources]
        flask = [{ index = "b" }]

        [tool.ruff]
        line-length = 100
        """,
        slim(plans));
  }

  @Test
  void tablesOfPoetryAreEdited() {
    Plans plans =
        Plans.with(
                "pyproject.toml",
                """
                [tool.poetry]
                name = "shop"

                [tool.poetry.dependencies]
                python = "^3.11"
                flask = "^3.0"  # web
                black = { version = "^24", optional = true }
                pandas = [
                    { version = "^1", python = "<3.9" },
                    { version = "^2", python = ">=3.9" },
                ]

                [tool.poetry.dependencies.ipython]
                version = "^8"

                [tool.poetry.extras]
                format = ["black"]
                all = ["black", "flask"]

                [tool.poetry.dev-dependencies]
                mypy = "*"

                [tool.poetry.group.test]
                optional = true

                [tool.poetry.group.test.dependencies]
                pytest = "^8"

                [tool.poetry.group.docs.dependencies]
                sphinx = "^7"
                [build-system]
                requires = ["poetry-core"]
                """)
            .drop("black", "ipython", "pandas");
    assertEquals(
        """
        [tool.poetry]
        name = "shop"

        [tool.poetry.dependencies]
        python = "^3.11"
        flask = "^3.0"  # web

        [tool.poetry.extras]
        format = []
        all = ["flask"]

        [build-system]
        requires = ["poetry-core"]
        """,
        slim(plans));
  }

  @Test
  void whatProductionNeedsOfAGroupBecomesADependency() {
    assertTrue(
        slim(Plans.with(
                    "pyproject.toml",
                    "[project]\n"
                        + "name = 'a'\n"
                        + "dependencies = [\n"
                        + "  'flask',\n"
                        + "]\n"
                        + "[dependency-groups]\n"
                        + "dev = ['pyotp[x]>=2 ; os_name == \"nt\"', 'ruff']\n")
                .act(Action.MOVE_TO_PROD, "pyotp"))
            .contains("[\n    \"pyotp[x]>=2 ; os_name == \\\"nt\\\"\",\n  'flask',"));
    assertEquals(
        "[project]\ndependencies = [\n    \"pyotp\",\n]\nname = 'a'\n",
        slim(
            Plans.with(
                    "pyproject.toml",
                    "[project]\nname = 'a'\n[tool.pdm.dev-dependencies]\ndev = ['pyotp']\n")
                .act(Action.MOVE_TO_PROD, "pyotp")));
    assertEquals(
        "[tool.poetry.dependencies]\npyotp = \"^2\"\npython = '^3.9'\n",
        slim(
            Plans.with(
                    "pyproject.toml",
                    "[tool.poetry.dependencies]\npython = '^3.9'\n"
                        + "[tool.poetry.group.dev.dependencies]\npyotp = '^2'\n")
                .act(Action.MOVE_TO_PROD, "pyotp")));
  }

  @Test
  void listsInOneLineKeepTheirShape() {
    String before = "[project]\nname='a'\ndependencies = [%s]\n";
    for (List<String> row :
        List.of(
            List.of("'b', 'black'", "'b'"),
            List.of("'black', 'b'", "'b'"),
            List.of("'b', 'black', 'c'", "'b', 'c'"),
            List.of("'b', 'black', 'mypy'", "'b'"),
            List.of("'black', 'mypy',", ""),
            List.of(" 'black' ", " "),
            List.of("\n'b', 'black',\n", "\n'b',\n"),
            List.of("\n  'b',\n  'black'", "\n  'b'"))) {
      Plans plans =
          Plans.with("pyproject.toml", String.format(before, row.getFirst())).drop("black", "mypy");
      assertEquals(String.format(before, row.getLast()), slim(plans), row.getFirst());
    }
  }

  @Test
  void lineEndsAndMarkStay() {
    byte[] bytes =
        "\uFEFF[project]\r\nname='a'\r\ndependencies=['b','black']\r\n[dependency-groups]\r\nd=['x']\r\n"
            .getBytes(StandardCharsets.UTF_8);
    Plans plans = new Plans().and("pyproject.toml", bytes).drop("black");
    assertEquals("\uFEFF[project]\r\nname='a'\r\ndependencies=['b']\r\n", slim(plans));
  }

  @Test
  void requirementFilesOfSetuptoolsAreThoseOfTheForm() {
    Plans plans =
        Plans.with(
                "pyproject.toml",
                "[project]\nname='a'\ndynamic=['dependencies']\n[tool.setuptools.dynamic]\n"
                    + "dependencies = {file = ['requirements.txt']}\n")
            .and("requirements.txt", "flask\nblack\n")
            .drop("black");
    SlimForm form = plans.form();
    assertEquals(List.of("requirements-minimal.txt", NAME), Plans.names(form));
    assertTrue(
        Plans.text(form, NAME).contains("{file = [\"requirements-minimal.txt\"]}"),
        Plans.text(form, NAME));
  }

  @Test
  void inlineTablesAreEdited() {
    Plans plans =
        Plans.with(
                "pyproject.toml",
                "dependency-groups = {dev = ['ruff']}\n"
                    + "[project]\nname='a'\ndependencies=['flask']\n"
                    + "optional-dependencies = {x = ['black', 'c'], y = ['black']}\n"
                    + "[tool.hatch.envs.default]\ndependencies = ['mypy']\nscripts = {t = 'x'}\n")
            .drop("black");
    assertEquals(
        "[project]\nname='a'\ndependencies=['flask']\n"
            + "optional-dependencies = {x = ['c'], y = []}\n"
            + "[tool.hatch.envs.default]\nscripts = {t = 'x'}\n",
        slim(plans));
  }

  @Test
  void listsOfRyeFlitAndMatricesForDevelopmentGo() {
    Plans plans =
        Plans.with(
            "pyproject.toml",
            """
            [project]
            name = "shop"
            dependencies = ["flask"]

            [tool.rye]
            managed = true
            dev-dependencies = ["mypy"]

            [tool.hatch.envs.test]
            dependencies = ["pytest"]

            [tool.hatch.envs.test.overrides]
            matrix.django.dependencies = [{value = "pytz", if = ["4"]}]
            """);
    assertEquals(
        """
        [project]
        name = "shop"
        dependencies = ["flask"]

        [tool.rye]
        managed = true

        [tool.hatch.envs.test]

        """,
        slim(plans));
  }
}

package dev.depslim.ecosystem.python;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.depslim.model.Manifest;
import java.util.List;
import org.junit.jupiter.api.Test;

class PipfileTest {
  private static Manifest read(String text) {
    MemoryFiles files =
        new MemoryFiles()
            .with("Pipfile", text)
            .with("pyproject.toml", "[project]\nname = \"own-app\"\n");
    return ManifestRows.read(new Pipfile(), files, "Pipfile");
  }

  @Test
  void packagesAreRuntimeAndEveryOtherCategoryIsDevelopment() {
    Manifest manifest =
        read(
            """
            [[source]]
            url = "https://pypi.example/simple"
            [packages]
            requests = ">=2.32"
            uvicorn = {extras = ["standard"], version = "==0.30.*"}
            gunicorn = "26.1.*"
            [dev-packages]
            pytest = "*"
            [docs]
            sphinx = "*"
            [requires]
            python_version = "3.12"
            [scripts]
            test = "pytest"
            """);
    assertEquals(
        List.of(
            "4:1 requests >=2.32 RUNTIME packages",
            "5:1 uvicorn[standard] ==0.30.* RUNTIME packages",
            "6:1 gunicorn 26.1.* RUNTIME packages",
            "8:1 pytest * DEV dev-packages",
            "10:1 sphinx * DEV docs"),
        ManifestRows.of(manifest));
    assertEquals(List.of(), ManifestRows.issues(manifest));
  }

  @Test
  void conditionsMayBeKeysOfTheirOwn() {
    Manifest manifest =
        read(
            """
            [packages]
            waitress = {version = "3.*", sys_platform = "== 'win32'"}
            uvloop = {version = "*", markers = "python_version < '3.13'", os_name = "== 'posix'"}
            """);
    assertEquals(
        List.of(
            "2:1 waitress 3.* RUNTIME packages ; sys_platform == 'win32'",
            "3:1 uvloop * RUNTIME packages"
                + " ; (python_version < '3.13') and (os_name == 'posix')"),
        ManifestRows.of(manifest));
  }

  @Test
  void keyIsNotAlwaysTheName() {
    Manifest manifest =
        read(
            """
            [packages]
            "e1839a8" = {path = ".", editable = true}
            "abcdef0" = {git = "https://git.example/acme/tools.git", ref = "8746648"}
            mine = {file = "https://files.example/real_name-1.2-py3-none-any.whl"}
            django-extensions = {ref = "8746648", git = "https://git.example/django-extensions.git"}
            """);
    assertEquals(
        List.of(
            "2:1 own-app  RUNTIME packages WORKSPACE",
            "3:1 tools  RUNTIME packages GIT",
            "4:1 real-name  RUNTIME packages URL",
            "5:1 django-extensions  RUNTIME packages GIT"),
        ManifestRows.of(manifest));
  }

  @Test
  void anOddEntryIsAnIssueAndTheRestCounts() {
    Manifest manifest =
        read("[packages]\na = 1\nb = \"~~1\"\nc = [\"*\"]\nd = \"*\"\nd = \"*\"\ne =\nf = \"*\"\n");
    assertEquals(
        List.of(
            "3:1 b ~~1 RUNTIME packages", "5:1 d * RUNTIME packages", "8:1 f * RUNTIME packages"),
        ManifestRows.of(manifest));
    assertEquals(
        List.of(
            "Pipfile:6:1: error: this is no valid TOML: the key 'd' stands in line 5 already: remove"
                + " one of them",
            "Pipfile:7:4: error: this is no valid TOML: found the end of the line where a value"
                + " should stand",
            "Pipfile:2:5: error: the version of a must be in quotes: \"1\"",
            "Pipfile:3:5: error: '~~1' is no version of b: write \"==1.2.3\", \">=1.2\" or \"*\"",
            "Pipfile:4:5: error: c must be a version in quotes or a table, not a list"),
        ManifestRows.issues(manifest));
  }
}

package dev.depslim.ecosystem.python;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.depslim.ecosystem.SlimForm;
import dev.depslim.ecosystem.TrialInstall;
import dev.depslim.model.DepslimException.InvalidInput;
import dev.depslim.model.Verdict.Action;
import java.util.List;
import org.junit.jupiter.api.Test;

class LockedFormTest {
  private static final String MAIN = "requirements-minimal.txt";

  private static final String UV_MANIFEST =
      """
      [project]
      name = "shop"
      dependencies = ["flask[async]>=3", "numpy", "black"]
      [project.optional-dependencies]
      pdf = ["reportlab"]
      [dependency-groups]
      dev = ["pytest", "pyotp"]
      """;

  private static final String UV_LOCK =
      """
      version = 1
      requires-python = ">=3.9"

      [[package]]
      name = "shop"
      version = "0.1.0"
      source = { editable = "." }
      dependencies = [
          { name = "black" },
          { name = "flask", extra = ["async"] },
          { name = "numpy", version = "2.0.2", source = { registry = "https://pypi.example/simple" }, marker = "python_full_version < '3.10'" },
          { name = "numpy", version = "2.2.6", source = { registry = "https://pypi.example/simple" }, marker = "python_full_version >= '3.10'" },
      ]
      [package.optional-dependencies]
      pdf = [{ name = "reportlab" }]
      [package.dev-dependencies]
      dev = [{ name = "pytest" }, { name = "pyotp" }]

      [[package]]
      name = "asgiref"
      version = "3.8.1"
      source = { registry = "https://pypi.example/simple" }
      sdist = { url = "https://files.example/a.tar.gz", hash = "sha256:a0", size = 1 }
      wheels = [{ url = "https://files.example/a.whl", hash = "sha256:a1", size = 1 }]

      [[package]]
      name = "black"
      version = "24.1.0"
      source = { registry = "https://pypi.example/simple" }
      wheels = [{ url = "https://files.example/b.whl", hash = "sha256:b1", size = 1 }]
      dependencies = [{ name = "click" }, { name = "pathspec" }]

      [[package]]
      name = "click"
      version = "8.1.7"
      source = { registry = "https://pypi.example/simple" }
      wheels = [{ url = "https://files.example/c.whl", hash = "sha256:c1", size = 1 }]
      dependencies = [{ name = "colorama", marker = "sys_platform == 'win32'" }]

      [[package]]
      name = "colorama"
      version = "0.4.6"
      source = { registry = "https://pypi.example/simple" }
      wheels = [{ url = "https://files.example/d.whl", hash = "sha256:d1", size = 1 }]

      [[package]]
      name = "flask"
      version = "3.0.0"
      source = { registry = "https://pypi.example/simple" }
      wheels = [{ url = "https://files.example/f.whl", hash = "sha256:f1", size = 1 }]
      dependencies = [{ name = "click" }, { name = "importlib-metadata", marker = "python_full_version < '3.10'" }]
      [package.optional-dependencies]
      async = [{ name = "asgiref" }]

      [[package]]
      name = "importlib-metadata"
      version = "8.0.0"
      source = { registry = "https://pypi.example/simple" }
      wheels = [{ url = "https://files.example/i.whl", hash = "sha256:e1", size = 1 }]
      dependencies = [{ name = "colorama", marker = "python_full_version >= '3.8' and sys_platform == 'win32'" }]

      [[package]]
      name = "numpy"
      version = "2.0.2"
      source = { registry = "https://pypi.example/simple" }
      resolution-markers = ["python_full_version < '3.10'"]
      wheels = [{ url = "https://files.example/n.whl", hash = "sha256:01", size = 1 }]

      [[package]]
      name = "numpy"
      version = "2.2.6"
      source = { registry = "https://pypi.example/simple" }
      resolution-markers = ["python_full_version >= '3.10'"]
      wheels = [{ url = "https://files.example/m.whl", hash = "sha256:02", size = 1 }]

      [[package]]
      name = "pathspec"
      version = "0.12.1"
      source = { registry = "https://pypi.example/simple" }
      wheels = [{ url = "https://files.example/p.whl", hash = "sha256:03", size = 1 }]

      [[package]]
      name = "pyotp"
      version = "2.9.0"
      source = { registry = "https://pypi.example/simple" }
      wheels = [{ url = "https://files.example/o.whl", hash = "sha256:04", size = 1 }]

      [[package]]
      name = "pytest"
      version = "8.0.0"
      source = { registry = "https://pypi.example/simple" }
      wheels = [{ url = "https://files.example/t.whl", hash = "sha256:05", size = 1 }]
      dependencies = [{ name = "colorama" }]

      [[package]]
      name = "reportlab"
      version = "4.2.0"
      source = { registry = "https://pypi.example/simple" }
      wheels = [{ url = "https://files.example/r.whl", hash = "sha256:06", size = 1 }]
      """;

  private static Plans uv() {
    return Plans.with("pyproject.toml", UV_MANIFEST).and("uv.lock", UV_LOCK).drop("black");
  }

  @Test
  void everythingThatStaysIsPinnedWithItsConditionAndHashes() {
    Plans plans = uv();
    SlimForm form = plans.form();
    assertEquals(
        """
        # What shop needs in production, pinned as in uv.lock.
        # Left out: black (dev/test, for tests)

        asgiref==3.8.1 \\
            --hash=sha256:a0 \\
            --hash=sha256:a1
            # via flask
        click==8.1.7 \\
            --hash=sha256:c1
            # via flask
        colorama==0.4.6 ; sys_platform == "win32" \\
            --hash=sha256:d1
            # via click, importlib-metadata
        flask==3.0.0 \\
            --hash=sha256:f1
        flask[async]==3.0.0 \\
            --hash=sha256:f1
            # via -r pyproject.toml
        importlib-metadata==8.0.0 ; python_version < "3.10" \\
            --hash=sha256:e1
            # via flask
        numpy==2.0.2 ; python_version < "3.10" \\
            --hash=sha256:01
            # via -r pyproject.toml
        numpy==2.2.6 ; python_version >= "3.10" \\
            --hash=sha256:02
            # via -r pyproject.toml
        """,
        Plans.text(form, MAIN));
    assertTrue(form.complete());
    assertEquals(List.of("black 24.1.0", "pathspec 0.12.1"), Plans.installed(form.removed()));
    assertEquals(
        List.of(
            "asgiref 3.8.1",
            "click 8.1.7",
            "colorama 0.4.6 ?",
            "flask 3.0.0",
            "importlib-metadata 8.0.0 ?",
            "numpy 2.0.2 ?",
            "numpy 2.2.6 ?"),
        Plans.installed(form.installs()));
    assertEquals(List.of(), plans.differences(form));
  }

  @Test
  void whatProductionNeedsOfAGroupIsPinnedToo() {
    Plans plans = uv().act(Action.MOVE_TO_PROD, "pyotp");
    SlimForm form = plans.form();
    assertTrue(Plans.requirements(form, MAIN).contains("pyotp==2.9.0"));
    assertEquals(List.of(), plans.differences(form));
  }

  @Test
  void whatGoesAndIsNeededStaysWithANote() {
    Plans plans =
        Plans.with("pyproject.toml", UV_MANIFEST.replace("\"black\"", "\"black\", \"click\""))
            .and(
                "uv.lock",
                UV_LOCK.replace(
                    "{ name = \"black\" },", "{ name = \"black\" }, { name = \"click\" },"))
            .drop("click", "black");
    SlimForm form = plans.form();
    assertTrue(Plans.requirements(form, MAIN).contains("click==8.1.7"));
    assertTrue(form.notes().contains("click stays: flask needs it."), form.notes()::toString);
    assertEquals(List.of(), plans.differences(form));
  }

  @Test
  void anExtraThatOnlySomeEnvironmentsAskForIsNotInTheLine() {
    String asked = "{ name = \"flask\", extra = [\"async\"] },";
    assertTrue(UV_LOCK.contains(asked), UV_LOCK);
    SlimForm form =
        Plans.with("pyproject.toml", UV_MANIFEST)
            .and(
                "uv.lock",
                UV_LOCK.replace(
                    asked,
                    "{ name = \"flask\" }, { name = \"flask\", extra = [\"async\"], marker ="
                        + " \"sys_platform == 'win32'\" },"))
            .form();
    List<String> requirements = Plans.requirements(form, MAIN);
    assertTrue(requirements.contains("flask==3.0.0"), requirements::toString);
    assertTrue(
        requirements.contains("asgiref==3.8.1 ; sys_platform == \"win32\""),
        requirements::toString);
  }

  @Test
  void aPackageWithoutHashesTakesTheHashesOfAll() {
    Plans plans =
        Plans.with("pyproject.toml", UV_MANIFEST)
            .and(
                "uv.lock",
                UV_LOCK
                    .replace(
                        "name = \"asgiref\"\n"
                            + "version = \"3.8.1\"\n"
                            + "source = { registry = \"https://pypi.example/simple\" }",
                        "name = \"asgiref\"\n"
                            + "version = \"3.8.1\"\n"
                            + "source = { git ="
                            + " \"https://h.example/asgiref?subdirectory=s&tag=3#0123abc\" }")
                    .replace(
                        "source = { registry = \"https://pypi.example/simple\" }\n"
                            + "wheels = [{ url = \"https://files.example/f.whl\"",
                        "source = { url = \"https://files.example/f.whl\" }\n"
                            + "wheels = [{ url = \"https://files.example/f.whl\""));
    SlimForm form = plans.form();
    String text = Plans.text(form, MAIN);
    assertFalse(text.contains("--hash"), text);
    assertTrue(
        text.contains("asgiref @ git+https://h.example/asgiref@0123abc#subdirectory=s\n"), text);
    assertTrue(text.contains("flask @ https://files.example/f.whl\n"), text);
    assertTrue(form.notes().getFirst().contains("for asgiref."), form.notes()::toString);
    TrialInstall trial =
        new PythonWriter().trials(plans.plan(), form, plans.files(), (_, _) -> null).getFirst();
    assertEquals(
        List.of("asgiref 3.8.1: a repository, which pip builds"),
        trial.untried().stream().map(one -> one.what() + ": " + one.reason()).toList());
    assertTrue(trial.command().contains("--find-links"), trial.command()::toString);
  }

  @Test
  void indexesThatTheProjectNamesAreOptions() {
    String cpu = "https://cpu.example/whl";
    Plans plans =
        Plans.with(
                "pyproject.toml",
                UV_MANIFEST + "[[tool.uv.index]]\nname='cpu'\nurl='" + cpu + "/'\nexplicit=true\n")
            .and(
                "uv.lock",
                UV_LOCK.replace(
                    "name = \"asgiref\"\n"
                        + "version = \"3.8.1\"\n"
                        + "source = { registry = \"https://pypi.example/simple\" }",
                    "name = \"asgiref\"\nversion = \"3.8.1\"\nsource = { registry = \""
                        + cpu
                        + "\" }"));
    assertEquals("--extra-index-url " + cpu, Plans.requirements(plans.form(), MAIN).getFirst());
    Plans all =
        Plans.with(
                "pyproject.toml",
                UV_MANIFEST
                    + "[[tool.uv.index]]\nurl='https://pypi.example/simple'\ndefault=true\n")
            .and("uv.lock", UV_LOCK);
    assertEquals(
        "--index-url https://pypi.example/simple", Plans.requirements(all.form(), MAIN).getFirst());
  }

  @Test
  void overridesAreInstalledWithoutResolving() {
    Plans plans =
        Plans.with("pyproject.toml", UV_MANIFEST.replace("flask[async]>=3", "flask[async]>=4"))
            .and(
                "uv.lock",
                UV_LOCK.replaceFirst(
                    "\n\\[\\[package",
                    "\n[manifest]\noverrides = [{ name = \"flask\" }]\n\n[[package"));
    SlimForm form = plans.form();
    assertEquals(
        List.of("pip install --no-cache-dir --no-deps -r " + MAIN),
        new PythonWriter().commands(form));
    assertTrue(
        new PythonWriter()
            .trials(plans.plan(), form, plans.files(), (_, _) -> null)
            .getFirst()
            .command()
            .contains("--no-deps"));
  }

  @Test
  void aLockOfAnotherManifestIsRefused() {
    assertEquals(
        "pyproject.toml:3:17: 'flask>=4' does not allow 3.0.0 of uv.lock: the lock is older than"
            + " the manifest; run 'uv lock' first",
        refused(
            Plans.with("pyproject.toml", UV_MANIFEST.replace("]>=3", "]>=4"))
                .and("uv.lock", UV_LOCK)));
    assertEquals(
        "pyproject.toml:3:53: 'httpx>=1' is not in uv.lock: the lock is older than the manifest;"
            + " run 'uv lock' first",
        refused(
            Plans.with(
                    "pyproject.toml", UV_MANIFEST.replace("\"black\"]", "\"black\",\"httpx>=1\"]"))
                .and("uv.lock", UV_LOCK)));
    assertTrue(
        refused(Plans.with("pyproject.toml", UV_MANIFEST).and("uv.lock", "version = "))
            .startsWith("uv.lock:1:"));
    assertTrue(
        refused(Plans.with("pyproject.toml", UV_MANIFEST).and("uv.lock", "version = 1\n"))
            .contains("is not locked here; run 'uv lock' first"));
    assertTrue(
        refused(
                Plans.with("pyproject.toml", UV_MANIFEST)
                    .and("uv.lock", UV_LOCK.replace("8.1.7", "8.1.[X]")))
            .contains("'8.1.[X]' is no version of click"));
  }

  private static String refused(Plans plans) {
    return String.valueOf(assertThrows(InvalidInput.class, plans::form).getMessage());
  }

  @Test
  void aLockThatMissesOnlyWhatGoesIsTaken() {
    Plans plans =
        Plans.with("pyproject.toml", UV_MANIFEST.replace("\"black\"]", "\"black\",\"mypy>=1\"]"))
            .and("uv.lock", UV_LOCK)
            .drop("black", "mypy");
    assertEquals(List.of(), plans.differences(plans.form()));
  }

  @Test
  void membersOfAWorkspaceHaveTheirOwnFiles() {
    String lock =
        """
        version = 1
        [manifest]
        members = ["app", "lib"]
        [[package]]
        name = "app"
        version = "0.1"
        source = { editable = "app" }
        dependencies = [{ name = "lib" }, { name = "flask" }]
        [[package]]
        name = "lib"
        version = "0.1"
        source = { editable = "lib" }
        dependencies = [{ name = "black" }, { name = "click" }]
        [[package]]
        name = "black"
        version = "24.1"
        source = { registry = "https://pypi.example/simple" }
        [[package]]
        name = "click"
        version = "8.1"
        source = { registry = "https://pypi.example/simple" }
        [[package]]
        name = "flask"
        version = "3.0"
        source = { registry = "https://pypi.example/simple" }
        """;
    Plans app =
        Plans.with(
            "app/pyproject.toml",
            "[project]\nname='app'\ndependencies=['lib', 'flask']\n"
                + "[tool.uv.sources]\nlib={workspace=true}\n");
    Plans lib =
        Plans.with("lib/pyproject.toml", "[project]\nname='lib'\ndependencies=['black', 'click']\n")
            .drop("black");
    Plans plans =
        Plans.with("pyproject.toml", "[tool.uv.workspace]\nmembers=['app','lib']\n")
            .and("uv.lock", lock)
            .member("app", app)
            .member("lib", lib);
    SlimForm form = plans.form();
    assertEquals(
        List.of(
            "app/requirements-minimal.txt",
            "app/pyproject-production.toml",
            "lib/requirements-minimal.txt",
            "lib/pyproject-production.toml"),
        Plans.names(form));
    assertEquals(
        List.of("click==8.1", "flask==3.0"),
        Plans.requirements(form, "app/requirements-minimal.txt"));
    assertEquals(List.of("click==8.1"), Plans.requirements(form, "lib/requirements-minimal.txt"));
    assertTrue(
        form.notes().stream().anyMatch(note -> note.contains("--no-deps . ./lib")),
        form.notes()::toString);
    assertEquals(List.of(), plans.differences(form));
  }

  @Test
  void anEmptyUvLockBesideAnotherLockIsPassedOver() {
    SlimForm form =
        Plans.with(
                "pyproject.toml",
                """
                [tool.poetry]
                name = "shop"
                [tool.poetry.dependencies]
                python = "^3.11"
                click = "^8"
                """)
            .and(
                "poetry.lock",
                """
                [[package]]
                name = "click"
                version = "8.1.7"
                files = [{file = "click.whl", hash = "sha256:a1"}]
                [metadata]
                lock-version = "2.1"
                python-versions = "^3.11"
                """)
            .and("uv.lock", "version = 1\nrevision = 3\nrequires-python = \">=3.11\"\n")
            .form();
    assertEquals(List.of("click==8.1.7"), Plans.requirements(form, MAIN));
  }

  @Test
  void poetryLocksOfAllFormatsArePinned() {
    String manifest =
        """
        [tool.poetry]
        name = "shop"
        [tool.poetry.dependencies]
        python = "^3.9"
        requests = { version = "^2.31", extras = ["socks"] }
        tomli = { version = "^2", python = "<3.11" }
        black = "^24"
        own = { path = "own", develop = true }
        [tool.poetry.group.dev.dependencies]
        pytest = "^8"
        """;
    String lock =
        """
        [[package]]
        name = "requests"
        version = "2.31.0"
        optional = false
        python-versions = "*"
        files = [{file = "requests.whl", hash = "sha256:a1"}]
        [package.dependencies]
        PySocks = { version = ">=1.5.6,!=1.5.7", optional = true, markers = "extra == \\"socks\\"" }
        chardet = { version = "*", optional = true, markers = "extra == \\"other\\"" }
        win = { version = "*", markers = "sys_platform == \\"win32\\"" }
        [package.extras]
        socks = ["PySocks (>=1.5.6)"]
        other = ["chardet"]

        [[package]]
        name = "pysocks"
        version = "1.7.1"
        files = [{file = "p.whl", hash = "sha256:a2"}]

        [[package]]
        name = "chardet"
        version = "5.0"
        files = [{file = "c.whl", hash = "sha256:a3"}]

        [[package]]
        name = "win"
        version = "1.0"
        files = [{file = "w.tar.gz", hash = "sha256:a4"}]

        [[package]]
        name = "tomli"
        version = "2.0.1"
        markers = "python_version < \\"3.11\\""
        files = [{file = "t.whl", hash = "sha256:a5"}]

        [[package]]
        name = "black"
        version = "24.1"
        files = [{file = "b.whl", hash = "sha256:a6"}]

        [[package]]
        name = "own"
        version = "0.1"
        files = []
        develop = true
        [package.dependencies]
        tomli = "*"
        [package.source]
        type = "directory"
        url = "own"

        [metadata]
        lock-version = "2.1"
        python-versions = "^3.9"
        """;
    Plans plans = Plans.with("pyproject.toml", manifest).and("poetry.lock", lock).drop("black");
    SlimForm form = plans.form();
    assertEquals(
        List.of(
            "pysocks==1.7.1",
            "requests==2.31.0",
            "requests[socks]==2.31.0",
            "tomli==2.0.1 ; python_version < \"3.11\"",
            "win==1.0 ; sys_platform == \"win32\""),
        Plans.requirements(form, MAIN));
    assertTrue(Plans.text(form, MAIN).contains("--hash=sha256:a1"));
    assertTrue(
        form.notes().contains("win has no wheel in poetry.lock: pip builds it when it installs."),
        form.notes()::toString);
    assertEquals(List.of("black 24.1"), Plans.installed(form.removed()));
    assertEquals(List.of(), plans.differences(form));
  }

  @Test
  void twoVersionsThatAPoetryLockLeavesOpenAreSeparated() {
    Plans plans =
        Plans.with(
                "pyproject.toml",
                "[tool.poetry]\nname='a'\n[tool.poetry.dependencies]\npython='^3.9'\n"
                    + "numpy=[{version='^1',python='<3.10'},{version='^2',python='>=3.10'}]\n"
                    + "pandas='*'\n")
            .and(
                "poetry.lock",
                """
                [[package]]
                name = "numpy"
                version = "1.26.0"
                [[package]]
                name = "numpy"
                version = "2.1.0"
                [[package]]
                name = "pandas"
                version = "2.2.0"
                [package.dependencies]
                numpy = ">=1.2"
                [metadata]
                python-versions = "^3.9"
                """);
    SlimForm form = plans.form();
    assertEquals(List.of("numpy==2.1.0", "pandas==2.2.0"), Plans.requirements(form, MAIN));
    assertTrue(
        form.notes().stream().anyMatch(note -> note.contains("which version of numpy")),
        form.notes()::toString);
  }

  @Test
  void aManifestWithoutALockIsWrittenAsDeclared() {
    Plans plans =
        Plans.with(
                "pyproject.toml",
                """
                [tool.poetry]
                name = "shop"
                [tool.poetry.dependencies]
                python = "^3.9"
                flask = { version = "^3.0", extras = ["async"] }
                tomli = { version = "^2", python = "<3.11" }
                tool = { git = "git@h.example:o/tool.git", tag = "v1" }
                black = "^24"
                any = "*"
                """)
            .drop("black");
    SlimForm form = plans.form();
    assertEquals(
        List.of(
            "flask[async]>=3.0,<4.0",
            "tomli>=2,<3 ; python_version < \"3.11\"",
            "tool @ git+ssh://git@h.example/o/tool.git@v1",
            "any"),
        Plans.requirements(form, MAIN));
    assertFalse(form.complete());
    assertEquals(List.of(), plans.differences(form));
  }

  @Test
  void requirementFilesAndALockHaveAFormEach() {
    Plans plans = uv().and("requirements.txt", "flask==3.0.0\nblack==24.1.0\n");
    SlimForm form = plans.form();
    assertEquals(
        List.of(MAIN, "pyproject-minimal.txt", "pyproject-production.toml"), Plans.names(form));
    assertEquals(List.of("flask==3.0.0"), Plans.requirements(form, MAIN));
    assertEquals(List.of(), plans.differences(form));
  }
}

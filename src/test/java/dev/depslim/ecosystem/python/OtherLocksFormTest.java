package dev.depslim.ecosystem.python;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.depslim.ecosystem.SlimForm;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Slim forms of projects that PDM, Pipenv or a `pylock.toml` locks.
class OtherLocksFormTest {
  private static final String MAIN = "requirements-minimal.txt";

  private static final String MANIFEST =
      """
      [project]
      name = "shop"
      dependencies = ["flask[async]>=3", "black"]
      [dependency-groups]
      dev = ["pytest"]
      """;

  @Test
  void aPdmLockIsPinnedWithoutWhatOnlyARemovedPackageBrought() {
    Plans plans =
        Plans.with("pyproject.toml", MANIFEST)
            .and(
                "pdm.lock",
                """
                [metadata]
                groups = ["default", "dev"]
                strategy = ["inherit_metadata"]
                lock_version = "4.5.0"
                [[metadata.targets]]
                requires_python = ">=3.10"

                [[package]]
                name = "asgiref"
                version = "3.8.1"
                groups = ["default"]
                files = [{file = "asgiref-3.8.1.tar.gz", hash = "sha256:a0"}]

                [[package]]
                name = "black"
                version = "24.1.0"
                groups = ["default"]
                dependencies = ["click>=8", "pathspec"]
                files = [{file = "black.whl", hash = "sha256:b1"}]

                [[package]]
                name = "click"
                version = "8.1.7"
                groups = ["default"]
                dependencies = ["colorama; sys_platform == \\"win32\\""]
                files = [{file = "click.whl", hash = "sha256:c1"}]

                [[package]]
                name = "colorama"
                version = "0.4.6"
                groups = ["default", "dev"]
                marker = "sys_platform == \\"win32\\""
                files = [{file = "colorama.whl", hash = "sha256:d1"}]

                [[package]]
                name = "flask"
                version = "3.0.0"
                groups = ["default"]
                dependencies = ["click>=8.1", "importlib-metadata; python_version < \\"3.10\\""]
                files = [{file = "flask.whl", hash = "sha256:f1"}]

                [[package]]
                name = "flask"
                version = "3.0.0"
                extras = ["async"]
                groups = ["default"]
                dependencies = ["asgiref>=3.2", "flask==3.0.0"]
                files = [{file = "flask.whl", hash = "sha256:f1"}]

                [[package]]
                name = "importlib-metadata"
                version = "8.0.0"
                files = [{file = "i.whl", hash = "sha256:e1"}]

                [[package]]
                name = "pathspec"
                version = "0.12.1"
                groups = ["default"]
                files = [{file = "p.whl", hash = "sha256:03"}]

                [[package]]
                name = "pytest"
                version = "8.0.0"
                groups = ["dev"]
                dependencies = ["colorama; sys_platform == \\"win32\\""]
                files = [{file = "t.whl", hash = "sha256:05"}]
                """)
            .drop("black");
    SlimForm form = plans.form();
    assertEquals(
        List.of(
            "asgiref==3.8.1",
            "click==8.1.7",
            "colorama==0.4.6 ; sys_platform == \"win32\"",
            "flask==3.0.0",
            "flask[async]==3.0.0"),
        Plans.requirements(form, MAIN));
    assertTrue(Plans.text(form, MAIN).contains("flask[async]==3.0.0 \\\n    --hash=sha256:f1\n"));
    assertEquals(List.of("black 24.1.0", "pathspec 0.12.1"), Plans.installed(form.removed()));
    assertTrue(
        form.notes().contains("asgiref has no wheel in pdm.lock: pip builds it when it installs."),
        form.notes()::toString);
    assertTrue(form.complete());
    assertEquals(List.of(), plans.differences(form));
  }

  @Test
  void aPipfileLockIsPinnedFromTheIndexesOfItsPipfile() {
    Plans plans =
        Plans.with(
                "Pipfile",
                """
                [[source]]
                url = "https://pypi.example/simple"
                name = "main"
                [[source]]
                url = "https://cpu.example/whl/"
                name = "cpu"
                [packages]
                flask = "==3.0.0"
                torch = {version = "*", index = "cpu"}
                black = "*"
                [dev-packages]
                pytest = "*"
                [requires]
                python_version = "3.12"
                """)
            .and(
                "Pipfile.lock",
                """
                {"_meta": {"hash": {"sha256": "0"}, "pipfile-spec": 6,
                  "requires": {"python_version": "3.12"},
                  "sources": [{"name": "main", "url": "https://pypi.example/simple"},
                              {"name": "cpu", "url": "https://cpu.example/whl/"}]},
                 "default": {
                  "black": {"hashes": ["sha256:b1"], "index": "main", "version": "==24.1.0"},
                  "click": {"hashes": ["sha256:c1"], "markers": "python_version >= '3.7'",
                            "version": "==8.1.7"},
                  "colorama": {"hashes": ["sha256:d1"], "markers": "sys_platform == 'win32'",
                            "version": "==0.4.6"},
                  "flask": {"hashes": ["sha256:f1", "sha256:f2"], "index": "main",
                            "version": "==3.0.0"},
                  "torch": {"hashes": ["sha256:01"], "index": "cpu", "version": "==2.3.0+cpu"}},
                 "develop": {"pytest": {"hashes": ["sha256:05"], "version": "==8.0.0"}}}
                """)
            .drop("black");
    SlimForm form = plans.form();
    assertEquals(
        List.of(
            "--index-url https://pypi.example/simple",
            "--extra-index-url https://cpu.example/whl",
            "click==8.1.7",
            "colorama==0.4.6 ; sys_platform == \"win32\"",
            "flask==3.0.0",
            "torch==2.3.0+cpu"),
        Plans.requirements(form, MAIN));
    assertTrue(Plans.text(form, MAIN).contains("    --hash=sha256:f2\n    # via -r Pipfile\n"));
    assertTrue(Plans.text(form, MAIN).contains("# via another package\n"));
    assertEquals(List.of("black 24.1.0"), Plans.installed(form.removed()));
    assertTrue(
        form.notes().getFirst().contains("does not tell which package needs which"),
        form.notes()::toString);
    assertEquals(List.of(), plans.differences(form));
  }

  @Test
  void whatTheLockInstallsStaysWhereItIsDeclaredForDevelopmentToo() {
    Plans plans =
        Plans.with("Pipfile", "[packages]\nmsal = \"*\"\n[dev-packages]\npyjwt = \"*\"\n")
            .and(
                "Pipfile.lock",
                """
                {"_meta": {"pipfile-spec": 6},
                 "default": {"msal": {"hashes": ["sha256:a1"], "version": "==1.0"},
                             "pyjwt": {"hashes": ["sha256:a2"], "version": "==2.0"}},
                 "develop": {"pyjwt": {"hashes": ["sha256:a2"], "version": "==2.0"}}}
                """)
            .drop("pyjwt");
    SlimForm form = plans.form();
    assertEquals(List.of("msal==1.0", "pyjwt==2.0"), Plans.requirements(form, MAIN));
    assertEquals(List.of(), Plans.installed(form.removed()));
    assertEquals(List.of(), plans.differences(form));
  }

  @Test
  void aPylockIsPinnedWithoutItsGroups() {
    Plans plans =
        Plans.with("pyproject.toml", MANIFEST.replace("flask[async]>=3", "flask>=3"))
            .and(
                "pylock.toml",
                """
                lock-version = "1.0"
                requires-python = ">=3.10"
                dependency-groups = ["dev"]
                default-groups = ["default"]
                created-by = "tool"

                [[packages]]
                name = "black"
                version = "24.1.0"
                marker = "'default' in dependency_groups"
                wheels = [{name = "b.whl", url = "https://h.example/b.whl", hashes = {sha256 = "b1"}}]

                [[packages]]
                name = "click"
                version = "8.1.7"
                marker = "'default' in dependency_groups or 'dev' in dependency_groups"
                wheels = [{name = "c.whl", url = "https://h.example/c.whl", hashes = {sha256 = "c1"}}]

                [[packages]]
                name = "flask"
                version = "3.0.0"
                marker = "'default' in dependency_groups"
                wheels = [{name = "f.whl", url = "https://h.example/f.whl", hashes = {sha256 = "f1"}}]

                [[packages]]
                name = "iniconfig"
                version = "2.0.0"
                marker = "'dev' in dependency_groups"
                wheels = [{name = "i.whl", url = "https://h.example/i.whl", hashes = {sha256 = "e1"}}]

                [[packages]]
                name = "pytest"
                version = "8.0.0"
                marker = "'dev' in dependency_groups"
                wheels = [{name = "t.whl", url = "https://h.example/t.whl", hashes = {sha256 = "05"}}]
                """)
            .drop("black");
    SlimForm form = plans.form();
    assertEquals(List.of("click==8.1.7", "flask==3.0.0"), Plans.requirements(form, MAIN));
    assertEquals(List.of("black 24.1.0"), Plans.installed(form.removed()));
    assertEquals(List.of(), plans.differences(form));
  }
}

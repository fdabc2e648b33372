package dev.depslim.ecosystem.python;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.depslim.model.Manifest;
import java.util.List;
import org.junit.jupiter.api.Test;

class CondaEnvironmentTest {
  private static Manifest read(String path, String text) {
    MemoryFiles files = new MemoryFiles().with(path, text).with("requirements.txt", "a\n");
    return ManifestRows.read(new CondaEnvironment(), files, path);
  }

  @Test
  void condaAndPipDeclareSideBySide() {
    Manifest manifest =
        read(
            "environment.yml",
            """
            name: science
            channels: [conda-forge]
            dependencies:
              - python=3.12
              - numpy=1.26=py312h_0
              - conda-forge::SciPy >=1.11, <2
              - pandas 2.2.* np126py312_0
              - "pytest[version='>=8',build=py*]"
              - pip
              - pip:
                - -r requirements.txt
                - torch==2.1
                - lib @ git+https://git.example/lib.git ; python_version > "3"
                - broken=1
            """);
    assertEquals(
        List.of(
            "5:5 numpy =1.26 RUNTIME conda CONDA",
            "6:5 scipy >=1.11, <2 RUNTIME conda CONDA",
            "7:5 pandas 2.2.* RUNTIME conda CONDA",
            "8:5 pytest >=8 RUNTIME conda CONDA",
            "9:5 pip  RUNTIME conda CONDA",
            "12:7 torch ==2.1 RUNTIME pip",
            "13:7 lib  RUNTIME pip ; python_version > \"3\" GIT"),
        ManifestRows.of(manifest));
    assertEquals(List.of("requirements.txt"), manifest.includes());
    assertEquals(
        List.of(
            "environment.yml:14:13: error: 'broken=1' is no requirement: '=' is no version"
                + " operator: write '=='"),
        ManifestRows.issues(manifest));
  }

  @Test
  void nameOfTheFileTellsTheScope() {
    Manifest manifest = read("ci/environment-dev.yaml", "dependencies:\n- ruff\n- >\n");
    assertEquals(List.of("2:3 ruff  DEV conda CONDA"), ManifestRows.of(manifest));
    assertEquals(
        List.of(
            "ci/environment-dev.yaml:3:3: error: '' is no package of conda: write name=version"),
        ManifestRows.issues(manifest));
  }

  @Test
  void filesOfOtherToolsAreNoManifest() {
    MemoryFiles files =
        new MemoryFiles()
            .with("environment.yml", "environment:\n  - A=1\n")
            .with("environment-3.12.yml", "dependencies:\n  - numpy\n")
            .with("execution-environment.yml", "dependencies:\n  python: requirements.txt\n")
            .with("environment.yaml", "channels: [a]\ndependencies:\n\n# one\n  a: b\n")
            .with("env-environment.yml", "dependencies:   # all\n# one\n\n- numpy\n");
    assertFalse(new CondaEnvironment().reads("execution-environment.yml", files));
    assertTrue(new CondaEnvironment().reads("environment.yaml", files));
    assertTrue(new CondaEnvironment().reads("env-environment.yml", files));
    assertFalse(new CondaEnvironment().reads("environment.yml", files));
    assertTrue(new CondaEnvironment().reads("environment-3.12.yml", files));
  }

  @Test
  void wrongTypesAreIssues() {
    Manifest manifest =
        read("environment.yml", "dependencies:\n- [a]\n- b: [c]\n- pip: [{d: e}]\n- ~\n");
    assertEquals(List.of(), ManifestRows.of(manifest));
    assertEquals(
        List.of(
            "environment.yml:2:3: error: a dependency must be text, not a list",
            "environment.yml:3:3: warning: 'b:' is no block that conda knows: only 'pip:' is read",
            "environment.yml:4:9: error: an entry of 'pip:' must be a line of a requirements file",
            "environment.yml:5:3: error: '~' is no package of conda: write name=version"),
        ManifestRows.issues(manifest));
  }

  @Test
  void namesThatStandTwiceAndOtherThingsAreNamed() {
    Manifest twice = read("environment.yml", "dependencies: [a]\ndependencies: [b]\n");
    assertEquals(1, twice.dependencies().size());
    assertEquals(
        List.of(
            "environment.yml:1:1: warning: 'dependencies' stands here and again in line 2, which"
                + " wins: remove one of them"),
        ManifestRows.issues(twice));
    assertEquals(
        List.of(
            "environment.yml:1:1: error: an environment of conda is a map with 'dependencies:':"
                + " nothing in it counts"),
        ManifestRows.issues(read("environment.yml", "- dependencies\n")));
  }
}

package dev.depslim.ecosystem.python;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.depslim.model.DeclaredDependency;
import dev.depslim.model.Lockfile;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PythonTargetTest {
  private static final String LINUX = "sys_platform == 'linux' and platform_system == 'Linux'";

  private static boolean mayHold(MemoryFiles files, String marker) {
    return PythonTarget.of("app", files, null).mayHold(marker);
  }

  @Test
  void containersAreLinuxOnTwoMachines() {
    MemoryFiles files = new MemoryFiles();
    assertTrue(mayHold(files, LINUX));
    assertTrue(mayHold(files, "platform_machine == 'x86_64'"));
    assertTrue(mayHold(files, "platform_machine in 'aarch64 arm64'"));
    assertTrue(mayHold(files, "\"linux\" in sys_platform"));
    assertTrue(mayHold(files, "extra == 'docs' and " + LINUX));
    assertFalse(mayHold(files, "sys_platform == 'win32'"));
    assertFalse(mayHold(files, "os_name == 'nt' or platform_system == 'Darwin'"));
    assertFalse(mayHold(files, "platform_python_implementation == 'PyPy'"));
    assertFalse(mayHold(files, "platform_machine == 'armv7l'"));
    assertFalse(mayHold(files, "extra == 'docs' and sys_platform == 'win32'"));
  }

  @Test
  void markersThatCannotBeReadMayHold() {
    assertTrue(mayHold(new MemoryFiles(), "sys_platform = 'win32'"));
    assertTrue(mayHold(new MemoryFiles(), "unknown == 'x'"));
  }

  @Test
  void theDockerfileSaysWhichPython() {
    MemoryFiles files =
        new MemoryFiles()
            .with("app/Dockerfile", "ARG VERSION=3.12\nFROM python:${VERSION}-slim AS base\n")
            .with("app/.python-version", "3.9\n")
            .with("app/pyproject.toml", "[project]\nname = 'a'\nrequires-python = '>=3.9'\n");
    assertTrue(mayHold(files, "python_version >= '3.12'"));
    assertFalse(mayHold(files, "python_version < '3.12'"));
    assertFalse(mayHold(files, "python_version > '3.12'"));
    assertTrue(mayHold(files, "python_full_version < '3.12.4'"));
  }

  @Test
  void aDockerfileAboveAndImagesOfOthersCount() {
    MemoryFiles files =
        new MemoryFiles()
            .with(
                "Dockerfile",
                "FROM node:22 AS web\nFROM --platform=linux/amd64 uv:python3.13-slim");
    assertFalse(mayHold(files, "python_version < '3.13'"));
    assertTrue(mayHold(files, "python_version == '3.13'"));
  }

  @Test
  void withoutOneThePinAndThenTheRequirementDecide() {
    MemoryFiles pinned =
        new MemoryFiles()
            .with(".python-version", "cpython-3.11.4\n")
            .with("app/pyproject.toml", "[project]\nname = 'a'\nrequires-python = '>=3.9'\n");
    assertFalse(mayHold(pinned, "python_full_version < '3.11.3'"));
    assertTrue(mayHold(pinned, "python_full_version >= '3.11.3'"));
    MemoryFiles required =
        new MemoryFiles()
            .with(
                "app/pyproject.toml", "[project]\nname = 'a'\nrequires-python = '>=3.10,<3.12'\n");
    assertFalse(mayHold(required, "python_version < '3.10'"));
    assertTrue(mayHold(required, "python_version < '3.11'"));
    assertFalse(mayHold(required, "python_version >= '3.12'"));
    MemoryFiles poetry =
        new MemoryFiles()
            .with("app/pyproject.toml", "[tool.poetry.dependencies]\npython = '^3.12'\n");
    assertFalse(mayHold(poetry, "python_version == '3.11'"));
  }

  @Test
  void whatIsDeclaredForOtherSystemsIsNotInProduction() {
    MemoryFiles files =
        new MemoryFiles()
            .with(
                "requirements.txt",
                """
                requests
                pywin32 ; sys_platform == 'win32'
                uvloop ; sys_platform != 'win32'
                """);
    List<DeclaredDependency> found =
        new TargetedManifest(new RequirementsFile())
            .read(files.file("requirements.txt"), files)
            .dependencies();
    assertEquals(
        List.of("requests true", "pywin32 false", "uvloop true"),
        found.stream().map(one -> one.name() + " " + one.inProduction()).toList());
  }

  @Test
  void poetrysPythonAndPlatformAreMarkers() {
    MemoryFiles files =
        new MemoryFiles()
            .with(
                "pyproject.toml",
                """
                [tool.poetry]
                name = "a"
                [tool.poetry.dependencies]
                python = "^3.12"
                tomli = { version = "*", python = "<3.11" }
                pywin32 = { version = "*", platform = "win32" }
                rich = { version = "*", markers = "sys_platform == 'linux'" }
                """);
    List<DeclaredDependency> found =
        new TargetedManifest(new PyprojectToml())
            .read(files.file("pyproject.toml"), files)
            .dependencies();
    assertEquals(
        List.of(
            "tomli python_version < \"3.11\" true",
            "pywin32 sys_platform == \"win32\" true",
            "rich sys_platform == 'linux' false"),
        found.stream()
            .map(one -> one.name() + " " + one.marker() + " " + one.elsewhere())
            .toList());
  }

  @Test
  void whatALockNeedsOnlyOnOtherSystemsIsElsewhere() {
    MemoryFiles files =
        new MemoryFiles()
            .with(
                "uv.lock",
                """
                version = 1
                requires-python = ">=3.12"

                [[package]]
                name = "app"
                version = "1"
                source = { virtual = "." }
                dependencies = [
                    { name = "click" },
                    { name = "tzdata" },
                    { name = "pywin32", marker = "sys_platform == 'win32'" },
                ]

                [[package]]
                name = "click"
                version = "8.0"
                source = { registry = "https://pypi.example/simple" }
                dependencies = [{ name = "colorama", marker = "sys_platform == 'win32'" }]

                [[package]]
                name = "colorama"
                version = "0.4"
                source = { registry = "https://pypi.example/simple" }

                [[package]]
                name = "pywin32"
                version = "308"
                source = { registry = "https://pypi.example/simple" }
                dependencies = [{ name = "tzdata" }, { name = "only-below" }]

                [[package]]
                name = "only-below"
                version = "1.0"
                source = { registry = "https://pypi.example/simple" }

                [[package]]
                name = "tzdata"
                version = "2025.1"
                source = { registry = "https://pypi.example/simple" }
                """);
    assertEquals(
        "[colorama, only-below, pywin32]",
        elsewhere(new UvLock().read(files.file("uv.lock"), files)));
  }

  /// uvicorn's lock is such a one: h11 asks for typing-extensions on old Pythons only, mypy always.
  @Test
  void whatDevelopmentAsksForIsNotInProductionForIt() {
    MemoryFiles files =
        new MemoryFiles()
            .with(
                "uv.lock",
                """
                version = 1
                requires-python = ">=3.11"
                conflicts = [[{ package = "app", extra = "cpu" }, { package = "app", extra = "gpu" }]]

                [[package]]
                name = "app"
                version = "1"
                source = { virtual = "." }
                dependencies = [{ name = "click" }]

                [package.optional-dependencies]
                gpu = [{ name = "torch" }]

                [package.dev-dependencies]
                dev = [{ name = "colorama" }]

                [[package]]
                name = "click"
                version = "8.0"
                source = { registry = "https://pypi.example/simple" }
                dependencies = [
                    { name = "colorama", marker = "sys_platform == 'win32'" },
                    { name = "one", marker = "python_full_version < '3.12'" },
                    { name = "torch", marker = "extra == 'extra-3-app-gpu'" },
                ]

                [[package]]
                name = "colorama"
                version = "0.4"
                source = { registry = "https://pypi.example/simple" }

                [[package]]
                name = "never"
                version = "1.0"
                source = { registry = "https://pypi.example/simple" }

                [[package]]
                name = "one"
                version = "1.0"
                source = { registry = "https://pypi.example/simple" }
                dependencies = [{ name = "never", marker = "python_full_version >= '3.13'" }]

                [[package]]
                name = "torch"
                version = "2.0"
                source = { registry = "https://pypi.example/simple" }
                """);
    assertEquals(
        "[colorama, never, torch]", elsewhere(new UvLock().read(files.file("uv.lock"), files)));
  }

  /// As Poetry 2 writes markers: a table with the groups that have one; what `main` asks for
  /// without a condition is not in it.
  @Test
  void markersOfOtherGroupsDoNotKeepAPackageFromProduction() {
    MemoryFiles files =
        new MemoryFiles()
            .with(
                "pyproject.toml",
                """
                [project]
                name = "app"
                requires-python = ">=3.11"
                dependencies = ["a (>=1)", "both (>=1) ; sys_platform == 'win32'"]
                [tool.poetry.group.dev.dependencies]
                b = "*"
                both = "*"
                """)
            .with(
                "poetry.lock",
                """
                [[package]]
                name = "a"
                version = "1.0"
                optional = false
                python-versions = ">=3.8"
                groups = ["main", "dev"]
                files = []
                markers = {dev = "python_version < '3.8'"}

                [package.dependencies]
                versions = [
                    {version = ">=2", markers = "python_version >= '3.11'"},
                    {version = "<2", markers = "python_version < '3.11'"},
                ]

                [[package]]
                name = "b"
                version = "1.0"
                optional = false
                python-versions = ">=3.8"
                groups = ["dev"]
                files = []

                [[package]]
                name = "both"
                version = "1.0"
                optional = false
                python-versions = ">=3.8"
                groups = ["main", "dev"]
                files = []
                markers = {main = "sys_platform == 'win32'"}

                [[package]]
                name = "versions"
                version = "1.9"
                optional = false
                python-versions = ">=3.8"
                files = []

                [[package]]
                name = "versions"
                version = "2.1"
                optional = false
                python-versions = ">=3.8"
                files = []

                [metadata]
                lock-version = "2.1"
                python-versions = ">=3.11"
                content-hash = "x"
                """);
    Lockfile lock = new PoetryLock().read(files.file("poetry.lock"), files);
    assertEquals(
        List.of("both 1.0", "versions 1.9"),
        lock.packages().stream()
            .filter(Lockfile.Node::elsewhere)
            .map(node -> node.name() + " " + node.version())
            .sorted()
            .toList());
  }

  /// `pdm install --prod --dry-run` of PDM 2.29 on Python 3.12 lists tomli for the first, and PDM
  /// 2.12 does not for the second.
  @Test
  void pdmGoesByTheMarkersOfEntriesWhereTheyInheritThem() {
    String packages =
        """
        [[package]]
        name = "docs"
        version = "1.0"
        groups = ["doc"]
        dependencies = ["tomli>=2"]

        [[package]]
        name = "tomli"
        version = "2.0"
        groups = ["default", "doc"]

        [[package]]
        name = "windows"
        version = "1.0"
        groups = ["default"]
        marker = "sys_platform == 'win32'"
        """;
    String metadata = "[metadata]\nlock_version = \"4.5.0\"\nstrategy = [%s]\n";
    MemoryFiles files =
        new MemoryFiles()
            .with(
                "pyproject.toml",
                """
                [project]
                name = "app"
                requires-python = ">=3.12"
                dependencies = ["tomli; python_version < '3.11'", "windows; sys_platform == 'win32'"]
                [dependency-groups]
                doc = ["docs"]
                """)
            .with("pdm.lock", metadata.formatted("\"inherit_metadata\"") + packages)
            .with("old/pdm.lock", metadata.formatted("\"cross_platform\"") + packages);
    assertEquals("[windows]", elsewhere(new PdmLock().read(files.file("pdm.lock"), files)));
    files.with("old/pyproject.toml", new String(files.read("pyproject.toml"), UTF_8));
    assertEquals(
        "[tomli, windows]", elsewhere(new PdmLock().read(files.file("old/pdm.lock"), files)));
  }

  @Test
  void entriesOfFlatLocksHaveTheirOwnMarker() {
    MemoryFiles files =
        new MemoryFiles()
            .with(
                "Pipfile.lock",
                """
                {"_meta": {"pipfile-spec": 6, "requires": {"python_version": "3.12"}},
                 "default": {
                   "tomli": {"markers": "python_version < '3.11'", "version": "==2.0"},
                   "click": {"markers": "python_version >= '3.7'", "version": "==8.0"}},
                 "develop": {}}
                """)
            .with(
                "pylock.toml",
                """
                lock-version = "1.0"
                [[packages]]
                name = "colorama"
                version = "0.4"
                marker = "sys_platform == 'win32'"
                [[packages]]
                name = "pytest"
                version = "8.0"
                marker = "'dev' in dependency_groups"
                """);
    assertEquals("[tomli]", elsewhere(new PipfileLock().read(files.file("Pipfile.lock"), files)));
    assertEquals("[colorama]", elsewhere(new PylockToml().read(files.file("pylock.toml"), files)));
  }

  private static String elsewhere(Lockfile lock) {
    TreeSet<String> names = new TreeSet<>();
    lock.packages().stream()
        .filter(Lockfile.Node::elsewhere)
        .forEach(node -> names.add(node.name()));
    return names.toString();
  }
}

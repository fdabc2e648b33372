package dev.depslim.ecosystem.python;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.depslim.graph.LockScopes;
import dev.depslim.model.Lockfile;
import dev.depslim.model.Origin;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PythonLocksTest {
  private static List<String> rows(Lockfile lock) {
    LockScopes scopes = LockScopes.of(lock);
    List<String> out = new ArrayList<>();
    for (int i = 0; i < lock.packages().size(); i++) {
      Lockfile.Node node = lock.packages().get(i);
      if (node.origin() != Origin.WORKSPACE) {
        out.add(
            node.name()
                + " "
                + node.version()
                + " "
                + scopes.scope(i)
                + " "
                + node.origin()
                + " "
                + node.compressedBytes());
      }
    }
    return out;
  }

  private static final String UV =
      """
      version = 1
      [[package]]
      name = "app"
      version = "0.1.0"
      source = { virtual = "." }
      dependencies = [{ name = "httpx" }]
      [package.optional-dependencies]
      cli = [{ name = "rich" }]
      [package.dev-dependencies]
      dev = [{ name = "httpx", extra = ["http2"] }]
      [[package]]
      name = "h2"
      version = "4.1.0"
      source = { registry = "https://pypi.example/simple" }
      sdist = { url = "https://files.example/h2.tar.gz", size = 70 }
      [[package]]
      name = "httpx"
      version = "0.27.0"
      source = { registry = "https://pypi.example/simple" }
      sdist = { url = "https://files.example/httpx.tar.gz", size = 900 }
      wheels = [
        { url = "https://files.example/httpx-0.27.0-cp312-cp312-win_amd64.whl", size = 100 },
        { url = "https://files.example/httpx-0.27.0-py3-none-any.whl", size = 300 },
      ]
      [package.optional-dependencies]
      http2 = [{ name = "h2" }]
      [[package]]
      name = "rich"
      version = "13.0"
      source = { git = "https://git.example/rich?rev=1#abc" }
      """;

  @Test
  void anExtraThatOnlyDevelopersAskForIsDevelopment() {
    MemoryFiles files = new MemoryFiles().with("uv.lock", UV);
    Lockfile lock = new UvLock().read(files.file("uv.lock"), files);
    assertEquals(
        List.of(
            "h2 4.1.0 DEV REGISTRY 70",
            "httpx 0.27.0 RUNTIME REGISTRY 300",
            "rich 13.0 OPTIONAL GIT null",
            "httpx 0.27.0 DEV REGISTRY 0"),
        rows(lock));
    assertEquals(List.of(), lock.issues());
  }

  @Test
  void aWorkspaceRootWithoutProjectHasItsGroups() {
    MemoryFiles files =
        new MemoryFiles()
            .with(
                "uv.lock",
                """
                version = 1
                [manifest]
                members = ["app"]
                [manifest.dependency-groups]
                dev = [{ name = "pytest", specifier = ">=8" }]
                [[package]]
                name = "app"
                source = { editable = "backend" }
                [[package]]
                name = "pytest"
                version = "8.0"
                source = { registry = "https://pypi.example/simple" }
                """);
    Lockfile lock = new UvLock().read(files.file("uv.lock"), files);
    assertEquals(List.of("pytest 8.0 DEV REGISTRY null"), rows(lock));
    assertEquals(List.of("", "backend"), lock.roots().stream().map(Lockfile.Root::path).toList());
  }

  @Test
  void whatIsDirectStandsInThePyprojectBesideAPoetryLock() {
    MemoryFiles files =
        new MemoryFiles()
            .with(
                "poetry.lock",
                """
                [[package]]
                name = "Flask"
                version = "3.0"
                optional = false
                groups = ["main"]
                [package.dependencies]
                click = ">=8"
                asgiref = {version = ">=3", optional = true, markers = "extra == \\"async\\""}
                [package.extras]
                async = ["asgiref (>=3)"]
                [[package]]
                name = "asgiref"
                version = "3.8"
                optional = false
                groups = ["dev"]
                [[package]]
                name = "click"
                version = "8.1"
                optional = false
                groups = ["main"]
                [metadata]
                lock-version = "2.1"
                """)
            .with(
                "pyproject.toml",
                """
                [tool.poetry.dependencies]
                flask = "^3"
                [tool.poetry.group.dev.dependencies]
                asgiref = "*"
                """);
    Lockfile lock = new PoetryLock().read(files.file("poetry.lock"), files);
    assertEquals(
        List.of(
            "Flask 3.0 RUNTIME REGISTRY null",
            "asgiref 3.8 DEV REGISTRY null",
            "click 8.1 RUNTIME REGISTRY null"),
        rows(lock));
    assertEquals("2.1", lock.format());
  }

  @Test
  void aBrokenLockIsOneErrorWithItsPlace() {
    MemoryFiles files = new MemoryFiles().with("a/uv.lock", "version = 1\n[[package\n");
    Lockfile lock = new UvLock().read(files.file("a/uv.lock"), files);
    assertEquals(List.of(), lock.packages());
    assertEquals(2, lock.issues().getFirst().location().line());
  }

  @Test
  void everyEntryHasItsLine() {
    MemoryFiles files = new MemoryFiles().with("uv.lock", UV);
    Lockfile lock = new UvLock().read(files.file("uv.lock"), files);
    assertEquals(
        List.of(2, 11, 16, 27, 16), lock.packages().stream().map(Lockfile.Node::line).toList());
  }

  @Test
  void anEntryWithoutNameIsAnErrorWithItsPlaceAndTheRestCounts() {
    MemoryFiles files =
        new MemoryFiles()
            .with("poetry.lock", "[[package]]\nversion = \"1\"\n[[package]]\nname = \"a\"\n");
    Lockfile lock = new PoetryLock().read(files.file("poetry.lock"), files);
    assertEquals(List.of("a null null REGISTRY null"), rows(lock));
    assertEquals(
        List.of(
            "poetry.lock:1:3: error: this entry of [[package]] has no name: write it anew with"
                + " 'poetry lock'"),
        lock.issues().stream().map(Object::toString).toList());
  }

  private static final String PDM =
      """
      [metadata]
      groups = ["default", "web", "lint"]
      lock_version = "4.5.0"
      [[package]]
      name = "coverage"
      version = "7.6"
      groups = ["lint"]
      [[package]]
      name = "coverage"
      version = "7.6"
      extras = ["toml"]
      groups = ["lint"]
      dependencies = ["coverage==7.6", "tomli; python_version < '3.11'"]
      [[package]]
      name = "tomli"
      version = "1.0"
      groups = ["lint"]
      [[package]]
      name = "tomli"
      version = "2.0"
      groups = ["default"]
      [[package]]
      name = "starlette"
      version = "0.4"
      groups = ["web"]
      [[package]]
      name = "own"
      version = "0.1"
      path = "./own"
      editable = true
      groups = ["default"]
      """;

  @Test
  void pdmLocksPackagesWithExtrasAsEntriesOfTheirOwn() {
    MemoryFiles files =
        new MemoryFiles()
            .with("pdm.lock", PDM)
            .with(
                "pyproject.toml",
                """
                [project]
                dependencies = ["tomli>=2"]
                optional-dependencies.web = ["starlette"]
                [dependency-groups]
                lint = ["coverage[toml]"]
                """);
    Lockfile lock = new PdmLock().read(files.file("pdm.lock"), files);
    assertEquals(
        List.of(
            "coverage 7.6 DEV REGISTRY null",
            "coverage 7.6 DEV REGISTRY null",
            "tomli 1.0 DEV REGISTRY null",
            "tomli 2.0 RUNTIME REGISTRY null",
            "starlette 0.4 OPTIONAL REGISTRY null"),
        rows(lock));
    assertEquals(List.of(), lock.issues());
  }

  @Test
  void withoutManifestTheGroupsOfAPdmLockTellTheScope() {
    MemoryFiles files = new MemoryFiles().with("pdm.lock", PDM.replace("lint", "dev"));
    Lockfile lock = new PdmLock().read(files.file("pdm.lock"), files);
    assertEquals(
        List.of(
            "coverage 7.6 DEV REGISTRY null",
            "coverage 7.6 DEV REGISTRY null",
            "tomli 1.0 DEV REGISTRY null",
            "tomli 2.0 RUNTIME REGISTRY null",
            "starlette 0.4 OPTIONAL REGISTRY null"),
        rows(lock));
  }

  @Test
  void sectionsOfAPipfileLockAreScopesAndThePipfileTellsWhatIsDirect() {
    MemoryFiles files =
        new MemoryFiles()
            .with(
                "Pipfile.lock",
                """
                {"_meta": {"pipfile-spec": 6},
                 "default": {
                  "idna": {"version": "==3.7"},
                  "e1839a8": {"path": ".", "editable": true},
                  "requests": {"version": "==2.32", "index": "pypi"}},
                 "docs": {"sphinx": {"version": "===7.1+local"}},
                 "develop": {"idna": {"version": "==3.7"}, "x": 5, "y": {"git": "https://git.example/y"}},
                 "odd": []}
                """)
            .with("Pipfile", "[packages]\nrequests = \"*\"\n[docs]\nsphinx = \"*\"\n");
    Lockfile lock = new PipfileLock().read(files.file("Pipfile.lock"), files);
    assertEquals(
        List.of(
            "idna 3.7 RUNTIME REGISTRY null",
            "requests 2.32 RUNTIME REGISTRY null",
            "sphinx 7.1+local DEV REGISTRY null",
            "idna 3.7 DEV REGISTRY null",
            "y null DEV GIT null"),
        rows(lock));
    LockScopes scopes = LockScopes.of(lock);
    assertEquals(
        List.of(false, false, true, true),
        List.of(scopes.isDirect(0), scopes.isDirect(1), scopes.isDirect(2), scopes.isDirect(3)));
    assertEquals(
        List.of(
            "Pipfile.lock:7:44: error: the entry 'x' must be an object with a version: write it"
                + " anew with 'pipenv lock'",
            "Pipfile.lock:8:9: error: 'odd' must be an object: write it anew with 'pipenv lock'"),
        lock.issues().stream().map(Object::toString).toList());
  }

  @Test
  void markersOfAPylockTellTheScope() {
    MemoryFiles files =
        new MemoryFiles()
            .with(
                "pylock.web.toml",
                """
                lock-version = "1.0"
                extras = ["fast"]
                dependency-groups = ["dev", "main"]
                default-groups = ["main"]
                [[packages]]
                name = "a"
                version = "1"
                dependencies = [{name = "b", version = "2"}]
                [[packages]]
                name = "b"
                version = "1"
                marker = "'dev' in dependency_groups"
                [[packages]]
                name = "b"
                version = "2"
                marker = "'main' in dependency_groups and sys_platform != 'win32'"
                wheels = [{url = "https://files.example/b-2-py3-none-any.whl", size = 7}]
                [[packages]]
                name = "c"
                marker = "'fast' in extras or 'dev' in dependency_groups"
                archive = {url = "https://files.example/c.zip", size = 9}
                [[packages]]
                name = "d"
                directory = {path = ".", editable = true}
                [[packages]]
                name = "e"
                marker = "'dev' in"
                """);
    assertTrue(new PylockToml().reads("x/pylock.web.toml", files));
    assertFalse(new PylockToml().reads("x/pylock.a.b.toml", files));
    Lockfile lock = new PylockToml().read(files.file("pylock.web.toml"), files);
    assertEquals(
        List.of(
            "a 1 RUNTIME REGISTRY null",
            "b 1 DEV REGISTRY null",
            "b 2 RUNTIME REGISTRY 7",
            "c null OPTIONAL URL 9",
            "e null RUNTIME REGISTRY null"),
        rows(lock));
    assertEquals(List.of(0), List.of(LockScopes.of(lock).requiredBy(2)[0]));
    assertEquals(27, lock.issues().getFirst().location().line());
  }

  @Test
  void editableFoldersOfPoetryAreOwn() {
    MemoryFiles files =
        new MemoryFiles()
            .with(
                "poetry.lock",
                """
                [[package]]
                name = "app"
                version = "0.1.0"
                files = []
                develop = true
                [package.dependencies]
                idna = "*"
                [package.source]
                type = "directory"
                url = ".."
                [[package]]
                name = "copied"
                version = "0.2.0"
                files = []
                develop = false
                [package.source]
                type = "directory"
                url = "vendor/copied"
                [[package]]
                name = "idna"
                version = "3.7"
                files = []
                [metadata]
                lock-version = "2.1"
                """)
            .with(
                "pyproject.toml",
                "[tool.poetry.dependencies]\napp = {path = \"..\", develop = true}\n"
                    + "copied = {path = \"vendor/copied\"}\n");
    Lockfile lock = new PoetryLock().read(files.file("poetry.lock"), files);
    assertEquals(
        List.of("copied 0.2.0 RUNTIME FILE null", "idna 3.7 RUNTIME REGISTRY null"), rows(lock));
  }
}

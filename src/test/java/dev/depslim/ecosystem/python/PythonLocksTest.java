package dev.depslim.ecosystem.python;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
}

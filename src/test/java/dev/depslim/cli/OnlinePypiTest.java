package dev.depslim.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.depslim.net.Http;
import dev.depslim.net.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `--online` for projects of Python, against a real server.
class OnlinePypiTest {
  private static final String WHEEL = "a-1.0-cp312-cp312-manylinux_2_17_x86_64.whl";

  @TempDir Path folder;
  private TestServer index;
  private Path project;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void start() throws IOException {
    index = TestServer.start();
    project = Files.createDirectories(folder.resolve("app"));
    environment.put("HOME", folder.toString());
    environment.put("XDG_CACHE_HOME", folder.resolve("cache").toString());
    environment.put("XDG_CONFIG_DIRS", folder.resolve("nothing").toString());
    environment.put("PIP_CONFIG_FILE", "/dev/null");
    write(
        "pyproject.toml",
        """
        [project]
        name = "app"
        version = "0"
        requires-python = ">=3.12"
        dependencies = ["a"]
        """);
  }

  @AfterEach
  void stop() {
    index.close();
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(project.resolve(name), text);
  }

  private Run run(String... more) {
    List<String> args =
        new ArrayList<>(List.of("analyze", project.toString(), "--format", "json", "--online"));
    args.addAll(List.of(more));
    return Run.with("", environment, args.toArray(String[]::new));
  }

  private static List<String> sizes(Run run) {
    return Reports.resolved(run.out()).stream()
        .map(row -> row.path("name").asText() + " " + row.path("ownBytes").asText())
        .toList();
  }

  private void uvLock(String files) throws IOException {
    write(
        "uv.lock",
        """
        version = 1
        requires-python = ">=3.12"

        [[package]]
        name = "a"
        version = "1.0"
        source = { registry = "https://pypi.example/simple" }
        %s

        [[package]]
        name = "app"
        version = "0"
        source = { virtual = "." }
        dependencies = [{ name = "a" }]
        """
            .formatted(files));
  }

  private void poetryLock() throws IOException {
    write(
        "poetry.lock",
        """
        [[package]]
        name = "a"
        version = "1.0"
        optional = false
        python-versions = ">=3.9"
        groups = ["main"]
        files = [
            {file = "%s", hash = "sha256:0"},
            {file = "a-1.0-cp39-cp39-win_amd64.whl", hash = "sha256:0"},
            {file = "a-1.0.tar.gz", hash = "sha256:0"},
        ]

        [metadata]
        lock-version = "2.1"
        python-versions = "^3.12"
        content-hash = "0"
        """
            .formatted(WHEEL));
  }

  private void json(String files) {
    index.on(
        "/simple/a/",
        exchange -> {
          assertTrue(
              exchange
                  .getRequestHeaders()
                  .getFirst("Accept")
                  .contains("application/vnd.pypi.simple.v1+json"));
          exchange.getResponseHeaders().set("Content-Type", "application/vnd.pypi.simple.v1+json");
          TestServer.send(exchange, 200, "{\"name\": \"a\", \"files\": [" + files + "]}");
        });
  }

  @Test
  void endOfTheWheelThatTheLockNamesIsEnough() throws IOException {
    byte[] wheel = Wheels.of(300_000, 3);
    index.file("/files/" + WHEEL, wheel);
    uvLock(
        "wheels = [{ url = \"%s\", hash = \"sha256:0\", size = %d }, { url = \"%s\", size = 1 }]"
            .formatted(
                index.at("/files/" + WHEEL),
                wheel.length,
                index.at("/files/a-1.0-cp39-cp39-win_amd64.whl")));
    Run run = run();
    assertEquals(List.of("a 300000"), sizes(run));
    assertEquals("registry", Reports.size(run.out(), "a").path("basis").asText());
    assertEquals(
        List.of(
            "GET /files/%s bytes=%d-%d".formatted(WHEEL, wheel.length - 65_536, wheel.length - 1)),
        index.asked());
    index.forget();
    assertEquals(run, run());
    assertEquals(List.of(), index.asked());
  }

  @Test
  void directoryThatIsLongerIsFetchedAsAWhole() throws IOException {
    byte[] wheel = Wheels.of(300_000, 2_000);
    index.file("/files/" + WHEEL, wheel);
    uvLock("wheels = [{ url = \"%s\" }]".formatted(index.at("/files/" + WHEEL)));
    assertEquals(List.of("a 300000"), sizes(run()));
    assertEquals("GET /files/" + WHEEL + " bytes=-65536", index.asked().getFirst());
    assertEquals(2, index.asked().size());
  }

  @Test
  void wheelWithoutAnAddressIsLookedUpInTheIndex() throws IOException {
    byte[] wheel = Wheels.of(5_000, 2);
    index.file("/files/" + WHEEL, wheel);
    json(
        "{\"filename\": \"%s\", \"url\": \"../../files/%s\", \"size\": %d, \"hashes\": {}}"
            .formatted(WHEEL, WHEEL, wheel.length));
    poetryLock();
    environment.put("PIP_INDEX_URL", "http://me:word@" + Http.host(index.at("/")) + "/simple");
    Run run = run();
    assertEquals(List.of("a 5000"), sizes(run));
    assertEquals("GET /simple/a/ Basic bWU6d29yZA==", index.asked().getFirst());
    index.forget();
    assertEquals(run, run());
    assertEquals(List.of(), index.asked());
    String kept = Files.readString(folder.resolve("cache/depslim/package-sizes-1"));
    assertTrue(kept.contains(WHEEL + "\t5000"), kept);
    assertFalse(kept.contains("word") || run.out().contains("word"), kept);
  }

  @Test
  void pageOfLinksIsReadForCompiledRequirements() throws IOException {
    byte[] wheel = Wheels.of(1_234, 1);
    index.file("/files/a-1.0-py3-none-any.whl", wheel);
    index.on(
        "/simple/a/",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "text/html");
          TestServer.send(
              exchange,
              200,
              """
              <!DOCTYPE html><html><body>
              <a href="/files/a-0.9-py3-none-any.whl#sha256=0">a-0.9-py3-none-any.whl</a><br/>
              <A data-requires-python="&gt;=3" href='/files/a-1.0-py3-none-any.whl#sha256=0'>x</A>
              <a href="/files/a-1.0.tar.gz">a-1.0.tar.gz</a>
              </body></html>
              """);
        });
    write("requirements.in", "a\n");
    write(
        "requirements.txt",
        "# This file is autogenerated by pip-compile with Python 3.12\n--index-url "
            + index.at("/simple")
            + "\na==1.0\n    # via -r requirements.in\n");
    Files.delete(project.resolve("pyproject.toml"));
    assertEquals(List.of("a 1234"), sizes(run()));
    index.forget();
    assertEquals(List.of("a 1234"), sizes(run()));
    assertEquals(List.of(), index.asked());
  }

  @Test
  void whereOnlyASourceIsPublishedTheSizeIsNotKnown() throws IOException {
    uvLock("sdist = { url = \"%s\", size = 5 }".formatted(index.at("/files/a-1.0.tar.gz")));
    Run run = run();
    // what the lock states of the source is another basis
    assertEquals(List.of("a 5"), sizes(run));
    assertEquals("lock", Reports.size(run.out(), "a").path("basis").asText());
    assertEquals(List.of(), index.asked());
  }

  @Test
  void wheelForOtherPlatformsIsNoSize() throws IOException {
    write(
        "poetry.lock",
        """
        [[package]]
        name = "a"
        version = "1.0"
        files = [{file = "a-1.0-cp312-cp312-win_amd64.whl", hash = "sha256:0"}]

        [metadata]
        lock-version = "2.1"
        python-versions = ">=3.12,<4"
        """);
    Run run = run();
    assertEquals(List.of("a null"), sizes(run));
    assertTrue(
        Reports.size(run.out(), "a")
            .path("reason")
            .asText()
            .contains("no wheel for Python 3.12 on Linux x86-64 with glibc"),
        run.out());
    assertEquals("[]", Reports.issues(run.out()));
  }

  @Test
  void serverWithoutPartsSendsSmallWheelsWhole() throws IOException {
    byte[] wheel = Wheels.of(200_000, 3);
    index.on(
        "/files/" + WHEEL,
        exchange -> {
          exchange.sendResponseHeaders(200, wheel.length);
          exchange.getResponseBody().write(wheel);
        });
    uvLock("wheels = [{ url = \"%s\" }]".formatted(index.at("/files/" + WHEEL)));
    assertEquals(List.of("a 200000"), sizes(run("--no-cache")));
    index.on(
        "/files/" + WHEEL,
        exchange -> {
          exchange.sendResponseHeaders(200, 900_000_000L);
          exchange.getResponseBody().write(new byte[10]);
          exchange.getResponseBody().flush();
        });
    Run large = run("--no-cache");
    assertTrue(
        Reports.issues(large.out())
            .contains("serves no parts of files, and a wheel of 900 MB is not fetched"),
        Reports.issues(large.out()));
  }

  @Test
  void serverThatDoesNotCountFromTheEndIsAskedForTheLength() throws IOException {
    byte[] wheel = Wheels.of(100_000, 3);
    index.on(
        "/files/" + WHEEL,
        exchange -> {
          if (exchange.getRequestHeaders().getFirst("Range").startsWith("bytes=-")) {
            TestServer.send(exchange, 416, "");
          } else {
            TestServer.part(exchange, wheel);
          }
        });
    uvLock("wheels = [{ url = \"%s\" }]".formatted(index.at("/files/" + WHEEL)));
    assertEquals(List.of("a 100000"), sizes(run()));
    assertEquals(3, index.asked().size());
  }

  @Test
  void somethingElseThanAWheelIsSaid() throws IOException {
    index.file("/files/" + WHEEL, "x".repeat(100_000));
    uvLock("wheels = [{ url = \"%s\" }]".formatted(index.at("/files/" + WHEEL)));
    Run run = run();
    assertTrue(
        Reports.issues(run.out()).contains(WHEEL + " has no directory of a wheel"),
        Reports.issues(run.out()));
  }

  @Test
  void withoutIndexNothingIsGuessed() throws IOException {
    poetryLock();
    Run run = run();
    assertEquals(List.of("a null"), sizes(run));
    assertEquals(
        List.of(
            "no size for one package: no package index is configured: name one with registries.pypi"
                + " in .depslim.yml or index-url in pip.conf"),
        Reports.messages(run.out()));
    index.file("/files/" + WHEEL, Wheels.of(10, 1));
    json("{\"filename\": \"%s\", \"url\": \"/files/%s\"}".formatted(WHEEL, WHEEL));
    write(".depslim.yml", "version: 1\nregistries:\n  pypi: " + index.at("/simple/") + "\n");
    assertEquals(List.of("a 10"), sizes(run()));
  }

  @Test
  void indexThatTheLockNamesForAPackageIsAsked() throws IOException {
    index.file("/files/" + WHEEL, Wheels.of(77, 1));
    json("{\"filename\": \"%s\", \"url\": \"/files/%s\"}".formatted(WHEEL, WHEEL));
    write(
        "Pipfile.lock",
        """
        {"_meta": {"pipfile-spec": 6, "requires": {"python_version": "3.12"},
                   "sources": [{"name": "own", "url": "%s", "verify_ssl": true}]},
         "default": {"a": {"version": "==1.0", "index": "own", "hashes": []}}, "develop": {}}
        """
            .formatted(index.at("/simple")));
    assertEquals(List.of("a 77"), sizes(run()));
  }
}

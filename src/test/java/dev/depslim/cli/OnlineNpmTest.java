package dev.depslim.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.depslim.net.Http;
import dev.depslim.net.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `--online` for projects of Node, against a real server.
class OnlineNpmTest {
  private static final String TOKEN = "npm-token-of-the-test";

  @TempDir Path folder;
  private TestServer registry;
  private TestServer other;
  private Path project;

  @BeforeEach
  void start() throws IOException {
    registry = TestServer.start();
    other = TestServer.start();
    project = Files.createDirectories(folder.resolve("shop"));
    write("package.json", "{\"dependencies\": {\"a\": \"1\", \"@s/b\": \"1\", \"c\": \"1\"}}");
  }

  @AfterEach
  void stop() {
    registry.close();
    other.close();
  }

  private void write(String name, String text) throws IOException {
    Path file = project.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /// A lock of the three declared packages and what `more` adds.
  private void lock(String more) throws IOException {
    write(
        "package-lock.json",
        """
        {"lockfileVersion": 3, "packages": {
          "": {"dependencies": {"a": "1", "@s/b": "1", "c": "1"}},
          "node_modules/a": {"version": "1.0.0"},
          "node_modules/@s/b": {"version": "1.2.3"},
          "node_modules/c": {"version": "2.0.0"}%s
        }}
        """
            .formatted(more));
  }

  private static String version(long unpacked, String more) {
    return "{\"name\": \"x\", \"dist\": {\"shasum\": \"0\", \"unpackedSize\": %d}%s}"
        .formatted(unpacked, more);
  }

  private Run run(String... more) {
    Map<String, String> environment = new HashMap<>();
    environment.put("HOME", folder.toString());
    environment.put("XDG_CACHE_HOME", folder.resolve("cache").toString());
    environment.put("SHOP_TOKEN", TOKEN);
    String[] args = new String[4 + more.length];
    System.arraycopy(
        new String[] {"analyze", project.toString(), "--format", "json"}, 0, args, 0, 4);
    System.arraycopy(more, 0, args, 4, more.length);
    return Run.with("", environment, args);
  }

  /// `name size` of every locked package, in the order of the report.
  private static List<String> sizes(Run run) {
    return Reports.resolved(run.out()).stream()
        .map(row -> row.path("name").asText() + " " + row.path("ownBytes").asText())
        .toList();
  }

  private void three() {
    registry.file("/npm/a/1.0.0", version(1_000, ""));
    registry.file("/npm/@s%2Fb/1.2.3", version(20_000, ", \"os\": [\"linux\"]"));
    registry.file("/npm/c/2.0.0", version(300_000, ", \"cpu\": [\"!arm\"]"));
  }

  @Test
  void registryOfTheSettingsSaysSizes() throws IOException {
    three();
    lock("");
    write(".npmrc", "registry=" + registry.at("/npm/") + "\n");
    Run run = run("--online");
    assertEquals(0, run.exit());
    assertEquals(List.of("@s/b 20000", "a 1000", "c 300000"), sizes(run));
    assertEquals("registry", Reports.size(run.out(), "a").path("basis").asText());
    assertEquals(300_000, Reports.size(run.out(), "c").path("retainedBytes").asLong());
    assertEquals("[]", Reports.issues(run.out()));
    assertEquals(3, registry.asked().size());
  }

  @Test
  void withoutTheOptionNothingIsAsked() throws IOException {
    three();
    lock("");
    write(".npmrc", "registry=" + registry.at("/npm/") + "\n");
    assertEquals(List.of("@s/b null", "a null", "c null"), sizes(run()));
    assertEquals(List.of(), registry.asked());
    assertFalse(Files.exists(folder.resolve("cache")));
  }

  @Test
  void whatIsKnownIsNotAskedAgainAndHoldsNoSecret() throws IOException {
    three();
    lock("");
    String place = Http.host(registry.at("/"));
    write(
        ".npmrc",
        "registry=http://user:word@"
            + place
            + "/npm\n//"
            + place
            + "/npm/:_authToken=${SHOP_TOKEN}\n");
    Run first = run("--online");
    assertEquals(
        List.of(
            "GET /npm/@s%2Fb/1.2.3 Bearer " + TOKEN,
            "GET /npm/a/1.0.0 Bearer " + TOKEN,
            "GET /npm/c/2.0.0 Bearer " + TOKEN),
        registry.asked().stream().sorted().toList());
    registry.forget();
    assertEquals(first, run("--online"));
    assertEquals(List.of(), registry.asked());
    String kept = Files.readString(folder.resolve("cache/depslim/package-sizes-1"));
    assertTrue(kept.contains(" a 1.0.0\t1000"), kept);
    for (String secret : List.of(TOKEN, "user", "word")) {
      assertFalse(kept.contains(secret), kept);
      assertFalse(first.out().contains(secret), first.out());
    }
    assertEquals(first, run("--online", "--no-cache"));
    assertEquals(3, registry.asked().size());
  }

  @Test
  void whatIsNotThereIsNullWithItsReasonAndTheRestCounts() throws IOException {
    three();
    registry.on("/npm/c/2.0.0", exchange -> TestServer.send(exchange, 404, "{}"));
    lock("");
    write(".npmrc", "registry=" + registry.at("/npm/") + "\n");
    Run run = run("--online");
    assertEquals(0, run.exit());
    assertEquals(List.of("@s/b 20000", "a 1000", "c null"), sizes(run));
    String reason = Http.host(registry.at("/")) + " answers 404";
    assertEquals(reason, Reports.size(run.out(), "c").path("reason").asText());
    assertTrue(
        Reports.issues(run.out()).contains("no size for one package: " + reason),
        Reports.issues(run.out()));
  }

  @Test
  void withoutRegistryNothingIsGuessed() throws IOException {
    lock("");
    Run run = run("--online");
    String reason =
        "no registry is configured: name one with registries.npm in .depslim.yml or registry= in"
            + " .npmrc";
    assertTrue(
        Reports.issues(run.out()).contains("no size for 3 packages: " + reason),
        Reports.issues(run.out()));
    assertTrue(Reports.size(run.out(), "a").path("reason").asText().contains(reason), run.out());
    three();
    write(".depslim.yml", "version: 1\nregistries: {npm: " + registry.at("/npm") + "}\n");
    assertEquals(List.of("@s/b 20000", "a 1000", "c 300000"), sizes(run("--online")));
  }

  @Test
  void otherPlatformsAndPartsOfOtherPackagesDoNotCount() throws IOException {
    three();
    registry.file("/npm/mac/1.0.0", version(5, ", \"os\": [\"darwin\"]"));
    registry.file("/npm/musl/1.0.0", version(6, ", \"libc\": \"musl\""));
    registry.file("/npm/arm/1.0.0", version(7, ", \"cpu\": [\"arm64\"]"));
    lock(
        """
        ,
        "node_modules/mac": {"version": "1.0.0", "optional": true},
        "node_modules/musl": {"version": "1.0.0", "optional": true},
        "node_modules/arm": {"version": "1.0.0", "optional": true},
        "node_modules/a/node_modules/inside": {"version": "1.0.0", "inBundle": true},
        "node_modules/a/node_modules/c": {"version": "2.0.0"},
        "node_modules/git": {"version": "1.0.0", "resolved": "git+ssh://git@git.example/g.git#0"}
        """);
    write(".npmrc", "registry=" + registry.at("/npm/") + "\n");
    Run run = run("--online");
    assertEquals(
        List.of(
            "@s/b 20000",
            "a 1000",
            "arm null",
            "c 600000",
            "git null",
            "inside 0",
            "mac null",
            "musl null"),
        sizes(run));
    assertEquals("[]", Reports.issues(run.out()));
  }

  @Test
  void archiveIsCountedWhereNoSizeWasPublished() throws Exception {
    three();
    registry.file(
        "/npm/a/1.0.0", "{\"dist\": {\"tarball\": \"" + registry.at("/files/a.tgz") + "\"}}");
    registry.file("/files/a.tgz", Tarballs.of(Map.of("package/index.js", 700, "package/b", 77)));
    lock("");
    write(".npmrc", "registry=" + registry.at("/npm/") + "\n");
    assertEquals(List.of("@s/b 20000", "a 777", "c 300000"), sizes(run("--online")));
  }

  @Test
  void registryWithoutDocumentsOfVersionsIsAskedForThePackage() throws IOException {
    registry.file(
        "/npm/a", "{\"versions\": {\"0.9.0\": {}, \"1.0.0\": %s}}".formatted(version(11, "")));
    registry.file("/npm/@s%2Fb", "{\"versions\": {\"1.2.3\": %s}}".formatted(version(22, "")));
    registry.file("/npm/c", "{\"versions\": {\"1.0.0\": %s}}".formatted(version(33, "")));
    lock("");
    write(".npmrc", "registry=" + registry.at("/npm/") + "\n");
    Run run = run("--online");
    assertEquals(List.of("@s/b 22", "a 11", "c null"), sizes(run));
    assertTrue(
        Reports.issues(run.out()).contains("does not have version 2.0.0 of c"),
        Reports.issues(run.out()));
  }

  @Test
  void configuredRegistryStandsForTheUsualOneAndOthersAreAskedThemselves() throws IOException {
    three();
    other.file("/private/c/2.0.0", version(42, ""));
    write(
        "package-lock.json",
        """
        {"lockfileVersion": 3, "packages": {
          "": {"dependencies": {"a": "1", "@s/b": "1", "c": "1"}},
          "node_modules/a": {
            "version": "1.0.0", "resolved": "https://npmjs.example/a/-/a-1.0.0.tgz"},
          "node_modules/@s/b": {
            "version": "1.2.3", "resolved": "https://npmjs.example/@s/b/-/b-1.2.3.tgz"},
          "node_modules/c": {
            "version": "2.0.0", "resolved": "%s"}
        }}
        """
            .formatted(other.at("/private/c/-/c-2.0.0.tgz")));
    Files.writeString(
        folder.resolve(".npmrc"),
        "registry=%s\n//%s/:_authToken=${SHOP_TOKEN}\n"
            .formatted(registry.at("/npm/"), Http.host(registry.at("/"))));
    assertEquals(List.of("@s/b 20000", "a 1000", "c 42"), sizes(run("--online")));
    assertEquals(List.of("GET /private/c/2.0.0"), other.asked());
    assertEquals(
        List.of("GET /npm/@s%2Fb/1.2.3 Bearer " + TOKEN, "GET /npm/a/1.0.0 Bearer " + TOKEN),
        registry.asked().stream().sorted().toList());
  }

  @Test
  void lockItselfNamesTheRegistryWhereNothingElseDoes() throws IOException {
    registry.file("/npm/a/1.0.0", version(1, ""));
    write("package.json", "{\"dependencies\": {\"a\": \"1\"}}");
    write(
        "yarn.lock",
        "# yarn lockfile v1\n\na@1:\n  version \"1.0.0\"\n  resolved \"%s#0\"\n"
            .formatted(registry.at("/npm/a/-/a-1.0.0.tgz")));
    assertEquals(List.of("a 1"), sizes(run("--online")));
  }

  @Test
  void registryThatIsDownIsSaidOnce() throws IOException {
    StringBuilder many = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      many.append(",\n\"node_modules/p").append(i).append("\": {\"version\": \"1.0.0\"}");
    }
    lock(many.toString());
    int port = other.at("/").getPort();
    other.close();
    write(".npmrc", "registry=http://localhost:" + port + "/\n");
    long start = System.nanoTime();
    Run run = run("--online");
    assertTrue(System.nanoTime() - start < 20_000_000_000L);
    assertEquals(0, run.exit());
    assertEquals(
        List.of("no size for 43 packages: localhost:" + port + " cannot be reached"),
        Reports.messages(run.out()));
    other = TestServer.start();
  }

  @Test
  void whatIsInstalledCountsWhereItIsAsMuchAsTheRegistryKnows() throws IOException {
    three();
    lock("");
    write(".npmrc", "registry=" + registry.at("/npm/") + "\n");
    for (String name : List.of("a", "@s/b", "c")) {
      String version = Map.of("a", "1.0.0", "@s/b", "1.2.3", "c", "2.0.0").get(name);
      write(
          "node_modules/" + name + "/package.json",
          "{\"name\": \"%s\", \"version\": \"%s\"}".formatted(name, version));
    }
    Run complete = run("--online");
    assertEquals("installed", Reports.size(complete.out(), "a").path("basis").asText());
    assertEquals(List.of(), registry.asked());
    Files.delete(project.resolve("node_modules/c/package.json"));
    Run partly = run("--online");
    assertEquals("registry", Reports.size(partly.out(), "a").path("basis").asText());
    assertEquals("installed", Reports.size(run().out(), "a").path("basis").asText());
  }

  @Test
  void textSaysWhatIsCounted() throws IOException {
    three();
    lock("");
    write(".npmrc", "registry=" + registry.at("/npm/") + "\n");
    Run run =
        Run.with(
            "",
            Map.of("HOME", folder.toString()),
            "explain",
            "c",
            project.toString(),
            "--online",
            "--no-cache");
    assertEquals(0, run.exit(), run.err());
    assertTrue(run.out().contains("300 kB"), run.out());
    assertTrue(run.out().contains("bytes of the unpacked packages, as the registry"), run.out());
  }
}

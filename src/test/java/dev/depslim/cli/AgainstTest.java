package dev.depslim.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.depslim.report.Schemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A search service learns to embed text: sentence-transformers and reports come, a browser goes,
/// pytest moves into production by mistake.
class AgainstTest {
  @TempDir Path folder;

  private Path before = Path.of("");
  private Path after = Path.of("");

  private static String manifest(String dependencies, String dev) {
    return """
    [project]
    name = "search"
    version = "1"
    requires-python = ">=3.12"
    dependencies = [%s]

    [dependency-groups]
    dev = [%s]
    """
        .formatted(dependencies, dev);
  }

  private static String locked(String name, String version, long size, String... needs) {
    return """

    [[package]]
    name = "%s"
    version = "%s"
    source = { registry = "https://pypi.example/simple" }
    dependencies = [%s]
    wheels = [
        { url = "https://pythonhosted.example/%s-%s-py3-none-any.whl", hash = "sha256:0", size = %d },
    ]
    """
        .formatted(name, version, names(needs), name, version, size);
  }

  private static String names(String... names) {
    StringBuilder out = new StringBuilder();
    for (String name : names) {
      out.append("{ name = \"").append(name).append("\" },");
    }
    return out.toString();
  }

  private static String lock(String packages, String direct, String dev) {
    return "version = 1\nrequires-python = \">=3.12\"\n"
        + packages
        + """

        [[package]]
        name = "search"
        version = "1"
        source = { virtual = "." }
        dependencies = [%s]

        [package.dev-dependencies]
        dev = [%s]
        """
            .formatted(direct, dev);
  }

  private void write(Path path, String text) throws IOException {
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  @BeforeEach
  void aChange() throws IOException {
    before = folder.resolve("before");
    after = folder.resolve("after");
    write(
        before.resolve("pyproject.toml"),
        manifest("\"flask\", \"playwright>=1.40\"", "\"pytest\""));
    write(
        before.resolve("uv.lock"),
        lock(
            locked("flask", "3.0.0", 100_000, "werkzeug")
                + locked("werkzeug", "3.0.0", 200_000)
                + locked("playwright", "1.40.0", 38_000_000, "greenlet")
                + locked("greenlet", "3.0.0", 600_000)
                + locked("pytest", "8.0.0", 300_000, "pluggy")
                + locked("pluggy", "1.4.0", 20_000),
            names("flask", "playwright"),
            names("pytest")));
    write(
        after.resolve("pyproject.toml"),
        manifest("\"flask\", \"sentence-transformers>=3\", \"pytest\"", ""));
    write(
        after.resolve("uv.lock"),
        lock(
            locked("flask", "3.0.0", 100_000, "werkzeug")
                + locked("werkzeug", "3.0.3", 230_000)
                + locked("sentence-transformers", "3.0.0", 250_000, "torch")
                + locked("torch", "2.3.0", 780_000_000)
                + locked("pytest", "8.0.0", 300_000, "pluggy")
                + locked("pluggy", "1.4.0", 20_000),
            names("flask", "sentence-transformers", "pytest"),
            ""));
  }

  private JsonNode diff(Path old) throws IOException {
    Run run = Run.of("analyze", after.toString(), "--against", old.toString(), "--format", "json");
    assertEquals(0, run.exit(), run.err());
    JsonNode report = Schemas.parse(run.out());
    assertEquals(List.of(), Schemas.errors("report.schema.json", report));
    return report.get("diff");
  }

  private static List<JsonNode> list(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }

  private static JsonNode cause(JsonNode ledger, String declared) {
    return list(ledger.get("causes")).stream()
        .filter(it -> it.get("declared").toString().equals("[\"" + declared + "\"]"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void addedBytesBelongToTheDeclarationThatBringsThem() throws IOException {
    JsonNode production = diff(before).get("production");
    JsonNode cause = production.get("causes").get(0);
    assertEquals("added", cause.get("kind").asText());
    assertEquals("sentence-transformers", cause.get("declared").get(0).asText());
    assertEquals(780_250_000, cause.get("bytes").asLong());
    assertEquals(
        List.of("sentence-transformers", "torch"),
        list(cause.get("way")).stream().map(it -> it.get("name").asText()).toList());
    assertEquals(-38_600_000, cause(production, "playwright").get("bytes").asLong());
    assertEquals("removed", cause(production, "playwright").get("kind").asText());
  }

  @Test
  void whatMovesIntoProductionIsAChangeOfProductionOnly() throws IOException {
    JsonNode diff = diff(before);
    JsonNode cause = cause(diff.get("production"), "pytest");
    assertEquals("changed", cause.get("kind").asText());
    assertEquals(320_000, cause.get("bytes").asLong());
    assertTrue(
        list(diff.get("everything").get("causes")).stream()
            .noneMatch(it -> it.get("declared").toString().contains("pytest")));
    JsonNode pytest =
        list(diff.get("packages")).stream()
            .filter(it -> it.get("name").asText().equals("pytest"))
            .findFirst()
            .orElseThrow();
    assertEquals("changed", pytest.get("change").asText());
    assertTrue(pytest.get("after").get("inProduction").asBoolean());
    assertFalse(pytest.get("before").get("inProduction").asBoolean());
  }

  @Test
  void anUpdateWithoutADeclarationIsLockedAnew() throws IOException {
    JsonNode anew =
        list(diff(before).get("production").get("causes")).stream()
            .filter(it -> it.get("kind").asText().equals("locked-anew"))
            .findFirst()
            .orElseThrow();
    assertEquals(1, anew.get("updated").asInt());
    assertEquals(30_000, anew.get("bytes").asLong());
  }

  @Test
  void causesAddUpToTheDifference() throws IOException {
    JsonNode diff = diff(before);
    for (String ledger : List.of("production", "everything")) {
      JsonNode it = diff.get(ledger);
      long sum = list(it.get("causes")).stream().mapToLong(c -> c.get("bytes").asLong()).sum();
      assertEquals(it.get("bytes").asLong(), sum, ledger);
      assertEquals("lock", it.get("basis").asText());
      long byCategory = 0;
      for (JsonNode pair : it.get("byCategory")) {
        byCategory += pair.get("bytes").asLong();
      }
      assertEquals(sum, byCategory, ledger);
    }
  }

  @Test
  void findingsAreComparedByRuleSubjectAndPath() throws IOException {
    JsonNode findings = diff(before).get("findings");
    assertEquals(
        List.of("pytest", "sentence-transformers", "torch"),
        list(findings.get("new")).stream()
            .map(it -> it.get("subject").asText().replaceAll(".*/|@.*", ""))
            .sorted()
            .toList());
    assertEquals(
        List.of("playwright"),
        list(findings.get("fixed")).stream()
            .map(it -> it.get("subject").asText().replaceAll(".*/|@.*", ""))
            .toList());
  }

  @Test
  void anotherLineOrVersionIsNoNewFinding() throws IOException {
    write(
        after.resolve("pyproject.toml"),
        "# one line more\n" + manifest("\"flask\", \"playwright>=1.41\"", "\"pytest\""));
    write(
        after.resolve("uv.lock"),
        Files.readString(before.resolve("uv.lock")).replace("1.40.0", "1.41.0"));
    JsonNode diff = diff(before);
    assertEquals(0, diff.get("findings").get("new").size());
    assertEquals(0, diff.get("findings").get("fixed").size());
    assertEquals(1, diff.get("declarations").size());
    assertEquals("changed", diff.get("declarations").get(0).get("change").asText());
  }

  @Test
  void anEarlierReportIsAsGoodAsTheFolder() throws IOException {
    Path report = folder.resolve("base.json");
    Run run = Run.of("analyze", before.toString(), "--format", "json", "-o", report.toString());
    assertEquals(0, run.exit(), run.err());
    assertEquals(
        diff(before).toString().replace("\"against\":\"folder\"", "\"against\":\"report\""),
        diff(report).toString());
  }

  @Test
  void nothingChangedIsSaidSo() throws IOException {
    Run run = Run.of("analyze", after.toString(), "--against", after.toString());
    assertEquals(0, run.exit(), run.err());
    assertTrue(run.out().contains("no package comes, goes or changes"), run.out());
  }

  @Test
  void bytesOfDifferentBasesAreNotCompared() throws IOException {
    write(
        before.resolve("uv.lock"),
        Files.readString(before.resolve("uv.lock")).replaceAll(", size = [0-9]+", ""));
    JsonNode production = diff(before).get("production");
    assertTrue(production.get("bytes").isNull(), production.toString());
    assertTrue(production.get("reason").asText().contains("uv.lock"), production.toString());
    assertEquals(2, production.get("removed").asInt());
    assertNotNull(cause(production, "playwright"));
  }

  @Test
  void anotherPackageManagerIsStillTheSameProject() throws IOException {
    Path npm = folder.resolve("npm");
    Path yarn = folder.resolve("yarn");
    String manifest = "{\"name\": \"shop\", \"dependencies\": {\"left-pad\": \"^1.3.0\"}}";
    write(npm.resolve("package.json"), manifest);
    write(yarn.resolve("package.json"), manifest);
    write(
        npm.resolve("package-lock.json"),
        """
        {"name": "shop", "lockfileVersion": 3, "packages": {
          "": {"name": "shop", "dependencies": {"left-pad": "^1.3.0"}},
          "node_modules/left-pad": {"version": "1.3.0"}}}
        """);
    write(
        yarn.resolve("yarn.lock"),
        """
        # yarn lockfile v1


        left-pad@^1.3.0:
          version "1.3.0"
        """);
    after = yarn;
    JsonNode diff = diff(npm);
    assertEquals(0, diff.get("packages").size(), diff.toString());
    assertEquals(0, diff.get("declarations").size(), diff.toString());
  }

  @Test
  void whatCannotBeComparedWithSaysWhy() throws IOException {
    Path file = folder.resolve("old.json");
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertRefused(folder.resolve("none"), "there is no such folder or report");
    assertRefused(empty, "no package.json, requirements file, pyproject.toml or lock file");
    write(file, "{\"a\": [1,\n2");
    assertRefused(file, "old.json:2:");
    write(file, "[]");
    assertRefused(file, "not a JSON report of depslim");
    write(file, "{\"name\": \"package\", \"version\": \"1\"}");
    assertRefused(file, "not a report of depslim");
    String report = Run.of("analyze", before.toString(), "--format", "json").out();
    write(file, report.replace("\"schemaVersion\": \"1\"", "\"schemaVersion\": \"9\""));
    assertRefused(file, "schema version 9, and this depslim reads version 1");
    write(file, report.replace("\"scope\": \"runtime\"", "\"scope\": \"later\""));
    assertRefused(file, "unknown scope 'later'");
    write(file, report.replace("\"needs\":[", "\"needs\":[99,"));
    assertRefused(file, "no package of this number");
    write(file, Run.of("explain", "flask", before.toString(), "--format", "json").out());
    assertRefused(file, "depslim explain holds one package only");
  }

  private void assertRefused(Path old, String reason) {
    Run run = Run.of("analyze", after.toString(), "--against", old.toString());
    assertEquals(3, run.exit(), run.err());
    assertEquals("", run.out());
    assertTrue(run.err().contains(reason), run.err());
    assertTrue(run.err().startsWith("error: "), run.err());
  }

  @Test
  void aReportWithoutGraphsStillTellsPackagesAndDeclarations() throws IOException {
    String report = Run.of("analyze", before.toString(), "--format", "json").out();
    Path old = folder.resolve("old.json");
    int from = report.indexOf("  \"graphs\": [");
    int to = report.indexOf("  \"issues\": [");
    write(old, report.substring(0, from) + report.substring(to));
    JsonNode diff = diff(old);
    JsonNode whole = diff(before);
    assertEquals(whole.get("declarations"), diff.get("declarations"));
    assertEquals(
        whole.get("everything").get("bytes").asLong(),
        diff.get("everything").get("bytes").asLong());
    assertNull(diff.get("graphs"));
  }

  @Test
  void severalReportsAreWrittenAtOnce() throws IOException {
    Path json = folder.resolve("out.json");
    Path markdown = folder.resolve("out.md");
    String[] args = {
      "analyze",
      after.toString(),
      "--against",
      before.toString(),
      "--report",
      "json=" + json,
      "--report",
      "markdown=" + markdown
    };
    Run run = Run.of(args);
    assertEquals(0, run.exit(), run.err());
    assertTrue(run.out().contains("compared with an earlier folder"), run.out());
    assertTrue(Files.readString(json).startsWith("{"));
    String comment = Files.readString(markdown);
    assertTrue(
        comment.startsWith("### depslim: +742.0 MB in production: torch 2.3.0 through"), comment);
    assertTrue(comment.contains("**New findings: 3**"), comment);
    Run again = Run.of(args);
    assertEquals(2, again.exit());
    assertTrue(again.err().contains("exists: add --force"), again.err());
    assertEquals(2, Run.of("analyze", after.toString(), "--report", "pdf=x").exit());
    assertEquals(2, Run.of("analyze", after.toString(), "--report", "json").exit());
    Run twice =
        Run.of(
            "analyze",
            after.toString(),
            "--report",
            "json=" + folder.resolve("t"),
            "-o",
            folder.resolve("t").toString());
    assertEquals(2, twice.exit(), twice.err());
  }

  @Test
  void everyCommandSpeaksMarkdown() throws IOException {
    for (List<String> args :
        List.of(
            List.of("analyze", after.toString()),
            List.of("check", after.toString()),
            List.of("minimize", after.toString()),
            List.of("explain", "torch", after.toString()))) {
      List<String> whole = new java.util.ArrayList<>(args);
      whole.addAll(List.of("--format", "markdown"));
      Run run = Run.of(whole.toArray(String[]::new));
      assertTrue(
          run.out().startsWith("### depslim") || run.out().startsWith("```text\n"), run.out());
      assertTrue(run.out().length() < 65_536, args.toString());
      assertEquals(run.out(), Run.of(whole.toArray(String[]::new)).out());
    }
  }
}

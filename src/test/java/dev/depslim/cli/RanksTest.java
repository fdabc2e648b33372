package dev.depslim.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.depslim.report.Schemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `analyze` ranks, from the JSON report of small npm projects.
class RanksTest {
  @TempDir Path folder;

  /// @param packages lines such as `a -> b c` of node_modules
  private JsonNode ranking(String declared, String... packages) throws IOException {
    StringBuilder manifest = new StringBuilder();
    for (String name : declared.split(" ")) {
      manifest.append(manifest.isEmpty() ? "" : ", ").append("\"" + name + "\": \"1.0.0\"");
    }
    StringBuilder lock = new StringBuilder();
    for (String line : packages) {
      String[] parts = line.split(" -> ");
      StringBuilder needs = new StringBuilder();
      for (String need : parts.length == 1 ? new String[0] : parts[1].split(" ")) {
        needs.append(needs.isEmpty() ? "" : ", ").append("\"" + need + "\": \"1\"");
      }
      lock.append(
          ",\n\"node_modules/%s\": {\"version\": \"1.0.0\", \"dependencies\": {%s}}"
              .formatted(parts[0], needs));
    }
    Files.writeString(
        folder.resolve("package.json"),
        "{\"name\": \"shop\", \"dependencies\": {" + manifest + "}}");
    Files.writeString(
        folder.resolve("package-lock.json"),
        "{\"name\": \"shop\", \"lockfileVersion\": 3, \"packages\": {\"\": {\"dependencies\": {"
            + manifest
            + "}}"
            + lock
            + "}}");
    Run run = Run.of("analyze", folder.toString(), "--format", "json");
    assertEquals(0, run.exit(), run.err());
    JsonNode report = Schemas.parse(run.out());
    assertEquals(List.of(), Schemas.errors("report.schema.json", report));
    return report.get("ranking");
  }

  private static List<String> names(JsonNode declarations) {
    List<String> names = new ArrayList<>();
    declarations.forEach(it -> names.add(it.get("name").asText()));
    return names;
  }

  private static JsonNode removal(JsonNode ranking, String name) {
    for (JsonNode it : ranking.get("removals").get("packages")) {
      if (it.get("subject").asText().contains("/" + name + "@")) {
        return it;
      }
    }
    throw new AssertionError(name + " is not among " + ranking.get("removals"));
  }

  @Test
  void whatSeveralShareIsFreedOnlyTogether() throws IOException {
    JsonNode ranking = ranking("a b c", "a -> big", "b -> big", "c", "big -> x y z", "x", "y", "z");
    JsonNode first = ranking.get("first");
    assertEquals(
        new TreeSet<>(List.of("a", "b", "c")), new TreeSet<>(names(first.get("declarations"))));
    assertEquals(7, first.get("together").get("packages").asInt());
    assertEquals(100.0, first.get("percent").asDouble());
    int alone = 0;
    for (JsonNode one : ranking.get("declarations")) {
      alone += one.get("packages").asInt();
    }
    assertEquals(3, alone, "never summed");
  }

  @Test
  void aForbiddenPackageGoesWithAllThatBringIt() throws IOException {
    JsonNode ranking =
        ranking(
            "shot pdf express",
            "shot -> puppeteer-core",
            "pdf -> render",
            "render -> puppeteer-core",
            "puppeteer-core",
            "express");
    JsonNode removal = removal(ranking, "puppeteer-core");
    assertEquals(List.of("pdf", "shot"), names(removal.get("declarations")));
    assertEquals(4, removal.get("frees").get("packages").asInt());
    assertEquals("package.json", removal.get("declarations").get(0).get("path").asText());
    assertTrue(removal.get("declarations").get(0).get("line").asInt() > 0);
  }

  @Test
  void oneDeclarationIsEnoughWhereItAloneBringsThem() throws IOException {
    JsonNode ranking =
        ranking(
            "shot other",
            "shot -> puppeteer-core playwright-core",
            "puppeteer-core",
            "playwright-core",
            "other");
    JsonNode all = ranking.get("removals").get("all");
    assertEquals(2, ranking.get("removals").get("packages").size());
    assertEquals(List.of("shot"), names(all.get("declarations")));
    assertEquals(3, all.get("frees").get("packages").asInt());
  }

  @Test
  void whatTheMemberOfAWorkspaceDeclaresIsRemovedThere() throws IOException {
    Files.createDirectories(folder.resolve("lib"));
    Files.writeString(
        folder.resolve("package.json"),
        "{\"name\": \"top\", \"workspaces\": [\"lib\"], \"dependencies\": {\"lib\": \"1.0.0\"}}");
    Files.writeString(
        folder.resolve("lib/package.json"),
        "{\"name\": \"lib\", \"version\": \"1.0.0\", \"dependencies\": {\"shot\": \"1.0.0\"}}");
    Files.writeString(
        folder.resolve("package-lock.json"),
        """
        {"name": "top", "lockfileVersion": 3, "packages": {
          "": {"name": "top", "workspaces": ["lib"], "dependencies": {"lib": "1.0.0"}},
          "lib": {"version": "1.0.0", "dependencies": {"shot": "1.0.0"}},
          "node_modules/lib": {"resolved": "lib", "link": true},
          "node_modules/shot": {"version": "1.0.0", "dependencies": {"puppeteer-core": "1"}},
          "node_modules/puppeteer-core": {"version": "1.0.0"}}}
        """);
    Run run = Run.of("analyze", folder.toString(), "--format", "json");
    JsonNode removal = removal(Schemas.parse(run.out()).get("ranking"), "puppeteer-core");
    assertEquals(
        List.of("shot"), names(removal.get("declarations")), "not lib, which needs it too");
    assertEquals("lib", removal.get("declarations").get(0).get("project").asText());
  }

  @Test
  void theTextSaysItInOneSentence() throws IOException {
    ranking("a b c d e f g", "a -> x", "b", "c", "d", "e", "f", "g", "x");
    Run run = Run.of("analyze", folder.toString());
    assertTrue(
        run.out().contains("5 of 7 production declarations hold 75 % of the 8 packages"),
        run.out());
    assertFalse(run.out().contains("only when all of"), run.out());
  }

  @Test
  void whatIsOnlyInstalledIsExplainedToo() throws IOException {
    Files.writeString(
        folder.resolve("package.json"), "{\"name\": \"shop\", \"dependencies\": {\"a\": \"1\"}}");
    for (String name : List.of("a", "b")) {
      Path module = Files.createDirectories(folder.resolve("node_modules/" + name));
      Files.writeString(
          module.resolve("package.json"),
          "{\"name\": \"%s\", \"version\": \"1.0.0\", \"dependencies\": {%s}}"
              .formatted(name, name.equals("a") ? "\"b\": \"1\"" : ""));
    }
    Run run = Run.of("explain", "b", folder.toString());
    assertEquals(0, run.exit(), run.err());
    assertTrue(run.out().contains("installed in node_modules, declared nowhere here"), run.out());
    assertTrue(run.out().contains("brought by  a"), run.out());
    JsonNode report =
        Schemas.parse(Run.of("explain", "b", folder.toString(), "--format", "json").out());
    assertEquals(1, report.get("explanations").size());
    assertEquals(List.of(), Schemas.errors("report.schema.json", report));
    assertEquals(3, Run.of("explain", "c", folder.toString()).exit());
    assertEquals(3, Run.of("explain", "pypi/b", folder.toString()).exit());
  }

  @Test
  void whatAnExtraOfTheManifestBringsIsNeeded() throws IOException {
    Files.writeString(folder.resolve("requirements.txt"), "web[hash]==1\nother==1\n");
    Path site = Files.createDirectories(folder.resolve(".venv/lib/python3.12/site-packages"));
    Files.writeString(folder.resolve(".venv/pyvenv.cfg"), "home = /usr\n");
    dist(site, "web", "Requires-Dist: argon; extra == 'hash'\n");
    dist(site, "other", "Requires-Dist: cffi\n");
    dist(site, "argon", "Requires-Dist: cffi\n");
    dist(site, "cffi", "");
    JsonNode ways =
        Schemas.parse(Run.of("explain", "cffi", folder.toString(), "--format", "json").out())
            .get("explanations")
            .get(0)
            .get("ways");
    List<String> declared = new ArrayList<>();
    ways.forEach(way -> declared.add(way.get("declared").asText()));
    assertEquals(List.of("other", "web"), declared);
  }

  private static void dist(Path site, String name, String requires) throws IOException {
    Path info = Files.createDirectories(site.resolve(name + "-1.dist-info"));
    Files.writeString(
        info.resolve("METADATA"),
        "Metadata-Version: 2.1\nName: %s\nVersion: 1\n%s\n".formatted(name, requires));
    Files.writeString(info.resolve("RECORD"), name + "-1.dist-info/METADATA,,\n");
  }

  @Test
  void locksWithoutSizesAreNotLeftOutInSilence() throws IOException {
    ranking("a", "a -> b", "b");
    Files.createDirectories(folder.resolve("api"));
    Files.writeString(
        folder.resolve("api/pyproject.toml"),
        """
        [project]
        name = "api"
        version = "1"
        dependencies = ["six"]
        """);
    Files.writeString(
        folder.resolve("api/uv.lock"),
        """
        version = 1
        requires-python = ">=3.12"

        [[package]]
        name = "api"
        version = "1"
        source = { virtual = "." }
        dependencies = [{ name = "six" }]

        [package.metadata]
        requires-dist = [{ name = "six" }]

        [[package]]
        name = "six"
        version = "1.17.0"
        source = { registry = "https://pypi.example/simple" }
        wheels = [{ url = "https://pypi.example/six-1.17.0-py2.py3-none-any.whl", size = 11050 }]
        """);
    String text = Run.of("analyze", folder.toString()).out().replaceAll("\\s+", " ");
    assertTrue(
        text.contains(
            "known for all 1 package; of 2 packages in package-lock.json no sizes are known"),
        text);
  }
}

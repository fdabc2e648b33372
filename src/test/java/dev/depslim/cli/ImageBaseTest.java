package dev.depslim.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.depslim.image.ImageFixture;
import dev.depslim.image.LayerFixture;
import dev.depslim.report.Schemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Images of a project: what the gate says of them, what is the base's, how declarations and images
/// are joined.
class ImageBaseTest {
  @TempDir private Path folder;
  private Path project;
  private String base = "";
  private String app = "";

  @BeforeEach
  void make() throws IOException {
    base = write("base.tar", base());
    app = write("app.tar", onBase("app:1", "jest"));
    project = Files.createDirectories(folder.resolve("shop"));
    Files.writeString(
        project.resolve("package.json"),
        "{\"name\":\"shop\",\"dependencies\":{\"express\":\"^4\",\"redis\":\"^4\"}}");
  }

  private static ImageFixture base() {
    LayerFixture system =
        new LayerFixture().file("etc/os-release", "ID=debian\n").file("usr/local/bin/node", 1_000);
    npm(system, "usr/local/lib/node_modules/npm", "npm", 300);
    npm(system, "usr/local/lib/node_modules/eslint", "eslint", 700);
    return new ImageFixture().tag("base:1").layer(system, "ADD rootfs").emptyLayer("CMD node");
  }

  private static ImageFixture onBase(String tag, String tool) {
    LayerFixture install = new LayerFixture();
    install.file(
        "app/package.json",
        "{\"name\":\"shop\",\"dependencies\":{\"express\":\"^4\",\""
            + tool
            + "\":\"^29\",\"left-pad\":\"^1\"}}");
    npm(install, "app/node_modules/express", "express", 2_000);
    npm(install, "app/node_modules/" + tool, tool, 5_000);
    npm(install, "app/node_modules/left-pad", "left-pad", 400);
    return base().tag(tag).layer(install, "RUN npm install").emptyLayer("CMD node app");
  }

  private static void npm(LayerFixture layer, String path, String name, int bytes) {
    layer.file(path + "/package.json", "{\"name\":\"" + name + "\",\"version\":\"1.0.0\"}");
    layer.file(path + "/index.js", bytes);
  }

  private String write(String name, ImageFixture image) throws IOException {
    return Files.write(folder.resolve(name), image.dockerArchive()).toString();
  }

  private JsonNode json(int exit, String... args) throws IOException {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--format", "json"));
    Run run = Run.of(all.toArray(String[]::new));
    assertEquals(exit, run.exit(), run.err() + run.out());
    JsonNode document = Schemas.parse(run.out());
    assertEquals(List.of(), Schemas.errors("report.schema.json", document));
    return document;
  }

  private static List<String> findings(JsonNode document, String rule) {
    return StreamSupport.stream(document.get("findings").spliterator(), false)
        .filter(it -> it.get("rule").asText().equals(rule))
        .map(it -> it.get("subject").asText())
        .toList();
  }

  private static boolean inBase(JsonNode document, String name) {
    for (JsonNode row : document.at("/images/0/packages")) {
      if (row.get("name").asText().equals(name)) {
        return row.get("inBase").asBoolean();
      }
    }
    throw new AssertionError(name + " is not in the image");
  }

  @Test
  void withoutABaseEveryForbiddenPackageBreachesButBaseTools() throws IOException {
    JsonNode document = json(1, "check", project.toString(), "--image", app);
    assertEquals(
        List.of("pkg:npm/eslint@1.0.0", "pkg:npm/jest@1.0.0"),
        findings(document, "forbidden-in-production"));
    assertEquals("unknown", document.at("/images/0/base/how").asText());
    assertEquals("fail", document.at("/policy/result").asText());
  }

  @Test
  void packagesOfTheGivenBaseAreListedAndNoBreach() throws IOException {
    JsonNode document = json(1, "check", project.toString(), "--image", app, "--base", base);
    assertEquals(List.of("pkg:npm/jest@1.0.0"), findings(document, "forbidden-in-production"));
    assertEquals("given", document.at("/images/0/base/how").asText());
    assertEquals(1, document.at("/images/0/base/layers").asInt());
    assertTrue(inBase(document, "eslint"));
    assertFalse(inBase(document, "jest"));
  }

  @Test
  void thePolicyNamesTheBaseOfAnImage() throws IOException {
    Files.writeString(
        project.resolve(".depslim.yml"),
        "version: 1\nimages:\n  - ref: " + app + "\n    base: " + base + "\n");
    JsonNode document = json(1, "check", project.toString(), "--image", app);
    assertEquals(List.of("pkg:npm/jest@1.0.0"), findings(document, "forbidden-in-production"));
    assertEquals(base, document.at("/images/0/base/name").asText());
  }

  @Test
  void aBaseOfThePolicyThatCannotBeReadIsAWarning() throws IOException {
    Files.writeString(
        project.resolve(".depslim.yml"),
        "version: 1\nimages:\n  - ref: " + app + "\n    base: ./no-base.tar\n");
    JsonNode document = json(1, "check", project.toString(), "--image", app);
    assertTrue(
        document.get("issues").toString().contains("the base that the policy names cannot be read"),
        document.get("issues").toString());
    assertEquals(2, findings(document, "forbidden-in-production").size());
  }

  @Test
  void anImageThatIsNotTheBaseIsSaidToBeNone() throws IOException {
    String other =
        write("other.tar", new ImageFixture().layer(new LayerFixture().file("x", 1), "ADD x"));
    JsonNode document = json(0, "image", app, "--base", other);
    String issues = document.get("issues").toString();
    assertTrue(issues.contains("is not its base: of its 1 layers 0 begin"), issues);
    Run unreadable = Run.of("image", app, "--base", "./no-base.tar");
    assertEquals(3, unreadable.exit());
    assertTrue(unreadable.err().contains("the base image ./no-base.tar: no such image"));
  }

  @Test
  void theTextShowsWhatIsTheBases() {
    Run run = Run.of("image", app, "--base", base, "--all");
    assertEquals(0, run.exit(), run.err());
    assertTrue(run.out().contains(": layer 0, known as given"), run.out());
    assertTrue(run.out().contains("base: ADD rootfs"), run.out());
    assertTrue(
        run.out().lines().anyMatch(line -> line.matches(".*eslint 1\\.0\\.0 .* 0 base.*")),
        run.out());
  }

  @Test
  void imagesOfOneRunTellWhatTheyWereBuiltOn() throws IOException {
    String worker = write("worker.tar", onBase("worker:1", "mocha"));
    JsonNode document = json(1, "check", project.toString(), "--image", app, "--image", worker);
    assertEquals(
        List.of("pkg:npm/jest@1.0.0", "pkg:npm/mocha@1.0.0"),
        findings(document, "forbidden-in-production"));
    assertEquals("diff-id-prefix", document.at("/images/0/base/how").asText());
    assertEquals(1, document.at("/images/1/base/layers").asInt());
  }

  @Test
  void theAnnotatedBaseIsReadWhereItIsAtHand() throws IOException {
    ImageFixture image =
        onBase("app:2", "jest").label("org.opencontainers.image.base.name", "archive:" + base);
    JsonNode document = json(0, "image", write("annotated.tar", image));
    assertEquals("annotation", document.at("/images/0/base/how").asText());
    assertEquals(1, document.at("/images/0/base/layers").asInt());
    ImageFixture away =
        onBase("app:3", "jest").label("org.opencontainers.image.base.name", "./no-base.tar");
    Run run = Run.of("image", write("away.tar", away));
    assertTrue(run.out().contains("base ./no-base.tar: its layers are not known"), run.out());
  }

  @Test
  void whatThePolicyAllowsInAnImageIsNoBreach() throws IOException {
    Files.writeString(
        project.resolve(".depslim.yml"),
        "version: 1\nproduction:\n  allow:\n"
            + "    - {package: npm/jest, reason: \"runs the health checks\"}\n");
    JsonNode document = json(0, "check", project.toString(), "--image", app, "--base", base);
    assertEquals(List.of(), findings(document, "forbidden-in-production"));
    assertEquals("pass", document.at("/policy/result").asText());
  }

  @Test
  void anUnreadableImageIsThreeAndABreachWins() throws IOException {
    String text = Files.writeString(folder.resolve("text.tar"), "no archive").toString();
    JsonNode unreadable = json(3, "check", project.toString(), "--image", text);
    assertTrue(unreadable.get("issues").toString().contains("it is no tar archive"));
    json(0, "check", project.toString(), "--image", text, "--allow-unreadable");
    json(1, "check", project.toString(), "--image", text, "--image", app);
    json(3, "analyze", project.toString(), "--image", text);
  }

  @Test
  void dependenciesHaveTheBytesOfTheImage() throws IOException {
    JsonNode document = json(0, "analyze", project.toString(), "--image", app, "--base", base);
    JsonNode express = document.at("/projects/0/dependencies/0");
    assertEquals("express", express.get("name").asText());
    assertEquals("image", express.at("/size/basis").asText());
    assertEquals(2_000 + 36, express.at("/size/ownBytes").asLong());
    assertEquals(List.of("redis"), findings(document, "not-in-image"));
    assertEquals(
        List.of("pkg:npm/jest@1.0.0", "pkg:npm/left-pad@1.0.0"),
        findings(document, "undeclared-in-image"));
  }

  @Test
  void theTextsTellImagesFromDeclarations() {
    Run check = Run.of("check", project.toString(), "--image", app);
    assertTrue(check.out().contains("jest (dev, rule "), check.out());
    assertTrue(check.out().contains("depslim image " + app + " --all"), check.out());
    Run analyze = Run.of("analyze", project.toString(), "--image", app);
    assertTrue(
        analyze.out().contains("forbidden in the image " + app + ": 2 packages"), analyze.out());
    assertTrue(
        analyze.out().contains("nothing forbidden is declared for production"), analyze.out());
  }

  @Test
  void thePlatformChoosesAndMustBeOne() throws IOException {
    Path layout = folder.resolve("layout");
    onBase("app:1", "jest").architecture("arm64").ociLayout(layout, ImageFixture.Packing.GZIP);
    JsonNode document = json(0, "image", layout.toString(), "--platform", "linux/arm64");
    assertEquals("linux/arm64", document.at("/images/0/platform").asText());
    assertEquals(0, document.get("issues").size());
    assertEquals(2, Run.of("image", layout.toString(), "--platform", "arm64").exit());
  }
}

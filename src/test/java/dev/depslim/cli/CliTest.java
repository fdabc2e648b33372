package dev.depslim.cli;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.depslim.syntax.Json;
import dev.depslim.syntax.Tree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CliTest {
  @TempDir Path folder;

  @Test
  void versionIsOneLine() {
    Run run = Run.of("--version");
    assertEquals(0, run.exit());
    assertEquals("depslim test\n", run.out());
  }

  @Test
  void helpNamesEveryCommand() {
    Run run = Run.of("--help");
    assertEquals(0, run.exit());
    for (Wiring.Entry entry : Wiring.COMMANDS) {
      assertTrue(run.out().contains("\n  " + entry.name()), entry.name());
      Run own = Run.of(entry.name(), "--help");
      assertEquals(0, own.exit(), own.err());
      assertTrue(own.out().startsWith("Usage: depslim " + entry.name()), own.out());
    }
  }

  @Test
  void usageErrorsExitWithTwoAndSayWhatToDo() throws IOException {
    write("package.json", "{}");
    for (List<String> args :
        List.of(
            List.of("analyse"),
            List.of("analyze", "--nonsense"),
            List.of("analyze", "--format", "xml"),
            List.of("analyze", folder.toString(), "--config", folder + "/none.yml"),
            List.of("analyze", folder.toString(), "--exclude", "slow"),
            List.of("explain"),
            List.of("rules"),
            List.of("rules", "explain", "left-pad"))) {
      Run run = Run.of(args.toArray(String[]::new));
      assertEquals(2, run.exit(), args + run.err());
      assertTrue(run.err().startsWith("error: "), args + run.err());
      assertEquals("", run.out(), args.toString());
    }
  }

  @Test
  void folderWithoutProjectIsUnreadable() {
    Run run = Run.of("analyze", folder.toString());
    assertEquals(3, run.exit());
    assertTrue(run.err().contains("no package.json"), run.err());
    assertEquals(3, Run.of("analyze", folder + "/none").exit());
    assertEquals(3, Run.of("check", folder.toString()).exit());
  }

  @Test
  void programsGetTheDocumentOfAFailedRunToo() {
    for (String[] args :
        new String[][] {
          {"analyze", folder.toString(), "--format", "json"},
          {"check", folder.toString(), "--format", "json"},
          {"image", "archive:" + folder + "/none.tar", "--format", "json"}
        }) {
      Run run = Run.of(args);
      assertEquals(3, run.exit(), run.err());
      assertEquals(1, items(mapping(run.out()), "issues").size(), run.out());
    }
  }

  @Test
  void lockThatDoesNotSayWhatTheManifestSaysFailsTheGate() throws IOException {
    write("package.json", "{\n  \"dependencies\": {\"ms\": \"^2.1.0\"}\n}\n");
    String lock =
        """
        {"lockfileVersion": 3, "packages": {
          "": {"dependencies": {"ms": "^2.1.0"}},
          "node_modules/ms": {"version": "2.1.3"}}}
        """;
    write("package-lock.json", lock);
    assertEquals(0, Run.of("check", folder.toString()).exit());
    write("package-lock.json", lock.replace("^2.1.0", "^1.0.0").replace("2.1.3", "1.0.0"));
    Run run = Run.of("check", folder.toString());
    assertEquals(1, run.exit(), run.out());
    assertTrue(run.out().contains("(lock-inconsistent)"), run.out());
    Run json = Run.of("analyze", folder.toString(), "--format", "json");
    Tree.Mapping finding = (Tree.Mapping) items(mapping(json.out()), "findings").getFirst();
    assertEquals("lock-inconsistent", finding.string("rule"));
    assertEquals("error", finding.string("severity"));
    assertEquals("package.json", finding.string("path"));
  }

  @Test
  void sameInputGivesSameBytes() throws IOException {
    shop();
    for (String format : List.of("text", "json")) {
      Run first = Run.of("analyze", folder.toString(), "--format", format);
      Run second = Run.of("analyze", folder.toString(), "--format", format);
      assertEquals(0, first.exit(), first.err());
      assertEquals(first.out(), second.out());
    }
  }

  @Test
  void reportNamesNoAbsolutePath() throws IOException {
    shop();
    Run run = Run.of("analyze", folder.toString(), "--format", "json");
    assertFalse(run.out().contains(folder.toString()), run.out());
  }

  @Test
  void forbiddenPackageBreaches() throws IOException {
    shop();
    Run run = Run.of("check", folder.toString());
    assertEquals(1, run.exit(), run.err());
    assertTrue(run.out().contains("package.json:4"), run.out());
    assertTrue(run.out().contains("puppeteer"), run.out());
    assertTrue(run.out().contains("browser/"), run.out());
    assertFalse(run.out().contains("express"), run.out());
  }

  @Test
  void devDependencyPasses() throws IOException {
    write("package.json", "{\"devDependencies\": {\"jest\": \"^29\"}}");
    assertEquals(0, Run.of("check", folder.toString()).exit());
  }

  @Test
  void allowanceLetsPassAndStaleOnesAreNamed() throws IOException {
    shop();
    write(
        ".depslim.yml",
        """
        version: 1
        production:
          allow:
            - {package: npm/puppeteer, reason: "makes the invoices", expires: 2999-01-01}
            - {package: npm/selenium-webdriver, reason: "not there any more"}
        """);
    Run run = Run.of("check", folder.toString(), "--format", "json");
    assertEquals(0, run.exit(), run.out());
    Tree.Mapping policy = requireNonNull(mapping(run.out()).mapping("policy"));
    assertEquals("pass", policy.string("result"));
    assertEquals(1, items(policy, "allowed").size());
    Tree.Mapping stale = (Tree.Mapping) items(policy, "stale").getFirst();
    assertEquals("npm/selenium-webdriver", stale.string("entry"));
  }

  @Test
  void expiredAllowanceNoLongerAllows() throws IOException {
    shop();
    write(
        ".depslim.yml",
        "production: {allow: [{package: npm/puppeteer, reason: once, expires: 2001-01-01}]}\n");
    Run run = Run.of("check", folder.toString());
    assertEquals(1, run.exit(), run.out());
    assertTrue(run.out().contains("2001-01-01"), run.out());
  }

  @Test
  void unreadableManifestFailsTheCheckUnlessAllowed() throws IOException {
    write("package.json", "{\"dependencies\": {\"express\": \"^4\"}}");
    write("service/package.json", "{\n  \"dependencies\": {\n    \"a\": \n}");
    Run run = Run.of("check", folder.toString());
    assertEquals(3, run.exit(), run.out());
    assertTrue(run.out().contains("service/package.json:4:"), run.out());
    assertEquals(0, Run.of("check", folder.toString(), "--allow-unreadable").exit());
    assertEquals(0, Run.of("analyze", folder.toString()).exit());
  }

  @Test
  void mistakesInThePolicyHaveLineAndColumn() throws IOException {
    shop();
    write(".depslim.yml", "version: 1\nproduction:\n  forbid: [dev, slow]\nfail_on: error\n");
    Run run = Run.of("check", folder.toString());
    assertTrue(run.out().contains(".depslim.yml:3:17: error: 'slow' is no category"), run.out());
    assertTrue(run.out().contains(".depslim.yml:4:1: error: unknown key 'fail_on'"), run.out());
  }

  @Test
  void ownRulesWinOverTheBuiltInOnes() throws IOException {
    shop();
    write(
        "ours.yml",
        """
        version: 1
        rules:
          - {id: ours/pdf, ecosystem: npm, label: production/lib, names: [puppeteer]}
        """);
    assertEquals(0, Run.of("check", folder.toString(), "--rules", folder + "/ours.yml").exit());
    write(".depslim.yml", "rules: [ours.yml]\n");
    assertEquals(0, Run.of("check", folder.toString()).exit());
  }

  @Test
  void outputFileIsNotOverwrittenWithoutForce() throws IOException {
    shop();
    Path target = folder.resolve("report.json");
    String[] args = {"analyze", folder.toString(), "--format", "json", "-o", target.toString()};
    Run first = Run.of(args);
    assertEquals(0, first.exit(), first.err());
    assertEquals("", first.out());
    String before = Files.readString(target);
    assertEquals(2, Run.of(args).exit());
    Files.writeString(target, "mine");
    String[] forced = java.util.Arrays.copyOf(args, args.length + 1);
    forced[args.length] = "--force";
    assertEquals(0, Run.of(forced).exit());
    assertEquals(before, Files.readString(target));
    assertEquals("mine", Files.readString(folder.resolve("report.json.bak")));
  }

  @Test
  void explainSaysWhoDeclares() throws IOException {
    shop();
    Run run = Run.of("explain", "puppeteer", folder.toString());
    assertEquals(0, run.exit(), run.err());
    assertTrue(run.out().contains("package.json:4"), run.out());
    assertEquals(3, Run.of("explain", "left-pad", folder.toString()).exit());
    Run json = Run.of("explain", "npm/puppeteer", folder.toString(), "--format", "json");
    Tree.Mapping project = (Tree.Mapping) items(mapping(json.out()), "projects").getFirst();
    assertEquals(1, items(project, "dependencies").size());
  }

  @Test
  void rulesExplainReadsNamesFromStandardInput() {
    Run run =
        Run.with(
            "npm/puppeteer\npypi/Flask_Cors\n\n",
            Map.of(),
            "rules",
            "explain",
            "-",
            "--format",
            "json");
    assertEquals(0, run.exit(), run.err());
    List<String> lines = run.out().lines().toList();
    assertEquals(2, lines.size());
    assertEquals("browser-automation", mapping(lines.getFirst()).string("category"));
    assertEquals("Flask_Cors", mapping(lines.getLast()).string("name"));
  }

  @Test
  void rulesListShowsEveryEcosystem() {
    Run run = Run.of("rules", "list", "--format", "json");
    assertEquals(0, run.exit(), run.err());
    for (String ecosystem : List.of("npm", "pypi", "deb", "apk")) {
      assertTrue(run.out().contains("{\"ecosystem\":\"" + ecosystem + "\""), ecosystem);
    }
  }

  @Test
  void rulesValidateNamesTheMistake() throws IOException {
    write("good.yml", "rules:\n  - {id: a, ecosystem: npm, label: dev/lint, names: [x]}\n");
    write("bad.yml", "rules:\n  - {id: a, ecosystem: gem, label: dev/lint, names: [x]}\n");
    assertEquals(0, Run.of("rules", "validate", folder + "/good.yml").exit());
    Run bad = Run.of("rules", "validate", folder + "/bad.yml");
    assertEquals(3, bad.exit());
    assertTrue(bad.out().contains("bad.yml:2:24: error: unknown ecosystem 'gem'"), bad.out());
  }

  @Test
  void initWritesAPolicyThatIsSound() throws IOException {
    shop();
    Run run = Run.of("init", folder.toString());
    assertEquals(0, run.exit(), run.err());
    assertTrue(run.out().contains("depslim check"), run.out());
    Run check = Run.of("check", folder.toString(), "--format", "json");
    assertEquals(1, check.exit());
    assertEquals(List.of(), items(mapping(check.out()), "issues"));
    assertEquals(2, Run.of("init", folder.toString()).exit());
  }

  @Test
  void variableChoosesTheExcludedCategories() throws IOException {
    shop();
    assertEquals(
        2,
        Run.with("", Map.of("DEPSLIM_EXCLUDE", "nonsense"), "analyze", folder.toString()).exit());
    assertEquals(
        0, Run.with("", Map.of("DEPSLIM_EXCLUDE", "dev"), "analyze", folder.toString()).exit());
  }

  private void shop() throws IOException {
    write(
        "package.json",
        """
        {
          "name": "shop",
          "dependencies": {
            "puppeteer": "^22.0.0",
            "express": "^4.19.0"
          },
          "devDependencies": {"jest": "^29.0.0"}
        }
        """);
  }

  private void write(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static List<Tree> items(Tree.Mapping mapping, String name) {
    return requireNonNull(mapping.sequence(name), name).items();
  }

  private static Tree.Mapping mapping(String json) {
    return (Tree.Mapping) Json.parse(json.getBytes(StandardCharsets.UTF_8));
  }
}

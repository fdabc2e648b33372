package dev.depslim.classify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.depslim.model.Category;
import dev.depslim.model.Confidence;
import dev.depslim.model.Ecosystem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class RuleFileTest {
  private static final RuleSet NO_RULES = set("version: 1\necosystem: npm\nrules: []\n");

  @Test
  void exactNamesWinOverEarlierPatterns() {
    RuleSet set =
        set(
            """
            version: 1
            ecosystem: npm
            rules:
              - id: agent/mcp
                label: coding-agent/mcp
                tokens: [mcp]
              - id: chips
                label: production/lib
                names: [mcp-chip]
            """);
    assertEquals("chips", ruleFor(set, "mcp-chip"));
    assertEquals("agent/mcp", ruleFor(set, "@acme/mcp-server"));
    assertEquals(
        Confidence.CERTAIN, classifier(set).classify(Ecosystem.NPM, "MCP-chip").confidence());
    assertEquals(Confidence.LIKELY, classifier(set).classify(Ecosystem.NPM, "x-mcp").confidence());
  }

  @Test
  void firstPatternInFileOrderWins() {
    RuleSet set =
        set(
            """
            version: 1
            ecosystem: npm
            rules:
              - {id: types, label: dev/types, globs: ["@types/*"]}
              - {id: browser, label: browser-automation/driver, families: [puppeteer]}
            """);
    assertEquals("types", ruleFor(set, "@types/puppeteer"));
    assertEquals("browser", ruleFor(set, "puppeteer-extra"));
  }

  @Test
  void familiesMatchAtSeparatorsOnly() {
    NamePattern family = new NamePattern.Family("jest");
    for (String yes :
        List.of("jest", "jest-cli", "ts-jest", "@jest/core", "@swc/jest", "a.jest", "@x/jest-y")) {
      assertEquals(true, family.matches(new NamePattern.Name(yes)), yes);
    }
    for (String no : List.of("jester", "majest", "@jester/core", "test-jester", "@my-jest/x", "")) {
      assertEquals(false, family.matches(new NamePattern.Name(no)), no);
    }
  }

  @Test
  void globsMatchTheWholeName() {
    assertEquals(true, glob("@types/*", "@types/node"));
    assertEquals(false, glob("@types/*", "x@types/node"));
    assertEquals(true, glob("*-stubs", "a-b-stubs"));
    assertEquals(true, glob("a*b*c", "aXbbYc"));
    assertEquals(false, glob("a*b*c", "aXc"));
    assertEquals(true, glob("lib?.so", "lib1.so"));
    assertEquals(false, glob("lib?.so", "lib.so"));
    assertEquals(true, glob("*", ""));
  }

  @Test
  void tokensNeedAllWordsInAnyOrder() {
    NamePattern both = NamePattern.Tokens.of("server mcp");
    assertEquals(true, both.matches(new NamePattern.Name("@mcp/some_server")));
    assertEquals(false, both.matches(new NamePattern.Name("mcpserver")));
  }

  @Test
  void exceptRescuesFromPatternsOnly() {
    RuleSet set =
        set(
            """
            version: 1
            ecosystem: npm
            rules:
              - id: agent/mcp
                label: coding-agent/mcp
                names: [mcp-x]
                tokens: [mcp]
                except: [mcp-*]
            """);
    assertEquals("agent/mcp", ruleFor(set, "mcp-x"));
    assertNull(ruleFor(set, "mcp-y"));
    assertEquals("agent/mcp", ruleFor(set, "y-mcp"));
  }

  @Test
  void usersRulesWinAndTheLaterOneFirst() {
    RuleSet first =
        set("version: 1\necosystem: npm\nrules:\n  - {id: a, label: dev/test, names: [x, y]}\n");
    RuleSet second =
        set("version: 1\necosystem: npm\nrules:\n  - {id: b, label: heavy-ml/data, globs: [x]}\n");
    Classifier classifier = new Classifier(List.of(first, second), _ -> NO_RULES);
    assertEquals("b", classifier.classify(Ecosystem.NPM, "x").rule());
    assertEquals(Category.DEV, classifier.classify(Ecosystem.NPM, "y").category());
  }

  @Test
  void distributionNamesAreHandedOver() {
    RuleSet deb =
        set(
            """
            version: 1
            ecosystem: deb
            rules:
              - {id: python/modules, prefix: python3-, as: pypi, except: [python3-dev]}
              - {id: rest, label: production/system, globs: ["python3*"]}
            """);
    RuleSet pypi =
        set(
            "version: 1\necosystem: pypi\nrules:\n  - {id: ml, label: heavy-ml/data, names: [numpy]}\n");
    Classifier classifier =
        new Classifier(List.of(), ecosystem -> ecosystem == Ecosystem.DEB ? deb : pypi);
    assertEquals("pypi:ml", classifier.classify(Ecosystem.DEB, "python3-numpy").rule());
    assertEquals("rest", classifier.classify(Ecosystem.DEB, "python3-unheard-of").rule());
    assertEquals("rest", classifier.classify(Ecosystem.DEB, "python3-dev").rule());
  }

  @Test
  void mistakesAreNamedWithLineAndColumn() {
    RuleSet set =
        set(
            """
            version: 1
            ecosystem: npm
            rules:
              - {id: ok, label: dev/test, names: [good]}
              - id: bad
                label: slow/test
                names: [x]
              - id: ok
                label: dev/test
                name: [y]
              - id: empty
                label: dev/test
              - id: twice
                label: dev/test
                names: [good]
            """);
    assertEquals(
        List.of(
            "rules.yml:6:12: error: 'slow/test' is of no category: a label begins with production, dev,"
                + " coding-agent, heavy-ml or browser-automation, as in dev/lint",
            "rules.yml:10:5: error: unknown key 'name': known are as, ecosystem, except, families,"
                + " globs, id, label, names, prefix, reason, tokens",
            "rules.yml:8:5: error: the id 'ok' is taken by a rule above",
            "rules.yml:11:5: error: the rule matches nothing: give names, globs, families or tokens",
            "rules.yml:15:5: error: 'good' stands in the rules ok and twice: keep one"),
        set.issues().stream().map(Object::toString).toList());
    assertEquals(List.of("ok"), set.rules().stream().map(Rule::id).toList());
  }

  @Test
  void brokenYamlIsOneIssueWithItsPlace() {
    RuleSet set = set("version: 1\nrules:\n  - id: [a\n");
    assertEquals(1, set.issues().size());
    assertEquals(4, set.issues().getFirst().location().line());
  }

  @Test
  void builtInSetsAreSound() {
    for (Ecosystem ecosystem : BuiltInRules.ECOSYSTEMS) {
      assertEquals(List.of(), BuiltInRules.of(ecosystem).issues());
    }
  }

  private static boolean glob(String pattern, String name) {
    return new dev.depslim.model.Glob(pattern).matches(name);
  }

  private static @org.jspecify.annotations.Nullable String ruleFor(RuleSet set, String name) {
    return classifier(set).classify(Ecosystem.NPM, name).rule();
  }

  private static Classifier classifier(RuleSet set) {
    return new Classifier(List.of(set), _ -> NO_RULES);
  }

  private static RuleSet set(String yaml) {
    return RuleFile.read("rules.yml", yaml.getBytes(StandardCharsets.UTF_8));
  }
}

package dev.depslim.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.depslim.model.Analysis;
import dev.depslim.model.Category;
import dev.depslim.model.Classification;
import dev.depslim.model.Confidence;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.Finding;
import dev.depslim.model.Issue;
import dev.depslim.model.Location;
import dev.depslim.model.PackageSelector;
import dev.depslim.model.PolicyResult;
import dev.depslim.model.Severity;
import dev.depslim.model.Summary;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// `.depslim.yml`, and the gate that holds it against findings.
class PolicyFileTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 6, 30);

  @Test
  void emptyFileMeansTheDefaults() {
    Policy policy = read("");
    assertEquals(List.of(), policy.issues());
    assertEquals(
        Policy.DEFAULT_FORBID, policy.forbid().stream().map(PackageSelector::text).toList());
    assertEquals(Severity.ERROR, policy.failOn());
    assertEquals(Confidence.CERTAIN, policy.minConfidence());
  }

  @Test
  void laterKeysAreAcceptedAndNamed() {
    Policy policy = read("version: 1\nbudgets: {all-images: 700MB}\nbaseline: x.json\n");
    assertEquals(List.of(), policy.issues());
    assertEquals(2, policy.notInForce().size());
    assertTrue(policy.notInForce().getFirst().startsWith("baseline: "));
  }

  @Test
  void mistakesHaveLineAndColumnAndTheRestCounts() {
    assertIssue("version: 2\nfail-on: warning\n", ".depslim.yml:1:10: error: ");
    assertIssue("production:\n  forbit: [dev]\n", ".depslim.yml:2:3: error: unknown key");
    assertIssue("fail-on: fatal\n", ".depslim.yml:1:10: error: ");
    assertIssue("production: {forbid: [gem/x]}\n", ".depslim.yml:1:23: error: ");
    assertIssue("a: b: c\n", ".depslim.yml:1:5: error: not YAML");
    assertIssue("- a\n", ".depslim.yml:1:1: error: expected keys");
    assertIssue("a: &a [*a]\n", ".depslim.yml:1:8: error: not YAML: an alias that contains itself");
    assertIssue("version: 1\n---\nversion: 1\n", ".depslim.yml:2:1: error: not YAML");
    assertEquals(Severity.WARNING, read("version: 2\nfail-on: warning\n").failOn());
  }

  @Test
  void allowanceWithoutReasonOrWithANonsenseDateIsAMistake() {
    assertIssue("production: {allow: [{package: npm/x}]}\n", ".depslim.yml:1:22: error: ");
    assertIssue(
        "production: {allow: [{package: npm/x, reason: r, expires: soon}]}\n",
        ".depslim.yml:1:59: error: ");
  }

  @Test
  void allowanceHoldsUntilTheEndOfItsLastDay() {
    String text = "production: {allow: [{package: npm/puppeteer, reason: r, expires: %s}]}\n";
    assertEquals(PolicyResult.Result.PASS, hold(text.formatted(TODAY), driver()).result());
    PolicyResult late = hold(text.formatted(TODAY.minusDays(1)), driver());
    assertEquals(PolicyResult.Result.FAIL, late.result());
    assertTrue(late.stale().getFirst().message().contains("ended on 2026-06-29"));
  }

  @Test
  void entriesThatMatchNothingAreStale() {
    PolicyResult result =
        hold(
            """
            production: {allow: [{package: npm/selenium, reason: r}]}
            ignore: [{rule: duplicate-declaration, reason: r}]
            """);
    assertEquals(PolicyResult.Result.PASS, result.result());
    assertEquals(
        List.of("npm/selenium", "duplicate-declaration"),
        result.stale().stream().map(PolicyResult.Stale::entry).toList());
  }

  @Test
  void guessesNeverFailAndLikelyOnesOnlyAsForbidden() {
    Finding guess = finding("forbidden-in-production", Severity.ERROR, Confidence.GUESS);
    Finding likely = finding("forbidden-in-production", Severity.ERROR, Confidence.LIKELY);
    Finding other = finding("duplicate-declaration", Severity.ERROR, Confidence.LIKELY);
    assertEquals(PolicyResult.Result.PASS, hold("", guess).result());
    assertEquals(PolicyResult.Result.FAIL, hold("", likely).result());
    assertEquals(PolicyResult.Result.PASS, hold("", other).result());
    assertEquals(PolicyResult.Result.FAIL, hold("min-confidence: likely\n", other).result());
  }

  @Test
  void ignoredFindingIsLeftOut() {
    String text = "ignore: [{rule: duplicate-declaration, package: npm/puppeteer, reason: r}]\n";
    Finding twice = finding("duplicate-declaration", Severity.ERROR, Confidence.CERTAIN);
    assertEquals(PolicyResult.Result.FAIL, hold("", twice).result());
    assertEquals(PolicyResult.Result.PASS, hold(text, twice).result());
  }

  private static Policy read(String text) {
    return PolicyFile.read(".depslim.yml", text.getBytes(StandardCharsets.UTF_8));
  }

  private static void assertIssue(String text, String start) {
    List<String> issues = read(text).issues().stream().map(Issue::toString).toList();
    assertTrue(
        issues.stream().anyMatch(issue -> issue.startsWith(start)), () -> start + " " + issues);
  }

  private static Finding driver() {
    return finding("forbidden-in-production", Severity.ERROR, Confidence.CERTAIN);
  }

  private static Finding finding(String rule, Severity severity, Confidence confidence) {
    Classification classification =
        new Classification(
            Category.BROWSER_AUTOMATION,
            "browser-automation/driver",
            "browser/drivers",
            confidence,
            "drives a browser");
    return new Finding(
        rule,
        severity,
        confidence,
        "pkg:npm/puppeteer",
        new Finding.PackageRef(Ecosystem.NPM, "puppeteer", null, classification, null, null),
        new Location("package.json", 3, 5),
        "a message",
        null,
        List.of());
  }

  private static PolicyResult hold(String text, Finding... findings) {
    Summary summary = new Summary(0, Map.of(), 0, 0, 0, new Summary.Savings(0, null, null));
    Analysis analysis =
        new Analysis(".", List.of(), List.of(), List.of(findings), summary, List.of());
    return Objects.requireNonNull(Gate.hold(analysis, read(text), TODAY, 0).policy());
  }
}

package dev.depslim.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.depslim.model.Analysis;
import dev.depslim.model.ImageReport;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TextReportTest {
  private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9]*m");

  /// Every report of every sample.
  private static Map<String, String> reports(TextStyle style) {
    Map<String, String> out = new LinkedHashMap<>();
    Analysis full = Sample.full();
    out.put("analyze", new AnalysisText(style).write(Sample.withoutImage()));
    out.put("analyze-image", new AnalysisText(style).write(full));
    out.put("analyze-empty", new AnalysisText(style).write(Sample.empty()));
    out.put("analyze-crowd", new AnalysisText(style).write(Sample.crowd()));
    out.put("analyze-ranked", new AnalysisText(style).write(SampleImpact.ranked()));
    out.put("against", new AnalysisText(style).write(SampleImpact.compared()));
    out.put("against-unsized", new AnalysisText(style).write(SampleImpact.unsized()));
    out.put("check", new CheckText(style).write(full, 1));
    out.put("check-clean", new CheckText(style).write(Sample.clean(), 0));
    out.put("check-crowd", new CheckText(style).write(Sample.crowd(), 1));
    out.put("image", new ImageText(style).write(SampleImage.full()));
    out.put("image-empty", new ImageText(style).write(SampleImage.empty()));
    out.put("minimize", new MinimizeText(style).write(SamplePlan.shown()));
    out.put("minimize-written", new MinimizeText(style).write(SamplePlan.written()));
    out.put("minimize-refused", new MinimizeText(style).write(SamplePlan.refused()));
    for (String name : List.of("puppeteer", "playwright-core", "express", "Torch", "chromium")) {
      out.put("explain-" + name, new ExplainText(style).write(full, name));
    }
    out.put("explain-nothing", new ExplainText(style).write(full, "no-such-package"));
    return out;
  }

  private static void assertGolden(TextStyle style, String suffix) throws IOException {
    for (Map.Entry<String, String> report : reports(style).entrySet()) {
      Golden.assertMatches(report.getKey() + suffix + ".txt", report.getValue());
    }
  }

  @Test
  void reportsOf80ColumnsAreAsTheyWere() throws IOException {
    assertGolden(new TextStyle(80, false, false), "-80");
  }

  @Test
  void reportsOf120ColumnsAreAsTheyWere() throws IOException {
    assertGolden(new TextStyle(120, false, false), "-120");
  }

  @Test
  void reportsWithEverythingAreAsTheyWere() throws IOException {
    TextStyle style = new TextStyle(100, false, true);
    Golden.assertMatches("analyze-all.txt", new AnalysisText(style).write(Sample.full()));
    Golden.assertMatches("ranked-all.txt", new AnalysisText(style).write(SampleImpact.ranked()));
    Golden.assertMatches("against-all.txt", new AnalysisText(style).write(SampleImpact.compared()));
    Golden.assertMatches("check-all.txt", new CheckText(style).write(Sample.full(), 1));
    Golden.assertMatches("minimize-all.txt", new MinimizeText(style).write(SamplePlan.written()));
    Golden.assertMatches(
        "minimize-plan-all.txt", new MinimizeText(style).write(SamplePlan.shown()));
  }

  @Test
  void reportsInColourAreAsTheyWere() throws IOException {
    TextStyle style = new TextStyle(80, true, false);
    Golden.assertMatches("analyze-colour.txt", new AnalysisText(style).write(Sample.full()));
    Golden.assertMatches("check-colour.txt", new CheckText(style).write(Sample.full(), 1));
    Golden.assertMatches("minimize-colour.txt", new MinimizeText(style).write(SamplePlan.shown()));
    Golden.assertMatches("image-colour.txt", new ImageText(style).write(SampleImage.full()));
  }

  @Test
  void reportsInMarkdownAreAsTheyWere() throws IOException {
    AnalysisMarkdown analysis = new AnalysisMarkdown(false);
    Golden.assertMatches("analyze.md", analysis.write(SampleImpact.ranked()));
    Golden.assertMatches("analyze-image.md", analysis.write(Sample.full()));
    Golden.assertMatches("against.md", analysis.write(SampleImpact.compared()));
    Golden.assertMatches("against-unsized.md", analysis.write(SampleImpact.unsized()));
    Golden.assertMatches("check.md", new CheckMarkdown(false).write(Sample.full()));
    Golden.assertMatches("check-clean.md", new CheckMarkdown(false).write(Sample.clean()));
    Golden.assertMatches("nothing.md", Markdown.ofIssues(Sample.full()));
  }

  @Test
  void aCommentNeverExceedsWhatGitHubTakes() {
    Analysis crowd = Sample.crowd();
    String comment = new CheckMarkdown(true).write(crowd);
    assertTrue(comment.length() < 65_536, "" + comment.length());
    String text = Markdown.ofText("`` a ```` line\n".repeat(10_000));
    assertTrue(text.length() < 65_536, "" + text.length());
    assertTrue(text.startsWith("`````text\n") && text.contains("\n`````\n"), "the fence holds");
    assertTrue(text.endsWith("does not fit a comment: `depslim` shows it._\n"), "and it is said");
    Markdown markdown = new Markdown();
    for (int i = 0; i < 40; i++) {
      markdown.folded("part " + i, List.of("a", "b"), List.of(List.of("x".repeat(3_000), "y")));
    }
    assertTrue(markdown.text().length() < 65_536);
    assertTrue(markdown.text().contains("does not fit"), "and it is said");
  }

  @Test
  void namesOfTheInputMeanNothingToMarkdown() {
    assertEquals(
        "a&#96;b &#124; &#60;img&#62; &#64;octocat &#35;1 &#42;&#42;x".replace("&#62;", ">"),
        Markdown.escape("a`b | <img> @octocat #1 **x"));
    assertEquals("`@types/node`", Markdown.code("@types/node"));
    assertEquals("a&#96;b", Markdown.code("a`b"));
    assertEquals("a&#124;b", Markdown.code("a|b"));
  }

  @Test
  void colourIsNeverTheOnlyCarrier() {
    Map<String, String> plain = reports(new TextStyle(80, false, false));
    reports(new TextStyle(80, true, false))
        .forEach((name, text) ->
            assertEquals(plain.get(name), COLOUR.matcher(text).replaceAll(""), name));
  }

  @Test
  void linesFitTheScreenButForPaths() {
    for (int width : List.of(60, 80, 100, 160)) {
      reports(new TextStyle(width, false, false))
          .forEach((name, text) -> {
            for (String line : text.split("\n")) {
              // Paths are never cut, and a long one widens its whole table.
              boolean longPath =
                  name.equals("analyze-crowd")
                      || line.contains("/with-a-rather-long-name")
                      || width == 60 && (name.startsWith("analyze") || line.contains("/"));
              assertTrue(
                  longPath || Words.width(line) <= width,
                  name + " at " + width + " columns: " + line);
            }
          });
    }
  }

  @Test
  void linesEndWithoutSpacesAndReportsWithOneLineEnd() {
    reports(new TextStyle(80, true, false))
        .forEach((name, text) -> {
          assertFalse(Pattern.compile("(?m)[ \t]+$").matcher(text).find(), name);
          assertFalse(text.contains("\n\n\n"), name);
          assertTrue(text.endsWith("\n") && !text.endsWith("\n\n"), name);
        });
  }

  @Test
  void aScreenIsShortAndAllIsComplete() {
    Analysis crowd = Sample.crowd();
    String screen = new CheckText(TextStyle.plain()).write(crowd, 1);
    assertTrue(screen.lines().count() < 90, screen);
    assertTrue(screen.contains("… 125 more breaches: --all"), screen);
    String all = new CheckText(new TextStyle(80, false, true)).write(crowd, 1);
    assertEquals(200, all.lines().filter(line -> line.startsWith("  FAIL")).count());
  }

  @Test
  void namesOfTheInputDoNotSteerTheTerminal() {
    ImageReport image = SampleImage.empty();
    ImageReport hostile =
        new ImageReport(
            "a\u001b[31m\nb\u202e",
            image.source(),
            image.id(),
            image.platform(),
            image.sizes(),
            0,
            image.layers(),
            image.packages(),
            image.ledger(),
            image.waste(),
            image.duplicates(),
            image.savings(),
            image.base(),
            image.issues());
    String text = new ImageText(TextStyle.plain()).write(hostile);
    assertTrue(text.startsWith("a�[31m b�"), text);
  }
}

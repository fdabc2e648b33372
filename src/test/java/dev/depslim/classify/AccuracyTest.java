package dev.depslim.classify;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.depslim.model.Category;
import dev.depslim.model.Ecosystem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// How often the built-in rules agree with the labelled packages, with the whole rule sets and
/// without the exact names of these packages: what is left then is knowledge of families.
class AccuracyTest {
  private record Labelled(Ecosystem ecosystem, String name, Category category) {}

  @Test
  void rulesAgreeWithTheLabelledPackages() throws IOException {
    Score score = score("all rules", BuiltInRules::of);
    assertTrue(score.accuracy >= 0.97, "accuracy " + score.accuracy);
    assertTrue(score.macroF1 >= 0.95, "macro-F1 " + score.macroF1);
  }

  @Test
  void familiesAloneKnowMostOfThem() throws IOException {
    Score score =
        score(
            "without the exact names of labelled packages",
            ecosystem -> BuiltInRules.of(ecosystem).withoutNames(ecosystem, names(ecosystem)));
    assertTrue(score.accuracy >= 0.88, "accuracy " + score.accuracy);
  }

  private record Score(double accuracy, double macroF1) {}

  private static Score score(String title, Function<Ecosystem, RuleSet> rules) throws IOException {
    Map<Ecosystem, RuleSet> sets = new EnumMap<>(Ecosystem.class);
    Classifier classifier =
        new Classifier(List.of(), ecosystem -> sets.computeIfAbsent(ecosystem, rules));
    int n = Category.values().length;
    int[][] confusion = new int[n][n];
    List<Labelled> labelled = labelled();
    for (Labelled row : labelled) {
      Category said = classifier.classify(row.ecosystem, row.name).category();
      confusion[row.category.ordinal()][said.ordinal()]++;
    }
    int right = 0;
    double f1 = 0;
    for (int c = 0; c < n; c++) {
      int said = 0;
      int meant = 0;
      for (int other = 0; other < n; other++) {
        said += confusion[other][c];
        meant += confusion[c][other];
      }
      right += confusion[c][c];
      f1 += 2.0 * confusion[c][c] / Math.max(1, said + meant);
    }
    Score score = new Score((double) right / labelled.size(), f1 / n);
    print(title, score, confusion, labelled.size());
    return score;
  }

  private static void print(String title, Score score, int[][] confusion, int size) {
    StringBuilder out = new StringBuilder();
    out.append(
        String.format(
            Locale.ROOT,
            "%n%s: %d packages, strict accuracy %.1f %%, macro-F1 %.3f%n",
            title,
            size,
            100 * score.accuracy,
            score.macroF1));
    out.append(String.format("%-20s", "labelled \\ said"));
    for (Category said : Category.values()) {
      out.append(String.format("%20s", said.id()));
    }
    for (Category meant : Category.values()) {
      out.append(String.format("%n%-20s", meant.id()));
      for (Category said : Category.values()) {
        out.append(String.format("%20d", confusion[meant.ordinal()][said.ordinal()]));
      }
    }
    System.out.println(out);
  }

  private static Set<String> names(Ecosystem ecosystem) {
    Set<String> out = new HashSet<>();
    try {
      for (Labelled row : labelled()) {
        if (row.ecosystem == ecosystem) {
          out.add(ecosystem.normalize(row.name));
        }
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return out;
  }

  private static List<Labelled> labelled() throws IOException {
    List<Labelled> out = new ArrayList<>();
    try (InputStream in =
        Objects.requireNonNull(
            AccuracyTest.class.getResourceAsStream("/classification/labels-dev.tsv"))) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (String line : text.lines().skip(1).toList()) {
        String[] cells = line.split("\t", -1);
        out.add(
            new Labelled(
                Ecosystem.named(cells[0]).orElseThrow(),
                cells[1],
                Category.named(cells[2]).orElseThrow()));
      }
    }
    assertTrue(out.size() > 700, "only " + out.size() + " labelled packages");
    return out;
  }
}

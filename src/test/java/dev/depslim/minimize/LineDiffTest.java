package dev.depslim.minimize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.depslim.model.LineDifference;
import dev.depslim.model.LineDifference.Hunk;
import dev.depslim.model.LineDifference.Kind;
import dev.depslim.model.LineDifference.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class LineDiffTest {
  @Test
  void equalTextsDoNotDiffer() {
    assertEquals(new LineDifference(0, 0, List.of()), LineDiff.between("a\nb\n", "a\nb\n"));
  }

  @Test
  void newFileIsAddedAsAWhole() {
    LineDifference difference = LineDiff.between("", "a\nb\n");
    assertEquals(2, difference.added());
    assertEquals(0, difference.hunks().getFirst().oldCount());
  }

  @Test
  void changedLinesStandBetweenThreeOthers() {
    LineDifference difference =
        LineDiff.between("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nx\n6\n7\n8\n9\n");
    assertEquals(
        List.of("@@ -2,7 +2,7 @@", " 2", " 3", " 4", "-5", "+x", " 6", " 7", " 8"),
        text(difference));
  }

  @Test
  void distantChangesAreHunksOfTheirOwn() {
    String old = "a\n" + "same\n".repeat(20) + "b\n";
    LineDifference difference = LineDiff.between(old, old.replace("a\n", "").replace("b\n", ""));
    assertEquals(2, difference.hunks().size());
    assertEquals(2, difference.removed());
    assertEquals("@@ -19,4 +18,3 @@", text(difference).get(5));
  }

  @Test
  void blocksOfALockAreRemovedWhole() {
    String kept = block("b") + block("c");
    LineDifference difference = LineDiff.between(block("a") + kept, kept);
    assertEquals(3, difference.removed());
    assertEquals("-\"node_modules/a\": {", text(difference).get(1));
  }

  @Test
  void longLocksAreCompared() {
    StringBuilder old = new StringBuilder();
    StringBuilder slim = new StringBuilder();
    for (int i = 0; i < 30_000; i++) {
      old.append(block("p" + i));
      if (i % 3 == 0) {
        slim.append(block("p" + i));
      }
    }
    LineDifference difference = LineDiff.between(old.toString(), slim.toString());
    assertEquals(60_000, difference.removed());
    assertEquals(0, difference.added());
  }

  /// Old and new text can be told from the hunks and what stands between them.
  @Test
  void hunksApplyToTheOldText() {
    long seed = 20_261_122;
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    for (int round = 0; round < 500; round++) {
      List<String> before = randomLines(random);
      List<String> after = randomLines(random);
      LineDifference difference = LineDiff.between(joined(before), joined(after));
      assertEquals(after, applied(before, difference), "seed " + seed + ", round " + round);
      assertTrue(difference.added() - difference.removed() == after.size() - before.size());
    }
  }

  private static List<String> randomLines(RandomGenerator random) {
    List<String> lines = new ArrayList<>();
    int count = random.nextInt(30);
    for (int i = 0; i < count; i++) {
      lines.add(String.valueOf((char) ('a' + random.nextInt(12))));
    }
    return lines;
  }

  private static List<String> applied(List<String> before, LineDifference difference) {
    List<String> out = new ArrayList<>();
    int at = 1;
    for (Hunk hunk : difference.hunks()) {
      for (; at < hunk.oldStart(); at++) {
        out.add(before.get(at - 1));
      }
      assertEquals(hunk.newStart(), out.size() + 1);
      for (Line line : hunk.lines()) {
        if (line.kind() != Kind.ADDED) {
          assertEquals(before.get(at++ - 1), line.text());
        }
        if (line.kind() != Kind.REMOVED) {
          out.add(line.text());
        }
      }
    }
    out.addAll(before.subList(at - 1, before.size()));
    return out;
  }

  private static String joined(List<String> lines) {
    return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
  }

  private static String block(String name) {
    return "\"node_modules/" + name + "\": {\n\"version\": \"1.0.0\"\n},\n";
  }

  private static List<String> text(LineDifference difference) {
    List<String> out = new ArrayList<>();
    for (Hunk hunk : difference.hunks()) {
      out.add(
          "@@ -%d,%d +%d,%d @@"
              .formatted(hunk.oldStart(), hunk.oldCount(), hunk.newStart(), hunk.newCount()));
      hunk.lines()
          .forEach(line ->
              out.add(
                  switch (line.kind()) {
                        case SAME -> " ";
                        case REMOVED -> "-";
                        case ADDED -> "+";
                      }
                      + line.text()));
    }
    return out;
  }
}

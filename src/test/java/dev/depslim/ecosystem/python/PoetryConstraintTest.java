package dev.depslim.ecosystem.python;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.depslim.Conformance;
import dev.depslim.syntax.Tree;
import java.io.IOException;
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
    assertEquals(">=1.0,<3.0", specifier("^1.0 || ^2.0"));
    assertEquals("null", specifier("<1 || >2"));
  }

  @Test
  void whatLiesBetweenAlternativesIsLeftOut() {
    assertEquals(">=1.2,<2.0,!=1.3", specifier("^1.2,!=1.3"));
    assertEquals(">=1.0,<3.0,!=1.5.*", specifier("^1.0,!=1.5.* || ^2.0"));
    assertEquals("!=1.3", specifier("!=1.3"));
    assertEquals("!=1.*", specifier("!=1.*"));
  }

  @Test
  void otherTextIsNone() {
    assertNull(PoetryConstraint.parse("latest"));
    assertNull(PoetryConstraint.parse(""));
    assertNull(PoetryConstraint.parse("^"));
  }

  @Test
  void versionsAreAllowedAsPoetryAllowsThem() throws IOException {
    Conformance suite = Conformance.of("poetry.jsonl", "allows");
    for (Vectors.Case one : Vectors.cases("poetry.jsonl", "allows")) {
      List<Tree> input = ((Tree.Sequence) one.input()).items();
      @Nullable PoetryConstraint constraint = PoetryConstraint.parse(Vectors.text(input.get(0)));
      String version = Vectors.text(input.get(1));
      suite.check(
          one.id() + " " + Vectors.text(input.get(0)) + " " + version,
          Vectors.text(one.expected()),
          constraint != null && constraint.allows(version));
    }
    suite.settle();
  }

  @Test
  void constraintsAreWrittenAsPoetryWritesThem() throws IOException {
    Conformance suite = Conformance.of("poetry.jsonl", "constraint");
    for (Vectors.Case one : Vectors.cases("poetry.jsonl", "constraint")) {
      Tree.Mapping expected = Vectors.mapping(one.expected());
      @Nullable PoetryConstraint constraint = PoetryConstraint.parse(Vectors.text(one.input()));
      suite.check(
          one.id() + " " + Vectors.text(one.input()),
          Vectors.isError(expected)
              ? "error"
              : expected.string("normalized")
                  + " "
                  + expected.isTrue("any")
                  + " "
                  + expected.isTrue("empty"),
          constraint == null
              ? "error"
              : constraint + " " + constraint.isAny() + " " + constraint.union().isEmpty());
    }
    suite.settle();
  }

  @Test
  void constraintsBecomeTheRequirementsThatPoetryPublishes() throws IOException {
    Conformance suite = Conformance.of("poetry.jsonl", "toPep508");
    for (Vectors.Case one : Vectors.cases("poetry.jsonl", "toPep508")) {
      @Nullable PoetryConstraint constraint = PoetryConstraint.parse(Vectors.text(one.input()));
      suite.check(
          one.id() + " " + Vectors.text(one.input()),
          Vectors.text(one.expected()),
          constraint == null ? "error" : constraint.requirement("a"));
    }
    suite.settle();
  }
}

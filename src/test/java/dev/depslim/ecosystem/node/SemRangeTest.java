package dev.depslim.ecosystem.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SemRangeTest {
  @Test
  void everyFormBecomesPlainConditions() {
    assertEquals(">=1.2.3 <2.0.0-0", shown("^1.2.3"));
    assertEquals(">=0.2.3 <0.3.0-0", shown("^0.2.3"));
    assertEquals(">=0.0.3 <0.0.4-0", shown("^0.0.3"));
    assertEquals(">=1.2.3 <1.3.0-0", shown("~> 1.2.3"));
    assertEquals(">=1.0.0 <2.0.0-0||>=3.1.0 <3.2.0-0", shown("1.x || 3.1"));
    assertEquals(">=1.2.0 <=2.3.4", shown("1.2 - 2.3.4"));
    assertEquals(">=2.0.0", shown(">1"));
    assertEquals("*", shown(""));
    assertEquals("*", shown(">=0.0.0 || 1.2.3"));
  }

  @Test
  void prereleasesFitOnlyWhereOneOfTheSameNumbersIsNamed() {
    assertTrue(SemRange.satisfies("1.2.3-beta.2", "^1.2.3-beta.1"));
    assertFalse(SemRange.satisfies("1.2.4-beta.2", "^1.2.3-beta.1"));
    assertFalse(SemRange.satisfies("2.0.0-rc.1", "*"));
    assertFalse(SemRange.satisfies("2.0.0-rc.1", "^1.2.3"));
  }

  @Test
  void whatIsNoRangeFitsNothing() {
    assertNull(SemRange.parse("latest"));
    assertNull(SemRange.parse("^99999999999999999.0.0"));
    assertFalse(SemRange.satisfies("1.2.3", "latest"));
    assertFalse(SemRange.satisfies(null, "*"));
    assertFalse(SemRange.satisfies("one", "*"));
  }

  @Test
  void conditionsThatCannotBeReadArePassedOverInManifests() {
    assertEquals(">=1.2.3 <2.0.0-0", shown("^1.2.3 and-more"));
    assertNull(SemRange.parse("^1.2.3 and-more", false, false));
  }

  @Test
  void rangesThatShareAVersionIntersect() {
    assertTrue(intersect("^1.2.0", ">=1.5.0 <3.0.0"));
    assertFalse(intersect("^1.2.0", "^2.0.0"));
    assertTrue(intersect("1.2.3", "~1.2.0"));
    assertFalse(intersect("<1.0.0", ">=1.0.0"));
  }

  private static boolean intersect(String a, String b) {
    SemRange first = SemRange.parse(a);
    SemRange second = SemRange.parse(b);
    assertTrue(first != null && second != null);
    assertEquals(first.intersects(second), second.intersects(first));
    return first.intersects(second);
  }

  private static String shown(String range) {
    return String.valueOf(SemRange.parse(range));
  }
}

package dev.depslim.ecosystem.python;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RequirementTest {
  @Test
  void everyPartIsRead() {
    Requirement one =
        Requirement.parse(
            "Foo_Bar[a, B] (>=1,<2.0.post1) ; 'linux' in sys.platform and extra=='X_y'");
    assertEquals("foo-bar", one.normalizedName());
    assertEquals(List.of("a", "B"), one.extras());
    assertEquals(">=1,<2.0.post1", one.specifier().toString());
    assertEquals("\"linux\" in sys_platform and extra == \"x-y\"", String.valueOf(one.marker()));
    assertEquals("'linux' in sys.platform and extra=='X_y'", one.markerText());
  }

  @Test
  void anErrorKnowsItsPlace() {
    RequirementSyntaxException e =
        assertThrows(RequirementSyntaxException.class, () -> Requirement.parse("name=1.0"));
    assertEquals(4, e.offset());
  }

  @Test
  void deepParenthesesAreRefusedAndDoNotOverflow() {
    String text = "(".repeat(100_000) + "os_name == 'x'" + ")".repeat(100_000);
    assertThrows(RequirementSyntaxException.class, () -> Marker.parse(text));
  }

  @Test
  void versionsAreOrderedByPep440() {
    List<String> ordered =
        List.of(
            "1.0.dev1",
            "1.0a1",
            "1.0b2.dev1",
            "1.0rc1",
            "1.0",
            "1.0+a",
            "1.0+1",
            "1.0.post1",
            "1!0");
    for (int i = 1; i < ordered.size(); i++) {
      Version lower = java.util.Objects.requireNonNull(Version.parse(ordered.get(i - 1)));
      Version higher = java.util.Objects.requireNonNull(Version.parse(ordered.get(i)));
      assertTrue(lower.compareTo(higher) < 0, lower + " < " + higher);
    }
    assertEquals(
        "1.0.0rc1.post2.dev3+l.1", String.valueOf(Version.parse(" v1.0.0C1-2dev03+L-01 ")));
  }

  @Test
  void markersAreEvaluatedAgainstTheGivenEnvironmentOnly() {
    Map<String, String> environment =
        Map.of("python_version", "3.12", "sys_platform", "linux", "extra", "");
    assertTrue(
        Marker.parse("python_version >= '3.9' and sys_platform != 'win32'")
            .holds(environment, Map.of()));
    assertFalse(
        Marker.parse("'3.13' <= python_version or extra == 'x'").holds(environment, Map.of()));
    assertTrue(
        Marker.parse("'dev' in dependency_groups")
            .holds(environment, Map.of("dependency_groups", Set.of("Dev"))));
    assertThrows(
        UndefinedMarkerException.class,
        () -> Marker.parse("os_name == 'x'").holds(environment, Map.of()));
  }
}

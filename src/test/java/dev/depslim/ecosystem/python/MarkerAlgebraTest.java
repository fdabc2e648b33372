package dev.depslim.ecosystem.python;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.depslim.ecosystem.python.MarkerAlgebra.Node;
import dev.depslim.syntax.Tree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MarkerAlgebraTest {
  private final MarkerAlgebra algebra = new MarkerAlgebra();

  private Node of(String marker) {
    return algebra.of(Marker.parse(marker), Set.of());
  }

  private @Nullable String spelled(Node node, String supported) {
    @Nullable VersionSpecifier specifier = VersionSpecifier.parse(supported);
    @Nullable VersionRanges ranges = specifier == null ? null : VersionRanges.of(specifier);
    @Nullable Marker marker =
        new MarkerText(algebra, ranges == null ? VersionRanges.ALL : ranges).of(node);
    return marker == null ? null : marker.toString();
  }

  @Test
  void conditionsThatSayTheSameAreTheSame() {
    assertSame(of("python_version >= '3.8'"), of("'3.8' <= python_version"));
    assertSame(of("python_version > '3.8'"), of("python_full_version >= '3.9'"));
    assertSame(of("python_version == '3.8'"), of("python_full_version == '3.8.*'"));
    assertSame(
        of("os_name == 'nt' and (sys_platform == 'a' or sys_platform == 'b')"),
        of("os_name == 'nt' and sys_platform == 'b' or sys_platform == 'a' and os_name == 'nt'"));
    assertSame(
        algebra.always, algebra.or(of("os_name == 'nt'"), algebra.not(of("os_name == 'nt'"))));
    assertSame(algebra.never, of("sys_platform == 'linux' and sys_platform == 'win32'"));
    assertSame(algebra.never, of("python_version < '3.8' and python_version >= '3.9'"));
    assertSame(algebra.never, of("extra == 'x'"));
    assertSame(algebra.always, algebra.of(Marker.parse("extra == 'X_y'"), Set.of("x-y")));
  }

  @Test
  void alternativesAreSpelledWithoutRepetition() {
    Node either = algebra.or(of("sys_platform == 'win32'"), of("python_version < '3.11'"));
    assertEquals("python_version < \"3.11\" or sys_platform == \"win32\"", spelled(either, ""));
    assertNull(spelled(algebra.or(either, of("sys_platform != 'win32'")), ""));
    assertEquals(
        "sys_platform == \"darwin\" or sys_platform == \"linux\"",
        spelled(of("sys_platform == 'linux' or sys_platform == 'darwin'"), ""));
    assertEquals(
        "python_full_version != \"3.9.1\"", spelled(of("python_full_version != '3.9.1'"), ""));
  }

  @Test
  void versionsThatAreNotSupportedNeedNoCondition() {
    assertNull(spelled(of("python_version >= '3.8'"), ">=3.9"));
    assertEquals(
        "python_version < \"3.11\"",
        spelled(of("python_version >= '3.8' and python_version < '3.11'"), ">=3.9"));
    assertEquals(
        "python_version >= \"3.11\"",
        spelled(of("python_version >= '3.11' and python_version < '4'"), ">=3.9,<4"));
  }

  @Test
  void whatIsSpelledHoldsWhereTheOriginalHolds() throws IOException {
    List<String> wrong = new ArrayList<>();
    int compared = 0;
    List<Vectors.Case> cases = Vectors.cases("pep508.jsonl", "evaluate");
    for (Vectors.Case one : cases) {
      Tree.Mapping input = Vectors.mapping(one.input());
      if (Vectors.isError(one.expected())) {
        continue;
      }
      Map<String, String> environment = new HashMap<>();
      Vectors.mapping(Vectors.present(input.get("env")))
          .members()
          .forEach(member -> {
            if (member.value() instanceof Tree.Scalar scalar) {
              environment.put(member.name(), scalar.text());
            }
          });
      Marker marker = Marker.parse(Vectors.text(input.get("marker")));
      if (marker.toString().contains("extra") || marker.toString().contains("groups")) {
        continue;
      }
      compared++;
      Node node = algebra.of(marker, Set.of());
      boolean wanted = Boolean.parseBoolean(Vectors.text(one.expected()));
      boolean found = !node.isNever();
      if (!node.isConstant()) {
        @Nullable Marker spelled = new MarkerText(algebra, VersionRanges.ALL).of(node);
        found = spelled == null || spelled.holds(environment, Map.of());
      }
      if (found != wanted && !isPreRelease(environment)) {
        wrong.add(one.id() + " " + marker);
      }
    }
    assertEquals(List.of(), wrong);
    assertTrue(compared > 400, compared + " compared");
  }

  private static boolean isPreRelease(Map<String, String> environment) {
    @Nullable Version python = Version.parse(environment.getOrDefault("python_full_version", ""));
    return python == null || python.isPreRelease();
  }

  @Test
  void randomFormulasKeepTheirTruth() {
    long seed = 20260817L;
    Random random = new Random(seed);
    for (int round = 0; round < 2_000; round++) {
      Marker marker = formula(random, 4);
      Node node = algebra.of(marker, Set.of());
      for (int i = 0; i < 20; i++) {
        Map<String, String> environment = environment(random);
        boolean wanted = marker.holds(environment, Map.of());
        String text = "seed " + seed + ", round " + round + ": " + marker + " in " + environment;
        if (node.isConstant()) {
          assertEquals(wanted, node.isAlways(), text);
          continue;
        }
        @Nullable Marker spelled = new MarkerText(algebra, VersionRanges.ALL).of(node);
        assertTrue(spelled != null, text);
        assertEquals(wanted, Marker.parse(spelled.toString()).holds(environment, Map.of()), text);
      }
    }
  }

  private static Marker formula(Random random, int depth) {
    if (depth == 0 || random.nextInt(4) == 0) {
      List<String> atoms =
          List.of(
              "python_version %s '3.%d'",
              "python_full_version %s '3.%d.2'",
              "sys_platform %s 'p%d'",
              "platform_machine %s 'm%d'",
              "'p%2$d' in platform_release");
      int kind = random.nextInt(atoms.size());
      List<String> operators =
          kind < 2 ? List.of("==", "!=", "<", "<=", ">", ">=") : List.of("==", "!=");
      String operator = operators.get(random.nextInt(operators.size()));
      return Marker.parse(String.format(atoms.get(kind), operator, random.nextInt(3) + 8));
    }
    List<Marker> parts = new ArrayList<>();
    List<String> operators = new ArrayList<>();
    for (int i = random.nextInt(2); i < 3; i++) {
      parts.add(formula(random, depth - 1));
      operators.add(random.nextBoolean() ? "and" : "or");
    }
    operators.removeLast();
    return new Marker.Joined(parts, operators);
  }

  private static Map<String, String> environment(Random random) {
    int minor = random.nextInt(5) + 7;
    return Map.of(
        "python_version", "3." + minor,
        "python_full_version", "3." + minor + "." + random.nextInt(4),
        "sys_platform", "p" + (random.nextInt(5) + 7),
        "platform_machine", "m" + (random.nextInt(5) + 7),
        "platform_release", "p" + (random.nextInt(5) + 7));
  }

  @Test
  void diagramsStaySmall() {
    Set<Node> seen = new HashSet<>();
    Node all = algebra.never;
    for (int i = 0; i < 12; i++) {
      Node one = of("python_version >= '3." + i + "' and sys_platform == 'p" + i + "'");
      all = algebra.or(all, one);
      seen.add(all);
    }
    assertEquals(12, seen.size());
    @Nullable String spelled = spelled(all, "");
    assertTrue(spelled != null && spelled.length() < 5_000, String.valueOf(spelled));
  }

  /// Pairs of facts of which all first ones are asked for before the second ones have as many nodes
  /// as there are sets of them.
  @Test
  void whatIsTooEntangledIsRefused() {
    MarkerAlgebra algebra = new MarkerAlgebra();
    Marker marker =
        Marker.parse(
            IntStream.range(0, 40)
                .mapToObj(
                    i -> "platform_release == 'r" + i + "' and platform_version == 'v" + i + "'")
                .collect(Collectors.joining(" or ")));
    RequirementSyntaxException e =
        assertThrows(RequirementSyntaxException.class, () -> algebra.of(marker, Set.of()));
    assertTrue(String.valueOf(e.getMessage()).contains("too entangled"), e.toString());
  }
}

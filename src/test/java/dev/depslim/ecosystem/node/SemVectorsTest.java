package dev.depslim.ecosystem.node;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.depslim.Conformance;
import dev.depslim.ecosystem.node.SemComparator.Operator;
import dev.depslim.syntax.Json;
import dev.depslim.syntax.Tree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// Versions and ranges of npm among the conformance vectors.
///
/// What npm asks of a range beyond [SemRange] (the greatest version that fits, the least one,
/// whether a version lies above or below) is asked here of its conditions.
class SemVectorsTest {
  @Test
  void everyVersionAndRangeIsUnderstoodAsExpected() throws IOException {
    Map<String, Conformance> suites = new TreeMap<>();
    int line = 0;
    for (Tree.Mapping vector : vectors()) {
      line++;
      String op = String.valueOf(vector.string("op"));
      Tree.Mapping in = mapping(vector, "in");
      Tree.Mapping options = mapping(in, "options");
      suites
          .computeIfAbsent(op, _ -> Conformance.of("semver.jsonl", op))
          .check(
              "semver.jsonl:" + line + " " + show(in),
              expected(op, vector.get("expect")),
              actual(op, in, options.isTrue("loose"), options.isTrue("includePrerelease")));
    }
    for (Conformance suite : suites.values()) {
      suite.settle();
    }
    assertTrue(!suites.isEmpty(), "no case among the vectors");
  }

  private static String actual(String op, Tree.Mapping in, boolean loose, boolean pre) {
    return switch (op) {
      case "version" -> version(SemVersion.parse(text(in, "text"), loose));
      case "compare" -> {
        SemVersion a = SemVersion.parse(text(in, "a"), loose);
        SemVersion b = SemVersion.parse(text(in, "b"), loose);
        int order = a == null || b == null ? 9 : a.compareTo(b);
        yield order < 0 ? "<" : order == 0 ? "=" : ">";
      }
      case "satisfies" -> {
        SemRange range = SemRange.parse(text(in, "range"), loose, pre);
        SemVersion version = SemVersion.parse(text(in, "version"), loose);
        yield Boolean.toString(range != null && version != null && range.test(version));
      }
      case "range" -> {
        SemRange range = SemRange.parse(text(in, "text"), loose, pre);
        yield range == null ? "error" : range.toString();
      }
      case "intersects" -> {
        SemRange a = SemRange.parse(text(in, "a"), loose, pre);
        SemRange b = SemRange.parse(text(in, "b"), loose, pre);
        yield Boolean.toString(a != null && b != null && a.intersects(b));
      }
      case "maxSatisfying" -> best(in, loose, pre);
      case "minVersion" -> least(SemRange.parse(text(in, "range"), loose, pre));
      case "greaterThanRange", "lessThanRange" -> {
        SemRange range = SemRange.parse(text(in, "range"), loose, pre);
        SemVersion version = SemVersion.parse(text(in, "version"), loose);
        yield Boolean.toString(
            range != null
                && version != null
                && isOutside(version, range, op.equals("greaterThanRange")));
      }
      default -> "unknown operation";
    };
  }

  private static String expected(String op, @Nullable Tree expect) {
    if (expect instanceof Tree.Scalar scalar) {
      return scalar.text();
    }
    if (!(expect instanceof Tree.Mapping mapping) || mapping.get("error") != null) {
      return "error";
    }
    return op.equals("version")
        ? mapping.string("normalized") + " " + list(mapping, "build")
        : String.valueOf(mapping.string("normalized"));
  }

  private static String version(@Nullable SemVersion version) {
    return version == null ? "error" : version + " " + version.build();
  }

  private static String list(Tree.Mapping mapping, String name) {
    Tree.Sequence items = mapping.sequence(name);
    return String.valueOf(items == null ? List.of() : items.strings());
  }

  private static String best(Tree.Mapping in, boolean loose, boolean pre) {
    SemRange range = SemRange.parse(text(in, "range"), loose, pre);
    Tree.Sequence versions = in.sequence("versions");
    SemVersion best = null;
    String name = "null";
    for (String text : versions == null ? List.<String>of() : versions.strings()) {
      SemVersion version = SemVersion.parse(text, loose);
      if (range != null
          && version != null
          && range.test(version)
          && (best == null || version.compareTo(best) > 0)) {
        best = version;
        name = text;
      }
    }
    return name;
  }

  private static String least(@Nullable SemRange range) {
    if (range == null) {
      return "error";
    }
    for (SemVersion first : List.of(SemVersion.release(0, 0, 0), SemVersion.lowest(0, 0, 0))) {
      if (range.test(first)) {
        return first.toString();
      }
    }
    SemVersion least = null;
    for (List<SemComparator> alternative : range.alternatives()) {
      SemVersion lower = null;
      for (SemComparator comparator : alternative) {
        SemVersion bound = comparator.version();
        if (bound != null && !comparator.operator().isUpper()) {
          SemVersion at = comparator.operator() == Operator.GREATER ? next(bound) : bound;
          lower = lower == null || at.compareTo(lower) > 0 ? at : lower;
        }
      }
      if (lower != null && (least == null || lower.compareTo(least) < 0)) {
        least = lower;
      }
    }
    return least == null || !range.test(least) ? "null" : least.toString();
  }

  private static SemVersion next(SemVersion version) {
    if (!version.isPrerelease()) {
      return SemVersion.release(version.major(), version.minor(), version.patch() + 1);
    }
    List<String> identifiers = new ArrayList<>(version.prerelease());
    identifiers.add("0");
    return new SemVersion(
        version.major(), version.minor(), version.patch(), identifiers, List.of());
  }

  /// Whether the version lies above (or below) all that fits.
  private static boolean isOutside(SemVersion version, SemRange range, boolean above) {
    if (range.test(version)) {
      return false;
    }
    int sign = above ? 1 : -1;
    for (List<SemComparator> alternative : range.alternatives()) {
      SemComparator far = null;
      SemComparator near = null;
      for (SemComparator comparator : alternative) {
        SemComparator bounded =
            comparator.isAny()
                ? new SemComparator(Operator.AT_LEAST, SemVersion.release(0, 0, 0))
                : comparator;
        far = far == null || order(bounded, far) * sign > 0 ? bounded : far;
        near = near == null || order(bounded, near) * sign < 0 ? bounded : near;
      }
      if (far == null
          || near == null
          || (above ? far.operator().isLower() : far.operator().isUpper())) {
        return false;
      }
      int toNear = near.version() == null ? 0 : version.compareTo(near.version()) * sign;
      boolean open = above ? near.operator() == Operator.GREATER : near.operator() == Operator.LESS;
      boolean closed =
          above ? near.operator() == Operator.AT_LEAST : near.operator() == Operator.AT_MOST;
      if ((near.operator() == Operator.EQUAL || open) && toNear <= 0 || closed && toNear < 0) {
        return false;
      }
    }
    return true;
  }

  private static int order(SemComparator a, SemComparator b) {
    return a.version() == null || b.version() == null ? 0 : a.version().compareTo(b.version());
  }

  private static String text(Tree.Mapping in, String name) {
    return String.valueOf(in.string(name));
  }

  private static String show(Tree.Mapping in) {
    List<String> parts = new ArrayList<>();
    for (Tree.Member member : in.members()) {
      if (member.value() instanceof Tree.Scalar scalar) {
        parts.add(member.name() + " '" + scalar.text() + "'");
      } else if (member.value() instanceof Tree.Mapping options) {
        options.members().forEach(option -> parts.add(option.name()));
      }
    }
    return String.join(", ", parts);
  }

  private static Tree.Mapping mapping(Tree.Mapping parent, String name) {
    Tree.Mapping mapping = parent.mapping(name);
    assertTrue(mapping != null, "no " + name);
    return mapping;
  }

  private static List<Tree.Mapping> vectors() throws IOException {
    String vectors = System.getenv("DEPSLIM_VECTORS");
    Assumptions.assumeTrue(
        vectors != null, "DEPSLIM_VECTORS is not set: the folder of the conformance vectors");
    List<Tree.Mapping> out = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of(vectors, "semver.jsonl"))) {
      out.add((Tree.Mapping) Json.parse(line.getBytes(StandardCharsets.UTF_8)));
    }
    return out;
  }
}

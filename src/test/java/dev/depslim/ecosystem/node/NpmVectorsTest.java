package dev.depslim.ecosystem.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.depslim.ecosystem.node.NpmSpec.Type;
import dev.depslim.syntax.Json;
import dev.depslim.syntax.Tree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// The specs and names of npm among the conformance vectors.
///
/// Of `npmSpec`: `type`, whether it is an error, `fetchSpec` of version, range, tag and remote, and
/// `alias` (name, type, fetchSpec). Of `npmName`: `oldPackages`. Where the git parts, the folder of
/// a path or the text to save lead is not modelled.
class NpmVectorsTest {
  /// What npm refuses as a protocol and other package managers understand.
  private static final Set<Type> OF_OTHERS =
      EnumSet.of(Type.WORKSPACE, Type.LINK, Type.CATALOG, Type.PATCH, Type.JSR, Type.EXEC);

  @Test
  void everySpecIsReadAsExpected() throws IOException {
    List<String> wrong = new ArrayList<>();
    int cases = 0;
    for (Tree.Mapping vector : vectors("npmSpec")) {
      Tree.Mapping in = mapping(vector, "in");
      Tree.Mapping expect = mapping(vector, "expect");
      String text = String.valueOf(in.string("spec"));
      NpmSpec spec = NpmSpec.parse(text);
      String error = expect.string("error");
      if (error == null) {
        compare(wrong, text, expect, spec);
      } else if (spec.type() != Type.INVALID
          && !(error.equals("unsupported-protocol") && OF_OTHERS.contains(spec.type()))) {
        wrong.add("'" + text + "' is " + spec + " and not " + error);
      }
      cases++;
    }
    assertEquals(List.of(), wrong);
    assertTrue(cases > 0, "no spec among the vectors");
  }

  @Test
  void everyNameIsJudgedAsExpected() throws IOException {
    List<String> wrong = new ArrayList<>();
    int cases = 0;
    for (Tree.Mapping vector : vectors("npmName")) {
      String name = String.valueOf(vector.string("in"));
      boolean expected = mapping(vector, "expect").isTrue("oldPackages");
      if (NpmName.isValid(name) != expected) {
        wrong.add("'" + name + "' expected " + expected);
      }
      cases++;
    }
    assertEquals(List.of(), wrong);
    assertTrue(cases > 0, "no name among the vectors");
  }

  private static void compare(List<String> wrong, String text, Tree.Mapping expect, NpmSpec spec) {
    String type = spec.type().name().toLowerCase(Locale.ROOT);
    if (!type.equals(expect.string("type"))) {
      wrong.add("'" + text + "' is " + type + " and not " + expect.string("type"));
      return;
    }
    String constraint =
        switch (spec.type()) {
          case VERSION, RANGE, TAG, REMOTE -> expect.string("fetchSpec");
          case ALIAS -> mapping(expect, "alias").string("fetchSpec");
          case GIT, FILE, DIRECTORY, WORKSPACE, LINK, CATALOG, PATCH, JSR, EXEC, INVALID ->
              spec.constraint();
        };
    // npm writes the missing range of an alias as any
    String ours =
        spec.type() == Type.ALIAS && spec.constraint().isEmpty() ? "*" : spec.constraint();
    if (!ours.equals(constraint)) {
      wrong.add("'" + text + "' asks for " + ours + " and not " + constraint);
    }
    if (spec.type() == Type.ALIAS) {
      Tree.Mapping alias = mapping(expect, "alias");
      String targetType = NpmSpec.parse(spec.constraint()).type().name().toLowerCase(Locale.ROOT);
      if (!String.valueOf(spec.packageName()).equals(alias.string("name"))
          || !targetType.equals(alias.string("type"))) {
        wrong.add("'" + text + "' is an alias of " + spec.packageName() + " " + targetType);
      }
    }
  }

  private static Tree.Mapping mapping(Tree.Mapping parent, String name) {
    Tree.Mapping mapping = parent.mapping(name);
    return mapping == null ? new Tree.Mapping(List.of(), 0, 0) : mapping;
  }

  private static List<Tree.Mapping> vectors(String op) throws IOException {
    String vectors = System.getenv("DEPSLIM_VECTORS");
    Assumptions.assumeTrue(
        vectors != null, "DEPSLIM_VECTORS is not set: the folder of the conformance vectors");
    List<Tree.Mapping> out = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of(vectors, "npm-specs.jsonl"))) {
      Tree.Mapping vector = (Tree.Mapping) Json.parse(line.getBytes(StandardCharsets.UTF_8));
      if (op.equals(vector.string("op"))) {
        out.add(vector);
      }
    }
    return out;
  }
}

package dev.depslim.ecosystem.node;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.depslim.Conformance;
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
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// The specs and names of npm among the conformance vectors.
///
/// Of `npmSpec`: `type`, whether it is an error, `fetchSpec` of version, range, tag and remote,
/// `alias` (name, type, fetchSpec), and of git the host, owner and repository, the commit, the
/// range of tags and the folder. Of `npmName`: `oldPackages`. The absolute place of a folder and
/// the text that npm saves are not modelled.
class NpmVectorsTest {
  /// What npm refuses as a protocol and other package managers understand.
  private static final Set<Type> OF_OTHERS =
      EnumSet.of(Type.WORKSPACE, Type.LINK, Type.CATALOG, Type.PATCH, Type.JSR, Type.EXEC);

  @Test
  void everySpecIsReadAsExpected() throws IOException {
    Conformance suite = Conformance.of("npm-specs.jsonl", "npmSpec");
    for (Vector vector : vectors("npmSpec")) {
      Tree.Mapping in = mapping(vector.row(), "in");
      Tree.Mapping expect = mapping(vector.row(), "expect");
      String text = String.valueOf(in.string("spec"));
      NpmSpec spec = NpmSpec.parse(text);
      String error = expect.string("error");
      List<String> wrong = new ArrayList<>();
      if (error == null) {
        compare(wrong, text, expect, spec);
      } else if (spec.type() != Type.INVALID
          && !(error.equals("unsupported-protocol") && OF_OTHERS.contains(spec.type()))) {
        wrong.add("'" + text + "' is " + spec + " and not " + error);
      }
      String id = vector.id() + " " + in.string("name") + " '" + text + "'";
      suite.meet(id);
      wrong.forEach(how -> suite.miss(id, how));
    }
    suite.settle();
  }

  @Test
  void everyNameIsJudgedAsExpected() throws IOException {
    Conformance suite = Conformance.of("npm-specs.jsonl", "npmName");
    for (Vector vector : vectors("npmName")) {
      String name = String.valueOf(vector.row().string("in"));
      suite.check(
          vector.id() + " '" + name + "'",
          mapping(vector.row(), "expect").isTrue("oldPackages"),
          NpmName.isValid(name));
    }
    suite.settle();
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
    if (spec.type() == Type.GIT) {
      compareGit(wrong, expect, spec);
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

  private static void compareGit(List<String> wrong, Tree.Mapping expect, NpmSpec spec) {
    GitSource source = GitSource.of(spec.constraint());
    Tree.Mapping hosted = expect.mapping("hosted");
    if (hosted != null) {
      String user = hosted.string("user");
      boolean gist = "gist".equals(hosted.string("type"));
      String place =
          hosted.string("type")
              + ":"
              + (user == null || gist ? "" : user + "/")
              + hosted.string("project");
      same(wrong, "repository of " + spec, place, source.repository());
    }
    same(wrong, "commit of " + spec, expect.string("gitCommittish"), source.committish());
    same(wrong, "range of " + spec, expect.string("gitRange"), source.range());
    same(wrong, "folder of " + spec, expect.string("gitSubdir"), source.folder());
  }

  private static void same(
      List<String> wrong, String what, @Nullable String wanted, @Nullable String found) {
    if (!Objects.equals(wanted, found)) {
      wrong.add(what + " is " + found + " and not " + wanted);
    }
  }

  private record Vector(String id, Tree.Mapping row) {}

  private static Tree.Mapping mapping(Tree.Mapping parent, String name) {
    Tree.Mapping mapping = parent.mapping(name);
    return mapping == null ? new Tree.Mapping(List.of(), 0, 0) : mapping;
  }

  private static List<Vector> vectors(String op) throws IOException {
    String vectors = System.getenv("DEPSLIM_VECTORS");
    Assumptions.assumeTrue(
        vectors != null, "DEPSLIM_VECTORS is not set: the folder of the conformance vectors");
    List<Vector> out = new ArrayList<>();
    int line = 0;
    for (String text : Files.readAllLines(Path.of(vectors, "npm-specs.jsonl"))) {
      line++;
      Tree.Mapping row = (Tree.Mapping) Json.parse(text.getBytes(StandardCharsets.UTF_8));
      if (op.equals(row.string("op"))) {
        out.add(new Vector("npm-specs.jsonl:" + line, row));
      }
    }
    assertTrue(!out.isEmpty(), "no " + op + " among the vectors");
    return out;
  }
}

package dev.depslim.ecosystem.python;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.depslim.syntax.Json;
import dev.depslim.syntax.Tree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The conformance cases in the folder that `DEPSLIM_VECTORS` names.
final class Vectors {
  private Vectors() {}

  /// A case: an operation, its input, and what the reference implementation says.
  record Case(String id, String operation, Tree input, Tree expected) {}

  static Path folder() {
    @Nullable String folder = System.getenv("DEPSLIM_VECTORS");
    assumeTrue(folder != null, "DEPSLIM_VECTORS is not set: the conformance cases are not there");
    return Path.of(String.valueOf(folder));
  }

  static List<Case> cases(String file, String operation) throws IOException {
    List<Case> out = new ArrayList<>();
    int number = 0;
    for (String line : Files.readAllLines(folder().resolve(file))) {
      number++;
      Tree.Mapping row = (Tree.Mapping) Json.parse(line.getBytes(StandardCharsets.UTF_8));
      if (operation.equals(row.string("op"))) {
        @Nullable String id = row.string("id");
        out.add(
            new Case(
                file + ":" + number + (id == null ? "" : " " + id),
                operation,
                present(row.get("in")),
                present(row.get("expect"))));
      }
    }
    return out;
  }

  static Tree present(@Nullable Tree tree) {
    if (tree == null) {
      throw new IllegalStateException("a case without input or expectation");
    }
    return tree;
  }

  static Tree.Mapping mapping(Tree tree) {
    return (Tree.Mapping) tree;
  }

  static String text(@Nullable Tree tree) {
    return ((Tree.Scalar) present(tree)).text();
  }

  /// The text of a scalar, or null for `null`.
  static @Nullable String textOrNull(@Nullable Tree tree) {
    return tree instanceof Tree.Scalar scalar && scalar.kind() != Tree.Kind.NULL
        ? scalar.text()
        : null;
  }

  static boolean isError(Tree expected) {
    return expected instanceof Tree.Mapping mapping && mapping.get("error") != null;
  }
}

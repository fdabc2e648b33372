package dev.depslim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.depslim.syntax.Json;
import dev.depslim.syntax.Tree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// Holds `docs/conformance.md` to the folder of the vectors: no operation and no lock of it is left
/// out.
class ConformanceTest {
  @Test
  void everyCaseOfTheVectorsHasARow() throws IOException {
    String folder = System.getenv("DEPSLIM_VECTORS");
    Assumptions.assumeTrue(
        folder != null, "DEPSLIM_VECTORS is not set: the folder of the conformance vectors");
    Map<String, Integer> there = new TreeMap<>();
    try (Stream<Path> files = Files.list(Path.of(folder))) {
      for (Path file : files.filter(one -> one.toString().endsWith(".jsonl")).toList()) {
        for (String line : Files.readAllLines(file)) {
          Tree.Mapping row = (Tree.Mapping) Json.parse(line.getBytes(StandardCharsets.UTF_8));
          there.merge(file.getFileName() + " " + row.string("op"), 1, Integer::sum);
        }
      }
    }
    try (Stream<Path> kinds = Files.list(Path.of(folder, "locks"))) {
      for (Path kind : kinds.toList()) {
        try (Stream<Path> locks = Files.list(kind)) {
          there.put("locks/" + kind.getFileName() + " lock", (int) locks.count());
        }
      }
    }
    Map<String, Integer> told = new TreeMap<>();
    for (Conformance.Row row : Conformance.rows(Files.readAllLines(Conformance.DOCUMENT))) {
      told.put(row.suite() + " " + row.operation(), row.cases());
    }
    told.remove("locks/npm flags recomputed"); // the same locks once more
    assertEquals(there, told, Conformance.DOCUMENT + " is about other vectors than " + folder);
  }

  @Test
  void theTotalsAreTheSumsOfTheRows() throws IOException {
    int cases = 0;
    int passed = 0;
    int locks = 0;
    int read = 0;
    for (Conformance.Row row : Conformance.rows(Files.readAllLines(Conformance.DOCUMENT))) {
      if (row.operation().equals("lock")) {
        locks += row.cases();
        read += row.passed();
      } else if (!row.suite().startsWith("locks/")) {
        cases += row.cases();
        passed += row.passed();
      }
    }
    String totals =
        "%,d of %,d cases and %,d of %,d locks pass.".formatted(passed, cases, read, locks);
    String document = Files.readString(Conformance.DOCUMENT);
    assertEquals(
        totals, document.lines().filter(one -> one.endsWith("pass.")).findFirst().orElse(""));
  }
}

package dev.depslim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Counts the cases of one operation of the conformance vectors, and holds `docs/conformance.md` to
/// what ran.
///
/// A case that is missed must stand in the document's list of misses with a reason, and one that
/// stands there must be missed. `-Ddepslim.golden.update=true` writes the counts anew; reasons are
/// written by hand.
public final class Conformance {
  static final Path DOCUMENT = Path.of("docs/conformance.md");
  static final String UPDATE = "; where what ran is right: -Ddepslim.golden.update=true";

  private final String suite;
  private final String operation;
  private final Map<String, String> missed = new LinkedHashMap<>();
  private final TreeSet<String> cases = new TreeSet<>();

  /// A row of the document.
  record Row(String suite, String operation, int cases, int passed) {
    @Override
    public String toString() {
      return "| " + suite + " | " + operation + " | " + cases + " | " + passed + " |";
    }
  }

  private Conformance(String suite, String operation) {
    this.suite = suite;
    this.operation = operation;
  }

  /// @param suite file of the vectors, or folder of the locks
  /// @param operation what is asked of each case
  public static Conformance of(String suite, String operation) {
    return new Conformance(suite, operation);
  }

  /// Compares what a case wants with what was found; a case passes where all its comparisons do.
  ///
  /// @param id line of the file, or folder of the lock
  public void check(String id, @Nullable Object wanted, @Nullable Object found) {
    cases.add(id);
    if (!String.valueOf(wanted).equals(String.valueOf(found))) {
      missed.merge(id, "\n  wanted " + wanted + "\n  found  " + found, (a, b) -> a + b);
    }
  }

  /// Counts a case of which something is wrong.
  public void miss(String id, String how) {
    cases.add(id);
    missed.merge(id, "\n  " + how, (a, b) -> a + b);
  }

  /// Counts a case; it passes unless something is said against it.
  public void meet(String id) {
    cases.add(id);
  }

  /// Compares the counts and the misses with the document.
  public void settle() throws IOException {
    List<String> lines = Files.readAllLines(DOCUMENT);
    TreeSet<String> excused = misses(lines);
    StringBuilder wrong = new StringBuilder();
    missed.forEach((id, how) -> {
      if (!excused.contains(id) && wrong.length() < 8_000) {
        wrong.append("\n").append(id).append(how);
      }
    });
    assertEquals("", wrong.toString(), "missed, and no miss of " + DOCUMENT);
    Row found = new Row(suite, operation, cases.size(), cases.size() - missed.size());
    if (Boolean.getBoolean("depslim.golden.update")) {
      update(lines, found);
      return;
    }
    List<Row> told = rows(lines).stream().filter(this::isOurs).toList();
    assertEquals(1, told.size(), found + " is missing in " + DOCUMENT + UPDATE);
    if (told.getFirst().cases() != found.cases()) {
      return; // the document is about other vectors than these: ConformanceTest says so, once
    }
    assertEquals(told.getFirst(), found, DOCUMENT + " tells another count" + UPDATE);
    excused.removeAll(missed.keySet());
    assertEquals(List.of(), List.copyOf(excused), DOCUMENT + " lists misses that pass");
  }

  private boolean isOurs(Row row) {
    return row.suite().equals(suite) && row.operation().equals(operation);
  }

  /// The rows of the table of counts.
  static List<Row> rows(List<String> lines) {
    List<Row> rows = new ArrayList<>();
    for (String line : lines) {
      String[] cells = cells(line);
      if (cells.length == 4 && cells[2].matches("[\\d,]+") && cells[3].matches("[\\d,]+")) {
        rows.add(new Row(cells[0], cells[1], number(cells[2]), number(cells[3])));
      }
    }
    return rows;
  }

  /// Rows of four cells whose third is a case and whose last is its reason.
  private TreeSet<String> misses(List<String> lines) {
    TreeSet<String> out = new TreeSet<>();
    boolean listed = false;
    for (String line : lines) {
      listed = line.startsWith("## ") ? line.equals("## Misses") : listed;
      String[] cells = cells(line);
      if (listed && cells.length == 4 && cells[0].equals(suite) && cells[1].equals(operation)) {
        out.add(cells[2]);
      }
    }
    return out;
  }

  private static String[] cells(String line) {
    return line.startsWith("| ") && line.endsWith(" |")
        ? line.substring(2, line.length() - 2).split(" \\| ", -1)
        : new String[0];
  }

  private static int number(String text) {
    return Integer.parseInt(text.replace(",", ""));
  }

  private void update(List<String> lines, Row found) throws IOException {
    if (System.getenv("CI") != null) {
      fail(DOCUMENT + " is not written in CI");
    }
    List<String> out = new ArrayList<>(lines);
    int at = -1;
    for (int i = 0; i < out.size(); i++) {
      List<Row> row = rows(List.of(out.get(i)));
      if (!row.isEmpty() && isOurs(row.getFirst())) {
        out.set(i, found.toString());
        at = i;
      }
    }
    if (at < 0) {
      int first = out.indexOf("| --- | --- | ---: | ---: |") + 1;
      int table = first;
      while (out.get(table).startsWith("|")) {
        table++;
      }
      out.add(table, found.toString());
      Collections.sort(out.subList(first, table + 1));
    }
    Files.write(DOCUMENT, out);
  }
}

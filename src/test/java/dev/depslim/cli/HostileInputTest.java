package dev.depslim.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Large, deep, winding and broken files are read within 256 MiB of heap and ten seconds each, and
/// what is wrong with them is said with its place ([HostileCases], [HostileFiles]).
///
/// They run in a virtual machine of their own, [HostileJvm], which is started again behind a case
/// that it does not survive.
class HostileInputTest {
  /// Of all processors together, for one case: other work on the machine does not count.
  static final long MAX_MILLIS = 10_000;

  private static final String HEAP = "-Xmx256m";

  @TempDir Path scratch;

  /// A line of [HostileJvm].
  private record Line(long millis, int index, long heap, String name, String problem) {
    static Line of(String text) {
      String[] cells = text.split("\t", 5);
      return new Line(
          Long.parseLong(cells[0]),
          Integer.parseInt(cells[1]),
          Long.parseLong(cells[2]),
          cells[3],
          cells[4]);
    }
  }

  @Test
  void everyCaseIsReadWithinTheLimits() throws Exception {
    int cases = HostileJvm.count();
    assertTrue(cases > 300, "only " + cases + " cases");
    List<String> wrong = new ArrayList<>();
    int next = 0;
    while (next < cases) {
      List<Line> lines = run(next);
      int reached = next;
      for (Line line : lines) {
        if (line.index < reached) {
          wrong.add("case " + line.index + " again");
        }
        for (; reached < line.index; reached++) {
          wrong.add("case " + reached + " was not run");
        }
        reached = line.index + 1;
        if (line.millis > MAX_MILLIS) {
          wrong.add(line.name + " takes " + line.millis + " ms");
        }
        if (!line.problem.isEmpty()) {
          wrong.add(line.name + ": " + line.problem);
        }
      }
      if (reached < cases) {
        wrong.add("the virtual machine ends behind case " + (reached - 1));
      }
      next = Math.max(reached, next + 1);
    }
    assertEquals("", String.join("\n", wrong));
  }

  private List<Line> run(int first) throws IOException, InterruptedException {
    Process jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP,
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                HostileJvm.class.getName(),
                scratch.toString(),
                String.valueOf(first),
                "1",
                "")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    List<Line> lines = new ArrayList<>();
    try (BufferedReader out = jvm.inputReader()) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        lines.add(Line.of(line));
      }
    }
    jvm.waitFor();
    return lines;
  }
}

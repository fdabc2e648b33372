package dev.depslim.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.depslim.project.Formats;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Breaks a file of a whole project and runs every command that reads it: `analyze`, `check`,
/// `minimize`, `explain`, each twice. They must end as the contract says, and alike.
///
/// `-Ddepslim.fuzz.seconds`, `-Ddepslim.fuzz.seed` and `-Ddepslim.fuzz.only` as for
/// [FormatsFuzzTest].
class ProjectsFuzzTest {
  private static final int MAX_EXIT = 3;
  private static final int FEWEST = 20;
  private static final int LARGE = 60_000;
  private static final long MAX_MILLIS = 10_000;

  private final Formats formats = Wiring.formats();
  private final ThreadMXBean clock = ManagementFactory.getThreadMXBean();

  @TempDir Path folder;

  @Test
  void brokenProjectsEndAsTheContractSays() throws IOException {
    FuzzSeeds seeds = FuzzSeeds.ofProperties();
    List<FormatFixture> fixtures = FormatFixtures.of(formats);
    List<List<FormatFixture>> byReader = byReader(fixtures);
    seeds.each(
        FEWEST,
        seeds.seconds() / 3,
        (input, random) -> {
          List<FormatFixture> alike = byReader.get(random.nextInt(byReader.size()));
          FormatFixture one = alike.get(random.nextInt(alike.size()));
          String what = one.id() + ", input " + input + " of seed " + seeds.seed();
          broken(one, new Mutator(random, fixtures, alike), random, what);
        });
  }

  private void broken(FormatFixture one, Mutator mutator, RandomGenerator random, String what)
      throws IOException {
    FormatFixture broken = one.with(mutator.mutate(one.content()));
    Path project = folder.resolve("project");
    for (Map.Entry<String, byte[]> file : broken.files().entrySet()) {
      Path path = project.resolve(file.getKey());
      try {
        Files.createDirectories(path.getParent());
        Files.write(path, file.getValue());
      } catch (FileSystemException _) {
        continue; // a fixture may hold a name that no file can have beside another
      }
    }
    for (String[] command : commands(project.toString(), random)) {
      run(command, what + ": " + String.join(" ", command));
    }
    try (Stream<Path> all = Files.walk(project)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private static List<String[]> commands(String project, RandomGenerator random) {
    List<String> names = List.of("koa", "flask", "a", "pypi/requests", "npm/@types/node", "");
    return List.of(
        new String[] {"minimize", project, "--format", "json"},
        new String[] {"minimize", project, "--exclude", "dev,coding-agent,browser-automation"},
        new String[] {"explain", names.get(random.nextInt(names.size())), project},
        new String[] {"check", project, "--format", "markdown"},
        new String[] {"analyze", project, "--against", project});
  }

  private void run(String[] command, String what) {
    long start = clock.getCurrentThreadCpuTime();
    Run run = Run.of(command);
    Run again = Run.of(command);
    long millis = (clock.getCurrentThreadCpuTime() - start) / 2_000_000;
    assertTrue(run.exit() >= 0 && run.exit() <= MAX_EXIT, () -> what + ": " + run);
    assertFalse(run.err().contains("internal error"), () -> what + ": " + run.err());
    assertTrue(run.exit() < 2 || !run.err().isBlank() || !run.out().isBlank(), what);
    assertEquals(run, again, what);
    assertTrue(millis < MAX_MILLIS, what + " takes " + millis + " ms");
  }

  /// Every format counts the same; of its fixtures those that are small.
  private List<List<FormatFixture>> byReader(List<FormatFixture> fixtures) {
    Map<String, List<FormatFixture>> byReader = new TreeMap<>();
    for (FormatFixture fixture : fixtures) {
      FormatFixture.Reader reader = fixture.reader(formats);
      long size = fixture.files().values().stream().mapToLong(bytes -> bytes.length).sum();
      if (reader != null && size < LARGE) {
        byReader.computeIfAbsent(reader.name(), _ -> new ArrayList<>()).add(fixture);
      }
    }
    return List.copyOf(byReader.values());
  }
}

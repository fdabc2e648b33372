package dev.depslim.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.depslim.graph.LockScopes;
import dev.depslim.model.Issue;
import dev.depslim.model.Lockfile;
import dev.depslim.model.Manifest;
import dev.depslim.project.Formats;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Breaks every fixture of every registered format, over and over: no reader may throw, hang, or
/// say something else the second time, and what it says must hold together.
///
/// A new format is fuzzed as soon as it is registered and a fixture of it lies in
/// `src/test/resources/formats`. Runs for some seconds (`-Ddepslim.fuzz.seconds=600` for longer)
/// from a seed that is printed; `-Ddepslim.fuzz.seed=S -Ddepslim.fuzz.only=N` repeats one input.
/// Inputs that fail are kept under `target/fuzz`.
class FormatsFuzzTest {
  private static final int MAX_FAILURES = 12;

  /// Of the processor: other work on the machine does not count.
  private static final long MAX_MILLIS = 10_000;

  private static final long MAX_WAITING_MILLIS = 300_000;
  private static final int FEWEST = 150;
  private static final int SMALL = 60_000;

  private final Formats formats = Wiring.formats();
  private final Map<String, Integer> inputs = new TreeMap<>();
  private final Map<String, String> failures = new HashMap<>();

  private final ThreadMXBean clock = ManagementFactory.getThreadMXBean();

  /// What is being read, for the watch: since when, by the clock and by the processor.
  private record Now(String what, long since, long spent) {}

  private volatile @Nullable Now now;

  @Test
  void brokenFilesAreReported() throws Exception {
    FuzzSeeds seeds = FuzzSeeds.ofProperties();
    List<FormatFixture> fixtures = FormatFixtures.of(formats);
    List<List<FormatFixture>> byReader = byReader(fixtures);
    List<String> lines = new ArrayList<>();
    Thread worker = new Thread(() -> run(fixtures, byReader, seeds), "fuzz");
    worker.setDaemon(true);
    worker.start();
    watch(worker, lines);
    System.getLogger("fuzz")
        .log(
            System.Logger.Level.INFO,
            "seed {0}: {1}",
            Long.toString(seeds.seed()),
            inputs.toString());
    failures.forEach((where, what) -> lines.add(what));
    assertEquals("", String.join("\n\n", lines), "seed " + seeds.seed());
    assertTrue(
        seeds.only() >= 0 || inputs.values().stream().mapToInt(n -> n).sum() > 100,
        inputs.toString());
  }

  /// Every format counts the same, however many fixtures it has.
  private List<List<FormatFixture>> byReader(List<FormatFixture> fixtures) {
    Map<String, List<FormatFixture>> byReader = new TreeMap<>();
    formats.manifests().forEach(one -> byReader.put(nameOf(one), new ArrayList<>()));
    formats.lockfiles().forEach(one -> byReader.put(nameOf(one), new ArrayList<>()));
    for (FormatFixture fixture : fixtures) {
      FormatFixture.Reader reader = fixture.reader(formats);
      List<FormatFixture> list = reader == null ? null : byReader.get(reader.name());
      if (list != null) {
        list.add(fixture);
      }
    }
    byReader.forEach((name, list) ->
        assertTrue(
            !list.isEmpty(),
            () -> "put a file that " + name + " reads into src/test/resources/formats"));
    return List.copyOf(byReader.values());
  }

  private static String nameOf(Object reader) {
    return FormatFixture.Reader.nameOf(reader);
  }

  private void watch(Thread worker, List<String> lines) throws InterruptedException {
    while (worker.isAlive()) {
      worker.join(200);
      Now current = now;
      long spent = clock.getThreadCpuTime(worker.threadId());
      if (current != null
          && (spent - current.spent > MAX_MILLIS * 1_000_000
              || System.nanoTime() - current.since > MAX_WAITING_MILLIS * 1_000_000)) {
        StringBuilder stack = new StringBuilder(current.what + " takes too long:");
        for (StackTraceElement frame : worker.getStackTrace()) {
          stack.append("\n  at ").append(frame);
        }
        lines.add(stack.toString());
        return;
      }
    }
  }

  private void run(
      List<FormatFixture> fixtures, List<List<FormatFixture>> byReader, FuzzSeeds seeds) {
    long end = System.nanoTime() + seeds.seconds() * 1_000_000_000L;
    for (long i = seeds.first(); seeds.goesOn(i, FEWEST, end); i++) {
      if (failures.size() >= MAX_FAILURES) {
        return;
      }
      RandomGenerator random = seeds.random(i);
      List<FormatFixture> choice = byReader.get(random.nextInt(byReader.size()));
      FormatFixture fixture = choice.get(random.nextInt(choice.size()));
      // Large locks are broken too, less often: one of them takes the time of a hundred others.
      for (int again = 0; again < 8 && fixture.content().length > SMALL; again++) {
        fixture = choice.get(random.nextInt(choice.size()));
      }
      FormatFixture broken =
          fixture.with(new Mutator(random, fixtures, choice).mutate(fixture.content()));
      String what = "input " + i + " of seed " + seeds.seed() + ", made of " + fixture.id();
      now = new Now(what, System.nanoTime(), clock.getCurrentThreadCpuTime());
      keep(broken, i);
      try {
        read(broken, fixture);
      } catch (RuntimeException | StackOverflowError | AssertionError | OutOfMemoryError e) {
        fail(broken, i, what, e);
      }
      now = null;
    }
  }

  private void read(FormatFixture broken, FormatFixture fixture) {
    FormatFixture.Reader reader = broken.reader(formats);
    if (reader == null) {
      reader = fixture.reader(formats); // a compiled file that no longer looks like one
    }
    if (reader == null) {
      return;
    }
    inputs.merge(reader.name(), 1, Integer::sum);
    if (reader.manifest() != null) {
      Manifest manifest = reader.manifest().read(broken.source(), broken);
      assertEquals(manifest, reader.manifest().read(broken.source(), broken), "read again");
      manifest.issues().forEach(issue -> check(issue, broken));
    } else if (reader.lock() != null) {
      Lockfile lock = reader.lock().read(broken.source(), broken);
      assertEquals(lock, reader.lock().read(broken.source(), broken), "read again");
      lock.issues().forEach(issue -> check(issue, broken));
      LockScopes scopes = LockScopes.of(lock);
      for (int i = 0; i < lock.packages().size(); i++) {
        scopes.scope(i);
      }
    }
  }

  private static void check(Issue issue, FormatFixture broken) {
    assertTrue(broken.exists(issue.location().path()), () -> "an issue of no file: " + issue);
    String message = issue.message();
    assertTrue(message.length() > 8, () -> "an issue that says nothing: " + issue);
    assertTrue(
        !message.contains("java.") && !message.contains("\n"),
        () -> "an issue for programmers: " + issue);
  }

  /// An input that ends the whole process can be found afterwards.
  private static void keep(FormatFixture broken, long number) {
    if (Boolean.getBoolean("depslim.fuzz.keep")) {
      write(broken, "input-" + number);
    }
  }

  private static void write(FormatFixture broken, String name) {
    try {
      Path file = Path.of("target/fuzz", name, broken.path());
      Files.createDirectories(file.getParent());
      Files.write(file, broken.content());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void fail(FormatFixture broken, long number, String what, Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    String where =
        cause instanceof AssertionError
            ? broken.path() + " " + message.substring(0, Math.min(60, message.length()))
            : cause.getClass().getSimpleName();
    for (StackTraceElement frame : cause.getStackTrace()) {
      if (frame.getClassName().startsWith("dev.depslim")
          && !frame.getClassName().contains("Fuzz")) {
        where += " " + frame;
        break;
      }
    }
    if (failures.containsKey(where)) {
      return;
    }
    write(broken, "failed-" + number);
    StringWriter trace = new StringWriter();
    cause.printStackTrace(new PrintWriter(trace));
    String all = trace.toString();
    failures.put(where, what + "\n" + all.substring(0, Math.min(1_500, all.length())));
  }
}

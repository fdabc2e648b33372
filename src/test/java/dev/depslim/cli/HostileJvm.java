package dev.depslim.cli;

import com.sun.management.OperatingSystemMXBean;
import dev.depslim.syntax.JsonCursor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A virtual machine of its own, with as small a heap as the one who starts it gives, that runs
/// every [HostileCase] and every check of [HostileFiles] and says for each what came of it: one
/// line, with tabs between time in milliseconds of all processors, the highest heap in MiB, the
/// name, and what is wrong.
final class HostileJvm {
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private static final List<MemoryPoolMXBean> HEAP =
      ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(pool -> pool.getType() == MemoryType.HEAP)
          .toList();

  private final Path scratch;
  private volatile String now = "";
  private volatile long since;

  private HostileJvm(Path scratch) {
    this.scratch = scratch;
  }

  /// @param args a folder to write into; the number of the first case; how large the inputs are; a
  ///   part of the names to run, or nothing for all
  public static void main(String[] args) throws Exception {
    HostileJvm runs = new HostileJvm(Path.of(args[0]));
    int size = Integer.parseInt(args[2]);
    List<HostileCase> cases = HostileCases.all();
    List<HostileFiles.Check> checks = HostileFiles.all();
    Thread worker = Thread.currentThread();
    Thread.ofPlatform().daemon().start(() -> watch(runs, worker));
    for (int i = Integer.parseInt(args[1]); i < cases.size() + checks.size(); i++) {
      boolean isCase = i < cases.size();
      String name = isCase ? cases.get(i).name() : checks.get(i - cases.size()).name();
      if (name.contains(args[3])) {
        runs.now = i + "\t" + name;
        runs.since = processor();
        String result =
            isCase
                ? runs.run(cases.get(i), size)
                : measured(name, checks.get(i - cases.size()).run());
        System.out.println(result.replaceFirst("\t", "\t" + i + "\t"));
      }
    }
  }

  /// How many there are.
  static int count() throws IOException {
    return HostileCases.all().size() + HostileFiles.all().size();
  }

  /// Ends the machine where one case does not end by itself.
  private static void watch(HostileJvm runs, Thread worker) {
    while (true) {
      try {
        Thread.sleep(200);
      } catch (InterruptedException e) {
        return;
      }
      long millis = (processor() - runs.since) / 1_000_000;
      if (millis > 3 * HostileInputTest.MAX_MILLIS) {
        String stack =
            Stream.of(worker.getStackTrace())
                .map(StackTraceElement::toString)
                .filter(frame -> frame.startsWith("dev.depslim"))
                .limit(12)
                .collect(java.util.stream.Collectors.joining(" < "));
        String[] now = runs.now.split("\t", -1);
        System.out.println(millis + "\t" + now[0] + "\t0\t" + now[1] + "\tdoes not end: " + stack);
        Runtime.getRuntime().halt(1);
      }
    }
  }

  private String run(HostileCase one, int size) throws IOException {
    Path folder = scratch.resolve("case");
    one.write(folder, size);
    String line = measured(one.name(), () -> analyze(folder));
    if (line.endsWith("\t")) {
      Report report = Report.in(scratch.resolve("report.json"), one.wanted());
      String missing = String.join("; ", one.missing(report.issues, report.names));
      line +=
          missing.isEmpty()
              ? ""
              : missing + " in " + report.issues.stream().limit(5).map(HostileJvm::cut).toList();
    }
    delete(folder);
    return line;
  }

  /// @param run what is wrong, empty for nothing
  private static String measured(String name, Supplier<String> run) {
    HEAP.forEach(MemoryPoolMXBean::resetPeakUsage);
    long start = processor();
    String problem;
    try {
      problem = run.get();
    } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
      problem = e.toString();
    }
    long millis = (processor() - start) / 1_000_000;
    long peak = HEAP.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum() >> 20;
    return millis + "\t" + peak + "\t" + name + "\t" + problem.replace('\n', ' ');
  }

  /// Nanoseconds of all processors.
  private static long processor() {
    return SYSTEM.getProcessCpuTime();
  }

  private String analyze(Path folder) {
    StringWriter err = new StringWriter();
    try (PrintWriter out =
        new PrintWriter(Files.newBufferedWriter(scratch.resolve("report.json")))) {
      Streams streams =
          new Streams(
              new ByteArrayInputStream(new byte[0]),
              out,
              new PrintWriter(err),
              Streams.Terminal.NONE,
              Map.of());
      int exit = new Cli(streams, "test").run("analyze", folder.toString(), "--format", "json");
      return exit == ExitCode.OK || exit == ExitCode.UNREADABLE
          ? ""
          : "exit " + exit + " " + err.toString().strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String cut(String issue) {
    return issue.substring(0, Math.min(200, issue.length()));
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  /// What a report says, read as a stream: it may be large.
  private static final class Report {
    final List<String> issues = new ArrayList<>();
    final Set<String> names = new HashSet<>();
    private final List<String> wanted;

    Report(List<String> wanted) {
      this.wanted = wanted;
    }

    static Report in(Path file, List<String> wanted) throws IOException {
      Report report = new Report(wanted);
      try (InputStream in = Files.newInputStream(file);
          JsonCursor json = JsonCursor.over(in)) {
        for (String name = json.enterObject(); name != null; name = json.nextName()) {
          switch (name) {
            case "issues" -> report.issues(json);
            case "projects" -> report.projects(json);
            default -> json.skip();
          }
        }
      }
      return report;
    }

    private void issues(JsonCursor json) {
      for (boolean more = json.enterArray(); more; more = json.nextItem()) {
        @Nullable String path = null;
        @Nullable String severity = null;
        @Nullable String message = null;
        long line = 0;
        long column = 0;
        for (String name = json.enterObject(); name != null; name = json.nextName()) {
          switch (name) {
            case "path" -> path = json.string();
            case "severity" -> severity = json.string();
            case "message" -> message = json.string();
            case "line" -> line = json.number(0);
            case "column" -> column = json.number(0);
            default -> json.skip();
          }
        }
        issues.add(
            path
                + (line > 0 ? ":" + line : "")
                + (column > 0 ? ":" + column : "")
                + ": "
                + severity
                + ": "
                + message);
      }
    }

    private void projects(JsonCursor json) {
      for (boolean more = json.enterArray(); more; more = json.nextItem()) {
        for (String name = json.enterObject(); name != null; name = json.nextName()) {
          switch (name) {
            case "dependencies", "resolved" -> packages(json);
            default -> json.skip();
          }
        }
      }
    }

    private void note(String name) {
      if (wanted.contains(name)) {
        names.add(name);
      }
    }

    private void packages(JsonCursor json) {
      for (boolean more = json.enterArray(); more; more = json.nextItem()) {
        for (String name = json.enterObject(); name != null; name = json.nextName()) {
          String text = name.equals("name") ? json.string() : null;
          if (text != null) {
            note(text);
          } else if (!name.equals("name")) {
            json.skip();
          }
        }
      }
    }
  }
}

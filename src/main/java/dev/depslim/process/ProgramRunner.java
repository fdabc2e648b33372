package dev.depslim.process;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Runs programs: without a shell, with an empty standard input, a time limit and a captured output
/// of limited size.
public final class ProgramRunner {
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final Map<String, String> environment;
  private final Duration time;
  private final int outputLimit;

  /// @param environment all variables that programs see; its PATH says where they are looked for
  /// @param time after which a program is ended
  /// @param outputLimit bytes that are kept of each of its outputs
  public ProgramRunner(Map<String, String> environment, Duration time, int outputLimit) {
    this.environment = Map.copyOf(environment);
    this.time = time;
    this.outputLimit = outputLimit;
  }

  /// Runs a program to its end.
  ///
  /// @param command the program and its arguments
  /// @param folder the working folder
  /// @param more variables on top of the environment
  public ProgramRun run(List<String> command, Path folder, Map<String, String> more) {
    Path program = find(command.getFirst());
    if (program == null) {
      return new ProgramRun.NotStarted(
          "there is no " + command.getFirst() + " on the PATH: install it");
    }
    List<String> line = new ArrayList<>(command);
    line.set(0, program.toString());
    ProcessBuilder builder = new ProcessBuilder(line).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.environment().putAll(more);
    try {
      Process process = builder.start();
      try {
        return watch(process);
      } finally {
        end(process);
      }
    } catch (IOException e) {
      return new ProgramRun.NotStarted(
          command.getFirst() + " cannot be started: " + e.getMessage());
    }
  }

  private ProgramRun watch(Process process) throws IOException {
    process.getOutputStream().close();
    Capture output = new Capture(process.getInputStream(), outputLimit);
    Capture errors = new Capture(process.getErrorStream(), outputLimit);
    Thread out = Thread.ofVirtual().start(output);
    Thread err = Thread.ofVirtual().start(errors);
    try {
      boolean ended = process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
      if (!ended) {
        end(process);
      }
      // What it leaves behind may hold the pipes open for ever.
      out.join(GRACE);
      err.join(GRACE);
      return ended
          ? new ProgramRun.Ended(
              process.exitValue(), output.text(), errors.text(), output.isCut() || errors.isCut())
          : new ProgramRun.TimedOut(output.text(), errors.text());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new ProgramRun.TimedOut(output.text(), errors.text());
    }
  }

  private static void end(Process process) {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
  }

  /// The file that a name means: itself where it is a path, else the first of the PATH.
  private @Nullable Path find(String name) {
    if (name.contains("/") || name.contains(File.separator)) {
      Path path = Path.of(name);
      return Files.isExecutable(path) ? path : null;
    }
    for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
      if (folder.isEmpty()) {
        continue; // the current folder is never searched
      }
      Path path = Path.of(folder, name);
      if (Files.isRegularFile(path) && Files.isExecutable(path)) {
        return path.toAbsolutePath();
      }
    }
    return null;
  }

  /// Reads a stream to its end and keeps its first bytes.
  private static final class Capture implements Runnable {
    private final InputStream in;
    private final int limit;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private boolean cut;

    Capture(InputStream in, int limit) {
      this.in = in;
      this.limit = limit;
    }

    @Override
    public void run() {
      byte[] buffer = new byte[8192];
      try {
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
          keep(buffer, read);
        }
      } catch (IOException _) {
        // The pipe is closed where the program is ended; what was read counts.
      }
    }

    private synchronized void keep(byte[] buffer, int read) {
      int room = Math.min(read, limit - kept.size());
      kept.write(buffer, 0, room);
      cut |= room < read;
    }

    synchronized String text() {
      return kept.toString(StandardCharsets.UTF_8);
    }

    synchronized boolean isCut() {
      return cut;
    }
  }
}

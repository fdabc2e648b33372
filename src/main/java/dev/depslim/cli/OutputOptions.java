package dev.depslim.cli;

import dev.depslim.model.Analysis;
import dev.depslim.model.DepslimException;
import dev.depslim.report.JsonReport;
import dev.depslim.report.TextStyle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// `--format`, `-o`, `--force` and `--all`: how a report looks and where it goes.
final class OutputOptions {
  private static final int DEFAULT_WIDTH = 80;

  /// The formats of a report.
  enum Format {
    text,
    json
  }

  @Option(names = "--format", paramLabel = "FORMAT", description = "text or json (default: text).")
  Format format = Format.text;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write the report to FILE instead of standard output.")
  @Nullable Path output;

  @Option(
      names = "--force",
      description = "Overwrite files that exist; what was there is kept as FILE.bak.")
  boolean force;

  @Option(names = "--all", description = "Show everything, not only what fits one screen.")
  boolean all;

  /// Refuses a target that would be overwritten, before the work is done.
  void check() {
    if (output != null && Files.exists(output) && !force) {
      throw new DepslimException.Usage(
          output + " exists: add --force to overwrite it (it is kept as " + output + ".bak)");
    }
  }

  /// How text is to look.
  TextStyle style(Streams streams) {
    boolean terminal = streams.terminal().out() && output == null;
    int columns = terminal ? streams.terminal().columns() : 0;
    return new TextStyle(
        columns == 0 ? DEFAULT_WIDTH : columns,
        terminal && streams.variable("NO_COLOR") == null,
        all);
  }

  /// Writes the report in the format that was asked for.
  ///
  /// @param empty whether there is nothing to show but issues: people get them on standard error,
  ///   programs get the document
  /// @param text the report for people
  void report(Context context, Analysis analysis, boolean empty, Function<TextStyle, String> text) {
    Streams streams = context.streams();
    switch (format) {
      case json -> deliver(streams, new JsonReport(context.version()).write(analysis));
      case text -> {
        if (empty) {
          analysis.issues().forEach(streams.err()::println);
        } else {
          deliver(streams, text.apply(style(streams)));
        }
      }
    }
  }

  /// Puts the report where it belongs.
  void deliver(Streams streams, String report) {
    if (output == null) {
      streams.out().print(report);
    } else {
      write(output, report);
    }
  }

  /// Writes a file atomically; what is overwritten is kept as `.bak`.
  static void write(Path file, String text) {
    Path target = file.toAbsolutePath();
    try {
      Path temporary = Files.createTempFile(target.getParent(), "." + target.getFileName(), ".tmp");
      try {
        Files.write(temporary, text.getBytes(StandardCharsets.UTF_8));
        if (Files.exists(target)) {
          Files.copy(
              target,
              target.resolveSibling(target.getFileName() + ".bak"),
              StandardCopyOption.REPLACE_EXISTING);
        }
        Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      throw new DepslimException.InvalidInput(
          file + " cannot be written: " + e.getMessage() + "; name a folder that exists", e);
    }
  }
}

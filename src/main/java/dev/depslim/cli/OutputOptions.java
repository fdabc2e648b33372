package dev.depslim.cli;

import dev.depslim.model.Analysis;
import dev.depslim.model.DepslimException;
import dev.depslim.report.JsonReport;
import dev.depslim.report.Markdown;
import dev.depslim.report.TextStyle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// `--format`, `-o`, `--report`, `--force` and `--all`: how a report looks and where it goes.
final class OutputOptions {
  private static final int DEFAULT_WIDTH = 80;

  /// The formats of a report.
  enum Format {
    text,
    json,
    markdown
  }

  /// What a report looks like in a format.
  interface Rendering {
    /// @param style for text
    Content of(Format format, TextStyle style);
  }

  /// What writes a report or a file, piece by piece.
  interface Content {
    Content NOTHING = _ -> {};

    void to(Writer writer) throws IOException;

    static Content of(String text) {
      return text.isEmpty() ? NOTHING : writer -> writer.write(text);
    }
  }

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "text, json or markdown (default: text).")
  Format format = Format.text;

  @Option(
      names = "--report",
      paramLabel = "FORMAT=FILE",
      description = "Write the report to FILE in a format too; may be repeated.")
  Map<Format, Path> reports = new EnumMap<>(Format.class);

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
    Set<Path> targets = new HashSet<>();
    for (Path target : targets()) {
      if (!targets.add(target.toAbsolutePath().normalize())) {
        throw new DepslimException.Usage(
            target + " is named for two reports: give each a file of its own");
      }
      if (Files.exists(target) && !force) {
        throw new DepslimException.Usage(
            target + " exists: add --force to overwrite it (it is kept as " + target + ".bak)");
      }
    }
  }

  private List<Path> targets() {
    List<Path> targets = new ArrayList<>(reports.values());
    if (output != null) {
      targets.addFirst(output);
    }
    return targets;
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

  /// Writes the report in the formats that were asked for; as Markdown what people see as text.
  ///
  /// @param empty whether there is nothing to show but issues: people get them on standard error,
  ///   programs get the document
  /// @param text the report for people
  void report(Context context, Analysis analysis, boolean empty, Function<TextStyle, String> text) {
    report(context, analysis, empty, text, () -> Markdown.ofText(text.apply(Markdown.STYLE)));
  }

  /// The same with a report in Markdown of its own.
  void report(
      Context context,
      Analysis analysis,
      boolean empty,
      Function<TextStyle, String> text,
      Supplier<String> markdown) {
    if (empty && format == Format.text) {
      analysis.issues().forEach(context.streams().err()::println);
    }
    deliver(
        context.streams(),
        (wanted, style) ->
            switch (wanted) {
              case json -> writer -> new JsonReport(context.version()).write(writer, analysis);
              case text -> empty ? Content.NOTHING : Content.of(text.apply(style));
              case markdown -> Content.of(empty ? Markdown.ofIssues(analysis) : markdown.get());
            });
  }

  /// Puts the report where it belongs, in each format that was asked for.
  void deliver(Streams streams, Rendering rendering) {
    Content report = rendering.of(format, style(streams));
    if (output != null) {
      if (report != Content.NOTHING) {
        write(output, report);
      }
    } else {
      try {
        report.to(streams.out());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    reports.forEach((wanted, file) ->
        write(file, rendering.of(wanted, new TextStyle(DEFAULT_WIDTH, false, all))));
  }

  static void write(Path file, String text) {
    write(file, Content.of(text));
  }

  /// Writes a file atomically; what is overwritten is kept as `.bak`.
  static void write(Path file, Content content) {
    Path target = file.toAbsolutePath();
    try {
      Path temporary = Files.createTempFile(target.getParent(), "." + target.getFileName(), ".tmp");
      try {
        try (Writer writer = Files.newBufferedWriter(temporary)) {
          content.to(writer);
        }
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
    } catch (IOException | UncheckedIOException e) {
      throw new DepslimException.InvalidInput(
          file + " cannot be written: " + e.getMessage() + "; name a folder that exists", e);
    }
  }
}

package dev.depslim.cli;

import dev.depslim.model.Classification;
import dev.depslim.model.DepslimException;
import dev.depslim.model.Ecosystem;
import dev.depslim.syntax.JsonWriter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `depslim rules explain`: what packages are for, and which rule says so.
@Command(name = "explain", description = "Say what packages are for, and which rule says so.")
final class RulesExplainCommand implements Callable<Integer> {
  private final Context context;

  @Mixin CommonOptions common = new CommonOptions();
  @Mixin PolicyOptions policy = new PolicyOptions();

  @Option(names = "--format", paramLabel = "FORMAT", description = "text or json (one a line).")
  OutputOptions.Format format = OutputOptions.Format.text;

  @Parameters(
      arity = "1..*",
      paramLabel = "ECOSYSTEM/NAME",
      description = "Such as npm/puppeteer or pypi/numpy; - reads one a line from standard input.")
  List<String> names = List.of();

  RulesExplainCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    PolicyOptions.Loaded loaded = policy.load(context, Path.of("."));
    boolean understood = true;
    for (String name : names) {
      if (name.equals("-")) {
        understood &= explainLines(loaded);
      } else {
        understood &= explain(loaded, name);
      }
    }
    loaded.issues().forEach(issue -> context.streams().err().println(issue));
    if (!understood) {
      return ExitCode.USAGE;
    }
    return loaded.issues().isEmpty() ? ExitCode.OK : ExitCode.UNREADABLE;
  }

  private boolean explainLines(PolicyOptions.Loaded loaded) {
    boolean understood = true;
    try {
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(context.streams().in(), StandardCharsets.UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isBlank()) {
          understood &= explain(loaded, line.trim());
        }
      }
    } catch (IOException e) {
      throw new DepslimException.InvalidInput(
          "standard input cannot be read: " + e.getMessage(), new UncheckedIOException(e));
    }
    return understood;
  }

  private boolean explain(PolicyOptions.Loaded loaded, String text) {
    int slash = text.indexOf('/');
    Ecosystem ecosystem = slash < 0 ? null : Ecosystem.named(text.substring(0, slash)).orElse(null);
    if (ecosystem == null || slash == text.length() - 1) {
      context
          .streams()
          .err()
          .println(
              "error: '" + text + "' is no package: write ecosystem/name, such as npm/" + text);
      return false;
    }
    String name = text.substring(slash + 1);
    print(ecosystem, name, loaded.classifier().classify(ecosystem, name));
    return true;
  }

  private void print(Ecosystem ecosystem, String name, Classification found) {
    PrintWriter out = context.streams().out();
    if (format == OutputOptions.Format.json) {
      out.println(
          JsonWriter.line(json ->
              json.object(() -> {
                json.member("ecosystem", ecosystem.id());
                json.member("name", name);
                json.member("category", found.category().id());
                json.member("label", found.label());
                json.member("rule", found.rule());
                json.member("confidence", found.confidence().id());
              })));
      return;
    }
    out.println(
        String.format(
            Locale.ROOT,
            "%-34s %-28s %-8s %s",
            ecosystem.id() + "/" + name,
            found.label(),
            found.confidence().id(),
            found.rule() == null ? found.reason() : found.rule() + ": " + found.reason()));
  }
}

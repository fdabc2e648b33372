package dev.depslim.cli;

import dev.depslim.classify.BuiltInRules;
import dev.depslim.classify.Rule;
import dev.depslim.classify.RuleSet;
import dev.depslim.model.Ecosystem;
import dev.depslim.syntax.JsonWriter;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `depslim rules list`: every rule in the order in which it is asked.
@Command(name = "list", description = "List the rules: the users' sets, then the built-in ones.")
final class RulesListCommand implements Callable<Integer> {
  private final Context context;

  @Mixin CommonOptions common = new CommonOptions();
  @Mixin PolicyOptions policy = new PolicyOptions();

  @Option(names = "--format", paramLabel = "FORMAT", description = "text or json (one a line).")
  OutputOptions.Format format = OutputOptions.Format.text;

  @Option(names = "--ecosystem", paramLabel = "NAME", description = "Only npm, pypi, deb or apk.")
  List<String> ecosystems = new ArrayList<>();

  RulesListCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    PrintWriter out = context.streams().out();
    PolicyOptions.Loaded loaded = policy.load(context, Path.of("."));
    List<RuleSet> sets = new ArrayList<>(loaded.ruleSets().reversed());
    BuiltInRules.ECOSYSTEMS.forEach(ecosystem -> sets.add(BuiltInRules.of(ecosystem)));
    for (RuleSet set : sets) {
      for (Rule rule : set.rules()) {
        if (ecosystems.isEmpty() || ecosystems.contains(rule.ecosystem().id())) {
          out.println(format == OutputOptions.Format.json ? json(set, rule) : text(rule));
        }
      }
    }
    loaded.issues().forEach(issue -> context.streams().err().println(issue));
    return loaded.issues().isEmpty() ? ExitCode.OK : ExitCode.UNREADABLE;
  }

  private static String text(Rule rule) {
    Ecosystem to = rule.handOver() == null ? null : rule.handOver().as();
    return String.format(
        Locale.ROOT,
        "%-5s %-26s %-28s %5d names %4d patterns  %s",
        rule.ecosystem().id(),
        rule.id(),
        to == null ? rule.label() : "as " + to.id(),
        rule.names().size(),
        rule.patterns().size(),
        rule.reason());
  }

  private static String json(RuleSet set, Rule rule) {
    return JsonWriter.line(json ->
        json.object(() -> {
          json.member("ecosystem", rule.ecosystem().id());
          json.member("rule", rule.id());
          json.member("label", rule.handOver() == null ? rule.label() : null);
          json.member(
              "as",
              rule.handOver() == null ? null : Objects.requireNonNull(rule.handOver()).as().id());
          json.member("names", rule.names().size());
          json.member("patterns", rule.patterns().size());
          json.member("reason", rule.reason());
          json.member("source", set.source());
          json.member("line", rule.line());
        }));
  }
}

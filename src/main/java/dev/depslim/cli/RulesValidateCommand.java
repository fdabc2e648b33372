package dev.depslim.cli;

import dev.depslim.classify.RuleSet;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `depslim rules validate`: whether rule sets can be used as they are.
@Command(
    name = "validate",
    description = "Check rule sets; every mistake is named with line and column.")
final class RulesValidateCommand implements Callable<Integer> {
  private final Context context;

  @Mixin CommonOptions common = new CommonOptions();

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "The rule sets.")
  List<Path> files = List.of();

  RulesValidateCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    PrintWriter out = context.streams().out();
    boolean sound = true;
    for (Path file : files) {
      RuleSet set = PolicyOptions.ruleSet(file.toString(), file);
      set.issues().forEach(out::println);
      sound &= set.issues().isEmpty();
      if (set.issues().isEmpty()) {
        int names = set.rules().stream().mapToInt(rule -> rule.names().size()).sum();
        out.println(file + ": " + set.rules().size() + " rules, " + names + " names: sound");
      }
    }
    return sound ? ExitCode.OK : ExitCode.UNREADABLE;
  }
}

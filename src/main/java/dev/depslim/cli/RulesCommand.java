package dev.depslim.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `depslim rules`: the rule sets.
@Command(
    description = "List, explain and validate the rules that classify packages.",
    synopsisSubcommandLabel = "(list | explain | validate)")
final class RulesCommand implements Callable<Integer> {
  @Mixin CommonOptions common = new CommonOptions();

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(), "say what to do with the rules: list, explain or validate");
  }
}

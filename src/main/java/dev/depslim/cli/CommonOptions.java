package dev.depslim.cli;

import picocli.CommandLine.Option;

/// Options that every command takes.
final class CommonOptions {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  @Option(names = "--stacktrace", description = "Show where in depslim an error came from.")
  boolean stacktrace;
}

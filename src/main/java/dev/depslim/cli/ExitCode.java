package dev.depslim.cli;

/// The exit codes of every command.
final class ExitCode {
  /// Done.
  static final int OK = 0;

  /// The policy is breached.
  static final int BREACH = 1;

  /// The command line makes no sense.
  static final int USAGE = 2;

  /// An input could not be read or the engine not reached.
  static final int UNREADABLE = 3;

  /// A bug.
  static final int INTERNAL = 4;

  private ExitCode() {}
}

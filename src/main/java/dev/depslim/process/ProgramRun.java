package dev.depslim.process;

/// How the run of a program ended, and what it wrote.
public sealed interface ProgramRun {
  /// It ended of itself.
  ///
  /// @param output what it wrote to standard output, as UTF-8; the first bytes up to the limit
  /// @param errors the same of standard error
  /// @param cut whether it wrote more than the limit
  record Ended(int exitCode, String output, String errors, boolean cut) implements ProgramRun {}

  /// It was ended, with all that it had started, because its time was over.
  record TimedOut(String output, String errors) implements ProgramRun {}

  /// It is not there or cannot be started.
  ///
  /// @param reason for people
  record NotStarted(String reason) implements ProgramRun {}
}

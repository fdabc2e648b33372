package dev.depslim.cli;

import java.io.InputStream;
import java.io.PrintWriter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a run reads and writes besides files.
///
/// @param out reports and nothing else
/// @param err progress, warnings and errors
/// @param terminal what standard output and error are connected to
/// @param environment the environment variables
public record Streams(
    InputStream in,
    PrintWriter out,
    PrintWriter err,
    Terminal terminal,
    Map<String, String> environment) {
  public Streams {
    environment = Map.copyOf(environment);
  }

  /// The value of an environment variable, or null.
  @Nullable String variable(String name) {
    return environment.get(name);
  }

  /// A terminal, or the lack of one.
  ///
  /// @param out whether standard output is a terminal
  /// @param err whether standard error is a terminal
  /// @param columns its width; 0 where not known
  public record Terminal(boolean out, boolean err, int columns) {
    /// Neither stream is a terminal.
    public static final Terminal NONE = new Terminal(false, false, 0);
  }
}

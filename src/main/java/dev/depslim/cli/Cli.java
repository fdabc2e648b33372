package dev.depslim.cli;

import dev.depslim.model.DepslimException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/// The command line: finds the command, runs it, and turns its end into an exit code.
///
/// Only the command that was named is built, and `--version` is answered before picocli is touched:
/// the start of a run is paid on every run.
public final class Cli {
  private final Streams streams;
  private final String version;

  /// @param version version of depslim
  public Cli(Streams streams, String version) {
    this.streams = streams;
    this.version = version;
  }

  /// Runs one command line.
  ///
  /// @return the exit code
  public int run(String... args) {
    try {
      return dispatch(args);
    } finally {
      streams.out().flush();
      streams.err().flush();
    }
  }

  private int dispatch(String[] args) {
    if (args.length == 0 || args[0].equals("--help") || args[0].equals("-h")) {
      return help(args.length == 0 ? ExitCode.USAGE : ExitCode.OK);
    }
    if (args[0].equals("--version") || args[0].equals("-V")) {
      streams.out().println("depslim " + version);
      return ExitCode.OK;
    }
    if (args[0].equals("help")) {
      return args.length == 1 ? help(ExitCode.OK) : dispatch(new String[] {args[1], "--help"});
    }
    Wiring.Entry entry = Wiring.command(args[0]);
    if (entry == null) {
      streams.err().println(unknown(args[0]));
      return ExitCode.USAGE;
    }
    return execute(entry, Arrays.copyOfRange(args, 1, args.length));
  }

  private int execute(Wiring.Entry entry, String[] args) {
    Object command = entry.make().apply(new Context(streams, version));
    CommandLine line = command instanceof CommandLine made ? made : new CommandLine(command);
    line.setCommandName("depslim " + entry.name());
    line.setOut(streams.out());
    line.setErr(streams.err());
    line.setUsageHelpAutoWidth(false);
    line.setColorScheme(
        CommandLine.Help.defaultColorScheme(
            streams.terminal().out() && streams.variable("NO_COLOR") == null
                ? CommandLine.Help.Ansi.ON
                : CommandLine.Help.Ansi.OFF));
    boolean stacktrace = List.of(args).contains("--stacktrace");
    line.setParameterExceptionHandler((e, _) -> {
      streams.err().println("error: " + e.getMessage());
      streams.err().println("Try: " + e.getCommandLine().getCommandName() + " --help");
      return ExitCode.USAGE;
    });
    line.setExecutionExceptionHandler((e, _, _) -> failed(e, stacktrace));
    return line.execute(args);
  }

  private int failed(Exception e, boolean stacktrace) {
    if (stacktrace) {
      e.printStackTrace(streams.err());
    }
    return switch (e) {
      case DepslimException known -> {
        streams.err().println("error: " + known.getMessage());
        yield switch (known) {
          case DepslimException.Usage _ -> ExitCode.USAGE;
          case DepslimException.InvalidInput _, DepslimException.EngineUnavailable _ ->
              ExitCode.UNREADABLE;
        };
      }
      default -> {
        streams
            .err()
            .println(
                "internal error: "
                    + e
                    + "\nThis is a bug of depslim. Please report it with the output of"
                    + " --stacktrace.");
        yield ExitCode.INTERNAL;
      }
    };
  }

  private int help(int exit) {
    StringBuilder text = new StringBuilder();
    text.append("depslim: which bytes in my production image should not be there?\n\n");
    text.append("Usage: depslim COMMAND [OPTIONS]\n\nCommands:\n");
    for (Wiring.Entry entry : Wiring.COMMANDS) {
      text.append(String.format(Locale.ROOT, "  %-10s %s%n", entry.name(), entry.summary()));
    }
    text.append(
        """

        Options:
          -h, --help      show this help; depslim COMMAND --help shows that of a command
          -V, --version   show the version

        Exit codes: 0 done, 1 policy breach, 2 usage error, 3 unreadable input or engine not
        reached, 4 internal error.
        """);
    (exit == ExitCode.OK ? streams.out() : streams.err()).print(text);
    return exit;
  }

  private static String unknown(String word) {
    String near = nearest(word);
    return "error: there is no command '"
        + word
        + "'"
        + (near == null ? "" : ", perhaps you mean '" + near + "'")
        + "\nTry: depslim --help";
  }

  private static @Nullable String nearest(String word) {
    for (Wiring.Entry entry : Wiring.COMMANDS) {
      String name = entry.name();
      if (name.startsWith(word) || word.startsWith(name)) {
        return name;
      }
    }
    return null;
  }
}

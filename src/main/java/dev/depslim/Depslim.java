package dev.depslim;

import dev.depslim.cli.Cli;
import dev.depslim.cli.Streams;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/// The program.
public final class Depslim {
  private Depslim() {}

  /// Runs the command line and exits with its code.
  public static void main(String[] args) {
    System.exit(run(args));
  }

  private static int run(String[] args) {
    PrintWriter out = writer(FileDescriptor.out);
    PrintWriter err = writer(FileDescriptor.err);
    Streams streams = new Streams(System.in, out, err, terminal(), System.getenv());
    return new Cli(streams, version()).run(args);
  }

  private static PrintWriter writer(FileDescriptor descriptor) {
    return new PrintWriter(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
  }

  /// What the launcher found out: a shell asks the terminal for less than a JVM does.
  private static Streams.Terminal terminal() {
    return new Streams.Terminal(
        Boolean.getBoolean("depslim.stdout.terminal"),
        Boolean.getBoolean("depslim.stderr.terminal"),
        Integer.getInteger("depslim.columns", 0));
  }

  private static String version() {
    String version = Depslim.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}

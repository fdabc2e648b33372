package dev.depslim.cli;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// One run of the command line, in this process.
record Run(int exit, String out, String err) {
  static Run of(String... args) {
    return with("", Map.of(), args);
  }

  static Run with(String in, Map<String, String> environment, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Streams streams =
        new Streams(
            new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
            new PrintWriter(out),
            new PrintWriter(err),
            Streams.Terminal.NONE,
            environment);
    int exit = new Cli(streams, "test").run(args);
    return new Run(exit, out.toString(), err.toString());
  }
}

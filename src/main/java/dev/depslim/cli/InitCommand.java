package dev.depslim.cli;

import dev.depslim.model.DepslimException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `depslim init`: a commented policy to start from.
@Command(description = "Write a commented .depslim.yml and show a step for CI.")
final class InitCommand implements Callable<Integer> {
  private final Context context;

  @Mixin CommonOptions common = new CommonOptions();

  @Option(
      names = "--force",
      description = "Overwrite a .depslim.yml; what was there is kept as .depslim.yml.bak.")
  boolean force;

  @Parameters(
      arity = "0..1",
      paramLabel = "PATH",
      description = "The folder of the project (default: the current one).")
  Path path = Path.of(".");

  InitCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    if (!Files.isDirectory(path)) {
      throw new DepslimException.InvalidInput(path + " is no folder: name that of the project");
    }
    Path file = path.resolve(".depslim.yml");
    if (Files.exists(file) && !force) {
      throw new DepslimException.Usage(
          file + " exists: add --force to overwrite it (it is kept as .depslim.yml.bak)");
    }
    OutputOptions.write(file, resource("/init/depslim.yml"));
    context.streams().err().println("wrote " + file);
    context.streams().out().print(resource("/init/ci.yml"));
    return ExitCode.OK;
  }

  private static String resource(String name) {
    try (InputStream in = InitCommand.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not in the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

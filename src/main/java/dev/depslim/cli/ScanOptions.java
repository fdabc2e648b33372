package dev.depslim.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What a command looks at: a folder and the images that are made of it.
final class ScanOptions {
  @Mixin PolicyOptions policy = new PolicyOptions();
  @Mixin ImageOptions image = new ImageOptions();
  @Mixin OnlineOptions online = new OnlineOptions();
  @Mixin OutputOptions output = new OutputOptions();

  @Option(
      names = "--image",
      paramLabel = "REF",
      description = "An image that is made of the project; may be repeated.")
  List<String> images = new ArrayList<>();

  @Parameters(
      arity = "0..1",
      paramLabel = "PATH",
      description = "The folder of the project (default: the current one).")
  Path path = Path.of(".");
}

package dev.depslim.cli;

import dev.depslim.ecosystem.SizeSource;
import dev.depslim.project.ProjectTree;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Option;

/// `--online` and `--no-cache`: whether registries are asked for sizes.
final class OnlineOptions {
  @Option(
      names = "--online",
      description =
          "Ask the registry that npm or pip is configured for how large packages are; without it"
              + " nothing is asked of a network.")
  boolean online;

  @Option(
      names = "--no-cache",
      description = "With --online: neither read nor keep what registries said.")
  boolean noCache;

  /// Does something with what knows sizes beyond the tree; nothing of it is loaded without
  /// `--online`.
  <T> T with(
      Context context,
      PolicyOptions.Loaded loaded,
      ProjectTree tree,
      Function<List<SizeSource>, T> work) {
    if (!online) {
      return work.apply(List.of());
    }
    try (Registries registries =
        Registries.open(context, loaded.policy().registries(), tree, !noCache)) {
      return work.apply(List.of(registries));
    }
  }
}

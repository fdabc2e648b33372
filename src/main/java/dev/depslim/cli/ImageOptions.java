package dev.depslim.cli;

import dev.depslim.ecosystem.InstalledPackages;
import dev.depslim.image.BaseFinder;
import dev.depslim.image.ImageReader;
import dev.depslim.image.source.ImageOpeners;
import dev.depslim.image.source.ImageRequest;
import dev.depslim.image.source.ImageSource;
import dev.depslim.model.DepslimException;
import dev.depslim.model.ImageReport;
import dev.depslim.policy.Policy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// `--platform` and `--base`: which image is meant, and which of its layers are not ours.
final class ImageOptions {
  @Option(
      names = "--platform",
      paramLabel = "OS/ARCH",
      description = "The platform of a multi-platform image (default: that of this machine).")
  @Nullable String platform;

  @Option(
      names = "--base",
      paramLabel = "REF",
      description = "The image below: its layers are listed and never a breach.")
  @Nullable String base;

  /// Reads an image; says on standard error what is being done.
  ///
  /// @throws DepslimException where it is not there or cannot be read
  ImageReport read(Context context, String reference, PolicyOptions.Loaded loaded) {
    ImageOpeners openers = Wiring.openers();
    List<InstalledPackages> readers = Wiring.installedPackages();
    try (Progress progress = new Progress(context.streams())) {
      progress.accept("reading " + reference);
      List<BaseFinder.Candidate> bases = bases(openers, reference, loaded.policy());
      try (ImageSource source =
          openers.open(request(reference).withWanted(ImageReader.wanted(readers)))) {
        return new ImageReader(readers, loaded.classifier())
            .read(
                source,
                new ImageReader.Question(loaded.excluded(), loaded.excludeWritten(), bases),
                progress);
      }
    } catch (IOException e) {
      throw new DepslimException.InvalidInput(reference + " cannot be read: " + e.getMessage(), e);
    }
  }

  private ImageRequest request(String reference) {
    return ImageRequest.of(reference, (_, _) -> false).withPlatform(platform);
  }

  /// The base that the command line names, else the one that the policy names for this image.
  private List<BaseFinder.Candidate> bases(ImageOpeners openers, String reference, Policy policy)
      throws IOException {
    List<BaseFinder.Candidate> out = new ArrayList<>();
    if (base != null) {
      out.add(candidate(openers, base));
      return out;
    }
    for (Policy.ImagePolicy image : policy.images()) {
      if (image.ref().equals(reference) && image.base() != null) {
        out.add(candidate(openers, image.base()));
      }
    }
    return out;
  }

  private BaseFinder.Candidate candidate(ImageOpeners openers, String name) throws IOException {
    try (ImageSource source = openers.open(request(name))) {
      List<@Nullable String> diffIds = new ArrayList<>();
      source.layers().forEach(layer -> diffIds.add(layer.diffId()));
      return new BaseFinder.Candidate(name, diffIds, true);
    }
  }
}

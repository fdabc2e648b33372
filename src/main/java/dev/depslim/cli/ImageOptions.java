package dev.depslim.cli;

import dev.depslim.ecosystem.InstalledPackages;
import dev.depslim.image.BaseFinder;
import dev.depslim.image.ImageReader;
import dev.depslim.image.source.ImageOpeners;
import dev.depslim.image.source.ImageOutline;
import dev.depslim.image.source.ImageRequest;
import dev.depslim.image.source.ImageSource;
import dev.depslim.model.DepslimException;
import dev.depslim.model.ImageReport;
import dev.depslim.model.Issue;
import dev.depslim.model.Location;
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
    return read(context, reference, loaded, List.of());
  }

  /// The same for an image that is read together with others, which may tell of its base.
  ///
  /// @param outlines of all images of the run, itself among them
  ImageReport read(
      Context context, String reference, PolicyOptions.Loaded loaded, List<ImageOutline> outlines) {
    ImageOpeners openers = Wiring.openers();
    List<Issue> issues = new ArrayList<>();
    List<InstalledPackages> readers = Wiring.installedPackages();
    try (Progress progress = new Progress(context.streams())) {
      progress.accept("reading " + reference);
      List<BaseFinder.Candidate> bases = new ArrayList<>(shared(reference, outlines));
      addGiven(openers, reference, loaded.policy(), bases, issues);
      try (ImageSource source =
          openers.open(request(reference).withWanted(ImageReader.wanted(readers)))) {
        addAnnotated(openers, source, bases);
        issues.addAll(source.issues());
        return new ImageReader(readers, loaded.classifier())
            .read(
                source.withIssues(issues),
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

  /// What the images of a run say of their layers; those that cannot be read are left out.
  List<ImageOutline> outlines(List<String> references) {
    List<ImageOutline> outlines = new ArrayList<>();
    if (references.size() > 1) {
      for (String reference : references) {
        try {
          ImageOutline read = Wiring.openers().outline(request(reference));
          outlines.add(new ImageOutline(reference, read.diffIds(), read.history()));
        } catch (DepslimException.InvalidInput | DepslimException.EngineUnavailable _) {
          // reading it tells why
        }
      }
    }
    return outlines;
  }

  private static List<BaseFinder.Candidate> shared(String reference, List<ImageOutline> outlines) {
    for (ImageOutline outline : outlines) {
      if (outline.reference().equals(reference)) {
        return BaseFinder.shared(outline, outlines);
      }
    }
    return List.of();
  }

  /// Adds the base that the command line names, else the one that the policy names for this image.
  private void addGiven(
      ImageOpeners openers,
      String reference,
      Policy policy,
      List<BaseFinder.Candidate> bases,
      List<Issue> issues) {
    if (base != null) {
      bases.add(candidate(openers, base, BaseFinder.How.GIVEN));
      return;
    }
    for (Policy.ImagePolicy image : policy.images()) {
      String name = image.base();
      if (name != null && image.ref().equals(reference)) {
        try {
          bases.add(candidate(openers, name, BaseFinder.How.GIVEN));
        } catch (DepslimException.InvalidInput | DepslimException.EngineUnavailable e) {
          issues.add(
              Issue.warning(
                  Location.of(reference),
                  "the base that the policy names cannot be read, so all layers count as ours: "
                      + e.getMessage()));
        }
      }
    }
  }

  /// The base that annotations name counts where it is at hand; nothing is fetched for it.
  private void addAnnotated(
      ImageOpeners openers, ImageSource source, List<BaseFinder.Candidate> bases) {
    String name = BaseFinder.annotated(source);
    if (bases.isEmpty() && name != null) {
      try {
        bases.add(candidate(openers, name, BaseFinder.How.ANNOTATION));
      } catch (DepslimException.InvalidInput | DepslimException.EngineUnavailable e) {
        // The report says that the layers of the base are not known.
        return;
      }
    }
  }

  private BaseFinder.Candidate candidate(ImageOpeners openers, String name, BaseFinder.How how) {
    try {
      return new BaseFinder.Candidate(name, openers.outline(request(name)).diffIds(), how);
    } catch (DepslimException.InvalidInput e) {
      throw new DepslimException.InvalidInput("the base image " + e.getMessage(), e);
    }
  }
}

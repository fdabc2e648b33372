package dev.depslim.image.source;

import dev.depslim.model.DepslimException;
import dev.depslim.model.Issue;
import dev.depslim.model.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Chooses one of several images of an archive: by the name that was asked for, then by platform.
/// Without a name the first counts, and an issue names the others.
final class ImageChoice {
  private final String reference;
  private final @Nullable String tag;
  private final @Nullable Platform platform;
  private final List<Issue> issues;

  ImageChoice(
      String reference, @Nullable String tag, @Nullable String platform, List<Issue> issues) {
    this.reference = reference;
    this.tag = tag;
    this.platform = platform == null ? null : parse(platform);
    this.issues = issues;
  }

  private static Platform parse(String text) {
    Platform parsed = Platform.parse(text);
    if (parsed == null) {
      throw new DepslimException.Usage(
          text + ": not a platform; write os/arch or os/arch/variant, such as linux/arm64");
    }
    return parsed;
  }

  ImageManifest choose(List<ImageManifest> images) {
    List<ImageManifest> named = tag == null ? images : named(images, tag);
    if (named.size() == 1) {
      return only(named.getFirst());
    }
    ImageManifest first = named.getFirst();
    if (tag == null && named.stream().anyMatch(image -> !image.tags().equals(first.tags()))) {
      List<ImageManifest> same = new ArrayList<>(named);
      same.removeIf(image -> !image.tags().equals(first.tags()));
      ImageManifest chosen = byPlatform(same);
      others(chosen, named);
      return chosen;
    }
    return byPlatform(named);
  }

  private List<ImageManifest> named(List<ImageManifest> images, String name) {
    List<ImageManifest> found = images.stream().filter(image -> isNamed(image, name)).toList();
    if (found.isEmpty()) {
      throw new DepslimException.InvalidInput(
          reference + ": no image " + name + " in it; there are: " + labels(images));
    }
    return found;
  }

  /// Whether one of the tags is the name: as it is, or without registry, or only the tag.
  private static boolean isNamed(ImageManifest image, String name) {
    if (image.tags().isEmpty() && image.name().equals(name)) {
      return true;
    }
    for (String tag : image.tags()) {
      if (tag.equals(name)
          || tag.equals(name + ":latest")
          || tag.endsWith("/" + name)
          || tag.endsWith("/" + name + ":latest")
          || tag.endsWith(":" + name)) {
        return true;
      }
    }
    return false;
  }

  private ImageManifest only(ImageManifest image) {
    Platform own = image.platform();
    if (platform != null && own != null && !own.matches(platform)) {
      issues.add(
          Issue.warning(
              Location.of(reference), "is for " + own + ", not for " + platform + " as asked for"));
    }
    return image;
  }

  private ImageManifest byPlatform(List<ImageManifest> images) {
    if (images.size() == 1) {
      return only(images.getFirst());
    }
    Platform wanted = platform == null ? Platform.host() : platform;
    for (ImageManifest image : images) {
      Platform own = image.platform();
      if (own != null && own.matches(wanted)) {
        return image;
      }
    }
    if (images.stream().allMatch(image -> image.platform() == null)) {
      others(images.getFirst(), images);
      return images.getFirst();
    }
    throw new DepslimException.InvalidInput(
        reference
            + ": no image for "
            + wanted
            + " in it; choose with --platform one of: "
            + images.stream()
                .map(image -> String.valueOf(image.platform()))
                .distinct()
                .collect(Collectors.joining(", ")));
  }

  private void others(ImageManifest chosen, List<ImageManifest> all) {
    List<ImageManifest> rest = new ArrayList<>(all);
    rest.removeIf(image -> image == chosen);
    issues.add(
        Issue.warning(
            Location.of(reference),
            "holds several images; "
                + chosen.label()
                + " is read. Name another behind the file, as in "
                + reference
                + ":"
                + rest.getFirst().name()
                + ". There are also: "
                + labels(rest)));
  }

  private static String labels(List<ImageManifest> images) {
    return images.stream().map(ImageManifest::label).collect(Collectors.joining("; "));
  }
}

package dev.depslim.image;

import dev.depslim.image.source.ImageSource;
import dev.depslim.model.ImageReport.Base;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Finds which of the first layers of an image are those of its base. Nothing is guessed: where
/// nobody tells, no layer is the base's.
public final class BaseFinder {
  private static final String NAME = "org.opencontainers.image.base.name";
  private static final String DIGEST = "org.opencontainers.image.base.digest";

  private BaseFinder() {}

  /// An image that may be the base of another.
  ///
  /// @param diffIds digests of its uncompressed layers, lowest first
  /// @param given whether the user named it as the base
  public record Candidate(String name, List<@Nullable String> diffIds, boolean given) {}

  /// What is known of the base: the candidate with most layers that all begin the image; else the
  /// name that the annotations tell (OCI image specification, annotations.md).
  public static Base find(ImageSource image, List<Candidate> candidates) {
    Candidate best = null;
    for (Candidate candidate : candidates) {
      boolean better =
          best == null
              || candidate.given() && !best.given()
              || candidate.given() == best.given()
                  && candidate.diffIds().size() > best.diffIds().size();
      if (better && begins(image, candidate)) {
        best = candidate;
      }
    }
    if (best != null) {
      return new Base(
          best.diffIds().size(), best.name(), best.given() ? "given" : "diff-id-prefix");
    }
    String name = image.annotations().getOrDefault(NAME, image.annotations().get(DIGEST));
    return name == null ? new Base(0, null, "unknown") : new Base(0, name, "annotation");
  }

  private static boolean begins(ImageSource image, Candidate candidate) {
    List<ImageSource.Layer> layers = image.layers();
    int count = candidate.diffIds().size();
    if (count == 0 || count > layers.size()) {
      return false;
    }
    for (int i = 0; i < count; i++) {
      String diffId = layers.get(i).diffId();
      if (diffId == null || !Objects.equals(diffId, candidate.diffIds().get(i))) {
        return false;
      }
    }
    return true;
  }
}

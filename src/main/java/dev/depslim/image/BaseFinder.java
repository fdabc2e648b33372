package dev.depslim.image;

import dev.depslim.image.source.ImageOutline;
import dev.depslim.image.source.ImageSource;
import dev.depslim.model.ImageReport.Base;
import dev.depslim.model.Issue;
import dev.depslim.model.Location;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Finds which of the first layers of an image are those of its base. Nothing is guessed: where
/// nobody tells, no layer is the base's.
public final class BaseFinder {
  private static final String NAME = "org.opencontainers.image.base.name";
  private static final String DIGEST = "org.opencontainers.image.base.digest";

  private BaseFinder() {}

  /// How a base is known, the surest first.
  public enum How {
    /// The user named it.
    GIVEN("given"),
    /// Images of one run begin with the same layers.
    SHARED("diff-id-prefix"),
    /// The annotations of the image name it.
    ANNOTATION("annotation");

    private final String id;

    How(String id) {
      this.id = id;
    }
  }

  /// An image that may be the base of another.
  ///
  /// @param name null where only its layers are known
  /// @param diffIds digests of its uncompressed layers, lowest first
  public record Candidate(@Nullable String name, List<String> diffIds, How how) {
    public Candidate {
      diffIds = List.copyOf(diffIds);
    }
  }

  /// What the annotations of an image call its base, or null (OCI image specification,
  /// annotations.md).
  public static @Nullable String annotated(ImageSource image) {
    return image.annotations().getOrDefault(NAME, image.annotations().get(DIGEST));
  }

  /// What is known of the base: the candidate known surest, then the one with most layers, among
  /// those whose layers all begin the image.
  ///
  /// @param issues receives a warning where the base that the user named does not begin the image
  static Base find(ImageSource image, List<Candidate> candidates, List<Issue> issues) {
    Candidate best =
        candidates.stream()
            .filter(it -> !it.diffIds().isEmpty() && common(image, it) == it.diffIds().size())
            .min(
                Comparator.comparing(Candidate::how)
                    .thenComparing(it -> it.diffIds().size(), Comparator.reverseOrder()))
            .orElse(null);
    for (Candidate it : candidates) {
      if (it.how() == How.GIVEN && (best == null || best.how() != How.GIVEN)) {
        issues.add(mismatch(image, it));
      }
    }
    if (best != null) {
      return new Base(best.diffIds().size(), best.name(), best.how().id);
    }
    String name = annotated(image);
    return name == null ? new Base(0, null, "unknown") : new Base(0, name, How.ANNOTATION.id);
  }

  private static Issue mismatch(ImageSource image, Candidate given) {
    return Issue.warning(
        Location.of(image.reference()),
        given.name()
            + " is not its base: of its "
            + given.diffIds().size()
            + " layers "
            + common(image, given)
            + " begin this image. So no layer counts as the base's; name the version that it was"
            + " built on, or build it again");
  }

  private static int common(ImageSource image, Candidate candidate) {
    List<ImageSource.Layer> layers = image.layers();
    int count = 0;
    while (count < layers.size()
        && count < candidate.diffIds().size()
        && Objects.equals(layers.get(count).diffId(), candidate.diffIds().get(count))) {
      count++;
    }
    return count;
  }

  /// What the other images of a run tell of the base of one: one of them is its base as a whole, or
  /// both were built on the same. What images share may also be the work of their own Dockerfile,
  /// so of what is shared only that counts which lies below the last shared CMD or ENTRYPOINT:
  /// those end the Dockerfile of a base.
  public static List<Candidate> shared(ImageOutline image, List<ImageOutline> others) {
    List<Candidate> candidates = new ArrayList<>();
    for (ImageOutline other : others) {
      int common = common(image.diffIds(), other.diffIds());
      if (common == image.diffIds().size()) {
        continue;
      }
      if (common == other.diffIds().size()) {
        candidates.add(new Candidate(other.reference(), other.diffIds(), How.SHARED));
      } else {
        int layers = Math.min(common, layersOfBase(image, other));
        candidates.add(new Candidate(null, image.diffIds().subList(0, layers), How.SHARED));
      }
    }
    return candidates;
  }

  private static <T> int common(List<T> left, List<T> right) {
    int count = 0;
    while (count < left.size()
        && count < right.size()
        && left.get(count).equals(right.get(count))) {
      count++;
    }
    return count;
  }

  /// How many layers lie below the last CMD or ENTRYPOINT that both histories begin with; 0 where a
  /// history does not fit its layers.
  private static int layersOfBase(ImageOutline image, ImageOutline other) {
    List<ImageSource.History> history = image.history();
    if (history.stream().filter(it -> !it.emptyLayer()).count() != image.diffIds().size()) {
      return 0;
    }
    int layers = 0;
    int ofBase = 0;
    for (ImageSource.History item : history.subList(0, common(history, other.history()))) {
      String instruction = Buckets.instruction(item.createdBy());
      if (!item.emptyLayer()) {
        layers++;
      } else if (instruction.startsWith("CMD ") || instruction.startsWith("ENTRYPOINT ")) {
        ofBase = layers;
      }
    }
    return ofBase;
  }
}

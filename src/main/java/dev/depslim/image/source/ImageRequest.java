package dev.depslim.image.source;

import dev.depslim.image.layer.Limits;
import dev.depslim.image.layer.Wanted;
import org.jspecify.annotations.Nullable;

/// What is asked of an [ImageOpener].
///
/// @param reference as the user named it, without the prefix that chose the opener
/// @param platform `os/arch[/variant]`, or null for the one of this machine
/// @param wanted the files whose contents are kept
/// @param verify whether to read every byte and check the digests of the layers
public record ImageRequest(
    String reference, @Nullable String platform, Wanted wanted, boolean verify, Limits limits) {
  /// A request with the usual limits and without verification.
  public static ImageRequest of(String reference, Wanted wanted) {
    return new ImageRequest(reference, null, wanted, false, Limits.DEFAULT);
  }

  /// The same request for another reference.
  public ImageRequest withReference(String other) {
    return new ImageRequest(other, platform, wanted, verify, limits);
  }

  /// The same request for another platform, or with null for that of this machine.
  public ImageRequest withPlatform(@Nullable String other) {
    return new ImageRequest(reference, other, wanted, verify, limits);
  }

  /// The same request for other contents.
  public ImageRequest withWanted(Wanted other) {
    return new ImageRequest(reference, platform, other, verify, limits);
  }
}

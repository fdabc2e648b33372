package dev.depslim.image.source;

import dev.depslim.model.DepslimException;
import java.util.List;
import java.util.stream.Collectors;

/// Finds the [ImageOpener] of a reference: by its prefix (`archive:app.tar`), else the first in the
/// list that claims it. The usual order is an existing file, an existing OCI layout folder, the
/// engine.
public final class ImageOpeners {
  private final List<ImageOpener> openers;

  public ImageOpeners(List<ImageOpener> openers) {
    this.openers = List.copyOf(openers);
  }

  /// Opens the image.
  ///
  /// @param request with the reference as the user wrote it
  /// @throws DepslimException where nobody knows it or it cannot be read
  public ImageSource open(ImageRequest request) {
    String reference = request.reference();
    int colon = reference.indexOf(':');
    if (colon > 0) {
      String prefix = reference.substring(0, colon);
      for (ImageOpener opener : openers) {
        if (opener.prefixes().contains(prefix)) {
          return opener.open(request.withReference(reference.substring(colon + 1)));
        }
      }
    }
    for (ImageOpener opener : openers) {
      if (opener.claims(reference)) {
        return opener.open(request);
      }
    }
    throw new DepslimException.InvalidInput(
        reference
            + ": no such image; looked for "
            + openers.stream().map(ImageOpener::looksFor).collect(Collectors.joining(", "))
            + "; name the source with one of "
            + openers.stream()
                .map(opener -> opener.prefixes().getFirst() + ":")
                .collect(Collectors.joining(", ")));
  }
}

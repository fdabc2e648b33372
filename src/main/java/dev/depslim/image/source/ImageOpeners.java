package dev.depslim.image.source;

import dev.depslim.model.DepslimException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;
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
    return find(request, ImageOpener::open);
  }

  /// What the image says of its layers.
  ///
  /// @throws DepslimException where nobody knows it or it cannot be read
  public ImageOutline outline(ImageRequest request) {
    return find(request, ImageOpener::outline);
  }

  private <T> T find(ImageRequest request, BiFunction<ImageOpener, ImageRequest, T> action) {
    String reference = request.reference();
    int colon = reference.indexOf(':');
    if (colon > 0) {
      String prefix = reference.substring(0, colon);
      for (ImageOpener opener : openers) {
        if (opener.prefixes().contains(prefix)) {
          return action.apply(opener, request.withReference(reference.substring(colon + 1)));
        }
      }
    }
    List<String> tried = new ArrayList<>();
    for (ImageOpener opener : openers) {
      if (opener.claims(reference)) {
        tried.remove(opener.looksFor()); // of others that are chosen by their prefix alone
        return orAllThatWasTried(tried, () -> action.apply(opener, request));
      }
      if (!tried.contains(opener.looksFor())) {
        tried.add(opener.looksFor());
      }
    }
    throw new DepslimException.InvalidInput(
        reference
            + ": no such image; looked for "
            + String.join(", then ", tried)
            + "; mend it, or choose the source with "
            + prefixes()
            + " before it");
  }

  /// Where earlier openers passed, the error of the last one alone would hide that.
  private <T> T orAllThatWasTried(List<String> tried, Supplier<T> action) {
    if (tried.isEmpty()) {
      return action.get();
    }
    String before =
        " (before that looked for "
            + String.join(", then ", tried)
            + "; "
            + prefixes()
            + " before the reference chooses)";
    try {
      return action.get();
    } catch (DepslimException.InvalidInput e) {
      throw new DepslimException.InvalidInput(e.getMessage() + before, e);
    } catch (DepslimException.EngineUnavailable e) {
      throw new DepslimException.EngineUnavailable(e.getMessage() + before, e);
    }
  }

  private String prefixes() {
    return openers.stream()
        .map(opener -> opener.prefixes().getFirst() + ":")
        .collect(Collectors.joining(", "));
  }
}

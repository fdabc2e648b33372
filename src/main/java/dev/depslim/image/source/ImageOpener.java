package dev.depslim.image.source;

import java.util.List;

/// One way to get at an image. A new one is a class that implements this and a line in the list
/// that [ImageOpeners] is made with.
public interface ImageOpener {
  /// What chooses it when written before the reference with a `:`; the first is its name.
  List<String> prefixes();

  /// Whether it is the one for a reference without a prefix. A quick look, no reading.
  boolean claims(String reference);

  /// What [#claims] looked for, for the message when nobody claims a reference, such as `a file`.
  String looksFor();

  /// Opens an image and indexes its layers.
  ///
  /// @throws dev.depslim.model.DepslimException where it is not there or cannot be read
  ImageSource open(ImageRequest request);

  /// What an image says of its layers, without reading them as far as the source allows.
  ///
  /// @throws dev.depslim.model.DepslimException where it is not there or cannot be read
  ImageOutline outline(ImageRequest request);
}

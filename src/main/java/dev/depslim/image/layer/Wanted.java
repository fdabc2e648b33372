package dev.depslim.image.layer;

/// Tells which files' contents are kept while a layer is read.
@FunctionalInterface
public interface Wanted {
  /// Keeps nothing.
  Wanted NOTHING = (folder, name) -> false;

  /// Whether the content of a file is kept; asked once for each file and hard link, so it must be
  /// quick.
  ///
  /// @param folder path of its folder without a leading `/`; empty for the root
  /// @param name its name
  boolean keep(String folder, String name);
}

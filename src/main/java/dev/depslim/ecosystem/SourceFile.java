package dev.depslim.ecosystem;

/// A file that has been read.
///
/// @param path relative to the analysed root, with `/`
/// @param bytes the content as it lies there; whoever reads decides on the encoding
@SuppressWarnings("ArrayRecordComponent") // read once and dropped; never compared
public record SourceFile(String path, byte[] bytes) {
  /// The last segment of the path.
  public String fileName() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /// The folder of the file, `""` for the root.
  public String folder() {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }
}

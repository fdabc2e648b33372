package dev.depslim.image.source;

import dev.depslim.image.layer.LayerIndex;
import dev.depslim.model.Issue;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An opened image: what it says of itself, and the index of each of its layers, lowest first. To
/// be closed when contents are no longer read.
///
/// @param reference as the user named it
/// @param source how it was read: `docker-archive`, `oci-archive`, `oci-layout`, `overlay2`, …
/// @param id digest of the configuration (`sha256:…`), or null
/// @param platform `os/arch[/variant]`, or null
/// @param tags names that the source gives the image
/// @param history of the configuration; may disagree with the layers
/// @param annotations of the manifest and the labels of the configuration below them
/// @param resource what is held open for [Layer#contents]
public record ImageSource(
    String reference,
    String source,
    @Nullable String id,
    @Nullable String platform,
    List<String> tags,
    List<History> history,
    List<Layer> layers,
    Map<String, String> annotations,
    List<Issue> issues,
    Closeable resource)
    implements AutoCloseable {
  public ImageSource {
    tags = List.copyOf(tags);
    history = List.copyOf(history);
    layers = List.copyOf(layers);
    annotations = Map.copyOf(annotations);
    issues = List.copyOf(issues);
  }

  /// The same source with other issues.
  public ImageSource withIssues(List<Issue> other) {
    return new ImageSource(
        reference, source, id, platform, tags, history, layers, annotations, other, resource);
  }

  /// One item of the history.
  public record History(@Nullable String createdBy, boolean emptyLayer) {}

  /// One layer.
  ///
  /// @param diffId digest of the uncompressed layer as the configuration claims it, or null
  /// @param verified whether the bytes were read and have that digest
  /// @param createdBy the instruction that made it; null where the history does not tell
  /// @param compressedBytes what a registry transfers; null where the source does not tell
  /// @param blobBytes bytes of the layer as the source holds it; null where it holds folders
  /// @param tarBytes bytes of the uncompressed archive; null where the source holds folders
  /// @param compression how the source holds it
  /// @param contents null where the source cannot be read twice
  public record Layer(
      int index,
      @Nullable String diffId,
      boolean verified,
      @Nullable String createdBy,
      @Nullable Long compressedBytes,
      @Nullable Long blobBytes,
      @Nullable Long tarBytes,
      Compression compression,
      LayerIndex entries,
      @Nullable LayerContents contents) {}

  @Override
  public void close() {
    try {
      resource.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

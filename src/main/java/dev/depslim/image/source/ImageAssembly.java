package dev.depslim.image.source;

import dev.depslim.model.DepslimException;
import dev.depslim.model.Issue;
import dev.depslim.model.Location;
import dev.depslim.syntax.SyntaxException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Makes an [ImageSource] of blobs: finds the manifest, chooses the image, reads its layers, joins
/// them with the history.
final class ImageAssembly implements AutoCloseable {
  private final BlobStore blobs;
  private final ImageRequest request;

  /// How the input is named in messages.
  private final String where;

  private final @Nullable String tag;
  private final List<Issue> issues = new ArrayList<>();

  ImageAssembly(BlobStore blobs, ImageRequest request, String where, @Nullable String tag) {
    this.blobs = blobs;
    this.request = request;
    this.where = where;
    this.tag = tag;
  }

  /// The image; closing it closes the blobs.
  ///
  /// @param layout name of the source where there is only an OCI index: archive or layout
  ImageSource assemble(String layout, @Nullable String name) {
    return readable(() -> {
      ImageManifest chosen = chosen();
      boolean docker = blobs.has("manifest.json");
      return source(chosen, name != null ? name : docker ? "docker-archive" : layout);
    });
  }

  /// What the image says of its layers.
  ImageOutline outline() {
    return readable(() -> {
      ImageConfig config = config(chosen());
      return new ImageOutline(request.reference(), config.diffIds(), config.history());
    });
  }

  private ImageManifest chosen() throws IOException {
    List<ImageManifest> images = blobs.has("manifest.json") ? docker() : oci();
    return new ImageChoice(where, tag, request.platform(), issues).choose(images);
  }

  /// The result of an action whose failure closes the blobs.
  <T> T orClosed(Supplier<T> action) {
    try {
      return action.get();
    } catch (RuntimeException e) {
      try {
        blobs.close();
      } catch (IOException other) {
        e.addSuppressed(other);
      }
      throw e;
    }
  }

  @Override
  public void close() {
    try {
      blobs.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private interface Reading<T> {
    T run() throws IOException;
  }

  private <T> T readable(Reading<T> reading) {
    try {
      return reading.run();
    } catch (SyntaxException e) {
      throw new DepslimException.InvalidInput(
          where + ": a manifest or configuration in it is damaged: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new DepslimException.InvalidInput(where + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private List<ImageManifest> docker() throws IOException {
    List<ImageManifest> images = new ArrayList<>();
    for (ImageManifest image : DockerManifest.read(blobs.read("manifest.json"))) {
      String platform = blobs.has(image.config()) ? config(image).platform() : null;
      images.add(image.withPlatform(platform == null ? null : Platform.parse(platform)));
    }
    // Docker 25.0.0 wrote manifests without layers, beside a complete OCI index.
    boolean bare = images.stream().allMatch(image -> image.layers().isEmpty());
    if (bare && blobs.has("index.json")) {
      List<ImageManifest> better = new OciIndex(blobs).images();
      images = better.isEmpty() ? images : better;
    }
    if (images.isEmpty()) {
      throw new DepslimException.InvalidInput(
          where + ": manifest.json names no image; save the image again");
    }
    return images;
  }

  private List<ImageManifest> oci() throws IOException {
    if (!blobs.has("index.json")) {
      throw new DepslimException.InvalidInput(
          where
              + ": neither manifest.json nor index.json in it, so it is no saved image; make one with"
              + " docker save or podman save");
    }
    OciIndex index = new OciIndex(blobs);
    List<ImageManifest> images = index.images();
    if (images.isEmpty()) {
      throw new DepslimException.InvalidInput(
          where
              + (index.incomplete().isEmpty()
                  ? ": index.json names no image"
                  : ": blobs are missing of " + String.join(", ", index.incomplete()))
              + "; save the image again");
    }
    return images;
  }

  private ImageConfig config(ImageManifest image) throws IOException {
    return ImageConfig.read(blobs.read(image.config()));
  }

  private ImageSource source(ImageManifest image, String name) throws IOException {
    byte[] json = blobs.read(image.config());
    ImageConfig config = ImageConfig.read(json);
    List<BlobStore.Indexed> indexed = LayerLoader.load(blobs, image.layers(), request, where);
    boolean counted = config.diffIds().size() == indexed.size();
    if (!counted) {
      issue(
          "the configuration has "
              + config.diffIds().size()
              + " layers, the manifest "
              + indexed.size()
              + ": which digest belongs to which is not known");
    }
    List<@Nullable String> createdBy = LayerHistory.createdBy(config.history(), indexed.size());
    List<ImageSource.Layer> layers = new ArrayList<>();
    for (int i = 0; i < indexed.size(); i++) {
      String diffId = counted ? config.diffIds().get(i) : null;
      layers.add(layer(i, diffId, createdBy.get(i), image.layers().get(i), indexed.get(i)));
    }
    Map<String, String> annotations = new HashMap<>(config.labels());
    annotations.putAll(image.annotations());
    return new ImageSource(
        request.reference(),
        name,
        Sha256.of(json),
        config.platform(),
        image.tags(),
        config.history(),
        layers,
        annotations,
        issues,
        blobs);
  }

  private ImageSource.Layer layer(
      int index,
      @Nullable String diffId,
      @Nullable String createdBy,
      ImageManifest.LayerBlob blob,
      BlobStore.Indexed indexed) {
    String digest = indexed.sha256();
    boolean verified = digest != null && digest.equals(diffId);
    if (digest != null && diffId != null && !verified) {
      issue(
          "layer "
              + index
              + " has the digest "
              + digest
              + ", the configuration says "
              + diffId
              + ": it was changed or damaged");
    }
    boolean packed = indexed.compression() != Compression.NONE;
    Long compressed =
        blob.transferBytes() != null ? blob.transferBytes() : packed ? indexed.blobBytes() : null;
    for (Issue issue : indexed.entries().issues()) {
      issues.add(
          new Issue(
              issue.severity(),
              Location.of(where),
              "layer " + index + ", " + issue.location().path() + ": " + issue.message()));
    }
    return new ImageSource.Layer(
        index,
        diffId,
        verified,
        createdBy,
        compressed,
        indexed.blobBytes(),
        indexed.tarBytes(),
        indexed.compression(),
        indexed.entries(),
        indexed.contents());
  }

  private void issue(String message) {
    issues.add(Issue.warning(Location.of(where), message));
  }
}

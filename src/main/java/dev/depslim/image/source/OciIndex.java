package dev.depslim.image.source;

import dev.depslim.syntax.Json;
import dev.depslim.syntax.SyntaxException;
import dev.depslim.syntax.Tree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `index.json` of an OCI layout: the images that it leads to, through further indexes.
/// Attestations and artifacts that are no images are left out; images whose blobs are not all there
/// too, for an index may list more platforms than were saved.
final class OciIndex {
  private static final int MAX_DEPTH = 8;
  private static final int MAX_IMAGES = 1_000;
  private static final String NAME = "io.containerd.image.name";
  private static final String TAG = "org.opencontainers.image.ref.name";

  private final BlobStore blobs;
  private final List<ImageManifest> images = new ArrayList<>();
  private final List<String> incomplete = new ArrayList<>();

  OciIndex(BlobStore blobs) {
    this.blobs = blobs;
  }

  /// The complete images in their order.
  List<ImageManifest> images() throws IOException {
    index(blobs.read("index.json"), List.of(), 0);
    return images;
  }

  /// What is listed and not all there.
  List<String> incomplete() {
    return incomplete;
  }

  private void index(byte[] json, List<String> tags, int depth) throws IOException {
    if (Json.parse(json) instanceof Tree.Mapping index && depth < MAX_DEPTH) {
      Tree.Sequence manifests = index.sequence("manifests");
      if (manifests != null) {
        for (Tree item : manifests.items()) {
          if (item instanceof Tree.Mapping descriptor && images.size() < MAX_IMAGES) {
            descriptor(descriptor, tags, depth);
          }
        }
      }
    }
  }

  private void descriptor(Tree.Mapping descriptor, List<String> above, int depth)
      throws IOException {
    Map<String, String> annotations = annotations(descriptor);
    Platform platform = platform(descriptor.mapping("platform"));
    boolean attestation =
        "attestation-manifest".equals(annotations.get("vnd.docker.reference.type"));
    if (attestation || platform != null && platform.isUnknown()) {
      return;
    }
    List<String> tags = tags(annotations);
    tags = tags.isEmpty() ? above : tags;
    String digest = descriptor.string("digest");
    String name = BlobNames.ofDigest(digest);
    if (name == null || !blobs.has(name)) {
      incomplete.add(platform == null ? String.valueOf(digest) : platform.toString());
      return;
    }
    try {
      byte[] json = blobs.read(name);
      if (!(Json.parse(json) instanceof Tree.Mapping manifest)) {
        return;
      }
      if (manifest.sequence("manifests") != null) {
        index(json, tags, depth + 1);
      } else {
        manifest(manifest, tags, platform, annotations);
      }
    } catch (SyntaxException e) {
      // Something else than a manifest, which an index may list.
      incomplete.add(String.valueOf(digest));
    }
  }

  private void manifest(
      Tree.Mapping manifest,
      List<String> tags,
      @Nullable Platform platform,
      Map<String, String> annotations)
      throws IOException {
    Tree.Mapping config = manifest.mapping("config");
    String configName = config == null ? null : BlobNames.ofDigest(config.string("digest"));
    Tree.Sequence layers = manifest.sequence("layers");
    if (configName == null || layers == null) {
      return;
    }
    List<ImageManifest.LayerBlob> names = new ArrayList<>();
    boolean complete = blobs.has(configName);
    for (Tree item : layers.items()) {
      if (item instanceof Tree.Mapping layer) {
        String name = BlobNames.ofDigest(layer.string("digest"));
        complete &= name != null && blobs.has(name);
        names.add(new ImageManifest.LayerBlob(String.valueOf(name), size(layer)));
      }
    }
    if (!complete) {
      incomplete.add(platform == null ? configName : platform.toString());
      return;
    }
    ImageConfig parsed = ImageConfig.read(blobs.read(configName));
    if (!parsed.image()) {
      return;
    }
    Platform own = parsed.platform() == null ? null : Platform.parse(parsed.platform());
    Map<String, String> all = new HashMap<>(annotations);
    all.putAll(annotations(manifest));
    images.add(new ImageManifest(configName, names, tags, platform == null ? own : platform, all));
  }

  private static @Nullable Long size(Tree.Mapping layer) {
    try {
      return layer.get("size") instanceof Tree.Scalar size ? Long.valueOf(size.text()) : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static List<String> tags(Map<String, String> annotations) {
    List<String> tags = new ArrayList<>();
    for (String key : List.of(NAME, TAG)) {
      String value = annotations.get(key);
      if (value != null) {
        tags.add(value);
      }
    }
    return tags;
  }

  private static Map<String, String> annotations(Tree.Mapping descriptor) {
    Tree.Mapping annotations = descriptor.mapping("annotations");
    return annotations == null ? Map.of() : ImageConfig.Annotations.strings(annotations);
  }

  private static @Nullable Platform platform(Tree.@Nullable Mapping platform) {
    String os = platform == null ? null : platform.string("os");
    String architecture = platform == null ? null : platform.string("architecture");
    return platform == null || os == null || architecture == null
        ? null
        : new Platform(os, architecture, platform.string("variant"));
  }
}

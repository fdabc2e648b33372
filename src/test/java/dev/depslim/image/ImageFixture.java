package dev.depslim.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.airlift.compress.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/// An image, to be written as any kind of archive or layout.
public final class ImageFixture {
  /// How layers or whole archives are packed.
  public enum Packing {
    PLAIN,
    GZIP,
    ZSTD
  }

  private final List<byte[]> layers = new ArrayList<>();
  private final List<String> createdBy = new ArrayList<>();
  private final List<String> history = new ArrayList<>();
  private String tag = "app:1";
  private String architecture = "amd64";
  private String labels = "";

  public ImageFixture tag(String name) {
    tag = name;
    return this;
  }

  public ImageFixture architecture(String name) {
    architecture = name;
    return this;
  }

  public ImageFixture label(String name, String value) {
    labels += (labels.isEmpty() ? "" : ",") + "\"" + name + "\":\"" + value + "\"";
    return this;
  }

  /// Adds a layer on top.
  public ImageFixture layer(LayerFixture layer) {
    return layer(layer, "RUN step " + layers.size());
  }

  public ImageFixture layer(LayerFixture layer, String instruction) {
    layers.add(layer.build());
    createdBy.add(instruction);
    history.add("{\"created_by\":\"" + instruction + "\"}");
    return this;
  }

  /// Adds an instruction that made no layer.
  public ImageFixture emptyLayer(String instruction) {
    history.add("{\"created_by\":\"" + instruction + "\",\"empty_layer\":true}");
    return this;
  }

  public List<byte[]> layers() {
    return layers;
  }

  public List<String> diffIds() {
    return layers.stream().map(ImageFixture::digest).toList();
  }

  public String config() {
    String diffIds =
        diffIds().stream().map(id -> "\"" + id + "\"").collect(Collectors.joining(","));
    return "{\"architecture\":\""
        + architecture
        + "\",\"os\":\"linux\",\"config\":{\"Labels\":{"
        + labels
        + "}},\"history\":["
        + String.join(",", history)
        + "],\"rootfs\":{\"type\":\"layers\",\"diff_ids\":["
        + diffIds
        + "]}}";
  }

  /// `docker save` before 25: a folder for each layer, links for repeated ones, manifest last.
  public byte[] dockerArchive() {
    return archive(dockerFiles(""));
  }

  private Map<String, Object> dockerFiles(String prefix) {
    Map<String, Object> files = new LinkedHashMap<>();
    Map<String, String> first = new LinkedHashMap<>();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      String id = prefix + hex(("layer " + i).getBytes(UTF_8));
      String name = id + "/layer.tar";
      String digest = digest(layers.get(i));
      String before = first.putIfAbsent(digest, name);
      files.put(name, before == null ? layers.get(i) : "../" + before);
      names.add("\"" + name + "\"");
    }
    String config = hex(config().getBytes(UTF_8)) + ".json";
    files.put(config, config().getBytes(UTF_8));
    files.put("manifest.json", manifest(config, names).getBytes(UTF_8));
    return files;
  }

  private String manifest(String config, List<String> names) {
    return "[{\"Config\":\""
        + config
        + "\",\"RepoTags\":[\""
        + tag
        + "\"],\"Layers\":["
        + String.join(",", names)
        + "]}]";
  }

  /// Several images in one archive of `docker save` before 25.
  public static byte[] dockerArchive(ImageFixture... images) {
    Map<String, Object> files = new LinkedHashMap<>();
    List<String> manifests = new ArrayList<>();
    for (int i = 0; i < images.length; i++) {
      files.putAll(images[i].dockerFiles("image" + i));
      byte[] manifest = (byte[]) files.remove("manifest.json");
      String text = new String(manifest, UTF_8);
      manifests.add(text.substring(1, text.length() - 1));
    }
    files.put("manifest.json", ("[" + String.join(",", manifests) + "]").getBytes(UTF_8));
    return archive(files);
  }

  /// What kaniko writes: packed layers and the manifest beside each other.
  public byte[] kanikoArchive() {
    Map<String, Object> files = new LinkedHashMap<>();
    files.put("sha256:" + hex(config().getBytes(UTF_8)), config().getBytes(UTF_8));
    List<String> names = new ArrayList<>();
    for (byte[] layer : layers) {
      byte[] blob = pack(layer, Packing.GZIP);
      files.put(hex(blob) + ".tar.gz", blob);
      names.add("\"" + hex(blob) + ".tar.gz\"");
    }
    String config = "sha256:" + hex(config().getBytes(UTF_8));
    files.put("manifest.json", manifest(config, names).getBytes(UTF_8));
    return archive(files);
  }

  /// `docker save` from 25 on: an OCI layout with a `manifest.json`.
  public byte[] dockerOciArchive(Packing packing) {
    Map<String, Object> files = ociFiles(packing);
    List<String> names = new ArrayList<>();
    for (byte[] layer : layers) {
      names.add("\"blobs/sha256/" + hex(pack(layer, packing)) + "\"");
    }
    String config = "blobs/sha256/" + hex(config().getBytes(UTF_8));
    files.put("manifest.json", manifest(config, names).getBytes(UTF_8));
    return archive(files);
  }

  /// An OCI layout in an archive.
  public byte[] ociArchive(Packing packing) {
    return archive(ociFiles(packing));
  }

  /// An OCI layout as a folder.
  public void ociLayout(Path folder, Packing packing) {
    write(folder, ociFiles(packing));
  }

  public static void write(Path folder, Map<String, Object> files) {
    try {
      for (Map.Entry<String, Object> file : files.entrySet()) {
        Path path = folder.resolve(file.getKey());
        Files.createDirectories(path.getParent());
        Files.write(path, (byte[]) file.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The files of an OCI layout by their names.
  public Map<String, Object> ociFiles(Packing packing) {
    Map<String, Object> files = new LinkedHashMap<>();
    byte[] manifest = ociBlobs(packing, files);
    files.put("blobs/sha256/" + hex(manifest), manifest);
    String descriptor =
        descriptor("application/vnd.oci.image.manifest.v1+json", manifest)
            .replaceAll(
                "}$", ",\"annotations\":{\"org.opencontainers.image.ref.name\":\"" + tag + "\"}}");
    files.put("index.json", index(descriptor).getBytes(UTF_8));
    files.put("oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(UTF_8));
    return files;
  }

  /// Adds layers and configuration to the files of a layout.
  ///
  /// @return the manifest, which is not among them
  public byte[] ociBlobs(Packing packing, Map<String, Object> files) {
    List<String> descriptors = new ArrayList<>();
    for (byte[] layer : layers) {
      byte[] blob = pack(layer, packing);
      files.put("blobs/sha256/" + hex(blob), blob);
      descriptors.add(descriptor("application/vnd.oci.image.layer.v1.tar", blob));
    }
    byte[] config = config().getBytes(UTF_8);
    files.put("blobs/sha256/" + hex(config), config);
    return ("{\"schemaVersion\":2,\"config\":"
            + descriptor("application/vnd.oci.image.config.v1+json", config)
            + ",\"layers\":["
            + String.join(",", descriptors)
            + "]}")
        .getBytes(UTF_8);
  }

  public static String index(String... descriptors) {
    return "{\"schemaVersion\":2,\"manifests\":[" + String.join(",", descriptors) + "]}";
  }

  public static String descriptor(String mediaType, byte[] blob) {
    return "{\"mediaType\":\""
        + mediaType
        + "\",\"digest\":\""
        + digest(blob)
        + "\",\"size\":"
        + blob.length
        + "}";
  }

  /// A tar archive of files; a text as content is a symbolic link.
  public static byte[] archive(Map<String, Object> files) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      for (Map.Entry<String, Object> file : files.entrySet()) {
        byte[] content = file.getValue() instanceof byte[] b ? b : new byte[0];
        byte type =
            file.getValue() instanceof String ? TarConstants.LF_SYMLINK : TarConstants.LF_NORMAL;
        TarArchiveEntry entry = new TarArchiveEntry(file.getKey(), type);
        entry.setSize(content.length);
        if (file.getValue() instanceof String target) {
          entry.setLinkName(target);
        }
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  public static byte[] pack(byte[] content, Packing packing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out =
        switch (packing) {
          case PLAIN -> bytes;
          case GZIP -> new GZIPOutputStream(bytes);
          case ZSTD -> new ZstdOutputStream(bytes);
        }) {
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  public static String digest(byte[] content) {
    return "sha256:" + hex(content);
  }

  static String hex(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}

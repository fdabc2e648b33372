package dev.depslim.image.source;

import dev.depslim.model.DepslimException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Opens a saved image: what `docker save`, `podman save`, kaniko, jib and BuildKit write, also
/// packed as a whole. The reference is a file, or a file, `:` and the name of one of its images.
public final class ArchiveOpener implements ImageOpener {
  @Override
  public List<String> prefixes() {
    return List.of("archive", "docker-archive", "oci-archive");
  }

  @Override
  public boolean claims(String reference) {
    Path path = split(reference).path();
    return path != null && Files.isRegularFile(path);
  }

  @Override
  public String looksFor() {
    return "a file";
  }

  @Override
  public ImageSource open(ImageRequest request) {
    ImageAssembly assembly = assembly(request);
    return assembly.orClosed(() -> assembly.assemble("oci-archive", null));
  }

  @Override
  public ImageOutline outline(ImageRequest request) {
    try (ImageAssembly assembly = assembly(request)) {
      return assembly.outline();
    }
  }

  private static ImageAssembly assembly(ImageRequest request) {
    PathAndName split = split(request.reference());
    Path path = split.path();
    if (path == null || !Files.isRegularFile(path)) {
      throw new DepslimException.InvalidInput(
          request.reference()
              + (path != null && Files.isDirectory(path)
                  ? ": is a folder, not a file; oci: reads folders"
                  : ": there is no such file; mend the path, or make one with docker save -o"));
    }
    String where = split.text();
    return new ImageAssembly(blobs(path, request, where), request, where, split.name());
  }

  private static BlobStore blobs(Path path, ImageRequest request, String where) {
    try {
      Compression compression = compression(path);
      if (compression == Compression.NONE) {
        return new ArchiveBlobs(path);
      }
      try (InputStream in =
          new UnpackedStream(Files.newInputStream(path), compression, request.limits())) {
        return new StreamBlobs(in, request);
      }
    } catch (IOException e) {
      throw new DepslimException.InvalidInput(
          where
              + ": cannot be read as a saved image: "
              + e.getMessage()
              + "; make it again with docker save -o",
          e);
    }
  }

  private static Compression compression(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] start = in.readNBytes(4);
      return Compression.of(start, start.length);
    }
  }

  /// A reference in its parts.
  ///
  /// @param text the path as it was written
  /// @param name of an image in the archive, or null
  record PathAndName(@Nullable Path path, String text, @Nullable String name) {}

  /// Parts at the first `:` behind an existing file or folder; without one all is the path.
  static PathAndName split(String reference) {
    Path whole = path(reference);
    if (whole == null || !Files.exists(whole)) {
      for (int at = reference.indexOf(':'); at > 0; at = reference.indexOf(':', at + 1)) {
        String before = reference.substring(0, at);
        Path path = path(before);
        if (path != null && Files.exists(path)) {
          return new PathAndName(path, before, reference.substring(at + 1));
        }
      }
    }
    return new PathAndName(whole, reference, null);
  }

  private static @Nullable Path path(String text) {
    try {
      return text.isEmpty() ? null : Path.of(text);
    } catch (InvalidPathException _) {
      return null;
    }
  }
}

package dev.depslim.image.source;

import dev.depslim.model.DepslimException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Opens the folder of an OCI layout (OCI image specification, image-layout.md), also one that
/// `docker save` made and somebody unpacked. The reference is the folder, or the folder, `:` and
/// the name of one of its images.
public final class LayoutOpener implements ImageOpener {
  @Override
  public List<String> prefixes() {
    return List.of("oci", "oci-dir");
  }

  @Override
  public boolean claims(String reference) {
    Path path = ArchiveOpener.split(reference).path();
    return path != null
        && (Files.isRegularFile(path.resolve("oci-layout"))
            || Files.isRegularFile(path.resolve("index.json"))
            || Files.isRegularFile(path.resolve("manifest.json")));
  }

  @Override
  public String looksFor() {
    return "a folder with oci-layout";
  }

  @Override
  public ImageSource open(ImageRequest request) {
    ArchiveOpener.PathAndName split = ArchiveOpener.split(request.reference());
    Path path = split.path();
    if (path == null || !Files.isDirectory(path)) {
      throw new DepslimException.InvalidInput(request.reference() + ": there is no such folder");
    }
    BlobStore blobs = new FolderBlobs(path);
    try {
      return new ImageAssembly(blobs, request, split.text(), split.name())
          .assemble("oci-layout", null);
    } catch (RuntimeException e) {
      ArchiveOpener.close(blobs, e);
      throw e;
    }
  }
}

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
    if (path == null || !Files.isDirectory(path)) {
      return false;
    }
    // A folder that happens to have the name of an image is none; one named as a path is meant.
    return reference.startsWith(".")
        || path.isAbsolute()
        || (Files.isRegularFile(path.resolve("oci-layout"))
            || Files.isRegularFile(path.resolve("index.json"))
            || Files.isRegularFile(path.resolve("manifest.json")));
  }

  @Override
  public String looksFor() {
    return "a folder with oci-layout";
  }

  @Override
  public ImageSource open(ImageRequest request) {
    ImageAssembly assembly = assembly(request);
    return assembly.orClosed(() -> assembly.assemble("oci-layout", null));
  }

  @Override
  public ImageOutline outline(ImageRequest request) {
    try (ImageAssembly assembly = assembly(request)) {
      return assembly.outline();
    }
  }

  private static ImageAssembly assembly(ImageRequest request) {
    ArchiveOpener.PathAndName split = ArchiveOpener.split(request.reference());
    Path path = split.path();
    if (path == null || !Files.isDirectory(path)) {
      throw new DepslimException.InvalidInput(
          request.reference()
              + (path != null && Files.exists(path)
                  ? ": is a file, not a folder; archive: reads files"
                  : ": there is no such folder; name one with oci-layout in it"));
    }
    return new ImageAssembly(new FolderBlobs(path), request, split.text(), split.name());
  }
}

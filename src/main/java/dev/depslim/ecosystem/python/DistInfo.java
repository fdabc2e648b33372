package dev.depslim.ecosystem.python;

import dev.depslim.ecosystem.ImageFiles;
import dev.depslim.ecosystem.InstalledPackages;

/// Finds the packages of Python by their `*.dist-info` folders (PyPA, "Recording installed
/// projects"), and older ones by `*.egg-info` and `*.egg`, in any environment of the image.
public final class DistInfo implements InstalledPackages {
  static final String DIST_INFO = ".dist-info";
  static final String EGG_INFO = ".egg-info";
  static final String EGG = ".egg";

  @Override
  public boolean wants(String folder, String name) {
    if (folder.endsWith(DIST_INFO)) {
      return switch (name) {
        case "METADATA", "RECORD", "INSTALLER", "top_level.txt" -> true;
        default -> false;
      };
    }
    if (folder.endsWith(EGG_INFO) || folder.endsWith(".egg/EGG-INFO")) {
      return switch (name) {
        case "PKG-INFO", "installed-files.txt", "requires.txt", "top_level.txt" -> true;
        default -> false;
      };
    }
    return name.endsWith(EGG_INFO);
  }

  @Override
  public Result read(ImageFiles files) {
    SitePackages sites = new SitePackages(files);
    for (int file :
        files.named(n -> n.endsWith(DIST_INFO) || n.endsWith(EGG_INFO) || n.endsWith(EGG))) {
      sites.add(file);
    }
    return sites.result();
  }
}

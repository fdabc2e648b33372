package dev.depslim.ecosystem.node;

import dev.depslim.ecosystem.ImageFiles;
import dev.depslim.ecosystem.InstalledPackages;

/// Finds the packages of Node: folders directly below `node_modules` or `node_modules/@scope` whose
/// package.json has a name and a version, as npm, pnpm, yarn and bun lay them out, and the archives
/// of yarn's Plug'n'Play.
public final class NodeModules implements InstalledPackages {
  static final String FOLDER = "node_modules";

  @Override
  public boolean wants(String folder, String name) {
    return switch (name) {
      case "package.json" -> isManifestFolder(folder);
      case ".package-lock.json" -> folder.endsWith(FOLDER);
      case ".pnp.cjs", ".pnp.js" -> true;
      default -> false;
    };
  }

  /// Outside of `node_modules` it may be the application's; inside, only that of a package counts.
  /// What Debian ships in usr/share/nodejs belongs to dpkg.
  private static boolean isManifestFolder(String folder) {
    int at = folder.lastIndexOf(FOLDER + "/");
    while (at > 0 && folder.charAt(at - 1) != '/') {
      at = folder.lastIndexOf(FOLDER + "/", at - 1);
    }
    if (at < 0) {
      return !folder.endsWith(FOLDER) && !folder.startsWith("usr/share/nodejs/");
    }
    int start = at + FOLDER.length() + 1;
    int slash = folder.indexOf('/', start);
    return slash < 0
        ? folder.charAt(start) != '@'
        : folder.charAt(start) == '@' && folder.indexOf('/', slash + 1) < 0;
  }

  @Override
  public Result read(ImageFiles files) {
    NodeTree tree = new NodeTree(files);
    tree.findPackages();
    tree.findApplications();
    return tree.result();
  }
}

package dev.depslim.ecosystem.node;

import dev.depslim.ecosystem.SlimForm.Installed;
import dev.depslim.model.DepslimException;
import dev.depslim.syntax.SyntaxException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What lies in the `node_modules` of a folder and of the packages in it. Links are passed over:
/// they lead to folders of the user.
final class InstalledTree {
  private final Path root;
  private final List<Installed> found = new ArrayList<>();

  private InstalledTree(Path root) {
    this.root = root;
  }

  /// The packages below a folder, sorted by path.
  ///
  /// @param folders the folders of the user in it, `""` for itself
  static List<Installed> in(Path root, Iterable<String> folders) {
    InstalledTree tree = new InstalledTree(root);
    for (String folder : folders) {
      tree.modules(root.resolve(folder).normalize());
    }
    tree.found.sort((a, b) -> String.valueOf(a.path()).compareTo(String.valueOf(b.path())));
    return tree.found;
  }

  private void modules(Path owner) {
    for (Path folder : folders(owner.resolve("node_modules"))) {
      if (folder.getFileName().toString().startsWith("@")) {
        folders(folder).forEach(this::packageIn);
      } else {
        packageIn(folder);
      }
    }
  }

  private void packageIn(Path folder) {
    Path manifest = folder.resolve("package.json");
    if (!Files.isRegularFile(manifest)) {
      return;
    }
    String path = root.relativize(folder).toString().replace('\\', '/');
    try {
      InstalledManifest read = InstalledManifest.parse(Files.readAllBytes(manifest));
      String name = read.name() == null ? NpmName.ofFolder(path) : read.name();
      found.add(new Installed(name, read.version(), path, false));
    } catch (SyntaxException _) {
      found.add(new Installed(NpmName.ofFolder(path), null, path, false));
    } catch (IOException e) {
      throw new DepslimException.InvalidInput(manifest + ": cannot be read", e);
    }
    modules(folder);
  }

  /// Folders that are no links and not npm's own.
  private static List<Path> folders(Path parent) {
    List<Path> out = new ArrayList<>();
    if (!Files.isDirectory(parent, LinkOption.NOFOLLOW_LINKS)) {
      return out;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent)) {
      for (Path entry : entries) {
        boolean own = entry.getFileName().toString().startsWith(".");
        if (!own && Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
          out.add(entry);
        }
      }
    } catch (IOException e) {
      throw new DepslimException.InvalidInput(parent + ": cannot be listed", e);
    }
    return out;
  }
}

package dev.depslim.ecosystem.node;

import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.syntax.SyntaxException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// Names and versions of the user's own packages, as their package.json has them.
///
/// @param folder folder of the lock, `""` for the root of the tree
record OwnPackages(String folder, ProjectFiles files) {
  /// @param name that of the folder where package.json has none
  record Own(String name, @Nullable String version) {}

  /// The package in a folder.
  ///
  /// @param relative relative to the folder of the lock, `""` for that itself
  Own at(String relative) {
    byte[] bytes = files.read(resolve(folder, join(relative, "package.json")));
    if (bytes != null) {
      try {
        InstalledManifest manifest = InstalledManifest.parse(bytes);
        String name = manifest.name();
        if (name != null && !name.isBlank()) {
          return new Own(name, manifest.version());
        }
      } catch (SyntaxException _) {
        // reported where the manifest is read
      }
    }
    String path = resolve(folder, relative);
    return new Own(path.isEmpty() ? "." : NpmName.ofFolder(path), null);
  }

  private static String join(String folder, String name) {
    return folder.isEmpty() ? name : folder + "/" + name;
  }

  /// A relative path seen from a folder, without `.` and as far as possible without `..`.
  static String resolve(String folder, String relative) {
    Deque<String> out = new ArrayDeque<>();
    for (String segment : join(folder, relative).split("/", -1)) {
      if (segment.isEmpty() || segment.equals(".")) {
        continue;
      }
      if (segment.equals("..") && !out.isEmpty() && !out.getLast().equals("..")) {
        out.removeLast();
      } else {
        out.addLast(segment);
      }
    }
    return String.join("/", out);
  }
}

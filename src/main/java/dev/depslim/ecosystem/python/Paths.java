package dev.depslim.ecosystem.python;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// Paths relative to the analysed root, with `/`.
final class Paths {
  private Paths() {}

  /// The path that `target` names from within a folder, or null where it leaves the root or is
  /// absolute.
  ///
  /// @param folder `""` for the root
  static @Nullable String resolve(String folder, String target) {
    String written = target.replace('\\', '/');
    if (written.startsWith("/") || written.startsWith("~")) {
      return null;
    }
    Deque<String> out = new ArrayDeque<>();
    for (String segment : (folder + "/" + written).split("/", -1)) {
      if (segment.equals("..")) {
        if (out.pollLast() == null) {
          return null;
        }
      } else if (!segment.isEmpty() && !segment.equals(".")) {
        out.addLast(segment);
      }
    }
    return String.join("/", out);
  }

  /// A path below a folder.
  static String below(String folder, String name) {
    return folder.isEmpty() ? name : folder + "/" + name;
  }

  /// The folder of a path, `""` for the root.
  static String folder(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }

  /// The last segment of a path.
  static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}

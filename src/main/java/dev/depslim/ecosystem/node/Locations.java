package dev.depslim.ecosystem.node;

import java.util.ArrayDeque;
import java.util.Deque;

/// Places of a tree: paths relative to its root with `/`, `""` for the root itself.
final class Locations {
  static final String MODULES = "node_modules/";

  private Locations() {}

  /// Where a path leads that is written in a folder. What lies above the root begins with `..`, an
  /// absolute path stays absolute.
  static String resolve(String folder, String path) {
    String whole = path.startsWith("/") ? path : folder + "/" + path;
    Deque<String> parts = new ArrayDeque<>();
    for (String part : whole.split("/", -1)) {
      if (part.isEmpty() || part.equals(".")) {
        continue;
      }
      if (part.equals("..") && !parts.isEmpty() && !parts.getLast().equals("..")) {
        parts.removeLast();
      } else {
        parts.add(part);
      }
    }
    return (path.startsWith("/") ? "/" : "") + String.join("/", parts);
  }

  /// Whether the place lies in the `node_modules` of some folder.
  static boolean isInModules(String location) {
    return location.startsWith(MODULES) || location.contains("/" + MODULES);
  }

  /// Whether the place lies outside the root's folder.
  static boolean isOutside(String location) {
    return location.equals("..") || location.startsWith("../") || location.startsWith("/");
  }

  /// The folder in whose `node_modules` the place lies, by its path; -1 as the end where it lies in
  /// none.
  static int modulesAt(String location) {
    int at = location.lastIndexOf(MODULES);
    while (at > 0 && location.charAt(at - 1) != '/') {
      at = location.lastIndexOf(MODULES, at - 1);
    }
    return at;
  }

  /// The path of a `file:` spec or `resolved`.
  static String ofFile(String text) {
    String path = text.startsWith("file:") ? text.substring("file:".length()) : text;
    while (path.startsWith("//")) {
      path = path.substring(1);
    }
    boolean relative = path.startsWith("/./") || path.startsWith("/../");
    return relative ? path.substring(1) : path;
  }
}

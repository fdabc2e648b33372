package dev.depslim.ecosystem.node;

import org.jspecify.annotations.Nullable;

/// Names of packages, by the rules that npm applies to installed packages
/// (validate-npm-package-name, "valid for old packages").
public final class NpmName {
  private NpmName() {}

  /// Whether a package may have this name.
  public static boolean isValid(String name) {
    return problem(name) == null;
  }

  /// Why no package may have this name, or null where one may.
  public static @Nullable String problem(String name) {
    if (name.isEmpty()) {
      return "the name is empty";
    }
    char first = name.charAt(0);
    if (first == '.' || first == '_' || first == '-') {
      return "a name does not begin with '" + first + "'";
    }
    if (!name.strip().equals(name)) {
      return "a name has no space around it";
    }
    if (name.equalsIgnoreCase("node_modules") || name.equalsIgnoreCase("favicon.ico")) {
      return "this name is reserved";
    }
    int slash = name.indexOf('/');
    if (first == '@' && slash > 1 && slash < name.length() - 1) {
      if (name.charAt(slash + 1) == '.') {
        return "a name does not begin with '.'";
      }
      return isUrlSafe(name, 1, slash) && isUrlSafe(name, slash + 1, name.length())
          ? null
          : "a name has letters, digits and - _ . only";
    }
    if (first == '@') {
      return "a scoped name has the form @scope/name";
    }
    return isUrlSafe(name, 0, name.length()) ? null : "a name has letters, digits and - _ . only";
  }

  /// The name of the package that lies in a folder: its last segment, with the scope before it.
  public static String ofFolder(String path) {
    int slash = path.lastIndexOf('/');
    int before = slash < 0 ? -1 : path.lastIndexOf('/', slash - 1);
    boolean scoped = slash > 0 && path.charAt(before + 1) == '@';
    return path.substring((scoped ? before : slash) + 1);
  }

  /// What `encodeURIComponent` leaves as it is.
  private static boolean isUrlSafe(String text, int start, int end) {
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      boolean letterOrDigit = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
      if (!letterOrDigit && "-_.!~*'()".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }
}

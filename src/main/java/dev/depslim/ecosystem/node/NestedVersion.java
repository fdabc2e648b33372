package dev.depslim.ecosystem.node;

import org.jspecify.annotations.Nullable;

/// The `version` of lock version 1, which is a version, an alias, or where the package comes from.
final class NestedVersion {
  private static final String FILE = "file:";
  private static final String ALIAS = "npm:";

  private NestedVersion() {}

  /// Notes what the text says in the entry.
  ///
  /// @param folder the key of the entry
  static void apply(@Nullable String text, String folder, LockEntry entry) {
    if (text == null) {
      return;
    }
    if (text.startsWith(ALIAS)) {
      int at = text.indexOf('@', ALIAS.length() + 1);
      entry.name = text.substring(ALIAS.length(), at < 0 ? text.length() : at);
      entry.version = at < 0 ? null : text.substring(at + 1);
    } else if (SemVersion.parse(text) != null) {
      entry.version = text;
    } else if (text.startsWith(FILE) && NpmSpec.parse(text).type() == NpmSpec.Type.DIRECTORY) {
      entry.own = true;
      entry.name = folder;
      String target = text.substring(FILE.length());
      entry.path = target.startsWith("./") ? target.substring(2) : target;
    } else {
      entry.resolved = text;
      entry.version = text.startsWith("http") ? versionOfArchive(text) : null;
    }
  }

  /// The version in the address of a registry's archive, `/name/-/name-1.2.3.tgz`, or null.
  private static @Nullable String versionOfArchive(String url) {
    int dash = url.indexOf("/-/");
    if (dash < 0 || !url.endsWith(".tgz")) {
      return null;
    }
    String name = url.substring(url.lastIndexOf('/', dash - 1) + 1, dash);
    String file = url.substring(dash + "/-/".length(), url.length() - ".tgz".length());
    if (!file.startsWith(name + "-")) {
      return null;
    }
    String version = file.substring(name.length() + 1);
    return SemVersion.parse(version) != null ? version : null;
  }
}

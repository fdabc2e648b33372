package dev.depslim.ecosystem.node;

import dev.depslim.ecosystem.ProjectFiles;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What lies around a lock: the workspace that it may be inside of, and the packages of a
/// repository that Lerna links.
final class Workspaces {
  private static final String MANIFEST = "package.json";

  private Workspaces() {}

  /// Whether a folder is a member of the workspace of a folder above it: then package managers use
  /// the lock there and never look at one in the folder itself.
  static boolean isMember(ProjectFiles files, String folder) {
    String above = folder;
    while (!above.isEmpty()) {
      above = above.substring(0, Math.max(above.lastIndexOf('/'), 0));
      String path = folder.substring(above.isEmpty() ? 0 : above.length() + 1);
      WrittenManifest manifest = WrittenManifest.in(files, above);
      List<String> globs = manifest == null ? List.of() : manifest.workspaces();
      if (!globs.isEmpty() && WorkspaceGlobs.of(globs).match(path)) {
        return true;
      }
    }
    return false;
  }

  /// Names of the packages of a repository that Lerna manages: its `bootstrap` links them and keeps
  /// them out of locks. Empty without a lerna.json in the folder or above it.
  static Set<String> linkedByLerna(ProjectFiles files, String folder) {
    String at = folder;
    while (!files.exists(at.isEmpty() ? "lerna.json" : at + "/lerna.json")) {
      if (at.isEmpty()) {
        return Set.of();
      }
      at = at.substring(0, Math.max(at.lastIndexOf('/'), 0));
    }
    Set<String> names = new HashSet<>();
    for (String one : files.foldersWith(MANIFEST)) {
      if (at.isEmpty() || one.startsWith(at + "/")) {
        WrittenManifest manifest = WrittenManifest.in(files, one);
        String name = manifest == null ? null : manifest.name();
        if (name != null) {
          names.add(name);
        }
      }
    }
    return names;
  }
}

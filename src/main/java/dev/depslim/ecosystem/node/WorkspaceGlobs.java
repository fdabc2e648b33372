package dev.depslim.ecosystem.node;

import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/// The folder globs of `workspaces`; of those that match, the last one decides, and `!` excludes.
record WorkspaceGlobs(List<Glob> globs) {
  private record Glob(boolean excludes, PathMatcher matcher) {}

  WorkspaceGlobs {
    globs = List.copyOf(globs);
  }

  static WorkspaceGlobs of(List<String> globs) {
    List<Glob> out = new ArrayList<>(globs.size());
    for (String glob : globs) {
      boolean excludes = glob.startsWith("!");
      String pattern = excludes ? glob.substring(1) : glob;
      pattern = pattern.startsWith("./") ? pattern.substring(2) : pattern;
      pattern = pattern.endsWith("/") ? pattern.substring(0, pattern.length() - 1) : pattern;
      out.add(new Glob(excludes, matcher(pattern)));
    }
    return new WorkspaceGlobs(out);
  }

  /// Whether the folder is a member.
  ///
  /// @param path relative to the folder that states the globs, with `/`
  boolean match(String path) {
    if (globs.isEmpty()) {
      return false;
    }
    Path folder;
    try {
      folder = Path.of(path);
    } catch (InvalidPathException _) {
      return false;
    }
    boolean member = false;
    for (Glob glob : globs) {
      if (glob.matcher.matches(folder)) {
        member = !glob.excludes;
      }
    }
    return member;
  }

  private static PathMatcher matcher(String pattern) {
    try {
      return FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    } catch (PatternSyntaxException _) {
      return path -> path.toString().equals(pattern);
    }
  }
}

package dev.depslim.ecosystem.node;

import dev.depslim.model.PathPattern;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// The folder globs of `workspaces`; of those that match, the last one decides, and `!` excludes.
/// `**` stands for any number of folders, also for none.
record WorkspaceGlobs(List<Glob> globs) {
  private record Glob(boolean excludes, PathPattern pattern) {}

  WorkspaceGlobs {
    globs = List.copyOf(globs);
  }

  static WorkspaceGlobs of(List<String> globs) {
    List<Glob> out = new ArrayList<>(globs.size());
    for (String glob : globs) {
      boolean excludes = glob.startsWith("!");
      String pattern = excludes ? glob.substring(1) : glob;
      while (pattern.startsWith("./") || pattern.startsWith("/")) {
        pattern = pattern.substring(pattern.indexOf('/') + 1);
      }
      pattern = pattern.endsWith("/") ? pattern.substring(0, pattern.length() - 1) : pattern;
      out.add(new Glob(excludes, pattern(pattern)));
    }
    return new WorkspaceGlobs(out);
  }

  /// Whether the folder is a member.
  ///
  /// @param path relative to the folder that states the globs, with `/`
  boolean match(String path) {
    String folder = path + "/";
    boolean member = false;
    for (Glob glob : globs) {
      if (glob.pattern.matches(folder)) {
        member = !glob.excludes;
      }
    }
    return member;
  }

  private static PathPattern pattern(String glob) {
    PathPattern.Builder out = new PathPattern.Builder();
    boolean[] choices = choices(glob);
    int lastBracket = glob.lastIndexOf(']');
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      boolean begins = i == 0 || glob.charAt(i - 1) == '/';
      if (begins && isFolders(glob, i)) {
        out.folders(false);
        i += 2;
        continue;
      }
      switch (c) {
        case '*' -> (begins ? out.noDot() : out).run();
        case '?' -> out.one();
        case '[' -> {
          int end = i + 2 > lastBracket ? -1 : glob.indexOf(']', i + 2);
          if (end < 0) {
            out.text(c);
          } else {
            out.set(glob.substring(i + 1, end));
            i = end;
          }
        }
        case '{', '}', ',' -> choice(out, c, choices[i]);
        default -> out.text(c);
      }
    }
    return (isFolders(glob, glob.length() - 2) ? out : out.text('/')).build();
  }

  /// Whether a segment `**` begins here.
  private static boolean isFolders(String glob, int at) {
    return at >= 0
        && glob.startsWith("**", at)
        && (at == 0 || glob.charAt(at - 1) == '/')
        && (at + 2 == glob.length() || glob.charAt(at + 2) == '/');
  }

  private static void choice(PathPattern.Builder out, char c, boolean counts) {
    if (!counts) {
      out.text(c);
      return;
    }
    switch (c) {
      case '{' -> out.open();
      case ',' -> out.or();
      default -> out.close();
    }
  }

  /// Which of the braces and commas belong to a choice: those of a brace that is closed.
  private static boolean[] choices(String glob) {
    boolean[] counts = new boolean[glob.length()];
    Deque<Integer> open = new ArrayDeque<>();
    for (int i = 0; i < glob.length(); i++) {
      if (glob.charAt(i) == '{') {
        open.push(i);
      } else if (glob.charAt(i) == '}' && !open.isEmpty()) {
        counts[open.pop()] = true;
        counts[i] = true;
      }
    }
    int depth = 0;
    for (int i = 0; i < glob.length(); i++) {
      switch (glob.charAt(i)) {
        case '{' -> depth += counts[i] ? 1 : 0;
        case '}' -> depth -= counts[i] ? 1 : 0;
        case ',' -> counts[i] = depth > 0;
        default -> {}
      }
    }
    return counts;
  }
}

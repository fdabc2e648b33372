package dev.depslim.ecosystem.node;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// The folder globs of `workspaces`; of those that match, the last one decides, and `!` excludes.
/// `**` stands for any number of folders, also for none.
record WorkspaceGlobs(List<Glob> globs) {
  private record Glob(boolean excludes, Pattern pattern) {}

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
      if (glob.pattern.matcher(folder).matches()) {
        member = !glob.excludes;
      }
    }
    return member;
  }

  private static Pattern pattern(String glob) {
    StringBuilder regex = new StringBuilder();
    for (String segment : glob.split("/", -1)) {
      if (segment.equals("**")) {
        regex.append("(?:(?![.])[^/]+/)*");
      } else {
        regex.append(segment.startsWith("*") ? "(?![.])" : "");
        segment(regex, segment);
        regex.append('/');
      }
    }
    try {
      return Pattern.compile(regex.toString());
    } catch (PatternSyntaxException _) {
      return Pattern.compile(Pattern.quote(glob + "/"));
    }
  }

  private static void segment(StringBuilder regex, String segment) {
    int open = 0;
    for (int i = 0; i < segment.length(); i++) {
      char c = segment.charAt(i);
      switch (c) {
        case '*' -> regex.append("[^/]*");
        case '?' -> regex.append("[^/]");
        case '{' -> {
          open++;
          regex.append("(?:");
        }
        case '}' -> regex.append(open-- > 0 ? ")" : "\\}");
        case ',' -> regex.append(open > 0 ? "|" : ",");
        case '[', ']' -> regex.append(c);
        case '!' -> regex.append(i > 0 && segment.charAt(i - 1) == '[' ? "^" : "!");
        default -> regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
  }
}

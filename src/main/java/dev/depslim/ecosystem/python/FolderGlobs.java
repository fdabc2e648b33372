package dev.depslim.ecosystem.python;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Globs of folders as uv reads them for the members of a workspace: `*` within a name, `**` for
/// any folders.
record FolderGlobs(List<Pattern> patterns) {
  FolderGlobs {
    patterns = List.copyOf(patterns);
  }

  static FolderGlobs of(List<String> globs) {
    List<Pattern> out = new ArrayList<>();
    for (String glob : globs) {
      String text = glob.startsWith("./") ? glob.substring(2) : glob;
      text = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
      StringBuilder regex = new StringBuilder();
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (c == '*' && i + 1 < text.length() && text.charAt(i + 1) == '*') {
          regex.append(".*");
          i++;
        } else if (c == '*') {
          regex.append("[^/.][^/]*");
        } else if (c == '?') {
          regex.append("[^/]");
        } else {
          regex.append(Pattern.quote(String.valueOf(c)));
        }
      }
      out.add(Pattern.compile(regex.toString()));
    }
    return new FolderGlobs(out);
  }

  /// Whether any glob names the folder.
  boolean match(String path) {
    return patterns.stream().anyMatch(pattern -> pattern.matcher(path).matches());
  }
}

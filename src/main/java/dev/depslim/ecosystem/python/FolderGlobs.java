package dev.depslim.ecosystem.python;

import dev.depslim.model.PathPattern;
import java.util.ArrayList;
import java.util.List;

/// Globs of folders as uv reads them for the members of a workspace: `*` within a name, `**` for
/// any folders.
record FolderGlobs(List<PathPattern> patterns) {
  FolderGlobs {
    patterns = List.copyOf(patterns);
  }

  static FolderGlobs of(List<String> globs) {
    List<PathPattern> out = new ArrayList<>();
    for (String glob : globs) {
      String text = glob.startsWith("./") ? glob.substring(2) : glob;
      text = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
      PathPattern.Builder pattern = new PathPattern.Builder();
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (c == '*' && i + 1 < text.length() && text.charAt(i + 1) == '*') {
          pattern.all();
          i++;
        } else if (c == '*') {
          pattern.noDot().one().run();
        } else if (c == '?') {
          pattern.one();
        } else {
          pattern.text(c);
        }
      }
      out.add(pattern.build());
    }
    return new FolderGlobs(out);
  }

  /// Whether any glob names the folder.
  boolean match(String path) {
    return patterns.stream().anyMatch(pattern -> pattern.matches(path));
  }
}

package dev.depslim.project;

import dev.depslim.model.PathPattern;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rules of one `.gitignore` file, after gitignore(5): the last line that matches decides.
final class IgnoreRules {
  /// What a path or a name is held against: most lines need no pattern.
  private sealed interface Match {
    boolean matches(String text);

    record Same(String text) implements Match {
      @Override
      public boolean matches(String other) {
        return text.equals(other);
      }
    }

    /// `*.log`, for names.
    record Suffix(String end) implements Match {
      @Override
      public boolean matches(String name) {
        return name.endsWith(end);
      }
    }

    record Wild(PathPattern pattern) implements Match {
      @Override
      public boolean matches(String text) {
        return pattern.matches(text);
      }
    }
  }

  private record Line(Match match, boolean negated, boolean foldersOnly, boolean nameOnly) {}

  private final List<Line> lines;

  private IgnoreRules(List<Line> lines) {
    this.lines = lines;
  }

  /// The rules of a file's text.
  static IgnoreRules parse(String text) {
    List<Line> lines = new ArrayList<>();
    text.lines()
        .map(IgnoreRules::line)
        .forEach(line -> {
          if (line != null) {
            lines.add(line);
          }
        });
    return new IgnoreRules(lines);
  }

  /// Whether the path is ignored, kept, or not spoken of.
  ///
  /// @param path relative to the folder of the rules
  /// @return true ignored, false kept by a `!` line, null where no line matches
  @Nullable Boolean verdict(String path, boolean folder) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    for (int i = lines.size() - 1; i >= 0; i--) {
      Line line = lines.get(i);
      if (line.foldersOnly && !folder) {
        continue;
      }
      if (line.match.matches(line.nameOnly ? name : path)) {
        return !line.negated;
      }
    }
    return null;
  }

  private static @Nullable Line line(String raw) {
    int end = raw.length();
    while (end > 0 && raw.charAt(end - 1) == ' ' && (end < 2 || raw.charAt(end - 2) != '\\')) {
      end--;
    }
    String text = raw.substring(0, end);
    if (text.isEmpty() || text.startsWith("#")) {
      return null;
    }
    boolean negated = text.startsWith("!");
    if (negated) {
      text = text.substring(1);
    }
    boolean foldersOnly = text.endsWith("/");
    if (foldersOnly) {
      text = text.substring(0, text.length() - 1);
    }
    boolean anchored = text.indexOf('/') >= 0;
    if (text.startsWith("/")) {
      text = text.substring(1);
    }
    if (text.isEmpty()) {
      return null;
    }
    return new Line(match(text, !anchored), negated, foldersOnly, !anchored);
  }

  private static Match match(String glob, boolean nameOnly) {
    if (isLiteral(glob)) {
      return new Match.Same(glob);
    }
    if (nameOnly && glob.startsWith("*") && isLiteral(glob.substring(1))) {
      return new Match.Suffix(glob.substring(1));
    }
    return new Match.Wild(compile(glob));
  }

  private static boolean isLiteral(String glob) {
    return glob.chars().noneMatch(c -> c == '*' || c == '?' || c == '[' || c == '\\');
  }

  private static PathPattern compile(String glob) {
    PathPattern.Builder out = new PathPattern.Builder();
    int lastBracket = glob.lastIndexOf(']');
    int i = 0;
    while (i < glob.length()) {
      char c = glob.charAt(i);
      if (glob.startsWith("**/", i)) {
        out.open().all().text('/').or().close();
        i += 3;
      } else if (glob.startsWith("/**", i) && i + 3 == glob.length()) {
        out.text('/').all();
        i += 3;
      } else if (c == '*') {
        out.run();
        i++;
      } else if (c == '?') {
        out.one();
        i++;
      } else if (c == '[' && i + 2 <= lastBracket) {
        int end = glob.indexOf(']', i + 2);
        out.set(glob.substring(i + 1, end));
        i = end + 1;
      } else {
        if (c == '\\' && i + 1 < glob.length()) {
          c = glob.charAt(++i);
        }
        out.text(c);
        i++;
      }
    }
    return out.build();
  }
}

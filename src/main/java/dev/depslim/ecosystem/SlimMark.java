package dev.depslim.ecosystem;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The mark of a folder that slim forms were written into: the first line of its `MINIMIZE.md`
/// names the files, so that they are not taken for a project of their own.
///
/// @param own files with names that no original has, relative to the folder
/// @param likeOriginals files with the name of what they replace
public record SlimMark(List<String> own, List<String> likeOriginals) {
  /// The file that carries the mark.
  public static final String FILE = "MINIMIZE.md";

  private static final String START = "<!-- written by depslim minimize:";
  private static final String END = " -->";

  public SlimMark {
    own = List.copyOf(own);
    likeOriginals = List.copyOf(likeOriginals);
  }

  /// The line.
  public String line() {
    StringBuilder line = new StringBuilder(START);
    own.forEach(name -> line.append(' ').append(escaped(name)));
    if (!likeOriginals.isEmpty()) {
      line.append(" ;");
      likeOriginals.forEach(name -> line.append(' ').append(escaped(name)));
    }
    return line.append(END).toString();
  }

  private static String escaped(String name) {
    return name.replace("%", "%25").replace(" ", "%20").replace("\n", "%0A");
  }

  private static String plain(String name) {
    return name.replace("%0A", "\n").replace("%20", " ").replace("%25", "%");
  }

  /// The mark of a `MINIMIZE.md`, or null where it carries none.
  public static @Nullable SlimMark of(String text) {
    int end = text.indexOf('\n');
    String line = (end < 0 ? text : text.substring(0, end)).stripTrailing();
    if (!line.startsWith(START) || !line.endsWith(END)) {
      return null;
    }
    List<String> own = new ArrayList<>();
    List<String> likeOriginals = new ArrayList<>();
    List<String> names = own;
    for (String word :
        line.substring(START.length(), line.length() - END.length()).split(" ", -1)) {
      if (word.equals(";")) {
        names = likeOriginals;
      } else if (!word.isEmpty()) {
        names.add(plain(word));
      }
    }
    return new SlimMark(own, likeOriginals);
  }

  /// The files that are no part of any project. A folder with nothing but a slim form in it is none
  /// at all, unless it is the one that was asked for; elsewhere a file with the name of an original
  /// may be the original.
  ///
  /// @param beside names of all files of the folder
  /// @param root whether the folder is the one that was asked for
  public List<String> notProject(Iterable<String> beside, boolean root) {
    boolean alone = true;
    for (String name : beside) {
      alone &=
          name.equals(FILE)
              || name.endsWith(".bak")
              || own.contains(name)
              || likeOriginals.contains(name);
    }
    if (!alone) {
      return own;
    }
    List<String> all = new ArrayList<>();
    if (!root) {
      all.addAll(own);
      all.addAll(likeOriginals);
    }
    return all;
  }
}

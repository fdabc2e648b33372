package dev.depslim.ecosystem.node;

import java.util.ArrayList;
import java.util.List;

/// Cuts a script of a package.json into its commands, each a list of words without their quotes.
/// Variables are not replaced; what cannot be told is a word as it stands.
final class Shell {
  private Shell() {}

  /// The commands of a line, in order, whatever joins them (`&&`, `||`, `;`, `|`, `&`, brackets).
  static List<List<String>> commands(String line) {
    List<List<String>> commands = new ArrayList<>();
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean inWord = false;
    char quote = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quote != 0) {
        if (c == quote) {
          quote = 0;
        } else if (c == '\\' && quote == '"' && i + 1 < line.length()) {
          word.append(line.charAt(++i));
        } else {
          word.append(c);
        }
      } else if (c == '"' || c == '\'') {
        quote = c;
        inWord = true;
      } else if (c == '\\' && i + 1 < line.length()) {
        word.append(line.charAt(++i));
        inWord = true;
      } else if (Character.isWhitespace(c) || ";|&()`".indexOf(c) >= 0) {
        if (inWord) {
          words.add(word.toString());
          word.setLength(0);
          inWord = false;
        }
        if (c == '\n' || !Character.isWhitespace(c)) {
          end(words, commands);
          words = new ArrayList<>();
        }
      } else {
        word.append(c);
        inWord = true;
      }
    }
    if (inWord) {
      words.add(word.toString());
    }
    end(words, commands);
    return commands;
  }

  private static void end(List<String> words, List<List<String>> commands) {
    if (!words.isEmpty()) {
      commands.add(words);
    }
  }
}

package dev.depslim.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Words and numbers for people. A width is counted in code points, each one column wide.
final class Words {
  private Words() {}

  /// A number with thousands separators, such as `1,204`.
  static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /// A number and a noun, such as `1 package` or `1,204 packages`.
  static String count(long number, String noun) {
    return number(number) + " " + plural(number, noun);
  }

  /// The noun for so many, such as `dependencies`.
  static String plural(long number, String noun) {
    if (number == 1) {
      return noun;
    }
    if (noun.matches(".*[^aeiou]y")) {
      return noun.substring(0, noun.length() - 1) + "ies";
    }
    return noun.endsWith("ch") ? noun + "es" : noun + "s";
  }

  /// Such as `a`, `a and b` or `a, b and c`.
  static String and(List<String> words) {
    int last = words.size() - 1;
    return last < 1
        ? String.join("", words)
        : String.join(", ", words.subList(0, last)) + " and " + words.get(last);
  }

  /// The first few, such as `a, b and 3 more`.
  static String few(List<String> words, int shown) {
    if (words.size() <= shown) {
      return and(words);
    }
    return String.join(", ", words.subList(0, shown)) + " and " + (words.size() - shown) + " more";
  }

  /// Columns of a text.
  static int width(String text) {
    return text.codePointCount(0, text.length());
  }

  /// The text, cut with `…` where it is wider.
  static String cut(String text, int width) {
    if (width(text) <= width) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(0, Math.max(0, width - 1))).stripTrailing()
        + "…";
  }

  /// The text in lines of the width; a word that is wider stays whole.
  static List<String> wrap(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.strip().split(" +", -1)) {
      if (!line.isEmpty() && width(line.toString()) + 1 + width(word) > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  /// The text without control characters: a name from the input must not steer the terminal.
  static String clean(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (isControl(text.charAt(i))) {
        return cleaned(text);
      }
    }
    return text;
  }

  private static String cleaned(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      out.append(c == '\n' || c == '\t' || c == '\r' ? ' ' : isControl(c) ? '�' : c);
    }
    return out.toString();
  }

  /// Control characters, and those that turn the direction of writing.
  private static boolean isControl(char c) {
    return Character.isISOControl(c)
        || (c >= '\u202a' && c <= '\u202e')
        || (c >= '\u2066' && c <= '\u2069');
  }
}

package dev.depslim.syntax;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The dates and times of TOML, after RFC 3339; seconds may be left out.
final class TomlTimes {
  private TomlTimes() {}

  /// Only loaded where a document has a time.
  private static final class Form {
    static final Pattern TIME =
        Pattern.compile(
            "(?:(\\d{4})-(\\d\\d)-(\\d\\d))?(?:(?<=\\d)[Tt ](?=\\d))?"
                + "(?:(\\d\\d):(\\d\\d)(?::(\\d\\d)(?:\\.\\d+)?)?"
                + "([Zz]|[+-](\\d\\d):(\\d\\d))?)?");
  }

  /// Whether it can only be a date or a time: `2024-`… or `10:`….
  static boolean looksLikeTime(String word) {
    return word.length() >= 5
        && isDigit(word, 0)
        && isDigit(word, 1)
        && (word.charAt(2) == ':' || isDigit(word, 2) && isDigit(word, 3) && word.charAt(4) == '-');
  }

  /// Whether it is one.
  static boolean isTime(String word) {
    Matcher form = word.length() > 60 ? null : Form.TIME.matcher(word);
    if (form == null || !form.matches()) {
      return false;
    }
    boolean dated = form.group(1) != null;
    boolean timed = form.group(4) != null;
    char last = word.charAt(word.length() - 1);
    if (dated && timed && word.charAt(10) >= '0' && word.charAt(10) <= '9'
        || !timed && (!dated || !Character.isDigit(last))
        || !dated && form.group(7) != null) {
      return false;
    }
    return (!dated || isDate(form)) && (!timed || isClock(form));
  }

  private static boolean isDate(Matcher form) {
    try {
      LocalDate.of(number(form, 1), number(form, 2), number(form, 3));
      return true;
    } catch (DateTimeException _) {
      return false;
    }
  }

  private static boolean isClock(Matcher form) {
    return number(form, 4) < 24
        && number(form, 5) < 60
        && number(form, 6) <= 60
        && number(form, 8) < 24
        && number(form, 9) < 60;
  }

  private static int number(Matcher form, int group) {
    String digits = form.group(group);
    return digits == null ? 0 : Integer.parseInt(digits);
  }

  private static boolean isDigit(String word, int at) {
    return word.charAt(at) >= '0' && word.charAt(at) <= '9';
  }
}

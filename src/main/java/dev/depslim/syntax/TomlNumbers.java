package dev.depslim.syntax;

import org.jspecify.annotations.Nullable;

/// The numbers of TOML.
final class TomlNumbers {
  private TomlNumbers() {}

  /// The number that a word is: whole ones in decimal digits, others as written without `_`; null
  /// where it is none.
  static @Nullable String read(String word) {
    if (word.startsWith("0x") || word.startsWith("0o") || word.startsWith("0b")) {
      int radix = word.charAt(1) == 'x' ? 16 : word.charAt(1) == 'o' ? 8 : 2;
      String digits = digits(word.substring(2), radix);
      return digits == null ? null : new java.math.BigInteger(digits, radix).toString();
    }
    boolean signed = word.startsWith("+") || word.startsWith("-");
    String sign = word.startsWith("-") ? "-" : "";
    String rest = signed ? word.substring(1) : word;
    if (rest.equals("inf") || rest.equals("nan")) {
      return sign + rest;
    }
    int exponent = Math.max(rest.indexOf('e'), rest.indexOf('E'));
    String power = exponent < 0 ? "" : power(rest.substring(exponent + 1));
    String mantissa = exponent < 0 ? rest : rest.substring(0, exponent);
    int dot = mantissa.indexOf('.');
    String whole = digits(dot < 0 ? mantissa : mantissa.substring(0, dot), 10);
    String part = dot < 0 ? "" : digits(mantissa.substring(dot + 1), 10);
    if (whole == null || part == null || power == null) {
      return null;
    }
    if (whole.length() > 1 && whole.charAt(0) == '0') {
      return null; // a zero before a number means octal elsewhere, and nothing here
    }
    return sign + whole + (dot < 0 ? "" : "." + part) + power;
  }

  private static @Nullable String power(String text) {
    boolean signed = text.startsWith("+") || text.startsWith("-");
    String digits = digits(signed ? text.substring(1) : text, 10);
    return digits == null ? null : "e" + (text.startsWith("-") ? "-" : "") + digits;
  }

  /// The digits without `_`, which stand between digits only.
  private static @Nullable String digits(String text, int radix) {
    if (text.isEmpty() || text.length() > 10_000) {
      return null;
    }
    boolean underscores = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '_') {
        underscores = true;
        if (i == 0 || i + 1 == text.length() || text.charAt(i - 1) == '_') {
          return null;
        }
      } else if (c > 'f' || Character.digit(c, radix) < 0) {
        return null;
      }
    }
    return underscores ? text.replace("_", "") : text;
  }
}

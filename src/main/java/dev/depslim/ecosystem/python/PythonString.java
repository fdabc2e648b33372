package dev.depslim.ecosystem.python;

import org.jspecify.annotations.Nullable;

/// String literals of Python ("String and Bytes literals" of its reference).
final class PythonString {
  private PythonString() {}

  /// The value of what stands between the quotes, or null where an escape is broken. An unknown
  /// escape stays as it is.
  static @Nullable String unescape(String body) {
    if (body.indexOf('\\') < 0) {
      return body;
    }
    StringBuilder out = new StringBuilder(body.length());
    for (int i = 0; i < body.length(); i++) {
      char c = body.charAt(i);
      if (c != '\\') {
        out.append(c);
        continue;
      }
      if (++i == body.length()) {
        return null;
      }
      char escape = body.charAt(i);
      int digits = hexDigits(escape);
      if (digits > 0) {
        int code = number(body, i + 1, digits, 16);
        if (!Character.isValidCodePoint(code)) {
          return null;
        }
        out.appendCodePoint(code);
        i += digits;
      } else if (escape >= '0' && escape <= '7') {
        int length = 1;
        while (length < 3 && number(body, i, length + 1, 8) >= 0) {
          length++;
        }
        out.appendCodePoint(number(body, i, length, 8));
        i += length - 1;
      } else if (escape == 'N') {
        return null;
      } else {
        int plain = "\\'\"abfnrtv".indexOf(escape);
        if (plain < 0) {
          out.append(c).append(escape);
        } else {
          out.append("\\'\"\u0007\b\f\n\r\t\u000b".charAt(plain));
        }
      }
    }
    return out.toString();
  }

  private static int hexDigits(char escape) {
    return switch (escape) {
      case 'x' -> 2;
      case 'u' -> 4;
      case 'U' -> 8;
      default -> 0;
    };
  }

  /// The number that exactly `length` digits spell, or -1.
  private static int number(String text, int from, int length, int radix) {
    if (from + length > text.length()) {
      return -1;
    }
    long value = 0;
    for (int i = from; i < from + length; i++) {
      int digit = Character.digit(text.charAt(i), radix);
      if (digit < 0 || text.charAt(i) > 'f') {
        return -1;
      }
      value = value * radix + digit;
    }
    return value > Character.MAX_CODE_POINT ? -1 : (int) value;
  }
}

package dev.depslim.syntax;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Which characters a line-wise reader of YAML can take for what they seem to be.
final class YamlCharacters {
  private YamlCharacters() {}

  /// Whether the text is UTF-8 without tabs, control characters and line ends other than `\n` and
  /// `\r\n`.
  static boolean arePlain(byte[] bytes) {
    boolean ascii = true;
    for (int i = Json.skipByteOrderMark(bytes); i < bytes.length; i++) {
      byte c = bytes[i];
      if (c < ' ') {
        if (c < 0) {
          ascii = false;
        } else if (c == '\r' ? i + 1 == bytes.length || bytes[i + 1] != '\n' : c != '\n') {
          return false;
        }
      } else if (c == 0x7F) {
        return false;
      }
    }
    return ascii || isPlainText(bytes);
  }

  private static boolean isPlainText(byte[] bytes) {
    int start = Json.skipByteOrderMark(bytes);
    CharBuffer text;
    try {
      text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(bytes, start, bytes.length - start));
    } catch (CharacterCodingException _) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean special =
          c >= 0x80 && c < 0xA0 || c == 0x2028 || c == 0x2029 || c == 0xFEFF || c >= 0xFFFE;
      if (special) {
        return false;
      }
    }
    return true;
  }
}

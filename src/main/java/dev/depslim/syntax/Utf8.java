package dev.depslim.syntax;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/// Whether bytes are text in UTF-8.
public final class Utf8 {
  /// What to say where they are not.
  public static final String MESSAGE = "this is no UTF-8 text from here on: save the file as UTF-8";

  private Utf8() {}

  /// Where the first byte stands that is no part of a character, or -1.
  public static int firstMistake(byte[] bytes, int from) {
    boolean ascii = true;
    for (int i = from; i < bytes.length && ascii; i++) {
      ascii = bytes[i] >= 0;
    }
    if (ascii) {
      return -1;
    }
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes, from, bytes.length - from);
    CharBuffer out = CharBuffer.allocate(8192);
    CoderResult result;
    do {
      out.clear();
      result = decoder.decode(in, out, true);
    } while (result.isOverflow());
    return result.isError() ? in.position() : -1;
  }
}

package dev.depslim.image.layer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Base64;

/// An archive as tar-split keeps it (vbatts/tar-split, `tar/storage`; unpacked): JSON lines that
/// hold everything of the archive but the contents, and of each content its size and CRC-64. An
/// engine makes the archives that it gives away from these and from its folders.
///
/// The lines are taken apart by hand, in the order of fields in which Go writes them; whatever
/// looks otherwise is a [LayerException].
public final class TarSplitInput extends TarInput implements Closeable {
  /// Where the contents are.
  @FunctionalInterface
  public interface Contents {
    /// Reads a whole content into `target`, from `start`.
    ///
    /// @param name as the archive has it
    /// @param count the size that it has to have
    void read(String name, byte[] target, int start, int count) throws IOException;
  }

  private static final byte[] SEGMENT = "{\"type\":2,\"payload\":\"".getBytes(US_ASCII);
  private static final byte[] FILE = "{\"type\":1,\"name".getBytes(US_ASCII);
  private static final byte[] PLAIN = "\":\"".getBytes(US_ASCII);
  private static final byte[] RAW = "_raw\":\"".getBytes(US_ASCII);
  private static final byte[] SIZE = ",\"size\":".getBytes(US_ASCII);
  private static final byte[] PAYLOAD = ",\"payload\":".getBytes(US_ASCII);
  private static final byte[] NULL = "null".getBytes(US_ASCII);
  private static final byte[] POSITION = ",\"position\":".getBytes(US_ASCII);

  /// The longest line: headers are small, but an archive may end in many zeros.
  private static final int MAX_LINE = 64 << 20;

  /// Zero bytes at [#end], so that no comparison runs beyond it unseen.
  private static final int SLACK = 32;

  /// Most of a header is zeros, which are `A` in base 64.
  private static final byte[] ZEROS = new byte[3 << 10];

  private static final byte[] ZEROS_IN_BASE_64 = new byte[4 << 10];
  private static final byte[] BASE_64 = new byte[256];

  static {
    Arrays.fill(ZEROS_IN_BASE_64, (byte) 'A');
    Arrays.fill(BASE_64, (byte) -1);
    String digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (int i = 0; i < digits.length(); i++) {
      BASE_64[digits.charAt(i)] = (byte) i;
    }
  }

  private final InputStream in;
  private final Contents contents;
  private byte[] text = new byte[1 << 16];
  private int at;
  private int end;
  private boolean ended;

  /// The content that comes next; 0 where a header does.
  private long pending;

  private long checksum;
  private int nameStart;
  private int nameEnd;
  private boolean rawName;

  /// @param in the lines, unpacked
  public TarSplitInput(InputStream in, Contents contents) {
    super(1 << 16);
    this.in = in;
    this.contents = contents;
  }

  @Override
  boolean fill(int count) throws IOException {
    System.arraycopy(window, position, window, 0, limit - position);
    limit -= position;
    position = 0;
    while (limit < count) {
      if (pending > 0) {
        throw damaged();
      }
      if (!next()) {
        return false;
      }
    }
    return true;
  }

  @Override
  void skipBeyond(long count) throws IOException {
    for (long left = count; left > 0; ) {
      position = 0;
      limit = 0;
      if (pending == 0 && !next()) {
        throw new EOFException();
      }
      if (pending > left) {
        throw damaged();
      }
      limitOffset += pending;
      left -= pending;
      pending = 0;
      position = (int) Math.min(left, limit);
      left -= position;
    }
  }

  @Override
  void readBeyond(byte[] target, int start, int count) throws IOException {
    if (pending == 0) {
      next();
    }
    if (pending != count) {
      throw damaged();
    }
    contents.read(name(), target, start, count);
    position = 0;
    limit = 0;
    limitOffset += count;
    pending = 0;
  }

  @Override
  ContentHash.Value knownHash(long count) throws IOException {
    if (pending == 0) {
      next();
    }
    if (pending != count) {
      throw damaged();
    }
    return new ContentHash.Value(checksum, 1);
  }

  /// Reads what is left, which checks the checksum of a packed input.
  public void drain() throws IOException {
    while (in.read(text) >= 0) {
      // nothing in it counts
    }
  }

  private String name() {
    if (rawName) {
      byte[] raw = Base64.getDecoder().decode(Arrays.copyOfRange(text, nameStart, nameEnd));
      return new String(raw, UTF_8);
    }
    String name = new String(text, nameStart, nameEnd - nameStart, UTF_8);
    return name.indexOf('\\') < 0 ? name : unescaped(name);
  }

  private static String unescaped(String name) {
    StringBuilder out = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '\\') {
        c = name.charAt(++i);
        switch (c) {
          case 'b' -> c = '\b';
          case 'f' -> c = '\f';
          case 'n' -> c = '\n';
          case 'r' -> c = '\r';
          case 't' -> c = '\t';
          case 'u' -> {
            c = (char) Integer.parseInt(name, i + 1, i + 5, 16);
            i += 4;
          }
          default -> {}
        }
      }
      out.append(c);
    }
    return out.toString();
  }

  /// Takes the next line: a segment goes to the window, a file to [#pending]; false at the end.
  private boolean next() throws IOException {
    while (true) {
      if (at == end && !load()) {
        return false;
      }
      int begin = at;
      if (line()) {
        return true;
      }
      at = begin;
      if (!load()) {
        throw damaged();
      }
    }
  }

  /// Gets more text behind what is left; false at the end.
  private boolean load() throws IOException {
    System.arraycopy(text, at, text, 0, end - at);
    end -= at;
    at = 0;
    if (end > (text.length >> 1)) {
      if (text.length >= MAX_LINE) {
        throw damaged();
      }
      text = Arrays.copyOf(text, 2 * text.length);
    }
    int before = end;
    while (!ended && end < text.length - SLACK) {
      int count = in.read(text, end, text.length - SLACK - end);
      ended = count < 0;
      end += Math.max(0, count);
    }
    Arrays.fill(text, end, end + SLACK, (byte) 0);
    return end > before;
  }

  /// Takes a line apart; false where it runs out of the text that is there.
  private boolean line() throws IOException {
    if (has(SEGMENT)) {
      int to = segment();
      if (to < 0 || !tail()) {
        return false;
      }
      limitOffset += to - limit;
      limit = to;
      return true;
    }
    return has(FILE) ? file() : isShort();
  }

  private boolean has(byte[] word) {
    for (int i = 0; i < word.length; i++) {
      if (text[at + i] != word[i]) {
        return false;
      }
    }
    at += word.length;
    return true;
  }

  /// False, as the text that is there ends; where it does not, it is no such line.
  private boolean isShort() throws LayerException {
    if (at < end - SLACK) {
      throw damaged();
    }
    return false;
  }

  private boolean file() throws IOException {
    boolean raw = has(RAW);
    if (!raw && !has(PLAIN)) {
      return isShort();
    }
    int start = at;
    while (text[at] != '"') {
      if (text[at] == 0) {
        return false;
      }
      at += text[at] == '\\' ? 2 : 1;
    }
    int stop = at++;
    long size = has(SIZE) ? number() : 0;
    if (!has(PAYLOAD)) {
      return isShort();
    }
    long sum = 0;
    if (!has(NULL)) {
      at++;
      int to = decode(limit);
      if (to != limit + Long.BYTES) {
        return to < 0 ? false : isShort();
      }
      for (int i = limit; i < to; i++) {
        sum = sum << 8 | window[i] & 255;
      }
    }
    if (at < end && text[at] == '"') {
      at++;
    }
    if (!tail()) {
      return false;
    }
    pending = size;
    checksum = sum;
    nameStart = start;
    nameEnd = stop;
    rawName = raw;
    return true;
  }

  private long number() {
    long value = 0;
    for (; text[at] >= '0' && text[at] <= '9'; at++) {
      value = 10 * value + text[at] - '0';
    }
    return value;
  }

  /// The position and the end of the line.
  private boolean tail() throws LayerException {
    if (!has(POSITION)) {
      return isShort();
    }
    number();
    if (text[at] != '}' || text[at + 1] != '\n') {
      return isShort();
    }
    at += 2;
    return true;
  }

  private int segment() throws LayerException {
    int to = decode(limit);
    if (to >= 0) {
      at++;
    }
    return to;
  }

  /// Decodes base 64 up to the quote behind it into the window.
  ///
  /// @param start where the bytes go
  /// @return where they end, or -1 where the text ends before
  private int decode(int start) throws LayerException {
    int room = start + (end - at) / 4 * 3 + 3;
    if (room > window.length) {
      window = Arrays.copyOf(window, room);
    }
    byte[] from = text;
    byte[] out = window;
    int to = start;
    int i = at;
    while (true) {
      int bits =
          BASE_64[from[i] & 255] << 18
              | BASE_64[from[i + 1] & 255] << 12
              | BASE_64[from[i + 2] & 255] << 6
              | BASE_64[from[i + 3] & 255];
      if (bits == 0) {
        int groups = zeros(i) >> 2;
        System.arraycopy(ZEROS, 0, out, to, 3 * groups);
        i += 4 * groups;
        to += 3 * groups;
      } else if (bits > 0) {
        out[to] = (byte) (bits >> 16);
        out[to + 1] = (byte) (bits >> 8);
        out[to + 2] = (byte) bits;
        i += 4;
        to += 3;
      } else {
        break;
      }
    }
    if (i + 4 >= end) {
      return -1;
    }
    at = i;
    if (from[i] == '"') {
      return to;
    }
    int bytes = from[i + 2] == '=' ? 1 : 2;
    if (from[i + 3] != '=' || from[i + 4] != '"') {
      throw damaged();
    }
    byte[] last = Base64.getDecoder().decode(new String(from, i, 4, ISO_8859_1));
    System.arraycopy(last, 0, out, to, bytes);
    at += 4;
    return to + bytes;
  }

  /// How many letters `A` stand at a place.
  private int zeros(int from) {
    int most = Math.min(end - from, ZEROS_IN_BASE_64.length);
    int length = Arrays.mismatch(text, from, from + most, ZEROS_IN_BASE_64, 0, most);
    return length < 0 ? most : length;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private static LayerException damaged() {
    return new LayerException("a description of an archive that is damaged or of another kind");
  }
}

package dev.depslim.syntax;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.reader.UnicodeReader;

/// A whole text for the YAML parser. The reader of the library moves all that it has of a value to
/// a new place for each thousand characters more, so that a long line takes the square of its
/// length.
final class YamlText extends StreamReader {
  private static final int[] NO_SNIPPET = {};

  /// The characters where each is a code point, else empty.
  private final String text;

  private final int[] points;
  private final int length;

  /// Where the first code point stands that YAML does not allow.
  private final int broken;

  private int at;
  private int documentStart;
  private int line;
  private int column;

  private YamlText(String text) {
    super(Reader.nullReader());
    boolean wide = text.chars().anyMatch(c -> Character.isSurrogate((char) c));
    this.text = wide ? "" : text;
    this.points = wide ? text.codePoints().toArray() : NO_SNIPPET;
    this.length = wide ? points.length : text.length();
    int bad = 0;
    while (bad < length && isPrintable(point(bad))) {
      bad++;
    }
    this.broken = bad;
  }

  /// The text, in UTF-8 or, with a byte order mark, UTF-16.
  ///
  /// @throws YAMLException where it is not of the encoding
  static YamlText of(byte[] bytes) {
    StringWriter text = new StringWriter(bytes.length);
    try (Reader reader = new UnicodeReader(new ByteArrayInputStream(bytes))) {
      reader.transferTo(text);
    } catch (IOException e) {
      throw new YAMLException(e);
    }
    return new YamlText(text.toString());
  }

  /// Settings for the parser: what is too large is for those who call it to say.
  static LoaderOptions options() {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(Integer.MAX_VALUE);
    return options;
  }

  private int point(int index) {
    return points.length > 0 ? points[index] : text.charAt(index);
  }

  @Override
  public Mark getMark() {
    return new Mark("", at, line, column, NO_SNIPPET, 0);
  }

  @Override
  public void forward() {
    forward(1);
  }

  @Override
  public void forward(int count) {
    for (int i = 0; i < count && at < length; i++) {
      int c = point(at++);
      boolean ends =
          switch (c) {
            case '\n', '\u0085', '\u2028', '\u2029' -> true;
            case '\r' -> at < length && point(at) != '\n';
            default -> false;
          };
      if (ends) {
        line++;
        column = 0;
      } else if (c != '\ufeff') {
        column++;
      }
    }
  }

  @Override
  public int peek() {
    return peek(0);
  }

  @Override
  public int peek(int ahead) {
    int index = at + ahead;
    if (index >= broken && broken < length) {
      throw new ReaderException("", broken, point(broken), "special characters are not allowed");
    }
    return index < length ? point(index) : 0;
  }

  @Override
  public String prefix(int count) {
    int end = Math.min(length, at + count);
    return points.length > 0 ? new String(points, at, end - at) : text.substring(at, end);
  }

  @Override
  public String prefixForward(int count) {
    String prefix = prefix(count);
    at += count;
    column += count; // the parser takes no line ends this way
    return prefix;
  }

  @Override
  public int getColumn() {
    return column;
  }

  @Override
  public int getDocumentIndex() {
    return at - documentStart;
  }

  @Override
  public void resetDocumentIndex() {
    documentStart = at;
  }

  @Override
  public int getIndex() {
    return at;
  }

  @Override
  public int getLine() {
    return line;
  }
}

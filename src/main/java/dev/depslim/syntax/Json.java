package dev.depslim.syntax;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// JSON (RFC 8259), a byte order mark allowed, as npm and pip write and read it.
public final class Json {
  static final int MAX_DEPTH = 500;

  private static final StreamReadConstraints LIMITS =
      StreamReadConstraints.builder()
          .maxNestingDepth(MAX_DEPTH)
          .maxStringLength(50_000_000)
          .maxDocumentLength(512L << 20)
          .build();

  /// Names are shared within a document; the table of the JVM, which keeps them for longer, costs
  /// more than it saves.
  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(LIMITS)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  static final JsonFactory WITH_COMMENTS =
      JsonFactory.builder()
          .streamReadConstraints(LIMITS)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
          .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .build();

  private Json() {}

  /// The document as a tree with positions.
  ///
  /// @throws SyntaxException where the text is not JSON
  public static Tree parse(byte[] bytes) {
    return parse(FACTORY, bytes);
  }

  /// The same for JSON with comments and trailing commas.
  ///
  /// @throws SyntaxException where the text is not JSON with comments
  public static Tree parseWithComments(byte[] bytes) {
    return parse(WITH_COMMENTS, bytes);
  }

  private static Tree parse(JsonFactory factory, byte[] bytes) {
    int start = skipByteOrderMark(bytes);
    try (JsonParser parser =
        factory.createParser(new ByteArrayInputStream(bytes, start, bytes.length - start))) {
      return document(parser);
    } catch (IOException e) {
      throw JsonMessages.of(e, null);
    }
  }

  private static Tree document(JsonParser parser) {
    try {
      JsonToken token = parser.nextToken();
      if (token == null) {
        throw new SyntaxException(1, 1, "the file is empty: expected a JSON document");
      }
      Tree tree = value(parser, token);
      if (parser.nextToken() != null) {
        JsonLocation at = parser.currentTokenLocation();
        throw new SyntaxException(
            at.getLineNr(), at.getColumnNr(), "text after the end of the JSON document");
      }
      return tree;
    } catch (IOException e) {
      throw JsonMessages.of(e, parser.currentLocation());
    }
  }

  static int skipByteOrderMark(byte[] bytes) {
    boolean mark =
        bytes.length >= 3
            && bytes[0] == (byte) 0xEF
            && bytes[1] == (byte) 0xBB
            && bytes[2] == (byte) 0xBF;
    return mark ? 3 : 0;
  }

  private static Tree value(JsonParser parser, JsonToken token) throws IOException {
    JsonLocation at = parser.currentTokenLocation();
    int line = at.getLineNr();
    int column = at.getColumnNr();
    return switch (token) {
      case START_OBJECT -> {
        List<Tree.Member> members = new ArrayList<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          String name = parser.currentName();
          JsonLocation where = parser.currentTokenLocation();
          Tree value = value(parser, parser.nextToken());
          members.add(new Tree.Member(name, where.getLineNr(), where.getColumnNr(), value));
        }
        yield new Tree.Mapping(members, line, column);
      }
      case START_ARRAY -> {
        List<Tree> items = new ArrayList<>();
        for (JsonToken next = parser.nextToken();
            next != JsonToken.END_ARRAY;
            next = parser.nextToken()) {
          items.add(value(parser, next));
        }
        yield new Tree.Sequence(items, line, column);
      }
      case VALUE_STRING -> new Tree.Scalar(Tree.Kind.STRING, parser.getText(), line, column);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
          new Tree.Scalar(Tree.Kind.NUMBER, parser.getText(), line, column);
      case VALUE_TRUE, VALUE_FALSE ->
          new Tree.Scalar(Tree.Kind.BOOLEAN, parser.getText(), line, column);
      case VALUE_NULL -> new Tree.Scalar(Tree.Kind.NULL, "null", line, column);
      case END_OBJECT, END_ARRAY, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
          throw new SyntaxException(line, column, "unexpected " + token);
    };
  }
}

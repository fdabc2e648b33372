package dev.depslim.syntax;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import org.jspecify.annotations.Nullable;

/// Reads JSON from front to back without building a tree: for lock files, which are large.
///
/// ```java
/// try (JsonCursor json = JsonCursor.over(bytes)) {
///   for (String name = json.enterObject(); name != null; name = json.nextName()) {
///     if (name.equals("version")) version = json.string(); else json.skip();
///   }
/// }
/// ```
///
/// Every value must be consumed by exactly one of `string`, `flag`, `number`, `skip`, `enterObject`
/// … `nextName`, `enterArray` … `nextItem`. All methods throw [SyntaxException] where the text is
/// not JSON.
public final class JsonCursor implements AutoCloseable {
  private final JsonParser parser;

  private JsonCursor(JsonParser parser) {
    this.parser = parser;
  }

  /// A cursor that stands on the first value of the document.
  public static JsonCursor over(byte[] bytes) {
    return over(Json.FACTORY, bytes);
  }

  /// The same for JSON with comments and trailing commas.
  public static JsonCursor overWithComments(byte[] bytes) {
    return over(Json.WITH_COMMENTS, bytes);
  }

  /// A cursor that reads the text as it goes on, so that its size does not matter. Closing it
  /// closes the stream.
  public static JsonCursor over(InputStream text) {
    PushbackInputStream behindMark = new PushbackInputStream(text, 3);
    try {
      byte[] first = behindMark.readNBytes(3);
      if (Json.skipByteOrderMark(first) == 0) {
        behindMark.unread(first);
      }
    } catch (IOException e) {
      throw JsonMessages.of(e, null);
    }
    return over(Json.FACTORY, behindMark);
  }

  private static JsonCursor over(JsonFactory factory, byte[] bytes) {
    int start = Json.skipByteOrderMark(bytes);
    return over(factory, new ByteArrayInputStream(bytes, start, bytes.length - start));
  }

  private static JsonCursor over(JsonFactory factory, InputStream text) {
    try {
      JsonCursor cursor = new JsonCursor(factory.createParser(text));
      if (cursor.next() == null) {
        throw new SyntaxException(1, 1, "the file is empty: expected a JSON document");
      }
      return cursor;
    } catch (IOException e) {
      throw JsonMessages.of(e, null);
    }
  }

  /// Line of the current value or name, counted from 1.
  public int line() {
    return parser.currentTokenLocation().getLineNr();
  }

  /// Column of the current value or name, counted from 1.
  public int column() {
    return parser.currentTokenLocation().getColumnNr();
  }

  /// Whether the current value is an object.
  public boolean isObject() {
    return parser.currentToken() == JsonToken.START_OBJECT;
  }

  /// Whether the current value is an array.
  public boolean isArray() {
    return parser.currentToken() == JsonToken.START_ARRAY;
  }

  /// Enters the current object: its first name, with the cursor on the value; null where it is
  /// empty. A value of another kind is skipped and counts as empty.
  public @Nullable String enterObject() {
    if (!isObject()) {
      skip();
      return null;
    }
    return nextName();
  }

  /// The next name of the object, with the cursor on its value; null at its end.
  public @Nullable String nextName() {
    if (next() != JsonToken.FIELD_NAME) {
      return null;
    }
    try {
      String name = parser.currentName();
      next();
      return name;
    } catch (IOException e) {
      throw JsonMessages.of(e, parser.currentLocation());
    }
  }

  /// Enters the current array: whether it has a first item, with the cursor on it. A value of
  /// another kind is skipped and counts as empty.
  public boolean enterArray() {
    if (!isArray()) {
      skip();
      return false;
    }
    return nextItem();
  }

  /// Whether the array has another item, with the cursor on it.
  public boolean nextItem() {
    return next() != JsonToken.END_ARRAY;
  }

  /// The current value where it is a string, else null; an object or array is skipped.
  public @Nullable String string() {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      skip();
      return null;
    }
    try {
      return parser.getText();
    } catch (IOException e) {
      throw JsonMessages.of(e, parser.currentLocation());
    }
  }

  /// Whether the current value is `true`; an object or array is skipped.
  public boolean flag() {
    boolean result = parser.currentToken() == JsonToken.VALUE_TRUE;
    skip();
    return result;
  }

  /// The current value where it is a whole number, else `otherwise`; an object or array is skipped.
  public long number(long otherwise) {
    if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      skip();
      return otherwise;
    }
    try {
      return parser.getLongValue();
    } catch (IOException e) {
      throw JsonMessages.of(e, parser.currentLocation());
    }
  }

  /// Passes over the current value with all its parts.
  public void skip() {
    try {
      parser.skipChildren();
    } catch (IOException e) {
      throw JsonMessages.of(e, parser.currentLocation());
    }
  }

  /// Passes the end of the document, after its last value was consumed.
  ///
  /// @throws SyntaxException where more text follows
  public void end() {
    if (next() != null) {
      throw new SyntaxException(line(), column(), "text after the end of the JSON document");
    }
  }

  @Override
  public void close() {
    try {
      parser.close();
    } catch (IOException e) {
      throw JsonMessages.of(e, parser.currentLocation());
    }
  }

  private @Nullable JsonToken next() {
    try {
      return parser.nextToken();
    } catch (IOException e) {
      throw JsonMessages.of(e, parser.currentLocation());
    }
  }
}

package dev.depslim.syntax;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.core.util.Separators.Spacing;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Writes one JSON document, indented by two spaces with `\n` line ends, so that the same content
/// is always the same bytes.
public final class JsonWriter {
  private final JsonGenerator out;

  private JsonWriter(JsonGenerator out) {
    this.out = out;
  }

  /// The document that `content` writes, ended by a line end.
  public static String document(Consumer<JsonWriter> content) {
    StringWriter text = new StringWriter();
    document(text, content);
    return text.toString();
  }

  /// Writes the document that `content` writes, ended by a line end, as it is made; the writer is
  /// flushed and stays open.
  ///
  /// @throws UncheckedIOException where the writer cannot take it
  public static void document(Writer to, Consumer<JsonWriter> content) {
    write(to, content, true);
    run(() -> {
      to.write("\n");
      to.flush();
    });
  }

  /// The document that `content` writes, on one line and without a line end.
  public static String line(Consumer<JsonWriter> content) {
    StringWriter text = new StringWriter();
    write(text, content, false);
    return text.toString();
  }

  private static void write(Writer to, Consumer<JsonWriter> content, boolean pretty) {
    try (JsonGenerator generator = Json.FACTORY.createGenerator(to)) {
      generator.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      if (pretty) {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        Separators separators =
            Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Spacing.AFTER)
                .withObjectEmptySeparator("")
                .withArrayEmptySeparator("");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(separators);
        printer.indentObjectsWith(indenter);
        printer.indentArraysWith(indenter);
        generator.setPrettyPrinter(printer);
      }
      content.accept(new JsonWriter(generator));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A nameless object: the document itself or an item of an array.
  public void object(Runnable members) {
    run(out::writeStartObject);
    members.run();
    run(out::writeEndObject);
  }

  /// A member that is an object.
  public void object(String name, Runnable members) {
    run(() -> out.writeFieldName(name));
    object(members);
  }

  /// A member that is an array with one item for each element.
  public <T> void array(String name, Iterable<T> elements, Consumer<T> item) {
    run(() -> out.writeFieldName(name));
    run(out::writeStartArray);
    for (T element : elements) {
      item.accept(element);
    }
    run(out::writeEndArray);
  }

  /// A member that is an array of strings.
  public void strings(String name, Iterable<String> elements) {
    array(name, elements, this::string);
  }

  /// An item that is a string.
  public void string(String value) {
    run(() -> out.writeString(value));
  }

  /// An item that is an object on one line.
  public void compact(Consumer<JsonWriter> members) {
    String text = line(json -> json.object(() -> members.accept(json)));
    run(() -> out.writeRawValue(text));
  }

  /// A member that is an array of whole numbers; nothing where there are none.
  public void numbers(String name, IntStream values) {
    int[] all = values.toArray();
    if (all.length > 0) {
      run(() -> {
        out.writeFieldName(name);
        out.writeArray(all, 0, all.length);
      });
    }
  }

  /// A member that is a string, or null.
  public void member(String name, @Nullable String value) {
    run(() -> out.writeStringField(name, value));
  }

  /// A member that is a whole number.
  public void member(String name, long value) {
    run(() -> out.writeNumberField(name, value));
  }

  /// A member that is a whole number, or null.
  public void member(String name, @Nullable Integer value) {
    member(name, value == null ? null : (Long) value.longValue());
  }

  /// A member that holds a number or null.
  public void member(String name, @Nullable Long value) {
    if (value == null) {
      nothing(name);
    } else {
      member(name, value.longValue());
    }
  }

  /// A member that is a number with one decimal.
  public void decimal(String name, double value) {
    run(() -> out.writeNumberField(name, Math.round(value * 10) / 10.0));
  }

  /// A member that is true or false.
  public void member(String name, boolean value) {
    run(() -> out.writeBooleanField(name, value));
  }

  /// A member that is null.
  public void nothing(String name) {
    run(() -> out.writeNullField(name));
  }

  private interface Step {
    void run() throws IOException;
  }

  private static void run(Step step) {
    try {
      step.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package dev.depslim.syntax;

import dev.depslim.syntax.YamlTokens.Kind;
import java.util.HashMap;
import java.util.Map;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.ParserImpl;

/// Any YAML as a list of its parts, by the full parser.
final class YamlEvents {
  private static final int MAX_DEPTH = 100;

  private final YamlTokens tokens = new YamlTokens(new byte[0]);
  private final Map<String, String> anchors = new HashMap<>();
  private int depth;

  private YamlEvents() {}

  /// The parts of the text.
  ///
  /// @throws SyntaxException where it is not YAML, nested too deep, or a mapping or sequence is
  ///   written as an alias
  static YamlTokens read(byte[] bytes) {
    YamlEvents events = new YamlEvents();
    YamlText text = Yaml.text(bytes);
    try {
      ParserImpl parser = new ParserImpl(text, YamlText.options());
      while (!parser.checkEvent(Event.ID.StreamEnd)) {
        events.take(parser.getEvent());
      }
    } catch (YAMLException e) {
      throw Yaml.problem(e, bytes);
    } catch (IllegalArgumentException _) {
      throw Yaml.noEscape(text);
    }
    return events.tokens;
  }

  private void take(Event event) {
    int line = event.getStartMark().getLine() + 1;
    int column = event.getStartMark().getColumn() + 1;
    switch (event.getEventId()) {
      case StreamStart, StreamEnd, DocumentEnd, Comment -> {
        // nothing that a reader needs
      }
      case DocumentStart -> {
        anchors.clear();
        tokens.mark(Kind.DOCUMENT, line, column);
      }
      case MappingStart, SequenceStart -> {
        if (++depth > MAX_DEPTH) {
          throw new SyntaxException(line, column, "nested deeper than " + MAX_DEPTH + " levels");
        }
        boolean mapping = event.getEventId() == Event.ID.MappingStart;
        tokens.mark(mapping ? Kind.MAPPING : Kind.SEQUENCE, line, column);
      }
      case MappingEnd, SequenceEnd -> {
        depth--;
        boolean mapping = event.getEventId() == Event.ID.MappingEnd;
        tokens.mark(mapping ? Kind.MAPPING_END : Kind.SEQUENCE_END, line, column);
      }
      case Scalar -> {
        ScalarEvent scalar = (ScalarEvent) event;
        if (scalar.getAnchor() != null) {
          anchors.put(scalar.getAnchor(), scalar.getValue());
        }
        tokens.kept(scalar.getValue(), line, column);
      }
      case Alias -> {
        String text = anchors.get(((AliasEvent) event).getAnchor());
        if (text == null) {
          throw new SyntaxException(
              line, column, "an alias of a mapping or list: write out what it stands for");
        }
        tokens.kept(text, line, column);
      }
    }
  }
}

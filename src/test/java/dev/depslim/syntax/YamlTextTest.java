package dev.depslim.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.reader.UnicodeReader;

/// The parser sees the same text, with the same places, as through the library's own reader.
class YamlTextTest {
  @Test
  void oddTextsAreReadAlike() {
    for (String text :
        List.of(
            "",
            "a: b\r\nc: 'd\r\n  e'\r- f\n",
            "\ufeffa: 1\n---\n\ufeffb: |\n  x\u0085y\u2028z\n...\n",
            "\ud83d\ude00: [\ud83d\ude00, {a: \"\\ud83d\"}]\nx: \ud83d\ude00\ud83d\ude00 # c\n",
            "a: &x [1, 2]\nb: *x\n? - c\n: !!str d\n",
            "%YAML 1.1\n---\n- >-\n  folded\n  text\n\n- \"a\\\n  b\"\n",
            "a: [1, 2\nb: 3\n",
            "\t- a\n",
            "- a\n -b: c\n",
            "a".repeat(5_000) + ": " + "b".repeat(5_000) + "\n")) {
      assertAlike(text.getBytes(StandardCharsets.UTF_8));
    }
    assertAlike("a: b\n".getBytes(StandardCharsets.UTF_16));
  }

  @Test
  void whatYamlDoesNotAllowIsFoundInItsPlace() {
    byte[] text = "a: b\nc: \u0001\n".getBytes(StandardCharsets.UTF_8);
    SyntaxException e = assertThrows(SyntaxException.class, () -> Yaml.parse(text));
    assertEquals("2:4", e.line() + ":" + e.column());
  }

  @Test
  void escapesThatAreNoCharacterAreMistakes() {
    for (String escape : List.of("\\x", "\\u12", "\\UFFFFFFFF", "\\xzz", "\\u", "\\U00110000")) {
      byte[] text = ("a: b\nc: \"" + escape + "\"\n").getBytes(StandardCharsets.UTF_8);
      SyntaxException tree = assertThrows(SyntaxException.class, () -> Yaml.parse(text), escape);
      SyntaxException parts =
          assertThrows(SyntaxException.class, () -> YamlCursor.over(text), escape);
      assertEquals(2, tree.line(), escape);
      assertEquals(tree.line() + ":" + tree.column(), parts.line() + ":" + parts.column(), escape);
    }
  }

  @Test
  void fixturesAreReadAlike() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(Path.of("src/test/resources"))) {
      files =
          all.filter(path -> path.toString().matches(".*[.](yml|yaml)|.*/yarn[.]lock"))
              .sorted()
              .toList();
    }
    for (Path file : files) {
      byte[] sound = Files.readAllBytes(file);
      assertAlike(sound);
      for (int cut = 1; cut < 20; cut++) {
        assertAlike(java.util.Arrays.copyOf(sound, sound.length * cut / 20));
      }
    }
  }

  private static void assertAlike(byte[] bytes) {
    StreamReader other = new StreamReader(new UnicodeReader(new ByteArrayInputStream(bytes)));
    assertEquals(
        events(new ParserImpl(other, new LoaderOptions())),
        events(new ParserImpl(YamlText.of(bytes), YamlText.options())));
  }

  private static List<String> events(ParserImpl parser) {
    List<String> events = new ArrayList<>();
    try {
      while (!parser.checkEvent(Event.ID.StreamEnd)) {
        Event event = parser.getEvent();
        events.add(event + place(event.getStartMark()) + place(event.getEndMark()));
      }
    } catch (YAMLException e) {
      // the library's message may quote the text around, which the own reader leaves out
      events.add(Yaml.problem(e, new byte[0]).getMessage());
    }
    return events;
  }

  private static String place(Mark mark) {
    return " " + mark.getIndex() + ":" + mark.getLine() + ":" + mark.getColumn();
  }
}

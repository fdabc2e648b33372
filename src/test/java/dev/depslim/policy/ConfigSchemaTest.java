package dev.depslim.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.depslim.report.Schemas;
import dev.depslim.syntax.Tree;
import dev.depslim.syntax.Yaml;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The schema and the reader of `.depslim.yml` agree on what is right and what is wrong.
class ConfigSchemaTest {
  private static final Path FOLDER = Path.of("src/test/resources/config");

  private static List<String> schemaErrors(byte[] yaml) throws Exception {
    return Schemas.errors("config.schema.json", node(Yaml.parse(yaml)));
  }

  private static List<String> readerErrors(byte[] yaml) {
    return PolicyFile.read(".depslim.yml", yaml).issues().stream().map(Object::toString).toList();
  }

  @Test
  void fullExampleIsRight() throws Exception {
    byte[] yaml = Files.readAllBytes(FOLDER.resolve("full.yml"));
    assertEquals(List.of(), schemaErrors(yaml));
    assertEquals(List.of(), readerErrors(yaml));
  }

  @Test
  void smallExamplesAreRight() throws Exception {
    for (String text :
        List.of(
            "version: 1\n",
            "production:\n  forbid: []\n",
            "production: {forbid: [dev/lint, 'npm/@types/*', apk/gcc]}\n",
            "production:\n  allow:\nimages:\nignore:\n",
            "fail-on: note\nmin-confidence: guess\n")) {
      byte[] yaml = text.getBytes(StandardCharsets.UTF_8);
      assertEquals(List.of(), schemaErrors(yaml), text);
      assertEquals(List.of(), readerErrors(yaml), text);
    }
  }

  @Test
  void mistakesAreFoundByBoth() throws Exception {
    for (String text : Files.readString(FOLDER.resolve("mistakes.yml")).split("---\n")) {
      byte[] yaml = text.getBytes(StandardCharsets.UTF_8);
      assertFalse(schemaErrors(yaml).isEmpty(), "the schema takes\n" + text);
      assertFalse(readerErrors(yaml).isEmpty(), "the reader takes\n" + text);
    }
  }

  private static JsonNode node(Tree tree) throws IOException {
    return switch (tree) {
      case Tree.Mapping mapping -> {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (Tree.Member member : mapping.members()) {
          object.set(member.name(), node(member.value()));
        }
        yield object;
      }
      case Tree.Sequence sequence -> {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (Tree item : sequence.items()) {
          array.add(node(item));
        }
        yield array;
      }
      case Tree.Scalar scalar ->
          switch (scalar.kind()) {
            case STRING, TIME -> TextNode.valueOf(scalar.text());
            case NUMBER -> BigIntegerNode.valueOf(new BigInteger(scalar.text()));
            case BOOLEAN -> BooleanNode.valueOf(scalar.text().equals("true"));
            case NULL -> NullNode.instance;
          };
    };
  }
}

package dev.depslim.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.depslim.syntax.JsonNode.JsonLeaf;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTextTest {
  @Test
  void whatIsNotTouchedStaysAsItIs() {
    for (String text :
        List.of(
            "{}",
            " [ ] \n",
            "\ufeff{\r\n\t\"a\" :1e3 ,\r\n\"b\":[1,\n 2 , {\"x\":null}]\r\n}\r\n",
            "{ \"\\u0061\\n\\\"\": \"\\ud83d\\ude00/\\/\", \"a\": -0.0 }",
            "\"only a string\"")) {
      assertEquals(text, JsonText.parse(text.getBytes(StandardCharsets.UTF_8)).toString());
    }
  }

  @Test
  void blankLinesMayBeMany() {
    String lines = "\n".repeat(200_000);
    assertEquals("{" + lines + "  \"a\": 1}", parse("{" + lines + "  \"a\": 1}").toString());
    assertEquals("{}" + lines, parse("{}" + lines).toString());
  }

  @Test
  void membersAreTakenOutWithTheirLine() {
    JsonText json = parse("{\n  \"a\": 1,\n  \"b\": {\"c\": 2},\n  \"d\": 3\n}\n");
    object(json).remove("d");
    assertEquals("{\n  \"a\": 1,\n  \"b\": {\"c\": 2}\n}\n", json.toString());
    object(json).remove("a");
    assertEquals("{\n  \"b\": {\"c\": 2}\n}\n", json.toString());
    object(json).remove("b");
    assertEquals("{}\n", json.toString());
  }

  @Test
  void membersOfTheLastObjectOfANameComeOneByOne() {
    Map<String, String> found = new LinkedHashMap<>();
    byte[] text =
        """
        {"a": {"no": 1}, "b": [{"a": {"no": 2}}, "}"], "\\u0061": {
          "x" : "{\\"", "y": {"z": [1, {}]}, "x": null, "e": {} } , "c": -1e3}
        """
            .getBytes(StandardCharsets.UTF_8);
    assertTrue(
        JsonText.members(
            text,
            "a",
            (name, value) -> {
              StringBuilder out = new StringBuilder();
              value.render(out, new JsonNode.Layout("", "\n"), 0);
              found.put(name, out.toString());
            }));
    assertEquals(Map.of("x", "null", "y", "{\"z\": [1, {}]}", "e", "{}"), found);
    for (String without : List.of("{}", "[]", "{\"a\": 1}", "{\"a\": {}, \"a\": []}", "3")) {
      byte[] bytes = without.getBytes(StandardCharsets.UTF_8);
      assertFalse(JsonText.members(bytes, "a", (name, _) -> found.put(name, without)), without);
    }
  }

  @Test
  void whatIsAddedIsLaidOutLikeTheRest() {
    JsonText json = parse("{\r\n    \"a\": 1\r\n}");
    JsonObject inner = JsonObject.empty();
    inner.put("x", JsonLeaf.of("quote \" and \u0001"));
    object(json).put("b", inner);
    object(json).put("c", JsonObject.empty());
    assertEquals(
        "{\r\n    \"a\": 1,\r\n    \"b\": {\r\n        \"x\": \"quote \\\" and \\u0001\"\r\n    },"
            + "\r\n    \"c\": {}\r\n}",
        json.toString());

    JsonText compact = parse("{\"a\":1}");
    inner = JsonObject.empty();
    inner.put("x", JsonLeaf.yes());
    object(compact).put("b", inner);
    assertEquals("{\"a\":1,\"b\":{\"x\":true}}", compact.toString());
  }

  @Test
  void aValueIsReplacedInItsPlace() {
    JsonText json = parse("{\"a\": 1, \"b\": 2, \"a\": 3}");
    object(json).put("a", JsonLeaf.yes());
    assertEquals("{\"a\": 1, \"b\": 2, \"a\": true}", json.toString());
    assertEquals(true, object(json).isTrue("a"));
    object(json).insert(1, "n", JsonLeaf.yes());
    assertEquals("{\"a\": 1, \"n\": true, \"b\": 2, \"a\": true}", json.toString());
  }

  @Test
  void whatStandsOnOneLineStaysOnIt() {
    JsonText json = parse("{\"a\": 1, \"b\": 2}");
    object(json).remove("a");
    assertEquals("{\"b\": 2}", json.toString());
    object(json).insert(0, "n", JsonLeaf.yes());
    assertEquals("{\"n\": true, \"b\": 2}", json.toString());
    object(json).put("z", JsonLeaf.yes());
    assertEquals("{\"n\": true, \"b\": 2, \"z\": true}", json.toString());
  }

  @Test
  void itemsOfAListAreTakenOutByTheirValue() {
    JsonText json = parse("{\"l\": [ \"a\", \"b\" , \"\\u0061\" ]}");
    JsonNode list = object(json).get("l");
    if (list instanceof JsonNode.JsonArray array) {
      array.remove("a");
    }
    assertEquals("{\"l\": [ \"b\" ]}", json.toString());
    JsonText inline = parse("[\"a\", \"b\"]");
    ((JsonNode.JsonArray) inline.root()).remove("a");
    assertEquals("[\"b\"]", inline.toString());
  }

  @Test
  void whatIsNoJsonIsRefusedWithItsPlace() {
    SyntaxException e = assertThrows(SyntaxException.class, () -> parse("{\n \"a\": 1,\n}"));
    assertEquals(3, e.line());
    assertThrows(SyntaxException.class, () -> parse("{} {}"));
    assertThrows(SyntaxException.class, () -> parse(""));
  }

  private static JsonText parse(String text) {
    return JsonText.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  private static JsonObject object(JsonText json) {
    return (JsonObject) json.root();
  }

  @Test
  void anotherEncodingIsRefusedWithWhatToDo() {
    String text = "{\"name\": \"shop\"}";
    for (Charset charset :
        List.of(
            StandardCharsets.UTF_16,
            StandardCharsets.UTF_16LE,
            StandardCharsets.UTF_16BE,
            StandardCharsets.UTF_32LE,
            StandardCharsets.UTF_32BE)) {
      SyntaxException mistake =
          assertThrows(SyntaxException.class, () -> JsonText.parse(text.getBytes(charset)));
      assertTrue(
          String.valueOf(mistake.getMessage()).endsWith("save the file as UTF-8"), charset.name());
    }
  }
}

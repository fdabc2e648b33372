package dev.depslim.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.depslim.analysis.Analyzer;
import dev.depslim.model.ImageReport;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The text of an image has no figure that its JSON has not.
class ImageFiguresTest {
  private static JsonNode json;
  private static List<String> lines;

  @BeforeAll
  static void write() throws IOException {
    ImageReport image = SampleImage.full();
    json =
        Schemas.parse(
                new JsonReport("0.0.0")
                    .write(Analyzer.ofImages("x", List.of(image), List.of(), List.of())))
            .at("/images/0");
    lines = new ImageText(new TextStyle(300, false, true)).write(image).lines().toList();
  }

  private static String bytes(JsonNode of, String field) {
    JsonNode value = of.get(field);
    return Bytes.text(value.isNull() ? null : (Long) value.asLong());
  }

  private static List<String> words(String line) {
    return List.of(line.strip().split(" {2,}"));
  }

  private static String line(String start) {
    return lines.stream().filter(it -> it.strip().startsWith(start)).findFirst().orElseThrow();
  }

  @Test
  void theSizesAreTheSame() {
    JsonNode sizes = json.get("sizes");
    assertEquals(
        "stored "
            + bytes(sizes, "storedBytes")
            + ", live "
            + bytes(sizes, "liveBytes")
            + ", reclaimable "
            + bytes(sizes, "reclaimableBytes")
            + ", compressed "
            + bytes(sizes, "compressedBytes"),
        line("stored").strip());
    assertTrue(lines.getFirst().contains(Words.number(json.get("files").asInt()) + " paths"));
  }

  @Test
  void theLayersAreTheSame() {
    assertFalse(json.get("layers").isEmpty());
    for (JsonNode layer : json.get("layers")) {
      String start = layer.get("index").asText() + "  ";
      assertEquals(
          List.of(
              layer.get("index").asText(),
              bytes(layer, "storedBytes"),
              bytes(layer, "liveBytes"),
              bytes(layer, "reclaimableBytes")),
          words(line(start)).subList(0, 4));
    }
  }

  @Test
  void theCategoriesAreTheSame() {
    json.at("/ledger/byCategory")
        .properties()
        .forEach(category -> {
          long stored = category.getValue().asLong();
          boolean shown =
              lines.stream().anyMatch(it -> it.startsWith("  " + category.getKey() + " "));
          assertTrue(shown || stored == 0, category.toString());
          if (shown) {
            assertEquals(Bytes.text(stored), words(line(category.getKey() + " ")).get(2));
          }
        });
  }

  @Test
  void thePackagesAreTheSame() {
    assertFalse(json.get("packages").isEmpty());
    for (JsonNode row : json.get("packages")) {
      String version = row.get("version").isNull() ? "" : " " + row.get("version").asText();
      List<String> words = words(line(row.get("name").asText() + version + "  "));
      assertEquals(row.get("ecosystem").asText(), words.get(1));
      assertEquals(row.get("label").asText(), words.get(2));
      assertEquals(bytes(row, "bytes"), words.get(3));
      assertEquals(bytes(row, "retainedBytes"), words.get(4));
    }
  }

  @Test
  void wasteAndDuplicatesAddUpToTheSame() {
    long waste = 0;
    for (JsonNode one : json.get("waste")) {
      waste += one.get("bytes").asLong();
    }
    assertEquals(json.at("/sizes/reclaimableBytes").asLong(), waste);
    assertTrue(line("reclaimable: ").startsWith("reclaimable: " + Bytes.text(waste) + " "));
    long twice = 0;
    for (JsonNode one : json.get("duplicates")) {
      twice += one.get("bytes").asLong();
      assertTrue(lines.stream().anyMatch(it -> it.strip().startsWith(bytes(one, "bytes"))));
    }
    assertTrue(line("the same content").contains(": " + Bytes.text(twice) + " "));
  }

  @Test
  void theSavingIsTheSame() {
    JsonNode savings = json.get("savings");
    String line = line("Left out, ");
    assertTrue(
        line.contains(
            " save "
                + bytes(savings, "liveBytes")
                + " of "
                + bytes(json.get("sizes"), "liveBytes")
                + " live ("
                + Bytes.percent(savings.get("percent").asDouble())
                + ") with "
                + savings.get("packages").asInt()
                + " packages; stored "
                + bytes(savings, "storedBytes")
                + ", compressed about "
                + bytes(savings, "compressedBytes")),
        line);
    for (JsonNode kept : savings.get("kept")) {
      assertEquals(
          List.of(
              "stays",
              kept.get("name").asText(),
              bytes(kept, "bytes"),
              "for " + kept.get("because").asText()),
          words(line("stays  " + kept.get("name").asText())));
    }
  }
}

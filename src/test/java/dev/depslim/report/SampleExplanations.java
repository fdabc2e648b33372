package dev.depslim.report;

import dev.depslim.model.Ecosystem;
import dev.depslim.model.Explanation;
import dev.depslim.model.Explanation.Item;
import dev.depslim.model.Explanation.Way;
import dev.depslim.model.Freed;
import dev.depslim.model.Size;
import java.util.ArrayList;
import java.util.List;

/// Why packages of the sample projects are here: one that is declared and needed by others, one
/// that comes with more declarations than fit a screen, and one of which no size is known.
final class SampleExplanations {
  private SampleExplanations() {}

  static List<Explanation> all() {
    return List.of(puppeteer(), playwright(), express());
  }

  private static Item item(String name, String version) {
    return new Item(name, version, null);
  }

  private static Explanation puppeteer() {
    List<Item> going = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      going.add(new Item("@puppeteer/part-" + i, "1.0." + i, 20_000_000L >> i));
    }
    going.add(new Item("fsevents", "2.3.3", null));
    Item puppeteer = item("puppeteer", "22.15.0");
    return new Explanation(
        Ecosystem.NPM,
        "puppeteer",
        "22.15.0",
        "package-lock.json",
        5_120_000L,
        Size.Basis.INSTALLED,
        "not installed in node_modules",
        List.of(
            new Way(".", "puppeteer", true, List.of(puppeteer)),
            new Way(
                ".",
                "mcp-mermaid",
                true,
                List.of(item("mcp-mermaid", "0.1.3"), item("mermaid-render", "1.2.0"), puppeteer))),
        new Freed(14, 13, 45_000_000L),
        going);
  }

  private static Explanation playwright() {
    Item core = item("playwright-core", "1.45.0");
    List<Way> ways = new ArrayList<>();
    ways.add(
        new Way(
            ".",
            "mcp-mermaid",
            true,
            List.of(item("mcp-mermaid", "0.1.3"), item("mermaid-render", "1.2.0"), core)));
    for (int i = 0; i < 6; i++) {
      ways.add(
          new Way(
              "packages/api",
              "tool-" + i,
              false,
              List.of(item("tool-" + i, "2.0.0"), item("mermaid-render", "1.2.0"), core)));
    }
    return new Explanation(
        Ecosystem.NPM,
        "playwright-core",
        "1.45.0",
        "package-lock.json",
        8_900_000L,
        Size.Basis.INSTALLED,
        "not installed in node_modules",
        ways,
        new Freed(1, 1, 8_900_000L),
        List.of());
  }

  @SuppressWarnings("NullAway") // it does not see the annotation of a nested type in a class file
  private static Explanation express() {
    return new Explanation(
        Ecosystem.NPM,
        "express",
        "4.19.2",
        "package-lock.json",
        null,
        null,
        "package-lock.json states no size",
        List.of(new Way(".", "express", true, List.of(item("express", "4.19.2")))),
        new Freed(3, 0, null),
        List.of(item("body-parser", "1.20.2"), item("qs", "6.11.0")));
  }
}

package dev.depslim.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.depslim.model.ImageReport.Waste;
import java.util.List;
import org.junit.jupiter.api.Test;

class WordsTest {
  @Test
  void bytesAreDecimalAndRoundIntoTheNextUnit() {
    assertEquals("0", Bytes.text(0L));
    assertEquals("999 B", Bytes.text(999L));
    assertEquals("4 kB", Bytes.text(4_000L));
    assertEquals("999 kB", Bytes.text(999_499L));
    assertEquals("1.0 MB", Bytes.text(999_500L));
    assertEquals("611.9 MB", Bytes.text(611_900_000L));
    assertEquals("1.00 GB", Bytes.text(999_950_000L));
    assertEquals("3.43 GB", Bytes.text(3_426_400_000L));
    assertEquals("unknown", Bytes.text((Long) null));
  }

  @Test
  void sharesKeepSmallPartsVisible() {
    assertEquals("–", Bytes.share(0, 0));
    assertEquals("0 %", Bytes.share(0, 10));
    assertEquals("<0.1 %", Bytes.share(1, 10_000));
    assertEquals("0.4 %", Bytes.share(4, 1_000));
    assertEquals("87 %", Bytes.share(874, 1_000));
  }

  @Test
  void barsGrowByEighths() {
    assertEquals("", Bytes.bar(0, 8, 1));
    assertEquals("▏", Bytes.bar(1, 8_000, 1));
    assertEquals("▌", Bytes.bar(4, 8, 1));
    assertEquals("▉", Bytes.bar(7, 8, 1));
    assertEquals("██▌", Bytes.bar(5, 8, 4));
    assertEquals("████", Bytes.bar(8, 8, 4));
  }

  @Test
  void nounsFollowTheirNumber() {
    assertEquals("1 package", Words.count(1, "package"));
    assertEquals("1,204 packages", Words.count(1_204, "package"));
    assertEquals("0 breaches", Words.count(0, "breach"));
    assertEquals("2 dependencies", Words.count(2, "dependency"));
    assertEquals("a, b and 3 more", Words.few(List.of("a", "b", "c", "d", "e"), 2));
  }

  @Test
  void textIsCutAndWrappedByCodePoints() {
    assertEquals("𝒶𝒷…", Words.cut("𝒶𝒷𝒸𝒹", 3));
    assertEquals("𝒶𝒷𝒸", Words.cut("𝒶𝒷𝒸", 3));
    assertEquals(
        List.of("one two", "a/very/long/path", "three"),
        Words.wrap("one two a/very/long/path three", 8));
  }

  @Test
  void instructionsLoseWhatBuildersAdd() {
    assertEquals("CMD [\"bash\"]", Instruction.text("/bin/sh -c #(nop)  CMD [\"bash\"]"));
    assertEquals("RUN apt-get update", Instruction.text("/bin/sh -c apt-get update"));
    assertEquals("RUN npm ci", Instruction.text("RUN /bin/sh -c npm   ci # buildkit"));
    assertEquals("RUN npm ci", Instruction.text("RUN |2 A=x y B= /bin/sh -c npm ci # buildkit"));
    assertEquals(
        "RUN curl x | sh", Instruction.text("RUN /bin/bash -o pipefail -c curl x | sh # buildkit"));
    assertEquals("COPY . . # two", Instruction.text("COPY . . # two"));
    assertEquals("the history does not tell", Instruction.text(null));
  }

  @Test
  void commandsQuoteWhatAShellWouldSplit() {
    assertEquals("", Commands.path("."));
    assertEquals(" examples/shop", Commands.path("examples/shop"));
    assertEquals(" 'my shop'", Commands.path("my shop"));
    assertEquals("'it'\\''s'", Commands.quoted("it's"));
  }

  @Test
  void wasteOfOneFolderAndOneCauseIsOneGroup() {
    List<WasteGroup> groups =
        WasteGroup.of(
            List.of(
                new Waste("/var/lib/apt/lists/a", "deleted", 60, 1, 2),
                new Waste("/var/lib/apt/lists/b", "deleted", 40, 1, 2),
                new Waste("/var/lib/apt/lists/c", "deleted", 30, 1, 3),
                new Waste("/usr/bin/tool", "overwritten", 5, 0, 2)));
    assertEquals(
        List.of(
            new WasteGroup("/var/lib/apt/lists", "deleted", 1, 2, 100, 2),
            new WasteGroup("/var/lib/apt/lists/c", "deleted", 1, 3, 30, 1),
            new WasteGroup("/usr/bin/tool", "overwritten", 0, 2, 5, 1)),
        groups);
  }

  @Test
  void groupsOfWasteLoseNoByte() {
    List<Waste> waste =
        List.of(
            new Waste("/app/node_modules/a/x", "deleted", 900, 1, 2),
            new Waste("/app/node_modules/b", "deleted", 50, 1, 2),
            new Waste("/root", "deleted", 7, 1, 2),
            new Waste("/tmp/y/z", "deleted", 3, 1, 2));
    long sum = WasteGroup.of(waste).stream().mapToLong(WasteGroup::bytes).sum();
    assertEquals(960, sum);
  }
}

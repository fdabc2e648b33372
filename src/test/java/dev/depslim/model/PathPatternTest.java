package dev.depslim.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class PathPatternTest {
  private static PathPattern.Builder pattern() {
    return new PathPattern.Builder();
  }

  @Test
  void runsEndAtSlashes() {
    PathPattern log = pattern().run().text('.').text('l').build();
    assertTrue(log.matches(".l"));
    assertTrue(log.matches("a.l.l"));
    assertFalse(log.matches("a/b.l"));
    assertTrue(pattern().all().text('b').build().matches("a/b"));
    assertFalse(pattern().one().build().matches(""));
    assertFalse(pattern().one().build().matches("/"));
  }

  @Test
  void foldersMayBeNone() {
    PathPattern any = pattern().folders(false).text('x').build();
    for (String path : List.of("x", "a/x", "a/b/x")) {
      assertTrue(any.matches(path), path);
    }
    for (String path : List.of("", "/x", "ax", ".a/x", "a/.b/x", "x/")) {
      assertFalse(any.matches(path), path);
    }
    assertTrue(pattern().folders(true).text('x').build().matches(".a/x"));
  }

  @Test
  void choicesStandInEachOther() {
    PathPattern choice =
        pattern().open().text('a').or().text('b').open().or().text('c').close().close().build();
    assertEquals(
        List.of(true, true, true, false, false),
        List.of("a", "b", "bc", "ac", "").stream().map(choice::matches).toList());
  }

  @Test
  void setsHaveRangesAndOpposites() {
    for (String inside : List.of("a", "m", "z", "_", "-")) {
      assertTrue(pattern().set("a-z_-").build().matches(inside), inside);
      assertFalse(pattern().set("!a-z_-").build().matches(inside), inside);
    }
    assertTrue(pattern().set("^a").build().matches("b"));
    assertFalse(pattern().set("^a").build().matches("/"));
    assertTrue(pattern().set("\\]").build().matches("]"));
    assertFalse(pattern().set("z-a").build().matches("m"));
  }

  @Test
  void manyStarsTakeNoTime() {
    PathPattern.Builder stars = pattern();
    for (int i = 0; i < 1_000; i++) {
      stars.run().text('a').folders(false).open().text('a').or().run().close();
    }
    assertFalse(stars.text('b').build().matches("a".repeat(2_000)));
  }
}

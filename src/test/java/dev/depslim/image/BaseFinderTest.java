package dev.depslim.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.depslim.image.source.ImageOutline;
import dev.depslim.image.source.ImageSource.History;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BaseFinderTest {
  /// An image of steps; those that begin with a digit are layers.
  private static ImageOutline image(String name, String... steps) {
    List<String> diffIds = new ArrayList<>();
    List<History> history = new ArrayList<>();
    for (String step : steps) {
      boolean layer = Character.isDigit(step.charAt(0));
      if (layer) {
        diffIds.add("sha256:" + step);
      }
      history.add(new History(step, !layer));
    }
    return new ImageOutline(name, diffIds, history);
  }

  private static List<String> shared(ImageOutline image, ImageOutline... others) {
    return BaseFinder.shared(image, List.of(others)).stream()
        .map(it -> it.name() + " " + it.diffIds().size())
        .toList();
  }

  @Test
  void anImageOfTheRunThatBeginsAnotherIsItsBase() {
    ImageOutline base = image("base", "1", "2", "CMD node");
    ImageOutline app = image("app", "1", "2", "CMD node", "3");
    assertEquals(List.of("base 2"), shared(app, base, app));
    assertEquals(List.of(), shared(base, base, app));
  }

  @Test
  void ofSharedLayersThoseCountThatLieBelowTheLastSharedCommand() {
    ImageOutline web = image("web", "1", "CMD bash", "2", "CMD node", "3", "4", "CMD web");
    ImageOutline worker = image("worker", "1", "CMD bash", "2", "CMD node", "3", "5", "CMD work");
    assertEquals(List.of("null 2"), shared(web, worker));
    assertEquals(List.of("null 2"), shared(worker, web));
  }

  @Test
  void whatTheClassicBuilderWritesIsReadToo() {
    ImageOutline web = image("web", "1", "/bin/sh -c #(nop)  CMD [\"node\"]", "2", "3");
    ImageOutline worker = image("worker", "1", "/bin/sh -c #(nop)  CMD [\"node\"]", "2", "4");
    assertEquals(List.of("null 1"), shared(web, worker));
  }

  @Test
  void withoutASharedCommandNothingIsTheBases() {
    assertEquals(List.of("null 0"), shared(image("a", "1", "2", "3"), image("b", "1", "2", "4")));
  }

  @Test
  void withoutAHistoryNothingIsTheBases() {
    ImageOutline web = new ImageOutline("a", List.of("sha256:1", "sha256:2"), List.of());
    ImageOutline worker = new ImageOutline("b", List.of("sha256:1", "sha256:3"), List.of());
    assertEquals(List.of("null 0"), shared(web, worker));
  }
}

package dev.depslim.report;

import dev.depslim.model.Cost;
import dev.depslim.model.Dependency;
import dev.depslim.model.Explanation;
import dev.depslim.model.Explanation.Item;
import dev.depslim.model.Freed;
import dev.depslim.model.Size;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a package costs, and what goes with it, for people.
final class ExplainCosts {
  private static final int SCREEN = 8;
  private static final int FEW = 5;

  private ExplainCosts() {}

  /// The size of a declared dependency and what its declaration frees.
  static List<String> declared(Dependency dependency, @Nullable Explanation explanation) {
    List<String> lines = new ArrayList<>();
    switch (dependency.size()) {
      case Size.Measured measured -> {
        lines.add(
            Bytes.text(measured.ownBytes())
                + " of its own ("
                + SizeNotes.what(measured.basis())
                + ")");
        if (dependency.cost() == null || measured.basis() == Size.Basis.IMAGE) {
          lines.add("removing it frees " + Bytes.text(measured.retainedBytes()));
        }
      }
      case Size.Unknown unknown -> lines.add("unknown: " + unknown.reason());
    }
    Cost cost = dependency.cost();
    if (cost == null) {
      return lines;
    }
    if (cost.keptBy().isEmpty()) {
      lines.add("removing the declaration frees " + freed(cost.everywhere()));
    } else {
      lines.add(
          "removing the declaration frees "
              + (cost.everywhere().packages() == 0 ? "nothing" : freed(cost.everywhere()))
              + ": kept by "
              + Words.few(cost.keptBy(), FEW));
      if (explanation != null) {
        lines.add("without the package itself go " + freed(explanation.alone()));
      }
    }
    if (dependency.inProduction() && !cost.inProduction().equals(cost.everywhere())) {
      lines.add("in production alone it frees " + freed(cost.inProduction()));
    }
    return lines;
  }

  /// The size of a package that is not declared.
  static List<String> locked(Explanation explanation) {
    Long own = explanation.ownBytes();
    Size.Basis basis = explanation.basis();
    return List.of(
        own == null || basis == null
            ? "unknown: " + explanation.missing()
            : Bytes.text(own) + " of its own (" + SizeNotes.what(basis) + ")",
        "without it go " + freed(explanation.alone()));
  }

  private static String freed(Freed freed) {
    String packages = Words.count(freed.packages(), "package");
    Long bytes = freed.bytes();
    if (bytes == null) {
      return packages;
    }
    int unknown = freed.packages() - freed.known();
    return packages
        + ", "
        + Bytes.text(bytes)
        + (unknown == 0 ? "" : " (" + Words.number(unknown) + " of unknown size not counted)");
  }

  /// The packages that go with it.
  static void going(Page page, Explanation explanation) {
    List<Item> going = explanation.going();
    if (going.isEmpty()) {
      return;
    }
    page.blank();
    page.prose(2, "what goes with it: " + Words.count(going.size(), "package"), Tone.DIM);
    int shown = page.style().shown(going.size(), SCREEN);
    Table table = new Table(2).columns(Table.Kind.RIGHT, Table.Kind.LEFT);
    for (Item item : going.subList(0, shown)) {
      Long bytes = item.bytes();
      table.row(
          Cell.of(bytes == null ? "" : Bytes.text(bytes)),
          Cell.of(item.version() == null ? item.name() : item.name() + " " + item.version()));
    }
    page.table(table);
    long rest = 0;
    for (Item item : going.subList(shown, going.size())) {
      Long bytes = item.bytes();
      rest += bytes == null ? 0 : bytes;
    }
    page.more(going.size() - shown, "package", rest == 0 ? "" : ", together " + Bytes.text(rest));
  }
}

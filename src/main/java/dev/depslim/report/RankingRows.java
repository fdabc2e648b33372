package dev.depslim.report;

import dev.depslim.model.Freed;
import dev.depslim.model.Ranking;
import dev.depslim.model.Ranking.Holder;
import dev.depslim.model.Ranking.Ranked;
import dev.depslim.model.Ranking.Removal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What holds most, and what has to go so that nothing forbidden comes with it.
final class RankingRows {
  private static final int FEW = 3;
  private static final int SCREEN = 4;

  private RankingRows() {}

  /// Such as `5 of 90 declarations hold 71 % of the 1.2 GB that production installs`; null where
  /// nothing is declared.
  static @Nullable String sentence(Ranking ranking) {
    Double percent = ranking.percent();
    if (percent == null || ranking.first().isEmpty()) {
      return null;
    }
    Freed whole = ranking.whole();
    boolean sized = ranking.basis() != null && whole.bytes() != null;
    int count = ranking.first().size();
    return count
        + " of "
        + Words.number(ranking.declarations().size())
        + (ranking.production() ? " production " : " ")
        + Words.plural(ranking.declarations().size(), "declaration")
        + (count == 1 ? " holds " : " hold ")
        + Bytes.percent(percent)
        + " of the "
        + (sized ? Bytes.text(whole.bytes()) : Words.count(whole.packages(), "package"))
        + " that "
        + (ranking.production() ? "production installs" : "they install")
        + (sized && whole.known() < whole.packages()
            ? " (known for "
                + Words.number(whole.known())
                + " of "
                + Words.count(whole.packages(), "package")
                + ")"
            : "");
  }

  /// Bytes, or packages where bytes are not known.
  static String freed(Freed freed) {
    return freed.bytes() == null
        ? Words.count(freed.packages(), "package")
        : Bytes.text(freed.bytes());
  }

  static void write(Page page, Ranking ranking) {
    String sentence = sentence(ranking);
    if (sentence == null) {
      return;
    }
    page.section(sentence);
    boolean everything = page.style().all();
    List<Ranked> rows =
        everything
            ? ranking.declarations().stream().filter(it -> it.alone().packages() > 0).toList()
            : ranking.first();
    Table table =
        new Table(2)
            .column(Table.Kind.RIGHT, "frees alone")
            .column(Table.Kind.LEFT, "declaration")
            .column(Table.Kind.TEXT, "category")
            .column(Table.Kind.LEFT, "where");
    for (Ranked one : rows) {
      table.row(
          Cell.of(freed(one.alone())),
          Cell.strong((one.holder().name() + " " + one.constraint()).strip()),
          Cell.of(one.category().id()),
          Cell.of(Where.line(one.holder().location())));
    }
    page.table(table);
    String shared = shared(ranking);
    if (shared != null) {
      page.prose(2, shared, Tone.DIM);
    }
  }

  /// What is freed together and not by any alone.
  private static @Nullable String shared(Ranking ranking) {
    Freed together = ranking.together();
    long alone = 0;
    int packages = 0;
    for (Ranked one : ranking.first()) {
      alone += one.alone().bytes() == null ? 0 : one.alone().bytes();
      packages += one.alone().packages();
    }
    Long bytes = together.bytes();
    String figure =
        bytes != null && ranking.basis() != null
            ? bytes > alone ? Bytes.text(bytes) : null
            : together.packages() > packages ? Words.count(together.packages(), "package") : null;
    return figure == null ? null : "together " + figure + ": they share what none frees alone";
  }

  /// The fewest declarations that have to go so that no forbidden package comes with others; each
  /// set of several that hold a package together.
  static void removals(Page page, Ranking ranking) {
    if (ranking.removals().isEmpty()) {
      return;
    }
    boolean all = page.style().all();
    int declarations = ranking.allRemovals().size();
    page.prose(
        2,
        "what others bring goes with "
            + Words.count(declarations, "declaration")
            + ": "
            + Words.few(names(ranking.allRemovals()), all ? declarations : FEW)
            + "; that frees "
            + freed(ranking.allRemoved()));
    Map<List<String>, List<String>> bySet =
        new TreeMap<>(
            Comparator.comparing((List<String> names) -> -names.size())
                .thenComparing(Object::toString));
    for (Removal removal : ranking.removals()) {
      bySet.computeIfAbsent(names(removal.holders()), _ -> new ArrayList<>()).add(removal.name());
    }
    List<Map.Entry<List<String>, List<String>>> sets =
        bySet.entrySet().stream().filter(set -> all || set.getKey().size() != 1).toList();
    int shown = page.style().shown(sets.size(), SCREEN);
    Table table = new Table(4).columns(Table.Kind.WRAPPED);
    sets.subList(0, shown)
        .forEach(set -> table.row(Cell.of(sentence(set.getKey(), set.getValue(), all))));
    page.table(table);
    page.more(sets.size() - shown, "set", "");
  }

  private static List<String> names(List<Holder> holders) {
    return holders.stream().map(Holder::name).distinct().toList();
  }

  private static String sentence(List<String> holders, List<String> packages, boolean all) {
    List<String> gone = packages.stream().distinct().toList();
    String goes = gone.size() == 1 ? " goes" : " go";
    String what = Words.few(gone, all ? gone.size() : FEW) + goes;
    if (holders.isEmpty()) {
      return what + " with no declaration: the lock does not tell who needs them";
    }
    return what
        + (holders.size() == 1 ? " when " : " only when all of ")
        + Words.few(holders, all ? holders.size() : FEW + 1)
        + (holders.size() == 1 ? " goes" : " go");
  }
}

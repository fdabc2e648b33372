package dev.depslim.report;

import dev.depslim.model.Analysis;
import dev.depslim.model.Classification;
import dev.depslim.model.Finding;
import dev.depslim.model.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What should be otherwise: forbidden packages by the declaration to change, the other findings by
/// their kind.
final class FindingRows {
  private static final int SCREEN = 8;
  private static final int WIDE = 100;
  private static final int LONGEST_NAME = 40;

  private FindingRows() {}

  static void write(Page page, Analysis analysis) {
    Installed installed = new Installed(analysis);
    List<Forbidden> forbidden = new ArrayList<>();
    Map<String, List<Finding>> inImages = new LinkedHashMap<>();
    Map<String, List<Finding>> others = new LinkedHashMap<>();
    for (Finding finding : analysis.findings()) {
      if (installed.holds(finding)) {
        inImages.computeIfAbsent(finding.location().path(), _ -> new ArrayList<>()).add(finding);
        continue;
      }
      Forbidden one = Forbidden.of(finding);
      if (one == null) {
        others.computeIfAbsent(finding.rule(), _ -> new ArrayList<>()).add(finding);
      } else {
        forbidden.add(one);
      }
    }
    if (!analysis.projects().isEmpty() || !forbidden.isEmpty()) {
      forbidden(page, forbidden);
      if (analysis.ranking() != null) {
        RankingRows.removals(page, analysis.ranking());
      }
    }
    inImages.forEach((image, found) -> inImage(page, image, installed, found));
    others(page, others);
  }

  private static void forbidden(Page page, List<Forbidden> forbidden) {
    if (forbidden.isEmpty()) {
      page.section("nothing forbidden is declared for production or comes with what is");
      return;
    }
    long declared = forbidden.stream().filter(one -> one.broughtBy() == null).count();
    page.section(
        "forbidden in production: "
            + Words.count(forbidden.size(), "package")
            + " ("
            + Words.number(declared)
            + " declared, "
            + Words.number(forbidden.size() - declared)
            + " brought by others)");
    List<Forbidden.Group> groups = Forbidden.groups(forbidden, page.style().all());
    int shown = page.style().shown(groups.size(), SCREEN);
    Table table =
        new Table(2).columns(Table.Kind.LEFT, Table.Kind.LEFT, Table.Kind.LEFT, Table.Kind.WRAPPED);
    for (Forbidden.Group group : groups.subList(0, shown)) {
      Classification classification = group.head().classification();
      table.row(
          Cell.strong(Words.cut(group.head().name(), LONGEST_NAME)),
          new Cell(
              page.style().width() < WIDE ? classification.category().id() : classification.label(),
              Tone.BAD),
          Cell.of(group.head().toChange()),
          Cell.of(why(group)));
    }
    page.table(table);
    int hidden =
        groups.subList(shown, groups.size()).stream()
            .mapToInt(group -> group.brought().size() + (group.declared() == null ? 0 : 1))
            .sum();
    page.more(hidden, "package", "");
  }

  /// The forbidden packages of an image, the biggest first.
  private static void inImage(
      Page page, String image, Installed installed, List<Finding> findings) {
    page.section(
        "forbidden in the image " + image + ": " + Words.count(findings.size(), "package"));
    List<Finding> sorted = installed.sorted(findings);
    int shown = page.style().shown(sorted.size(), SCREEN);
    Table table =
        new Table(2)
            .columns(Table.Kind.RIGHT, Table.Kind.LEFT, Table.Kind.LEFT, Table.Kind.WRAPPED);
    for (Finding finding : sorted.subList(0, shown)) {
      Forbidden one = java.util.Objects.requireNonNull(Forbidden.of(finding));
      Classification classification = one.classification();
      table.row(
          Cell.of(Bytes.text(installed.bytes(finding.location(), finding.subject()))),
          Cell.strong(Words.cut(one.name(), LONGEST_NAME)),
          new Cell(
              page.style().width() < WIDE ? classification.category().id() : classification.label(),
              Tone.BAD),
          Cell.of(
              one.broughtBy() == null ? classification.reason() : "needed by " + one.broughtBy()));
    }
    page.table(table);
    long rest = 0;
    for (Finding finding : sorted.subList(shown, sorted.size())) {
      rest += installed.bytes(finding.location(), finding.subject());
    }
    page.more(sorted.size() - shown, "package", ", together " + Bytes.text(rest));
  }

  private static String why(Forbidden.Group group) {
    Forbidden head = group.head();
    List<String> others = group.others();
    if (group.declared() == null) {
      return "comes with "
          + head.bringer()
          + (others.isEmpty() ? "" : ", and so do " + Words.few(others, 1));
    }
    String reason = head.classification().reason();
    return others.isEmpty() ? reason : "brings " + Words.few(others, 2) + "; " + reason;
  }

  private static void others(Page page, Map<String, List<Finding>> byRule) {
    if (byRule.isEmpty()) {
      return;
    }
    int count = byRule.values().stream().mapToInt(List::size).sum();
    page.section("other findings: " + Words.number(count));
    if (page.style().all()) {
      byRule.values().forEach(findings -> each(page, findings));
      return;
    }
    int shown = page.style().shown(byRule.size(), SCREEN);
    Table table =
        new Table(2)
            .columns(
                Table.Kind.LEFT,
                Table.Kind.LEFT,
                Table.Kind.RIGHT,
                Table.Kind.LEFT,
                Table.Kind.WRAPPED);
    byRule.values().stream()
        .limit(shown)
        .forEach(findings -> {
          Finding first = findings.getFirst();
          table.row(
              new Cell(first.severity().id(), tone(first.severity())),
              Cell.of(first.rule()),
              Cell.of(Words.number(findings.size())),
              Cell.of(Where.line(first.location())),
              Cell.of(first.message()));
        });
    page.table(table);
    page.more(count - shown, "finding", "");
  }

  private static void each(Page page, List<Finding> findings) {
    Table table =
        new Table(2).columns(Table.Kind.LEFT, Table.Kind.LEFT, Table.Kind.LEFT, Table.Kind.WRAPPED);
    for (Finding finding : findings) {
      table.row(
          new Cell(finding.severity().id(), tone(finding.severity())),
          Cell.of(finding.rule()),
          Cell.of(Where.line(finding.location())),
          Cell.of(finding.message()));
    }
    page.table(table);
  }

  static Tone tone(Severity severity) {
    return switch (severity) {
      case ERROR -> Tone.BAD;
      case WARNING -> Tone.WARN;
      case NOTE -> Tone.DIM;
    };
  }
}

package dev.depslim.report;

import dev.depslim.model.Analysis;
import dev.depslim.model.Category;
import dev.depslim.model.Freed;
import dev.depslim.model.Impact;
import dev.depslim.model.Impact.Change;
import dev.depslim.model.Impact.DeclarationChange;
import dev.depslim.model.Impact.Ledger;
import dev.depslim.model.Impact.PackageChange;
import dev.depslim.model.Impact.Pair;
import dev.depslim.model.Snapshot.FindingState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// The impact of a change, for people: what it costs, who brings it, what it breaks and mends.
final class ImpactText {
  private static final int CAUSES = 8;
  private static final int ROWS = 10;
  private static final int NARROW = 70;

  private final Page page;
  private final Analysis analysis;
  private final Impact impact;

  ImpactText(Page page, Analysis analysis, Impact impact) {
    this.page = page;
    this.analysis = analysis;
    this.impact = impact;
  }

  void write() {
    page.head(analysis.root(), "compared with an earlier " + impact.against());
    page.prose(2, ImpactWords.title(impact), Tone.STRONG);
    page.blank();
    Table table =
        new Table(2)
            .column(Table.Kind.LEFT)
            .column(Table.Kind.RIGHT, "before")
            .column(Table.Kind.RIGHT, "after")
            .column(Table.Kind.RIGHT, "change")
            .column(Table.Kind.WRAPPED);
    figure(table, "production", impact.production());
    figure(table, "all that is locked", impact.everything());
    page.table(table);
    page.prose(2, ImpactWords.basis(impact.everything()), Tone.DIM);
    impact.notes().forEach(note -> page.prose(2, note, Tone.WARN));
    causes();
    categories();
    findings("new findings", impact.fresh());
    findings("fixed findings", impact.fixed());
    declarations();
    packages();
    Problems.write(page, Problems.of(analysis));
    next();
  }

  private static void figure(Table table, String what, Ledger ledger) {
    table.row(
        Cell.of(what),
        Cell.of(size(ledger.before())),
        Cell.of(size(ledger.after())),
        Cell.strong(change(new Pair(ledger.before(), ledger.after()))),
        Cell.of(ImpactWords.counts(ledger)));
  }

  private void causes() {
    List<ImpactWords.Row> rows = ImpactWords.rows(impact);
    if (rows.isEmpty()) {
      return;
    }
    page.blank();
    int shown = page.style().all() ? rows.size() : ImpactWords.telling(rows, CAUSES);
    Table table =
        new Table(2)
            .column(Table.Kind.RIGHT, "production")
            .column(Table.Kind.RIGHT, "all")
            .column(Table.Kind.WRAPPED, "because of");
    for (ImpactWords.Row row : rows.subList(0, shown)) {
      Impact.Cause cause = row.everything() == null ? row.cause() : row.everything();
      table.row(
          Cell.strong(ImpactWords.change(row.production())),
          Cell.of(ImpactWords.change(row.everything())),
          Cell.of(
              ImpactWords.what(row.cause())
                  + "; "
                  + ImpactWords.why(impact, cause)
                  + "; "
                  + ImpactWords.counts(cause.added(), cause.removed(), cause.updated())));
    }
    page.table(table);
    page.more(rows.size() - shown, "cause", ImpactWords.together(rows.subList(shown, rows.size())));
  }

  private void categories() {
    Table table =
        new Table(2)
            .column(Table.Kind.LEFT, "category")
            .column(Table.Kind.RIGHT, "production")
            .column(Table.Kind.RIGHT, "change")
            .column(Table.Kind.RIGHT, "all")
            .column(Table.Kind.RIGHT, "change");
    for (Map.Entry<Category, Pair> entry : impact.everything().byCategory().entrySet()) {
      Pair all = entry.getValue();
      Pair production = impact.production().byCategory().getOrDefault(entry.getKey(), all);
      if (all.before().packages() + all.after().packages() > 0) {
        table.row(
            Cell.of(entry.getKey().id()),
            Cell.of(size(production.after())),
            Cell.strong(change(production)),
            Cell.of(size(all.after())),
            Cell.strong(change(all)));
      }
    }
    if (!table.isEmpty()) {
      page.blank();
      page.table(table);
    }
  }

  static String size(Freed freed) {
    return freed.packages() == 0
        ? "–"
        : freed.bytes() == null
            ? Words.count(freed.packages(), "package")
            : Bytes.text(freed.bytes());
  }

  /// The change of bytes; of packages where bytes are not known.
  static String change(Pair pair) {
    Long bytes = pair.bytes();
    int packages = pair.after().packages() - pair.before().packages();
    if (bytes != null) {
      return ImpactWords.signed(bytes);
    }
    return packages == 0 ? "0" : (packages > 0 ? "+" : "−") + Words.number(Math.abs(packages));
  }

  private void findings(String title, List<FindingState> findings) {
    if (findings.isEmpty()) {
      return;
    }
    page.section(title + ": " + Words.number(findings.size()));
    List<ImpactWords.Found> groups =
        page.style().all()
            ? findings.stream().map(it -> new ImpactWords.Found(it, List.of(it))).toList()
            : ImpactWords.grouped(findings);
    int shown = page.style().shown(groups.size(), ROWS);
    Table table =
        new Table(2).columns(Table.Kind.LEFT, Table.Kind.LEFT, Table.Kind.LEFT, Table.Kind.WRAPPED);
    for (ImpactWords.Found found : groups.subList(0, shown)) {
      FindingState first = found.first();
      table.row(
          new Cell(first.severity().id(), FindingRows.tone(first.severity())),
          Cell.of(first.rule()),
          Cell.of(Where.line(first.location())),
          Cell.of(found.message()));
    }
    page.table(table);
    int hidden =
        groups.subList(shown, groups.size()).stream().mapToInt(it -> it.all().size()).sum();
    page.more(hidden, "finding", "");
  }

  private void declarations() {
    List<DeclarationChange> all = impact.declarations();
    if (all.isEmpty()) {
      page.section("no declaration is added, removed or changed");
      return;
    }
    page.section("declarations: " + counts(all.stream().map(DeclarationChange::change).toList()));
    int shown = page.style().shown(all.size(), ROWS);
    Table table =
        new Table(2)
            .columns(
                Table.Kind.LEFT,
                Table.Kind.LEFT,
                Table.Kind.LEFT,
                Table.Kind.LEFT,
                Table.Kind.WRAPPED);
    for (DeclarationChange it : all.subList(0, shown)) {
      table.row(
          Cell.of(it.change().id()),
          Cell.strong(it.name()),
          Cell.of(page.style().width() < NARROW ? "" : category(it)),
          Cell.of(ImpactWords.where(it)),
          Cell.of(ImpactWords.changed(it)));
    }
    page.table(table);
    page.more(all.size() - shown, "declaration", "");
  }

  static String category(DeclarationChange it) {
    var any = it.after() != null ? it.after() : it.before();
    return any == null ? "" : any.category().id();
  }

  static String counts(List<Change> changes) {
    List<String> parts = new ArrayList<>();
    for (Change change : Change.values()) {
      long count = changes.stream().filter(it -> it == change).count();
      if (count > 0) {
        parts.add(Words.number(count) + " " + change.id());
      }
    }
    return String.join(", ", parts);
  }

  /// The packages, the largest change first.
  static List<PackageChange> sorted(Impact impact) {
    List<PackageChange> sorted = new ArrayList<>(impact.packages());
    sorted.sort(
        Comparator.comparing((PackageChange it) -> !ImpactWords.inProduction(it))
            .thenComparing(it -> {
              Long bytes = ImpactWords.bytes(it);
              return bytes == null ? 0L : -Math.abs(bytes);
            })
            .thenComparing(it -> ImpactWords.category(it) == Category.PRODUCTION));
    return sorted;
  }

  private void packages() {
    List<PackageChange> all = sorted(impact);
    if (all.isEmpty()) {
      return;
    }
    page.section("packages: " + counts(all.stream().map(PackageChange::change).toList()));
    int shown = page.style().shown(all.size(), ROWS);
    Table table =
        new Table(2)
            .columns(
                Table.Kind.RIGHT,
                Table.Kind.LEFT,
                Table.Kind.LEFT,
                Table.Kind.LEFT,
                Table.Kind.WRAPPED);
    for (PackageChange it : all.subList(0, shown)) {
      Long bytes = ImpactWords.bytes(it);
      table.row(
          Cell.of(bytes == null ? "" : ImpactWords.signed(bytes)),
          Cell.of(it.change().id()),
          Cell.strong(it.name()),
          Cell.of(
              ImpactWords.category(it).id()
                  + (ImpactWords.inProduction(it) ? "" : ", not in production")),
          Cell.of(ImpactWords.versions(it)));
    }
    page.table(table);
    page.more(all.size() - shown, "package", "");
  }

  private void next() {
    String path = Commands.path(analysis.root());
    Table table = new Table(2).columns(Table.Kind.LEFT, Table.Kind.WRAPPED);
    table.row(Cell.of("depslim analyze" + path), Cell.dim("the whole picture, not the change"));
    ImpactWords.rows(impact).stream()
        .map(ImpactWords.Row::cause)
        .filter(cause -> !cause.way().isEmpty() && cause.gained().packages() > 0)
        .findFirst()
        .ifPresent(cause ->
            table.row(
                Cell.of("depslim explain " + Commands.quoted(cause.way().getLast().name()) + path),
                Cell.dim("why it is here, who needs it")));
    page.section("Next");
    page.table(table);
  }
}

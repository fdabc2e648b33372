package dev.depslim.report;

import dev.depslim.model.Category;
import dev.depslim.model.ImageReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// The packages of an image: by category, and the biggest.
final class PackageRows {
  private static final int SCREEN = 10;
  private static final int BAR = 12;
  private static final int WIDE = 100;

  private PackageRows() {}

  static void categories(Page page, ImageReport image) {
    Map<String, Long> bytes = image.ledger().byCategory();
    List<String> names = new ArrayList<>(bytes.keySet());
    names.sort(
        Comparator.comparingLong((String name) -> -bytes(bytes, name)).thenComparing(n -> n));
    long total = image.ledger().totalBytes();
    Table table =
        new Table(2)
            .column(Table.Kind.LEFT, "category")
            .column(Table.Kind.RIGHT, "packages")
            .column(Table.Kind.RIGHT, "stored")
            .column(Table.Kind.RIGHT, "share")
            .column(Table.Kind.LEFT);
    for (String name : names) {
      Category category = Category.named(name).orElse(null);
      long packages =
          image.packages().stream()
              .filter(row -> row.classification().category() == category)
              .count();
      if (bytes(bytes, name) == 0 && packages == 0) {
        continue;
      }
      table.row(
          Cell.of(name),
          Cell.of(category == null ? "–" : Words.number(packages)),
          Cell.of(Bytes.text(bytes(bytes, name))),
          Cell.of(Bytes.share(bytes(bytes, name), total)),
          Cell.dim(Bytes.bar(bytes(bytes, name), total, BAR)));
    }
    if (!table.isEmpty()) {
      page.blank();
      page.table(table);
    }
  }

  private static long bytes(Map<String, Long> bytes, String name) {
    return bytes.getOrDefault(name, 0L);
  }

  static void biggest(Page page, ImageReport image) {
    List<ImageReport.PackageRow> rows = new ArrayList<>(image.packages());
    if (rows.isEmpty()) {
      page.section("no package database and no package was found");
      return;
    }
    rows.sort(
        Comparator.comparingLong((ImageReport.PackageRow row) -> -row.bytes())
            .thenComparing(ImageReport.PackageRow::name)
            .thenComparing(ImageReport.PackageRow::path));
    int shown = page.style().shown(rows.size(), SCREEN);
    Table table =
        new Table(2)
            .column(Table.Kind.TEXT, rows.size() == shown ? "packages" : "biggest packages")
            .column(Table.Kind.LEFT)
            .column(Table.Kind.TEXT)
            .column(Table.Kind.RIGHT, "bytes")
            .column(Table.Kind.RIGHT, "frees")
            .column(Table.Kind.LEFT, "layer")
            .column(Table.Kind.WRAPPED);
    boolean wide = page.style().width() >= WIDE;
    for (ImageReport.PackageRow row : rows.subList(0, shown)) {
      boolean ours = !row.inBase() && row.classification().category() != Category.PRODUCTION;
      table.row(
          Cell.strong(row.name() + (row.version() == null ? "" : " " + row.version())),
          Cell.dim(row.ecosystem().id()),
          new Cell(
              wide ? row.classification().label() : row.classification().category().id(),
              ours ? Tone.BAD : Tone.PLAIN),
          Cell.of(Bytes.text(row.bytes())),
          Cell.of(Bytes.text(row.retainedBytes())),
          Cell.of(layers(row) + (row.inBase() ? " base" : "")),
          Cell.of(note(row, wide)));
    }
    page.blank();
    page.table(table);
    long rest =
        rows.subList(shown, rows.size()).stream().mapToLong(ImageReport.PackageRow::bytes).sum();
    page.more(rows.size() - shown, "package", ", together " + Bytes.text(rest));
    page.prose(
        2, "frees: live bytes that go when nobody asks for it, with what only it needs", Tone.DIM);
  }

  private static String layers(ImageReport.PackageRow row) {
    List<ImageReport.LayerBytes> layers = row.layers();
    return switch (layers.size()) {
      case 0 -> "–";
      case 1 -> String.valueOf(layers.getFirst().index());
      case 2 -> layers.getFirst().index() + "," + layers.getLast().index();
      default -> layers.getFirst().index() + "…" + layers.getLast().index();
    };
  }

  private static String note(ImageReport.PackageRow row, boolean wide) {
    if (row.removed()) {
      return "a later layer deleted it, its bytes stay stored";
    }
    if (row.keptBy() != null) {
      return "needed by " + row.keptBy();
    }
    if (row.baseTool()) {
      return wide ? "a tool of the base image" : "";
    }
    return wide && row.retainedBytes() > row.liveBytes() ? "with what only it needs" : "";
  }
}

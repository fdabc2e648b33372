package dev.depslim.report;

import dev.depslim.model.Category;
import dev.depslim.model.ImageReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What an image holds, for people.
public final class ImageText {
  private static final int LAYERS = 12;
  private static final int SCREEN = 10;
  private static final int FEW = 5;
  private static final int BAR = 10;
  private static final int NARROW = 70;

  private final TextStyle style;

  public ImageText(TextStyle style) {
    this.style = style;
  }

  /// The report, ended by a line end; the same image gives the same bytes.
  public String write(ImageReport image) {
    Page page = new Page(style);
    head(page, image);
    layers(page, image);
    PackageRows.categories(page, image);
    PackageRows.biggest(page, image);
    reclaimable(page, image);
    caches(page, image);
    duplicates(page, image);
    savings(page, image);
    Problems.write(page, image.issues());
    return page.text();
  }

  private static void head(Page page, ImageReport image) {
    ImageReport.Sizes sizes = image.sizes();
    List<String> what = new ArrayList<>();
    if (image.platform() != null) {
      what.add(image.platform());
    }
    what.add(Words.count(image.layers().size(), "layer"));
    what.add(Words.count(image.files(), "path"));
    what.add("read from " + image.source());
    page.head(image.reference(), String.join(", ", what));
    page.prose(
        2,
        "stored "
            + Bytes.text(sizes.storedBytes())
            + ", live "
            + Bytes.text(sizes.liveBytes())
            + ", reclaimable "
            + Bytes.text(sizes.reclaimableBytes())
            + ", compressed "
            + Bytes.text(sizes.compressedBytes()));
    page.prose(2, base(image.base()), Tone.DIM);
  }

  private static String base(ImageReport.Base base) {
    if (base.layers() == 0 && base.name() == null) {
      return "base image not known: name it with images[].base in .depslim.yml";
    }
    String layers =
        base.layers() == 0
            ? "its layers are not known"
            : base.layers() == 1 ? "layer 0" : "layers 0 to " + (base.layers() - 1);
    String how =
        switch (base.how()) {
          case "given" -> "as given";
          case "annotation" -> "by the annotations of the image";
          case "diff-id-prefix" -> "by its layers";
          default -> base.how();
        };
    return "base "
        + (base.name() == null ? "without a name" : base.name())
        + ": "
        + layers
        + ", known "
        + how;
  }

  private void layers(Page page, ImageReport image) {
    List<ImageReport.LayerRow> layers = image.layers();
    int shown = style.shown(layers.size(), LAYERS);
    List<ImageReport.LayerRow> rows = layers;
    if (shown < layers.size()) {
      List<ImageReport.LayerRow> biggest = new ArrayList<>(layers);
      biggest.sort(Comparator.comparingLong((ImageReport.LayerRow row) -> -row.storedBytes()));
      rows =
          biggest.subList(0, shown).stream()
              .sorted(Comparator.comparingInt(ImageReport.LayerRow::index))
              .toList();
    }
    long most = layers.stream().mapToLong(ImageReport.LayerRow::storedBytes).max().orElse(0);
    Table table =
        new Table(2)
            .column(Table.Kind.RIGHT, "layer")
            .column(Table.Kind.RIGHT, "stored")
            .column(Table.Kind.RIGHT, "live")
            .column(Table.Kind.RIGHT, "reclaimable")
            .column(Table.Kind.LEFT)
            .column(Table.Kind.TEXT, "made by");
    long hidden = image.sizes().storedBytes();
    for (ImageReport.LayerRow row : rows) {
      hidden -= row.storedBytes();
      table.row(
          Cell.of(Words.number(row.index())),
          Cell.of(Bytes.text(row.storedBytes())),
          Cell.of(Bytes.text(row.liveBytes())),
          Cell.of(Bytes.text(row.reclaimableBytes())),
          Cell.dim(style.width() < NARROW ? "" : Bytes.bar(row.storedBytes(), most, BAR)),
          Cell.of((row.base() ? "base: " : "") + Instruction.text(row.createdBy())));
    }
    page.blank();
    page.table(table);
    page.more(layers.size() - shown, "layer", ", together " + Bytes.text(hidden));
  }

  private void reclaimable(Page page, ImageReport image) {
    long bytes = image.sizes().reclaimableBytes();
    if (bytes == 0) {
      page.section("reclaimable: 0, no layer stores what another one hides");
      return;
    }
    page.section(
        "reclaimable: "
            + Bytes.text(bytes)
            + " in layers and not in the file system ("
            + Bytes.share(bytes, image.sizes().storedBytes())
            + " of stored)");
    List<WasteGroup> groups = WasteGroup.of(image.waste());
    int shown = style.shown(groups.size(), SCREEN);
    Table table = new Table(2).columns(Table.Kind.RIGHT, Table.Kind.LEFT, Table.Kind.WRAPPED);
    for (WasteGroup group : groups.subList(0, shown)) {
      table.row(
          Cell.of(Bytes.text(group.bytes())),
          Cell.strong(
              group.path()
                  + (group.files() == 1 ? "" : " (" + Words.count(group.files(), "file") + ")")),
          Cell.of(group.cause(image.base().layers())));
    }
    page.table(table);
    long rest = groups.subList(shown, groups.size()).stream().mapToLong(WasteGroup::bytes).sum();
    page.more(groups.size() - shown, "", ", together " + Bytes.text(rest));
  }

  private static void caches(Page page, ImageReport image) {
    Table table = new Table(2).columns(Table.Kind.RIGHT, Table.Kind.LEFT, Table.Kind.TEXT);
    long total = 0;
    for (ImageReport.LayerRow layer : image.layers()) {
      long bytes = layer.byCategory().getOrDefault("cache", 0L);
      if (bytes > 0) {
        total += bytes;
        table.row(
            Cell.of(Bytes.text(bytes)),
            Cell.of("layer " + layer.index()),
            Cell.of((layer.base() ? "base: " : "") + Instruction.text(layer.createdBy())));
      }
    }
    if (!table.isEmpty()) {
      page.section("caches left in layers: " + Bytes.text(total));
      page.table(table);
      page.prose(2, "Mount them (RUN --mount=type=cache,…) or delete them in the same RUN.");
    }
  }

  private void duplicates(Page page, ImageReport image) {
    List<ImageReport.Duplicate> duplicates = new ArrayList<>(image.duplicates());
    if (duplicates.isEmpty()) {
      return;
    }
    duplicates.sort(Comparator.comparingLong((ImageReport.Duplicate d) -> -d.bytes()));
    long total = duplicates.stream().mapToLong(ImageReport.Duplicate::bytes).sum();
    page.section("the same content more than once: " + Bytes.text(total) + " beyond the first");
    int shown = style.shown(duplicates.size(), FEW);
    Table table = new Table(2).columns(Table.Kind.RIGHT, Table.Kind.LEFT, Table.Kind.WRAPPED);
    for (ImageReport.Duplicate duplicate : duplicates.subList(0, shown)) {
      List<String> paths = duplicate.paths().stream().map(path -> "/" + path).toList();
      table.row(
          Cell.of(Bytes.text(duplicate.bytes())),
          Cell.of(paths.size() + " copies"),
          Cell.of(style.all() ? Words.and(paths) : Words.few(paths, 2)));
    }
    page.table(table);
    long rest =
        duplicates.subList(shown, duplicates.size()).stream()
            .mapToLong(ImageReport.Duplicate::bytes)
            .sum();
    page.more(duplicates.size() - shown, "", ", together " + Bytes.text(rest));
  }

  private void savings(Page page, ImageReport image) {
    ImageReport.Savings savings = image.savings();
    page.blank();
    if (savings.exclude().isEmpty()) {
      page.prose(0, "No category is left out, so nothing is predicted: name some with --exclude.");
      return;
    }
    String categories = Words.and(savings.exclude().stream().map(Category::id).toList());
    String which = savings.written() ? "" : " This is the default list: --exclude names another.";
    if (savings.packages() == 0 && savings.storedBytes() == 0 && savings.kept().isEmpty()) {
      page.prose(0, "Nothing to leave out: no package of " + categories + " could go." + which);
      return;
    }
    page.prose(
        0,
        "Left out, "
            + categories
            + " save "
            + Bytes.text(savings.liveBytes())
            + " of "
            + Bytes.text(image.sizes().liveBytes())
            + " live ("
            + Bytes.percent(savings.percent())
            + ") with "
            + Words.count(savings.packages(), "package")
            + "; stored "
            + Bytes.text(savings.storedBytes())
            + ", compressed "
            + (savings.compressedBytes() == null
                ? "unknown"
                : "about " + Bytes.text(savings.compressedBytes()))
            + "."
            + which,
        Tone.STRONG);
    List<ImageReport.Kept> kept = new ArrayList<>(savings.kept());
    kept.sort(
        Comparator.comparingLong((ImageReport.Kept k) -> -k.bytes())
            .thenComparing(ImageReport.Kept::name));
    if (kept.isEmpty()) {
      return;
    }
    int shown = style.shown(kept.size(), FEW);
    Table table =
        new Table(2)
            .columns(Table.Kind.LEFT, Table.Kind.TEXT, Table.Kind.RIGHT, Table.Kind.WRAPPED);
    for (ImageReport.Kept one : kept.subList(0, shown)) {
      table.row(
          new Cell("stays", Tone.WARN),
          Cell.of(one.name()),
          Cell.of(Bytes.text(one.bytes())),
          Cell.of("for " + one.because()));
    }
    page.table(table);
    long rest = kept.subList(shown, kept.size()).stream().mapToLong(ImageReport.Kept::bytes).sum();
    page.more(kept.size() - shown, "package", ", together " + Bytes.text(rest));
  }
}

package dev.depslim.report;

import dev.depslim.model.Category;
import dev.depslim.model.ImageReport;
import dev.depslim.syntax.JsonWriter;
import java.util.Map;
import java.util.TreeMap;

/// An image in the JSON report.
final class ImageJson {
  private ImageJson() {}

  static void image(JsonWriter json, ImageReport image) {
    json.object(() -> {
      json.member("reference", image.reference());
      json.member("source", image.source());
      json.member("id", image.id());
      json.member("platform", image.platform());
      json.object("sizes", () -> sizes(json, image.sizes()));
      json.member("files", image.files());
      json.object(
          "base",
          () -> {
            json.member("layers", image.base().layers());
            json.member("name", image.base().name());
            json.member("how", image.base().how());
          });
      json.array("layers", image.layers(), layer -> layer(json, layer));
      json.array("packages", image.packages(), row -> packageRow(json, row));
      json.object("ledger", () -> ledger(json, image.ledger()));
      json.array(
          "waste",
          image.waste(),
          waste ->
              json.object(() -> {
                json.member("path", waste.path());
                json.member("kind", waste.kind());
                json.member("bytes", waste.bytes());
                json.member("createdIn", waste.createdIn());
                json.member("removedIn", waste.removedIn());
              }));
      json.array(
          "duplicates",
          image.duplicates(),
          duplicate ->
              json.object(() -> {
                json.member("bytes", duplicate.bytes());
                json.strings("paths", duplicate.paths());
              }));
      json.object("savings", () -> savings(json, image.savings()));
    });
  }

  private static void sizes(JsonWriter json, ImageReport.Sizes sizes) {
    json.member("compressedBytes", sizes.compressedBytes());
    json.member("storedBytes", sizes.storedBytes());
    json.member("liveBytes", sizes.liveBytes());
    json.member("reclaimableBytes", sizes.reclaimableBytes());
  }

  private static void layer(JsonWriter json, ImageReport.LayerRow layer) {
    json.object(() -> {
      json.member("index", layer.index());
      json.member("diffId", layer.diffId());
      json.member("createdBy", layer.createdBy());
      json.member("storedBytes", layer.storedBytes());
      json.member("liveBytes", layer.liveBytes());
      json.member("reclaimableBytes", layer.reclaimableBytes());
      json.member("files", layer.files());
      json.member("base", layer.base());
      bytesByName(json, "byCategory", layer.byCategory());
    });
  }

  private static void packageRow(JsonWriter json, ImageReport.PackageRow row) {
    json.object(() -> {
      json.member("name", row.name());
      json.member("version", row.version());
      json.member("ecosystem", row.ecosystem().id());
      json.member("purl", row.purl());
      json.member("category", row.classification().category().id());
      json.member("label", row.classification().label());
      json.member("bytes", row.bytes());
      json.member("liveBytes", row.liveBytes());
      json.member("declaredBytes", row.declaredBytes());
      json.member("retainedBytes", row.retainedBytes());
      json.member("files", row.files());
      if (row.direct() == null) {
        json.nothing("direct");
      } else {
        json.member("direct", row.direct());
      }
      json.member("baseTool", row.baseTool());
      json.member("inBase", row.inBase());
      json.member("removed", row.removed());
      json.member("path", row.path());
      json.member("keptBy", row.keptBy());
      json.member("goes", row.goes());
      json.array(
          "layers",
          row.layers(),
          layer ->
              json.object(() -> {
                json.member("index", layer.index());
                json.member("bytes", layer.bytes());
              }));
    });
  }

  private static void ledger(JsonWriter json, ImageReport.Ledger ledger) {
    json.member("totalBytes", ledger.totalBytes());
    bytesByName(json, "byOwner", ledger.byOwner());
    bytesByName(json, "byCategory", ledger.byCategory());
    json.member("unownedBytes", ledger.unownedBytes());
  }

  private static void savings(JsonWriter json, ImageReport.Savings savings) {
    json.strings("exclude", savings.exclude().stream().map(Category::id).toList());
    json.member("excludeWritten", savings.written());
    json.member("packages", savings.packages());
    json.member("storedBytes", savings.storedBytes());
    json.member("liveBytes", savings.liveBytes());
    json.member("compressedBytes", savings.compressedBytes());
    json.decimal("percent", savings.percent());
    json.object(
        "byCategory",
        () ->
            savings
                .byCategory()
                .forEach((category, freed) ->
                    json.object(
                        category.id(),
                        () -> {
                          json.member("packages", freed.packages());
                          json.member("liveBytes", freed.bytes());
                        })));
    json.array(
        "kept",
        savings.kept(),
        kept ->
            json.object(() -> {
              json.member("name", kept.name());
              json.member("bytes", kept.bytes());
              json.member("because", kept.because());
            }));
  }

  private static void bytesByName(JsonWriter json, String name, Map<String, Long> bytes) {
    json.object(name, () -> new TreeMap<>(bytes).forEach((key, value) -> json.member(key, value)));
  }
}

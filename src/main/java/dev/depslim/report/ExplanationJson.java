package dev.depslim.report;

import dev.depslim.model.Explanation;
import dev.depslim.model.Explanation.Item;
import dev.depslim.model.Explanation.Way;
import dev.depslim.model.Purl;
import dev.depslim.syntax.JsonWriter;

/// Why a package is here, in the JSON report.
final class ExplanationJson {
  private ExplanationJson() {}

  static void write(JsonWriter json, Explanation explanation) {
    json.object(() -> {
      json.member("name", explanation.name());
      json.member("version", explanation.version());
      json.member(
          "purl", Purl.of(explanation.ecosystem(), explanation.name(), explanation.version()));
      json.member("lockfile", explanation.lockfile());
      json.object(
          "size",
          () -> {
            json.member("ownBytes", explanation.ownBytes());
            json.member("dominatedBytes", explanation.alone().bytes());
            json.member("dominatedPackages", explanation.alone().packages());
            boolean known = explanation.ownBytes() != null && explanation.basis() != null;
            json.member("basis", known ? basis(explanation) : null);
            json.member("reason", known ? null : explanation.missing());
          });
      json.array("ways", explanation.ways(), way -> way(json, way));
      json.array("going", explanation.going(), item -> item(json, item));
    });
  }

  private static String basis(Explanation explanation) {
    return explanation.basis() == null ? "" : explanation.basis().id();
  }

  private static void way(JsonWriter json, Way way) {
    json.object(() -> {
      json.member("project", way.project());
      json.member("declared", way.declared());
      json.member("production", way.production());
      json.array(
          "packages",
          way.packages(),
          item ->
              json.object(() -> {
                json.member("name", item.name());
                json.member("version", item.version());
              }));
    });
  }

  private static void item(JsonWriter json, Item item) {
    json.object(() -> {
      json.member("name", item.name());
      json.member("version", item.version());
      json.member("ownBytes", item.bytes());
    });
  }
}

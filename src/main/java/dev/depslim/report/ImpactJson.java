package dev.depslim.report;

import dev.depslim.model.Explanation;
import dev.depslim.model.Freed;
import dev.depslim.model.Impact;
import dev.depslim.model.Impact.Ledger;
import dev.depslim.model.Impact.PackageState;
import dev.depslim.model.Snapshot;
import dev.depslim.model.Snapshot.FindingState;
import dev.depslim.syntax.JsonWriter;
import org.jspecify.annotations.Nullable;

/// The impact of a change, as `diff` in the JSON report.
final class ImpactJson {
  private ImpactJson() {}

  static void write(JsonWriter json, Impact impact) {
    json.member("against", impact.against());
    json.object("production", () -> ledger(json, impact.production()));
    json.object("everything", () -> ledger(json, impact.everything()));
    json.array("declarations", impact.declarations(), it -> declaration(json, it));
    json.array("packages", impact.packages(), it -> packages(json, it));
    json.object(
        "findings",
        () -> {
          json.array("new", impact.fresh(), it -> finding(json, it));
          json.array("fixed", impact.fixed(), it -> finding(json, it));
        });
    json.strings("notes", impact.notes());
  }

  private static void ledger(JsonWriter json, Ledger ledger) {
    json.member("basis", ledger.basis() == null ? null : ledger.basis().id());
    json.member("reason", ledger.reason());
    json.member("added", ledger.added());
    json.member("removed", ledger.removed());
    json.member("updated", ledger.updated());
    difference(json, ledger.before(), ledger.after(), ledger.bytes());
    json.object(
        "byCategory",
        () ->
            ledger
                .byCategory()
                .forEach((category, pair) ->
                    json.object(
                        category.id(),
                        () -> difference(json, pair.before(), pair.after(), pair.bytes()))));
    json.array("causes", ledger.causes(), cause -> cause(json, cause));
  }

  private static void difference(JsonWriter json, Freed before, Freed after, @Nullable Long bytes) {
    json.object("before", () -> RankingJson.freed(json, before));
    json.object("after", () -> RankingJson.freed(json, after));
    json.member("bytes", bytes);
  }

  private static void cause(JsonWriter json, Impact.Cause cause) {
    json.object(() -> {
      json.member("kind", cause.kind().id());
      json.member("ecosystem", cause.ecosystem().id());
      json.strings("declared", cause.declared());
      json.member("added", cause.added());
      json.member("removed", cause.removed());
      json.member("updated", cause.updated());
      json.object("gained", () -> RankingJson.freed(json, cause.gained()));
      json.object("lost", () -> RankingJson.freed(json, cause.lost()));
      json.member("bytes", cause.bytes());
      json.array("way", cause.way(), item -> json.compact(compact -> item(compact, item)));
    });
  }

  private static void item(JsonWriter json, Explanation.Item item) {
    json.member("name", item.name());
    json.member("version", item.version());
    json.member("bytes", item.bytes());
  }

  private static void declaration(JsonWriter json, Impact.DeclarationChange it) {
    json.object(() -> {
      json.member("project", it.project());
      json.member("ecosystem", it.ecosystem().id());
      json.member("name", it.name());
      json.member("change", it.change().id());
      declared(json, "before", it.before());
      declared(json, "after", it.after());
    });
  }

  private static void declared(JsonWriter json, String name, Snapshot.@Nullable Declared it) {
    if (it == null) {
      json.nothing(name);
      return;
    }
    json.object(
        name,
        () -> {
          json.member("constraint", it.constraint());
          json.member("version", it.version());
          json.member("category", it.category().id());
          json.member("inProduction", it.inProduction());
          json.array(
              "declarations",
              it.sections(),
              section ->
                  json.compact(compact -> {
                    compact.member("path", section.location().path());
                    compact.member("line", section.location().line());
                    compact.member("scope", section.scope().id());
                    compact.member("group", section.group());
                    compact.member("marker", section.marker());
                  }));
        });
  }

  private static void packages(JsonWriter json, Impact.PackageChange it) {
    json.object(() -> {
      json.member("lockfile", it.lockfile());
      json.member("ecosystem", it.ecosystem().id());
      json.member("name", it.name());
      json.member("change", it.change().id());
      state(json, "before", it.before());
      state(json, "after", it.after());
    });
  }

  private static void state(JsonWriter json, String name, @Nullable PackageState it) {
    if (it == null) {
      json.nothing(name);
      return;
    }
    json.object(
        name,
        () -> {
          json.strings("versions", it.versions());
          json.member("scope", it.scope().id());
          json.member("category", it.category().id());
          json.member("inProduction", it.inProduction());
          json.member("bytes", it.bytes());
        });
  }

  private static void finding(JsonWriter json, FindingState it) {
    json.object(() -> {
      json.member("rule", it.rule());
      json.member("severity", it.severity().id());
      json.member("confidence", it.confidence().id());
      json.member("subject", it.subject());
      json.member("path", it.location().path());
      json.member("line", it.location().line());
      json.member("message", it.message());
      json.member("category", it.category() == null ? null : it.category().id());
      json.member("broughtBy", it.broughtBy());
    });
  }
}

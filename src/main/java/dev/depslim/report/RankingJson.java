package dev.depslim.report;

import dev.depslim.model.Freed;
import dev.depslim.model.Ranking;
import dev.depslim.model.Ranking.Holder;
import dev.depslim.model.Ranking.Ranked;
import dev.depslim.syntax.JsonWriter;

/// What holds most, in the JSON report.
final class RankingJson {
  private RankingJson() {}

  static void write(JsonWriter json, Ranking ranking) {
    json.member("of", ranking.production() ? "production" : "everything");
    json.member("basis", ranking.basis() == null ? null : ranking.basis().id());
    json.object("whole", () -> freed(json, ranking.whole()));
    json.object(
        "first",
        () -> {
          json.array("declarations", ranking.first(), one -> ranked(json, one));
          json.object("together", () -> freed(json, ranking.together()));
          Double percent = ranking.percent();
          if (percent == null) {
            json.nothing("percent");
          } else {
            json.decimal("percent", percent);
          }
        });
    json.array("declarations", ranking.declarations(), one -> ranked(json, one));
    json.object(
        "removals",
        () -> {
          json.array(
              "packages",
              ranking.removals(),
              removal ->
                  json.object(() -> {
                    json.member("subject", removal.subject());
                    json.member("lockfile", removal.lockfile());
                    json.array("declarations", removal.holders(), one -> holder(json, one));
                    json.object("frees", () -> freed(json, removal.freed()));
                  }));
          json.object(
              "all",
              () -> {
                json.array("declarations", ranking.allRemovals(), one -> holder(json, one));
                json.object("frees", () -> freed(json, ranking.allRemoved()));
              });
        });
  }

  private static void ranked(JsonWriter json, Ranked one) {
    json.compact(compact -> {
      members(compact, one.holder());
      compact.member("constraint", one.constraint());
      compact.member("category", one.category().id());
      freed(compact, one.alone());
    });
  }

  private static void holder(JsonWriter json, Holder holder) {
    json.compact(compact -> members(compact, holder));
  }

  private static void members(JsonWriter json, Holder holder) {
    json.member("ecosystem", holder.ecosystem().id());
    json.member("project", holder.project());
    json.member("name", holder.name());
    json.member("path", holder.location().path());
    json.member("line", holder.location().line());
  }

  static void freed(JsonWriter json, Freed freed) {
    json.member("packages", freed.packages());
    json.member("known", freed.known());
    json.member("bytes", freed.bytes());
  }
}

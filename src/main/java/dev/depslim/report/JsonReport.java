package dev.depslim.report;

import dev.depslim.model.Analysis;
import dev.depslim.model.Category;
import dev.depslim.model.Finding;
import dev.depslim.model.Impact;
import dev.depslim.model.Issue;
import dev.depslim.model.Minimization;
import dev.depslim.model.PolicyResult;
import dev.depslim.model.Ranking;
import dev.depslim.model.Summary;
import dev.depslim.syntax.JsonWriter;
import java.io.Writer;
import java.util.List;
import java.util.Map;

/// The report as one JSON document; `docs/report.schema.json` is its schema.
public final class JsonReport {
  /// Version of the schema.
  public static final String SCHEMA_VERSION = "1";

  private final String toolVersion;

  /// @param toolVersion version of depslim
  public JsonReport(String toolVersion) {
    this.toolVersion = toolVersion;
  }

  /// The document, ended by a line end; the same analysis gives the same bytes.
  public String write(Analysis analysis) {
    return JsonWriter.document(json -> json.object(() -> document(json, analysis)));
  }

  /// Writes the same as it is made: a large report need not be held.
  public void write(Writer to, Analysis analysis) {
    JsonWriter.document(to, json -> json.object(() -> document(json, analysis)));
  }

  private void document(JsonWriter json, Analysis analysis) {
    json.member("schemaVersion", SCHEMA_VERSION);
    json.object(
        "tool",
        () -> {
          json.member("name", "depslim");
          json.member("version", toolVersion);
        });
    json.member("root", ".");
    json.array("projects", analysis.projects(), project -> ProjectJson.project(json, project));
    json.strings("installs", List.of());
    json.array("images", analysis.images(), image -> ImageJson.image(json, image));
    json.array("findings", analysis.findings(), finding -> finding(json, finding));
    json.object("summary", () -> summary(json, analysis.summary()));
    if (analysis.policy() == null) {
      json.nothing("policy");
    } else {
      PolicyResult policy = analysis.policy();
      json.object("policy", () -> policy(json, policy));
    }
    Minimization plan = analysis.plan();
    if (plan == null) {
      json.nothing("plan");
    } else {
      json.object("plan", () -> PlanJson.plan(json, plan));
    }
    Impact impact = analysis.impact();
    if (impact == null) {
      json.nothing("diff");
    } else {
      json.object("diff", () -> ImpactJson.write(json, impact));
    }
    json.nothing("comparison");
    if (!analysis.explanations().isEmpty()) {
      json.array("explanations", analysis.explanations(), one -> ExplanationJson.write(json, one));
    }
    Ranking ranking = analysis.ranking();
    if (ranking != null) {
      json.object("ranking", () -> RankingJson.write(json, ranking));
    }
    if (!analysis.locks().isEmpty()) {
      json.array("graphs", analysis.locks(), lock -> GraphJson.write(json, lock));
    }
    json.array("issues", Problems.of(analysis), issue -> issue(json, issue));
  }

  private static void finding(JsonWriter json, Finding finding) {
    json.object(() -> {
      json.member("rule", finding.rule());
      json.member("severity", finding.severity().id());
      json.member("confidence", finding.confidence().id());
      json.member("subject", finding.subject());
      json.member("path", finding.location().path());
      json.member("line", finding.location().line());
      json.member("message", finding.message());
      json.member("savingsBytes", finding.savingsBytes());
      json.strings("evidence", finding.evidence());
      Finding.PackageRef about = finding.about();
      if (about != null) {
        json.member("category", about.classification().category().id());
        json.member("label", about.classification().label());
        json.member("broughtBy", about.broughtBy());
      }
    });
  }

  private static void summary(JsonWriter json, Summary summary) {
    json.member("declared", summary.declared());
    json.object(
        "byCategory",
        () -> {
          for (Map.Entry<Category, Summary.Figures> entry : summary.byCategory().entrySet()) {
            Summary.Figures figures = entry.getValue();
            json.object(
                entry.getKey().id(),
                () -> {
                  json.member("declared", figures.declared());
                  json.member("resolved", figures.resolved());
                  json.member("retainedBytes", figures.retainedBytes());
                  json.member("retainedPackages", figures.retainedPackages());
                  json.member("inProduction", figures.inProduction());
                });
          }
        });
    json.object(
        "guesses",
        () -> {
          json.member("declared", summary.guesses());
          json.member("resolved", summary.resolvedGuesses());
        });
    json.object(
        "savings",
        () -> {
          json.member("packages", summary.savings().packages());
          json.member("bytes", summary.savings().bytes());
          Double percent = summary.savings().percent();
          if (percent == null) {
            json.nothing("percent");
          } else {
            json.decimal("percent", percent);
          }
        });
    json.array(
        "sizes",
        summary.sizes(),
        sizes ->
            json.object(() -> {
              json.member("basis", sizes.basis().id());
              json.member("packages", sizes.packages());
              json.member("known", sizes.known());
              json.member("bytes", sizes.bytes());
            }));
  }

  private static void policy(JsonWriter json, PolicyResult policy) {
    json.member("result", policy.result().id());
    json.member("config", policy.config());
    json.strings("forbid", policy.forbid());
    json.member("failOn", policy.failOn().id());
    json.member("minConfidence", policy.minConfidence().id());
    json.array(
        "breaches",
        policy.breaches(),
        breach ->
            json.object(() -> {
              json.member("rule", breach.rule());
              json.member("subject", breach.subject());
              json.member("package", breach.name());
              json.member("path", breach.location().path());
              json.member("line", breach.location().line());
              var classification = breach.classification();
              json.member(
                  "category", classification == null ? null : classification.category().id());
              json.member("label", classification == null ? null : classification.label());
              json.member("classifiedBy", classification == null ? null : classification.rule());
              json.member("broughtBy", breach.broughtBy());
              json.member("message", breach.message());
            }));
    json.array(
        "allowed",
        policy.allowed(),
        allowed ->
            json.object(() -> {
              json.member("subject", allowed.subject());
              json.member("package", allowed.name());
              json.member("path", allowed.location().path());
              json.member("line", allowed.location().line());
              json.member("reason", allowed.reason());
              json.member("expires", allowed.expires());
            }));
    json.strings("budgets", List.of());
    json.array(
        "stale",
        policy.stale(),
        stale ->
            json.object(() -> {
              json.member("entry", stale.entry());
              json.member("path", stale.location().path());
              json.member("line", stale.location().line());
              json.member("message", stale.message());
            }));
    json.strings("notes", policy.notes());
    json.strings("notInForce", policy.notInForce());
    json.object(
        "checked",
        () -> {
          json.member("dependencies", policy.checked().dependencies());
          json.member("resolved", policy.checked().resolved());
          json.member("images", policy.checked().images());
        });
  }

  private static void issue(JsonWriter json, Issue issue) {
    json.object(() -> {
      json.member("severity", issue.severity().id());
      json.member("path", issue.location().path());
      json.member("line", issue.location().line());
      json.member("column", issue.location().column());
      json.member("message", issue.message());
    });
  }
}

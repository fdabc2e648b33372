package dev.depslim.report;

import dev.depslim.model.Category;
import dev.depslim.model.Minimization;
import dev.depslim.model.Minimization.Result;
import dev.depslim.model.Minimization.Verified;
import dev.depslim.model.MinimizePlan;
import dev.depslim.model.MinimizePlan.Decision;
import dev.depslim.model.MinimizePlan.ProjectPlan;
import dev.depslim.model.Size;
import dev.depslim.syntax.JsonWriter;

/// The plan of `minimize` in the JSON report.
final class PlanJson {
  private PlanJson() {}

  static void plan(JsonWriter json, Minimization minimization) {
    MinimizePlan plan = minimization.plan();
    json.strings("excluded", plan.excluded().stream().map(Category::id).toList());
    json.member("excludedWritten", plan.excludedWritten());
    json.array("projects", plan.projects(), project -> project(json, minimization, project));
    json.array(
        "written",
        minimization.written(),
        written ->
            json.object(() -> {
              json.member("path", written.path());
              json.member("change", written.change().id());
              json.member("backup", written.backup());
            }));
    json.array("verified", minimization.verified(), verified -> verified(json, verified));
  }

  private static void project(JsonWriter json, Minimization minimization, ProjectPlan project) {
    json.object(() -> {
      json.member("path", project.path());
      json.member("ecosystem", project.ecosystem().id());
      json.array("dependencies", project.decisions(), decision -> decision(json, decision));
      Result result = minimization.result(project);
      if (result != null) {
        result(json, result);
      }
    });
  }

  private static void decision(JsonWriter json, Decision decision) {
    json.object(() -> {
      json.member("name", decision.dependency().name());
      json.member("version", decision.dependency().version());
      json.member("action", decision.verdict().action().id());
      json.member("category", decision.dependency().classification().category().id());
      json.member("label", decision.dependency().classification().label());
      json.member("confidence", decision.verdict().confidence().id());
      json.strings("reasons", decision.verdict().reasons());
    });
  }

  private static void result(JsonWriter json, Result result) {
    json.array(
        "files",
        result.files(),
        file ->
            json.object(() -> {
              json.member("path", file.path());
              json.member("replaces", file.replaces());
              json.member("bytes", file.bytes());
              json.member("linesAdded", file.difference().added());
              json.member("linesRemoved", file.difference().removed());
            }));
    Integer packages = result.packages();
    json.member("packages", packages == null ? null : (Long) (long) packages);
    json.array(
        "removed",
        result.removed(),
        removed ->
            json.object(() -> {
              json.member("name", removed.name());
              json.member("version", removed.version());
            }));
    json.object(
        "saved",
        () -> {
          Size.Basis basis = result.saved().basis();
          json.member("bytes", result.saved().bytes());
          json.member("basis", basis == null ? null : basis.id());
          json.member("reason", result.saved().reason());
        });
    json.strings("commands", result.commands());
    json.strings("notes", result.notes());
    json.member("partOf", result.partOf());
    json.member("refused", result.refused());
  }

  private static void verified(JsonWriter json, Verified verified) {
    json.object(() -> {
      json.member("path", verified.path());
      json.member("ecosystem", verified.ecosystem().id());
      json.member("title", verified.title());
      json.strings("command", verified.command());
      json.member("accepted", verified.accepted());
      Integer exitCode = verified.exitCode();
      json.member("exitCode", exitCode == null ? null : (Long) (long) exitCode);
      json.member("message", verified.message());
      json.strings("missing", verified.missing());
      json.strings("unexpected", verified.unexpected());
      json.array(
          "untried",
          verified.untried(),
          one ->
              json.object(() -> {
                json.member("name", one.name());
                json.member("version", one.version());
                json.member("reason", one.reason());
              }));
      json.strings("output", verified.output());
      json.member("packages", verified.packages());
      json.member("bytes", verified.bytes());
    });
  }
}

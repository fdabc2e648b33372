package dev.depslim.report;

import dev.depslim.model.Cost;
import dev.depslim.model.DeclaredDependency;
import dev.depslim.model.Dependency;
import dev.depslim.model.Project;
import dev.depslim.model.ResolvedPackage;
import dev.depslim.model.Size;
import dev.depslim.model.Usage;
import dev.depslim.syntax.JsonWriter;
import java.util.List;

/// A project in the JSON report.
final class ProjectJson {
  private ProjectJson() {}

  static void project(JsonWriter json, Project project) {
    json.object(() -> {
      json.member("path", project.path());
      json.member("ecosystem", project.ecosystem().id());
      json.member("name", project.name());
      json.array(
          "manifests",
          project.manifests(),
          manifest ->
              json.object(() -> {
                json.member("path", manifest.path());
                json.member("kind", manifest.kind());
              }));
      json.array(
          "lockfiles",
          project.lockfiles(),
          lockfile ->
              json.object(() -> {
                json.member("path", lockfile.path());
                json.member("kind", lockfile.kind());
                json.member("format", lockfile.format());
                json.member("packages", lockfile.packages());
              }));
      json.strings("entryPoints", List.of());
      json.array("dependencies", project.dependencies(), d -> dependency(json, d));
      json.strings("missing", List.of());
      json.array("resolved", project.resolved(), r -> resolved(json, r));
    });
  }

  private static void dependency(JsonWriter json, Dependency dependency) {
    json.object(() -> {
      json.member("name", dependency.name());
      json.member("purl", dependency.purl());
      json.member("constraint", dependency.constraint());
      json.member("version", dependency.version());
      json.array("declarations", dependency.declarations(), d -> declaration(json, d));
      json.member("category", dependency.classification().category().id());
      json.member("label", dependency.classification().label());
      json.object(
          "classifiedBy",
          () -> {
            json.member("rule", dependency.classification().rule());
            json.member("confidence", dependency.classification().confidence().id());
          });
      json.object("usage", () -> usage(json, dependency.usage()));
      json.object("size", () -> size(json, dependency));
      json.member("verdict", dependency.verdict().action().id());
      json.member("confidence", dependency.verdict().confidence().id());
      json.strings("reasons", dependency.verdict().reasons());
    });
  }

  private static void declaration(JsonWriter json, DeclaredDependency declaration) {
    json.object(() -> {
      json.member("path", declaration.location().path());
      json.member("line", declaration.location().line());
      json.member("constraint", declaration.constraint());
      json.strings("extras", declaration.extras());
      json.member("scope", declaration.scope().id());
      json.member("group", declaration.group());
      json.member("marker", declaration.marker());
      json.member("elsewhere", declaration.elsewhere());
    });
  }

  private static void usage(JsonWriter json, Usage usage) {
    json.member("status", usage.status());
    switch (usage) {
      case Usage.Imported imported -> {
        json.member("runtime", imported.runtime());
        sites(json, imported.sites());
      }
      case Usage.Referenced referenced -> {
        json.member("runtime", true);
        sites(json, referenced.sites());
      }
      case Usage.NotSeen notSeen -> {
        json.member("runtime", false);
        sites(json, List.of());
        json.member("searched", notSeen.searched());
      }
      case Usage.Undetermined undetermined -> {
        json.member("runtime", false);
        sites(json, List.of());
        json.member("reason", undetermined.reason());
      }
    }
  }

  private static void sites(JsonWriter json, List<Usage.Site> sites) {
    json.array(
        "sites",
        sites,
        site ->
            json.object(() -> {
              json.member("path", site.location().path());
              json.member("line", site.location().line());
              json.member("role", site.role());
              json.member("kind", site.kind());
            }));
  }

  private static void size(JsonWriter json, Dependency dependency) {
    switch (dependency.size()) {
      case Size.Measured measured -> {
        json.member("ownBytes", measured.ownBytes());
        json.member("retainedBytes", measured.retainedBytes());
        json.member("basis", measured.basis().id());
        json.member("reason", measured.notCounted());
      }
      case Size.Unknown unknown -> {
        json.nothing("ownBytes");
        json.nothing("retainedBytes");
        json.nothing("basis");
        json.member("reason", unknown.reason());
      }
    }
    Cost cost = dependency.cost();
    if (cost == null) {
      json.nothing("retainedPackages");
      json.nothing("production");
      json.strings("keptBy", List.of());
    } else {
      json.member("retainedPackages", cost.everywhere().packages());
      json.object(
          "production",
          () -> {
            json.member("retainedPackages", cost.inProduction().packages());
            json.member("retainedBytes", cost.inProduction().bytes());
          });
      json.strings("keptBy", cost.keptBy());
    }
  }

  private static void resolved(JsonWriter json, ResolvedPackage resolved) {
    json.object(() -> {
      json.member("name", resolved.name());
      json.member("version", resolved.version());
      json.member("purl", resolved.purl());
      json.member("scope", resolved.scope().id());
      json.member("category", resolved.classification().category().id());
      json.member("label", resolved.classification().label());
      json.member("direct", resolved.direct());
      json.member("inProduction", resolved.inProduction());
      json.strings("requiredBy", resolved.requiredBy());
      json.member("lockfile", resolved.lockfile());
      json.member("ownBytes", resolved.ownBytes());
      json.member("dominatedBytes", resolved.dominated().bytes());
      json.member("dominatedPackages", resolved.dominated().packages());
    });
  }
}

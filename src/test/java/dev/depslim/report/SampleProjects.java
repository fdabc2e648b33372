package dev.depslim.report;

import dev.depslim.model.Category;
import dev.depslim.model.Classification;
import dev.depslim.model.Confidence;
import dev.depslim.model.Cost;
import dev.depslim.model.DeclaredDependency;
import dev.depslim.model.Dependency;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.Freed;
import dev.depslim.model.Location;
import dev.depslim.model.Origin;
import dev.depslim.model.Project;
import dev.depslim.model.ResolvedPackage;
import dev.depslim.model.Scope;
import dev.depslim.model.Size;
import dev.depslim.model.Usage;
import dev.depslim.model.Verdict;
import java.util.ArrayList;
import java.util.List;

/// Two projects in which every field of the model is filled somewhere.
final class SampleProjects {
  private SampleProjects() {}

  static final Classification WEB =
      new Classification(
          Category.PRODUCTION, "production/web", "web/server", Confidence.CERTAIN, "serves HTTP");
  static final Classification DRIVER =
      new Classification(
          Category.BROWSER_AUTOMATION,
          "browser-automation/driver",
          "browser/drivers",
          Confidence.CERTAIN,
          "drives a browser and downloads one on install");
  static final Classification AGENT =
      new Classification(
          Category.CODING_AGENT,
          "coding-agent/mcp",
          "agent/mcp",
          Confidence.LIKELY,
          "a tool server for coding agents");
  static final Classification LINT =
      new Classification(
          Category.DEV, "dev/lint", "lint/eslint", Confidence.LIKELY, "checks source text");
  static final Classification ML =
      new Classification(
          Category.HEAVY_ML, "heavy-ml/framework", "ml/frameworks", Confidence.CERTAIN, "trains");

  static List<Project> all() {
    return List.of(node(), python(), member());
  }

  private static Project node() {
    String manifest = "package.json";
    List<Dependency> dependencies =
        List.of(
            dependency(
                "express",
                "^4.19.0",
                "4.19.2",
                WEB,
                at(manifest, 12, Scope.RUNTIME),
                new Usage.Imported(true, List.of(site("src/server.js", 1, "production", "import"))),
                new Size.Measured(214_000, 2_104_000, Size.Basis.IMAGE)),
            dependency(
                "eslint",
                "^9.0.0",
                "9.1.0",
                LINT,
                at(manifest, 30, Scope.RUNTIME),
                new Usage.Referenced(List.of(site("package.json", 7, "tooling", "script"))),
                new Size.Unknown("not in the image")),
            dependency(
                "mcp-mermaid",
                "^0.1.0",
                "0.1.3",
                AGENT,
                at(manifest, 39, Scope.RUNTIME),
                new Usage.NotSeen("14 files of src"),
                new Size.Unknown("not in the image")),
            dependency(
                "puppeteer",
                "^22.0.0",
                "22.15.0",
                DRIVER,
                at(manifest, 41, Scope.RUNTIME),
                new Usage.Imported(false, List.of(site("src/shot.ts", 3, "bundled", "import"))),
                new Size.Measured(5_120_000, 214_000_000, Size.Basis.INSTALLED)),
            dependency(
                "typescript",
                "^5.5.0",
                "5.5.4",
                LINT,
                at(manifest, 52, Scope.DEV),
                new Usage.Undetermined("the source is not searched yet"),
                new Size.Unknown("not in the image")));
    List<ResolvedPackage> resolved = new ArrayList<>();
    resolved.add(row("express", "4.19.2", Scope.RUNTIME, WEB, true, List.of(), List.of("express")));
    resolved.add(row("eslint", "9.1.0", Scope.RUNTIME, LINT, true, List.of(), List.of("eslint")));
    resolved.add(
        row("mcp-mermaid", "0.1.3", Scope.RUNTIME, AGENT, true, List.of(), List.of("mcp-mermaid")));
    resolved.add(
        row(
            "mermaid-render",
            "1.2.0",
            Scope.RUNTIME,
            Classification.UNKNOWN,
            false,
            List.of("mcp-mermaid"),
            List.of("mcp-mermaid")));
    resolved.add(
        row(
            "playwright-core",
            "1.45.0",
            Scope.RUNTIME,
            DRIVER,
            false,
            List.of("mermaid-render"),
            List.of("mcp-mermaid")));
    resolved.add(
        row(
            "playwright",
            "1.45.0",
            Scope.OPTIONAL,
            DRIVER,
            false,
            List.of("mermaid-render"),
            List.of("mcp-mermaid")));
    resolved.add(
        row(
            "puppeteer",
            "22.15.0",
            Scope.RUNTIME,
            DRIVER,
            true,
            List.of("mermaid-render"),
            List.of("puppeteer", "mcp-mermaid")));
    resolved.add(row("typescript", "5.5.4", Scope.DEV, LINT, true, List.of(), List.of()));
    return new Project(
        ".",
        Ecosystem.NPM,
        "shop",
        List.of(new Project.ManifestFile(manifest, manifest)),
        List.of(new Project.LockfileFile("package-lock.json", "package-lock.json", "3", 8)),
        dependencies,
        resolved);
  }

  private static Project python() {
    DeclaredDependency torch =
        new DeclaredDependency(
            "torch",
            "torch",
            ">=2.3",
            List.of("cuda"),
            "sys_platform == 'linux'",
            Scope.RUNTIME,
            null,
            Origin.REGISTRY,
            Location.of("recommender/requirements.txt", 4));
    DeclaredDependency docs =
        new DeclaredDependency(
            "Sphinx",
            "Sphinx",
            "",
            List.of(),
            null,
            Scope.DEV,
            "docs",
            Origin.REGISTRY,
            Location.of("recommender/pyproject.toml", 21));
    return new Project(
        "recommender",
        Ecosystem.PYPI,
        null,
        List.of(
            new Project.ManifestFile("recommender/pyproject.toml", "pyproject.toml"),
            new Project.ManifestFile("recommender/requirements.txt", "requirements.txt")),
        List.of(),
        List.of(
            new Dependency(
                "Sphinx",
                "Sphinx",
                Ecosystem.PYPI,
                "",
                null,
                List.of(docs),
                Classification.UNKNOWN,
                new Usage.Undetermined("the source is not searched yet"),
                new Size.Unknown("not measured: name an image with --image"),
                verdict(docs)),
            new Dependency(
                "torch",
                "torch",
                Ecosystem.PYPI,
                ">=2.3",
                null,
                List.of(torch),
                ML,
                new Usage.Undetermined("the source is not searched yet"),
                new Size.Unknown("not measured: name an image with --image"),
                verdict(torch))),
        List.of());
  }

  /// A member of a workspace, with an alias, locked above.
  private static Project member() {
    DeclaredDependency alias =
        new DeclaredDependency(
            "old-express",
            "express",
            "npm:express@3",
            List.of(),
            "optional",
            Scope.PEER,
            "peerDependencies",
            Origin.REGISTRY,
            Location.of("packages/api/package.json", 5));
    return new Project(
        "packages/api",
        Ecosystem.NPM,
        "@shop/api",
        List.of(new Project.ManifestFile("packages/api/package.json", "package.json")),
        List.of(),
        List.of(
            new Dependency(
                "old-express",
                "express",
                Ecosystem.NPM,
                "npm:express@3",
                "3.21.2",
                List.of(alias),
                WEB,
                new Usage.NotSeen("2 files of packages/api"),
                new Size.Unknown("not in the image"),
                verdict(alias))),
        List.of());
  }

  private static Usage.Site site(String path, int line, String role, String kind) {
    return new Usage.Site(Location.of(path, line), role, kind);
  }

  private static DeclaredDependency at(String path, int line, Scope scope) {
    return new DeclaredDependency(
        "x",
        "x",
        "",
        List.of(),
        null,
        scope,
        scope == Scope.DEV ? "devDependencies" : "dependencies",
        Origin.REGISTRY,
        Location.of(path, line));
  }

  private static Dependency dependency(
      String name,
      String constraint,
      String version,
      Classification classification,
      DeclaredDependency at,
      Usage usage,
      Size size) {
    DeclaredDependency declaration =
        new DeclaredDependency(
            name,
            name,
            constraint,
            at.extras(),
            at.marker(),
            at.scope(),
            at.group(),
            at.origin(),
            at.location());
    return new Dependency(
        name,
        name,
        Ecosystem.NPM,
        constraint,
        version,
        List.of(declaration),
        classification,
        usage,
        size,
        cost(size),
        verdict(declaration));
  }

  private static Cost cost(Size size) {
    return switch (size) {
      case Size.Measured measured ->
          new Cost(
              new Freed(14, 14, measured.retainedBytes()),
              new Freed(15, 14, measured.retainedBytes() + 1_000),
              List.of());
      case Size.Unknown _ ->
          new Cost(Freed.NOTHING, new Freed(2, 0, null), List.of("mermaid-render", "project api"));
    };
  }

  private static Verdict verdict(DeclaredDependency declaration) {
    return declaration.inProduction()
        ? new Verdict(
            Verdict.Action.REVIEW,
            Confidence.LIKELY,
            List.of("declared for production", "the source is not searched yet"))
        : new Verdict(
            Verdict.Action.KEEP,
            Confidence.CERTAIN,
            List.of("declared for dev, not for production"));
  }

  private static ResolvedPackage row(
      String name,
      String version,
      Scope scope,
      Classification classification,
      boolean direct,
      List<String> requiredBy,
      List<String> broughtBy) {
    return new ResolvedPackage(
        Ecosystem.NPM,
        name,
        version,
        scope,
        classification,
        direct,
        requiredBy,
        broughtBy,
        scope != Scope.DEV,
        "package-lock.json",
        100 + name.length());
  }
}

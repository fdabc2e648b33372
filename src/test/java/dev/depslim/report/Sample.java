package dev.depslim.report;

import dev.depslim.model.Analysis;
import dev.depslim.model.Category;
import dev.depslim.model.Classification;
import dev.depslim.model.Confidence;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.Finding;
import dev.depslim.model.ImageReport;
import dev.depslim.model.Issue;
import dev.depslim.model.Location;
import dev.depslim.model.PolicyResult;
import dev.depslim.model.Project;
import dev.depslim.model.Severity;
import dev.depslim.model.Size;
import dev.depslim.model.Summary;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Analyses made by hand: one with everything in it, one with nothing, and one with very much.
final class Sample {
  private Sample() {}

  static Analysis full() {
    return analysis(
            "examples/shop",
            SampleProjects.all(),
            List.of(SampleImage.full()),
            findings(),
            policy())
        .explaining(SampleExplanations.all());
  }

  static Analysis withoutImage() {
    return analysis("examples/shop", SampleProjects.all(), List.of(), findings(), null);
  }

  static Analysis empty() {
    Map<Category, Summary.Figures> figures = new EnumMap<>(Category.class);
    for (Category category : Category.values()) {
      figures.put(category, new Summary.Figures(0, 0, null, null, 0));
    }
    return new Analysis(
        ".",
        List.of(),
        List.of(),
        List.of(),
        new Summary(0, figures, 0, 0, 0, new Summary.Savings(0, null, null)),
        List.of());
  }

  /// 40 projects, 200 transitive packages that are forbidden, as many other findings.
  static Analysis crowd() {
    List<Project> projects = new ArrayList<>();
    List<Finding> findings = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      String path = "services/with-a-rather-long-name-" + i;
      projects.add(
          new Project(
              path,
              Ecosystem.NPM,
              null,
              List.of(new Project.ManifestFile(path + "/package.json", "package.json")),
              List.of(
                  new Project.LockfileFile(path + "/pnpm-lock.yaml", "pnpm-lock.yaml", "9.0", i)),
              List.of(),
              List.of()));
      for (int j = 0; j < 5; j++) {
        findings.add(
            brought(
                "@acme/browser-toolkit-" + i + "-" + j,
                SampleProjects.DRIVER,
                path + "/pnpm-lock.yaml",
                "tool-" + i,
                Location.of(path + "/package.json", 9)));
      }
    }
    PolicyResult policy = policy(".depslim.yml", breaches(findings), List.of(), List.of());
    return new Analysis(".", projects, List.of(), findings, empty().summary(), List.of())
        .judged(findings, policy);
  }

  private static Analysis analysis(
      String root,
      List<Project> projects,
      List<ImageReport> images,
      List<Finding> findings,
      @Nullable PolicyResult policy) {
    boolean sized = !images.isEmpty();
    Map<Category, Summary.Figures> figures = new EnumMap<>(Category.class);
    figures.put(Category.PRODUCTION, new Summary.Figures(3, 2, sized ? 214_000L : null, 2, 2));
    figures.put(Category.DEV, new Summary.Figures(2, 2, null, 1, 1));
    figures.put(Category.HEAVY_ML, new Summary.Figures(1, 0, null, null, 1));
    figures.put(
        Category.BROWSER_AUTOMATION, new Summary.Figures(1, 3, sized ? 214_000_000L : null, 3, 1));
    figures.put(Category.CODING_AGENT, new Summary.Figures(1, 1, null, null, 1));
    Summary summary =
        new Summary(
            8,
            figures,
            1,
            1,
            1,
            new Summary.Savings(5, sized ? 214_000_000L : null, sized ? 99.9 : null),
            sized
                ? List.of(
                    new Summary.Known(Size.Basis.IMAGE, 912, 912, 3_410_000_000L),
                    new Summary.Known(Size.Basis.LOCK, 40, 38, 61_000_000L))
                : List.of());
    return new Analysis(
            root,
            projects,
            images,
            findings,
            summary,
            List.of(
                Issue.error(
                    new Location("legacy/package.json", 3, 14),
                    "unexpected end of the object: close it with '}'; the project is left out"),
                Issue.warning(
                    Location.of("requirements-old.txt", 2),
                    "an URL without a name: give it with #egg=")))
        .judged(findings, policy);
  }

  private static List<Finding> findings() {
    Location mermaid = Location.of("package.json", 39);
    return List.of(
        declared("puppeteer", "22.15.0", SampleProjects.DRIVER, Location.of("package.json", 41)),
        declared("eslint", "9.1.0", SampleProjects.LINT, Location.of("package.json", 30)),
        declared("mcp-mermaid", "0.1.3", SampleProjects.AGENT, mermaid),
        brought(
            "playwright-core", SampleProjects.DRIVER, "package-lock.json", "mcp-mermaid", mermaid),
        brought("playwright", SampleProjects.DRIVER, "package-lock.json", "mcp-mermaid", mermaid),
        new Finding(
            Forbidden.RULE,
            Severity.ERROR,
            Confidence.CERTAIN,
            "pkg:pypi/torch",
            new Finding.PackageRef(Ecosystem.PYPI, "torch", null, SampleProjects.ML, null, null),
            Location.of("recommender/requirements.txt", 4),
            "torch is heavy-ml and declared for production: remove it",
            null,
            List.of("heavy-ml/framework: trains", "forbidden by 'heavy-ml'")),
        brought(
            "bare-cdp",
            SampleProjects.DRIVER,
            "package-lock.json",
            "mermaid-render",
            Location.of("packages/api/package.json", 9)),
        new Finding(
            "duplicate-declaration",
            Severity.ERROR,
            Confidence.CERTAIN,
            "pkg:npm/dayjs@1.11.0",
            new Finding.PackageRef(
                Ecosystem.NPM, "dayjs", "1.11.0", SampleProjects.WEB, null, null),
            Location.of("package.json", 55),
            "dayjs stands in dependencies and in devDependencies: npm ci --omit=dev does not"
                + " install it; keep one of the two",
            71_000L,
            List.of("also declared at package.json:20")),
        new Finding(
            "stale-policy-entry",
            Severity.WARNING,
            Confidence.CERTAIN,
            "npm/request",
            null,
            new Location(".depslim.yml", 9, 7),
            "nothing forbidden matches the allowance of npm/request any more: remove it",
            null,
            List.of()),
        new Finding(
            "undeclared-in-image",
            Severity.NOTE,
            Confidence.GUESS,
            "pkg:npm/left-pad",
            null,
            Location.of("shop:before"),
            "left-pad lies in the image and is declared nowhere",
            null,
            List.of()));
  }

  private static Finding declared(
      String name, String version, Classification classification, Location location) {
    return new Finding(
        Forbidden.RULE,
        Severity.ERROR,
        classification.confidence(),
        "pkg:npm/" + name + "@" + version,
        new Finding.PackageRef(Ecosystem.NPM, name, version, classification, null, null),
        location,
        name + " is " + classification.category().id() + " and declared for production: remove it",
        null,
        List.of(classification.label() + ": " + classification.reason()));
  }

  private static Finding brought(
      String name, Classification classification, String lock, String by, Location from) {
    return new Finding(
        Forbidden.RULE,
        Severity.ERROR,
        classification.confidence(),
        "pkg:npm/" + name.replace("@", "%40") + "@1.45.0",
        new Finding.PackageRef(Ecosystem.NPM, name, "1.45.0", classification, by, from),
        Location.of(lock, 88),
        name + " comes with " + by,
        9_000_000L,
        List.of());
  }

  private static PolicyResult policy() {
    List<PolicyResult.Breach> breaches =
        breaches(
            findings().stream().filter(finding -> finding.severity() == Severity.ERROR).toList());
    return policy(
        ".depslim.yml",
        breaches,
        List.of(
            new PolicyResult.Allowed(
                "pkg:pypi/numpy",
                "numpy",
                Location.of("recommender/requirements.txt", 7),
                "recommendation core",
                "2027-06-30"),
            new PolicyResult.Allowed(
                "pkg:pypi/pandas",
                "pandas",
                Location.of("recommender/requirements.txt", 8),
                "reports",
                null)),
        List.of(
            new PolicyResult.Stale(
                "npm/request",
                new Location(".depslim.yml", 9, 7),
                "nothing forbidden matches the allowance of npm/request any more: remove it")));
  }

  /// A gate that nothing fails, without a file.
  static Analysis clean() {
    PolicyResult policy =
        new PolicyResult(
            PolicyResult.Result.PASS,
            null,
            forbid(),
            Severity.ERROR,
            Confidence.CERTAIN,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            new PolicyResult.Checked(1, 1, 0));
    return empty().judged(List.of(), policy);
  }

  private static List<String> forbid() {
    return List.of("dev", "coding-agent", "heavy-ml", "browser-automation");
  }

  private static PolicyResult policy(
      String config,
      List<PolicyResult.Breach> breaches,
      List<PolicyResult.Allowed> allowed,
      List<PolicyResult.Stale> stale) {
    return new PolicyResult(
        PolicyResult.Result.FAIL,
        config,
        forbid(),
        Severity.ERROR,
        Confidence.LIKELY,
        breaches,
        allowed,
        List.of("3 packages of the category dev come only with production dependencies"),
        stale,
        List.of("budgets: size budgets are not checked yet"),
        new PolicyResult.Checked(8, 1_204, 1));
  }

  private static List<PolicyResult.Breach> breaches(List<Finding> findings) {
    return findings.stream()
        .sorted()
        .map(finding -> {
          Finding.PackageRef about = Objects.requireNonNull(finding.about());
          String by =
              about.broughtBy() == null ? null : about.broughtBy() + " " + about.broughtFrom();
          return new PolicyResult.Breach(
              finding.rule(),
              finding.subject(),
              about.name(),
              finding.location(),
              about.classification(),
              by,
              finding.message());
        })
        .toList();
  }
}

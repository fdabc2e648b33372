package dev.depslim.report;

import dev.depslim.minimize.MinimizePlanner;
import dev.depslim.model.Analysis;
import dev.depslim.model.Category;
import dev.depslim.model.Confidence;
import dev.depslim.model.Dependency;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.LineDifference;
import dev.depslim.model.LineDifference.Hunk;
import dev.depslim.model.LineDifference.Kind;
import dev.depslim.model.LineDifference.Line;
import dev.depslim.model.Minimization;
import dev.depslim.model.Minimization.Change;
import dev.depslim.model.Minimization.FileChange;
import dev.depslim.model.Minimization.PackageVersion;
import dev.depslim.model.Minimization.Result;
import dev.depslim.model.Minimization.Saved;
import dev.depslim.model.Minimization.Untried;
import dev.depslim.model.Minimization.Verified;
import dev.depslim.model.Minimization.Written;
import dev.depslim.model.MinimizePlan;
import dev.depslim.model.Size;
import dev.depslim.model.Verdict;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Plans for the sample projects: one that is only shown, one that is written and refused by pip,
/// one that cannot be made.
final class SamplePlan {
  private SamplePlan() {}

  private static final Verified NPM =
      new Verified(
          ".",
          Ecosystem.NPM,
          "npm ci --omit=dev",
          List.of("npm", "ci", "--omit=dev", "--ignore-scripts"),
          true,
          0,
          "accepted, and what is installed is what was planned",
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          5,
          14_200_000L);

  private static final Verified PIP =
      new Verified(
          "recommender",
          Ecosystem.PYPI,
          "pip install --requirement requirements.txt",
          List.of("pip", "install", "--requirement", "requirements.txt"),
          false,
          1,
          "pip refuses it with exit code 1",
          List.of("torch@2.3.0"),
          List.of("triton@2.3.0"),
          List.of(new Untried("func-timeout", "4.3.5", "no wheel: pip builds it")),
          List.of("ERROR: No matching distribution found for torch==2.3.0"),
          0,
          null);

  /// Nothing is written; the default list.
  static Analysis shown() {
    return Sample.withoutImage()
        .planned(new Minimization(plan(false), null, results(null), List.of(), List.of()));
  }

  /// Written where another form lay, with the word of the package managers.
  static Analysis written() {
    return Sample.full()
        .planned(
            new Minimization(
                plan(true),
                "slim",
                results(null),
                List.of(
                    new Written("MINIMIZE.md", Change.CREATED, null),
                    new Written("package-lock.json", Change.UNCHANGED, null),
                    new Written("package.json", Change.REPLACED, "package.json.bak")),
                List.of(NPM)));
  }

  /// A manifest that is not understood, and a package manager that refuses.
  static Analysis refused() {
    return Sample.withoutImage()
        .planned(
            new Minimization(
                plan(true),
                "slim",
                results("recommender/requirements.txt:4:1: error: write '=='"),
                List.of(),
                List.of(NPM, PIP)));
  }

  private static MinimizePlan plan(boolean written) {
    return new MinimizePlanner(SamplePlan::verdict)
        .plan(
            SampleProjects.all(),
            List.of(Category.DEV, Category.CODING_AGENT, Category.BROWSER_AUTOMATION),
            written);
  }

  private static Verdict verdict(Dependency dependency) {
    return switch (dependency.name()) {
      case "mcp-mermaid" -> verdict(Verdict.Action.DROP, "a tool server for coding agents");
      case "typescript" ->
          verdict(Verdict.Action.DROP, "declared for development only (devDependencies)");
      case "eslint" -> verdict(Verdict.Action.MOVE_TO_DEV, "the written list excludes dev");
      case "express" -> verdict(Verdict.Action.KEEP, "serves HTTP");
      case "torch" -> verdict(Verdict.Action.KEEP, "the policy allows it: recommendation core");
      default -> dependency.verdict();
    };
  }

  private static Verdict verdict(Verdict.Action action, String reason) {
    return new Verdict(action, Confidence.LIKELY, List.of(reason));
  }

  private static List<Result> results(@Nullable String refused) {
    return List.of(
        new Result(
            ".",
            Ecosystem.NPM,
            List.of(
                new FileChange("package.json", "package.json", 812, false, manifest()),
                new FileChange("package-lock.json", "package-lock.json", 120_400, true, lock())),
            5,
            List.of(
                new PackageVersion("mcp-mermaid", "0.1.3"),
                new PackageVersion("mermaid-render", null)),
            new Saved(61_900_000L, Size.Basis.IMAGE, "1 of 2 are not in the images"),
            List.of("npm ci --omit=dev"),
            List.of("overrides are kept as they are."),
            null,
            null),
        refused == null
            ? new Result(
                "recommender",
                Ecosystem.PYPI,
                List.of(new FileChange("recommender/constraints.txt", null, 12, false, created())),
                null,
                List.of(),
                new Saved(null, null, "not measured: name an image with --image"),
                List.of(),
                List.of("No lock says what torch brings."),
                null,
                null)
            : new Result(
                "recommender",
                Ecosystem.PYPI,
                List.of(),
                null,
                List.of(),
                new Saved(null, null, "there is no slim form"),
                List.of(),
                List.of(),
                null,
                refused),
        new Result(
            "packages/api",
            Ecosystem.NPM,
            List.of(),
            null,
            List.of(),
            new Saved(null, null, "counted with its workspace"),
            List.of(),
            List.of(),
            ".",
            null));
  }

  private static LineDifference manifest() {
    return new LineDifference(
        1,
        2,
        List.of(
            new Hunk(
                38,
                4,
                38,
                3,
                List.of(
                    new Line(Kind.SAME, "  \"dependencies\": {"),
                    new Line(Kind.REMOVED, "    \"mcp-mermaid\": \"^0.1.0\","),
                    new Line(Kind.REMOVED, "    \"puppeteer\": \"^22.0.0\","),
                    new Line(Kind.ADDED, "    \"puppeteer\": \"^22.0.0\""),
                    new Line(Kind.SAME, "  }")))));
  }

  private static LineDifference lock() {
    List<Line> lines =
        IntStream.range(0, 40).mapToObj(i -> new Line(Kind.REMOVED, "    line " + i)).toList();
    return new LineDifference(0, 40, List.of(new Hunk(100, 40, 100, 0, lines)));
  }

  private static LineDifference created() {
    return new LineDifference(
        1, 0, List.of(new Hunk(1, 0, 1, 1, List.of(new Line(Kind.ADDED, "torch==2.3.0")))));
  }
}

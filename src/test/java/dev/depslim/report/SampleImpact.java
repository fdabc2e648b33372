package dev.depslim.report;

import dev.depslim.model.Analysis;
import dev.depslim.model.Category;
import dev.depslim.model.Confidence;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.Explanation.Item;
import dev.depslim.model.Freed;
import dev.depslim.model.Impact;
import dev.depslim.model.Impact.Cause;
import dev.depslim.model.Impact.CauseKind;
import dev.depslim.model.Impact.Change;
import dev.depslim.model.Impact.DeclarationChange;
import dev.depslim.model.Impact.Ledger;
import dev.depslim.model.Impact.PackageChange;
import dev.depslim.model.Impact.PackageState;
import dev.depslim.model.Impact.Pair;
import dev.depslim.model.Location;
import dev.depslim.model.Lockfile;
import dev.depslim.model.Lockfile.Direct;
import dev.depslim.model.Lockfile.Edge;
import dev.depslim.model.Lockfile.Node;
import dev.depslim.model.Lockfile.Root;
import dev.depslim.model.Origin;
import dev.depslim.model.PricedLock;
import dev.depslim.model.Ranking;
import dev.depslim.model.Ranking.Holder;
import dev.depslim.model.Ranking.Ranked;
import dev.depslim.model.Ranking.Removal;
import dev.depslim.model.Scope;
import dev.depslim.model.Severity;
import dev.depslim.model.Size;
import dev.depslim.model.Snapshot.Declared;
import dev.depslim.model.Snapshot.FindingState;
import dev.depslim.model.Snapshot.Section;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A change in which every field of its impact is filled somewhere, a ranking and a graph.
final class SampleImpact {
  private SampleImpact() {}

  static Analysis ranked() {
    return Sample.withoutImage().ranked(ranking()).pricing(List.of(lock()));
  }

  static Analysis compared() {
    return ranked().compared(impact(Size.Basis.LOCK));
  }

  /// Of a change of which no size is known.
  static Analysis unsized() {
    return ranked().compared(impact(null));
  }

  private static PricedLock lock() {
    Lockfile lock =
        new Lockfile(
            "package-lock.json",
            "package-lock.json",
            "3",
            Ecosystem.NPM,
            List.of(
                new Node(
                    "express",
                    "4.19.2",
                    Origin.REGISTRY,
                    Scope.RUNTIME,
                    70L,
                    3,
                    List.of(
                        new Edge(1, Scope.RUNTIME),
                        new Edge(1, Scope.OPTIONAL),
                        new Edge(2, Scope.PEER),
                        new Edge(2, Scope.PEER, true))),
                new Node("body-parser", null, Origin.GIT, null, null, 9, List.of()),
                new Node(
                    "@shop/api",
                    "1.0.0",
                    Origin.WORKSPACE,
                    null,
                    null,
                    11,
                    List.of(new Edge(0, Scope.DEV)),
                    "packages/api")),
            List.of(
                new Root("", List.of(new Direct("express", 0, Scope.RUNTIME, "dependencies"))),
                new Root("packages/api", List.of(), 2)),
            List.of());
    return new PricedLock(
        lock,
        Size.Basis.INSTALLED,
        new long[] {214_000, PricedLock.UNKNOWN, 0},
        "not installed in node_modules",
        true);
  }

  private static Freed freed(int packages, @Nullable Long bytes) {
    return new Freed(packages, bytes == null ? 0 : packages, bytes);
  }

  private static Holder holder(String name, int line) {
    return new Holder(Ecosystem.NPM, ".", name, Location.of("package.json", line));
  }

  private static Ranking ranking() {
    Ranked puppeteer =
        new Ranked(
            holder("puppeteer", 41),
            "^22.0.0",
            Category.BROWSER_AUTOMATION,
            freed(34, 214_000_000L));
    Ranked mermaid =
        new Ranked(holder("mcp-mermaid", 39), "^0.1.0", Category.CODING_AGENT, freed(3, 900_000L));
    Ranked express =
        new Ranked(holder("express", 12), "^4.19.0", Category.PRODUCTION, freed(0, 0L));
    return new Ranking(
        true,
        Size.Basis.INSTALLED,
        new Freed(120, 118, 341_000_000L),
        List.of(puppeteer, mermaid),
        freed(40, 242_000_000L),
        71.0,
        List.of(puppeteer, mermaid, express),
        List.of(
            new Removal(
                "pkg:npm/playwright-core@1.45.0",
                "playwright-core",
                "package-lock.json",
                List.of(holder("mcp-mermaid", 39), holder("puppeteer", 41)),
                freed(40, 242_000_000L)),
            new Removal(
                "pkg:npm/bare-cdp@1.45.0",
                "bare-cdp",
                "package-lock.json",
                List.of(holder("mcp-mermaid", 39)),
                freed(3, 900_000L))),
        List.of(holder("mcp-mermaid", 39), holder("puppeteer", 41)),
        freed(40, 242_000_000L));
  }

  private static Impact impact(Size.@Nullable Basis basis) {
    boolean sized = basis != null;
    List<FindingState> fresh = new ArrayList<>();
    fresh.add(finding("torch", Category.HEAVY_ML, null, "requirements.txt"));
    for (String name : List.of("nvidia-cudnn", "nvidia-cublas", "triton", "nvidia-nccl")) {
      fresh.add(finding(name, Category.HEAVY_ML, "torch", "uv.lock"));
    }
    return new Impact(
        "folder",
        ledger(basis, sized ? 214_000_000L : null, true),
        ledger(basis, sized ? 301_200_000L : null, false),
        List.of(
            declaration("sentence-transformers", Change.ADDED, null, declared(">=3", 12, false)),
            declaration("pytest", Change.CHANGED, declared("", 30, true), declared("", 14, false)),
            declaration("playwright", Change.REMOVED, declared(">=1.40", 9, false), null)),
        List.of(
            packages("torch", Change.ADDED, null, state("2.3.0", sized ? 201_300_000L : null)),
            packages("numpy", Change.CHANGED, state("1.26.4", null), state("2.0.0", null)),
            packages("playwright", Change.REMOVED, state("1.40.0", null), null)),
        fresh,
        List.of(finding("playwright", Category.BROWSER_AUTOMATION, null, "pyproject.toml")),
        List.of("not read before: legacy/package.json:3:14: error: unexpected end of the object"));
  }

  @SuppressWarnings("NullAway") // it does not see the annotation of a nested type in a class file
  private static Ledger ledger(
      Size.@Nullable Basis basis, @Nullable Long bytes, boolean production) {
    Map<Category, Pair> byCategory = new EnumMap<>(Category.class);
    boolean sized = bytes != null;
    long growth = bytes == null ? 0 : bytes;
    byCategory.put(
        Category.PRODUCTION,
        new Pair(freed(90, sized ? 88_000_000L : null), freed(92, sized ? 89_000_000L : null)));
    byCategory.put(
        Category.HEAVY_ML,
        new Pair(freed(0, sized ? 0L : null), freed(25, sized ? growth - 1_000_000 : null)));
    List<Cause> causes = new ArrayList<>();
    causes.add(
        cause(
            CauseKind.ADDED,
            List.of("sentence-transformers"),
            25,
            0,
            sized ? 201_300_000L : null,
            List.of(
                new Item("sentence-transformers", "3.0.0", null),
                new Item("torch", "2.3.0", sized ? 190_000_000L : null))));
    causes.add(
        cause(
            CauseKind.REMOVED,
            List.of("playwright"),
            0,
            2,
            sized ? -38_600_000L : null,
            List.of(new Item("playwright", "1.40.0", sized ? 38_000_000L : null))));
    causes.add(
        cause(
            CauseKind.TOGETHER,
            List.of("fastapi", "httpx"),
            2,
            0,
            sized ? 1_900_000L : null,
            List.of(new Item("httpx", "0.27.0", null), new Item("anyio", "4.0.0", null))));
    causes.add(
        cause(
            CauseKind.LOCKED_ANEW,
            List.of(),
            0,
            0,
            sized ? 30_000L : null,
            List.of(
                new Item("flask", "3.0.0", null),
                new Item("werkzeug", null, sized ? 230_000L : null))));
    if (!production) {
      causes.add(
          cause(CauseKind.CHANGED, List.of("pytest"), 1, 0, sized ? 320_000L : null, List.of()));
    }
    return new Ledger(
        basis,
        sized ? null : "uv.lock: uv.lock states no size for Linux x86-64",
        freed(90, sized ? 88_000_000L : null),
        new Freed(117, sized ? 115 : 0, sized ? (Long) (88_000_000L + growth) : null),
        27,
        2,
        12,
        byCategory,
        causes);
  }

  private static Cause cause(
      CauseKind kind,
      List<String> declared,
      int added,
      int removed,
      @Nullable Long bytes,
      List<Item> way) {
    return new Cause(
        kind,
        Ecosystem.PYPI,
        declared,
        added,
        removed,
        kind == CauseKind.LOCKED_ANEW ? 12 : 0,
        freed(added, bytes == null ? null : (Long) Math.max(0, bytes)),
        freed(removed, bytes == null ? null : (Long) Math.max(0, -bytes)),
        bytes,
        way);
  }

  private static DeclarationChange declaration(
      String name, Change change, @Nullable Declared before, @Nullable Declared after) {
    return new DeclarationChange(".", Ecosystem.PYPI, name, change, before, after);
  }

  private static Declared declared(String constraint, int line, boolean dev) {
    return new Declared(
        "x",
        constraint,
        "1.0.0",
        dev ? Category.DEV : Category.HEAVY_ML,
        "heavy-ml/framework",
        List.of(
            new Section(
                Location.of("pyproject.toml", line),
                dev ? Scope.DEV : Scope.RUNTIME,
                dev ? "dev" : null,
                "sys_platform == 'linux'")));
  }

  private static PackageChange packages(
      String name, Change change, @Nullable PackageState before, @Nullable PackageState after) {
    return new PackageChange("uv.lock", Ecosystem.PYPI, name, change, before, after);
  }

  private static PackageState state(String version, @Nullable Long bytes) {
    return new PackageState(List.of(version), Scope.RUNTIME, Category.HEAVY_ML, true, bytes);
  }

  private static FindingState finding(
      String name, Category category, @Nullable String by, String path) {
    return new FindingState(
        Forbidden.RULE,
        Severity.ERROR,
        Confidence.CERTAIN,
        "pkg:pypi/" + name + "@1.0.0",
        Location.of(path, 12),
        name + " is " + category.id() + (by == null ? " and declared" : " and comes with " + by),
        category,
        by);
  }
}

package dev.depslim.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.depslim.classify.Classifier;
import dev.depslim.ecosystem.SizeSource;
import dev.depslim.model.Category;
import dev.depslim.model.Cost;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.Explanation;
import dev.depslim.model.Explanation.Item;
import dev.depslim.model.Explanation.Way;
import dev.depslim.model.Freed;
import dev.depslim.model.Lockfile;
import dev.depslim.model.Lockfile.Direct;
import dev.depslim.model.Lockfile.Edge;
import dev.depslim.model.Lockfile.Node;
import dev.depslim.model.Lockfile.Root;
import dev.depslim.model.Origin;
import dev.depslim.model.Scope;
import dev.depslim.model.Size;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// One small shop: express and its parser for production, jest and a linter for development; both
/// sides need chalk, and jest needs express.
class LockCostsTest {
  private static final int UNKNOWN = -1;

  private static Node node(String name, Edge... edges) {
    return new Node(name, "1.0.0", Origin.REGISTRY, null, null, 0, List.of(edges));
  }

  private static Edge to(int target) {
    return new Edge(target, Scope.RUNTIME);
  }

  private static final Lockfile SHOP =
      new Lockfile(
          "shop/package-lock.json",
          "package-lock.json",
          "3",
          Ecosystem.NPM,
          List.of(
              node("express", to(1)),
              node("body-parser"),
              node("jest", to(3), to(0)),
              node("chalk"),
              node("eslint", to(3))),
          List.of(
              new Root(
                  "",
                  List.of(
                      new Direct("express", 0, Scope.RUNTIME, "dependencies"),
                      new Direct("jest", 2, Scope.DEV, "devDependencies"),
                      new Direct("eslint", 4, Scope.DEV, "devDependencies")))),
          List.of());

  private record Fixed(Size.Basis basis, String missing, long... bytes) implements SizeSource {
    @Override
    public Sizes sizes(Lockfile lock) {
      return new Sizes(bytes, missing);
    }
  }

  private static LockCosts costs(SizeSource... sources) {
    return LockCosts.of(SHOP, new Classifier(List.of()), Arrays.asList(sources));
  }

  private static final SizeSource ALL =
      new Fixed(Size.Basis.INSTALLED, "not installed", 1, 10, 100, 1_000, 10_000);

  @Test
  void whatOthersNeedIsNotFreedAndTheyAreNamed() {
    Cost express = costs(ALL).price("", "express").cost();
    assertEquals(Freed.NOTHING, express.everywhere());
    assertEquals(List.of("jest"), express.keptBy());
    assertEquals(new Freed(2, 2, 11L), express.inProduction());
    assertEquals(
        new Size.Measured(1, 0, Size.Basis.INSTALLED), costs(ALL).price("", "express").size());
  }

  @Test
  void aCategoryFreesWhatItsDeclarationsShare() {
    LockCosts costs = costs(ALL);
    assertEquals(new Freed(1, 1, 100L), costs.price("", "jest").cost().everywhere());
    assertEquals(new Freed(1, 1, 10_000L), costs.price("", "eslint").cost().everywhere());
    assertEquals(new Freed(3, 3, 11_100L), costs.withoutDeclared(Category.DEV));
    assertEquals(Freed.NOTHING, costs.productionWithoutDeclared(Set.of(Category.DEV)));
    assertEquals(
        new Freed(2, 2, 11L), costs.productionWithoutDeclared(Set.of(Category.PRODUCTION)));
    assertEquals(new Freed(5, 5, 11_111L), costs.everything());
    assertEquals(new Freed(2, 2, 11L), costs.production());
  }

  @Test
  void whatMarkersKeepFromProductionCostsNothingThere() {
    Lockfile lock =
        new Lockfile(
            "uv.lock",
            "uv.lock",
            "1",
            Ecosystem.PYPI,
            List.of(
                node("tqdm", to(1)),
                node("colorama").forOtherSystems(),
                node("pywin32", to(3)).forOtherSystems(),
                node("below-pywin32")),
            List.of(
                new Root(
                    "",
                    List.of(
                        new Direct("tqdm", 0, Scope.RUNTIME, null),
                        new Direct("pywin32", 2, Scope.RUNTIME, null)))),
            List.of());
    LockCosts costs =
        LockCosts.of(
            lock,
            new Classifier(List.of()),
            List.of(new Fixed(Size.Basis.LOCK, "no size", 1, 10, 100, 1_000)));
    assertEquals(new Freed(1, 1, 1L), costs.production());
    assertEquals(new Freed(1, 1, 1L), costs.price("", "tqdm").cost().inProduction());
    assertEquals(new Freed(2, 2, 11L), costs.price("", "tqdm").cost().everywhere());
    assertEquals(Freed.NOTHING, costs.price("", "pywin32").cost().inProduction());
    assertEquals(new Freed(4, 4, 1_111L), costs.everything());
  }

  @Test
  void withoutSizesPackagesAreCountedAllTheSame() {
    LockCosts costs = costs(new Fixed(Size.Basis.LOCK, "it states none", -1, -1, -1, -1, -1));
    assertNull(costs.basis());
    assertEquals(new Freed(3, 0, null), costs.withoutDeclared(Category.DEV));
    assertEquals(new Size.Unknown("it states none"), costs.price("", "jest").size());
  }

  @Test
  void theFirstSourceThatKnowsHalfIsTaken() {
    SizeSource few =
        new Fixed(Size.Basis.INSTALLED, "not installed", 1, 1, UNKNOWN, UNKNOWN, UNKNOWN);
    SizeSource most = new Fixed(Size.Basis.LOCK, "not stated", 2, 2, 2, UNKNOWN, UNKNOWN);
    assertEquals(Size.Basis.LOCK, costs(few, most).basis());
    assertEquals(Size.Basis.INSTALLED, costs(few).basis());
    assertEquals(Size.Basis.INSTALLED, costs(ALL, most).basis());
  }

  @Test
  void whatIsNotCountedIsSaid() {
    LockCosts costs =
        costs(new Fixed(Size.Basis.INSTALLED, "not installed here", 1, 10, 100, UNKNOWN, 10_000));
    assertEquals(new Freed(3, 2, 10_100L), costs.withoutDeclared(Category.DEV));
    assertEquals(new Freed(5, 4, 10_111L), costs.everything());
    LockCosts without =
        costs(
            new Fixed(Size.Basis.INSTALLED, "not installed here", 1, UNKNOWN, 100, 1_000, 10_000));
    assertEquals(
        new Freed(2, 1, 1L), without.productionWithoutDeclared(Set.of(Category.PRODUCTION)));
    assertEquals(
        new Size.Measured(100, 100, Size.Basis.INSTALLED), without.price("", "jest").size());
  }

  @Test
  void waysAreShortestFirstAndOnePerDeclaration() {
    Explanation chalk = costs(ALL).explain("chalk").getFirst();
    assertEquals(
        List.of(
            new Way("shop", "eslint", false, List.of(item("eslint"), item("chalk"))),
            new Way("shop", "jest", false, List.of(item("jest"), item("chalk")))),
        chalk.ways());
    assertEquals(1_000L, chalk.ownBytes());
    assertEquals(new Freed(1, 1, 1_000L), chalk.alone());
  }

  @Test
  void eachPackageThatNeedsItIsOnAWay() {
    Explanation parser = costs(ALL).explain("Body-Parser").getFirst();
    assertEquals(
        List.of(
            new Way("shop", "express", true, List.of(item("express"), item("body-parser"))),
            new Way(
                "shop",
                "jest",
                false,
                List.of(item("jest"), item("express"), item("body-parser")))),
        parser.ways());
  }

  @Test
  void whatGoesWithAPackageIsListedLargestFirst() {
    Explanation express = costs(ALL).explain("express").getFirst();
    assertEquals(List.of(new Item("body-parser", "1.0.0", 10L)), express.going());
    assertEquals(new Freed(2, 2, 11L), express.alone());
  }

  private static Item item(String name) {
    return new Item(name, "1.0.0", null);
  }
}

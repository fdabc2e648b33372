package dev.depslim.report;

import dev.depslim.model.Category;
import dev.depslim.model.Classification;
import dev.depslim.model.MinimizePlan;
import dev.depslim.model.MinimizePlan.Decision;
import dev.depslim.model.Verdict;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// What a plan leaves out, and what it keeps though it does not belong into production.
final class PlanRows {
  private static final int SCREEN = 12;
  private static final int FEW = 6;

  private PlanRows() {}

  static boolean isReview(Decision decision) {
    return decision.verdict().action() == Verdict.Action.REVIEW;
  }

  static void write(Page page, MinimizePlan plan) {
    leftOut(page, plan);
    reviews(page, plan);
    keptAllTheSame(page, plan);
    list(page, plan);
  }

  private static List<Decision> all(MinimizePlan plan, Predicate<Decision> wanted) {
    return plan.projects().stream()
        .flatMap(project -> project.decisions().stream())
        .filter(wanted)
        .toList();
  }

  private static void leftOut(Page page, MinimizePlan plan) {
    List<Decision> production = all(plan, it -> it.drops() && it.dependency().inProduction());
    List<Decision> development = all(plan, it -> it.drops() && !it.dependency().inProduction());
    int count = production.size() + development.size();
    page.section(count == 0 ? "nothing is left out" : "left out: " + Words.count(count, "package"));
    Table table =
        new Table(2).columns(Table.Kind.LEFT, Table.Kind.LEFT, Table.Kind.LEFT, Table.Kind.WRAPPED);
    int shown = page.style().shown(production.size(), SCREEN);
    for (Decision decision : production.subList(0, shown)) {
      row(table, decision);
    }
    if (page.style().all()) {
      development.forEach(decision -> row(table, decision));
    }
    page.table(table);
    page.more(production.size() - shown, "declared for production", "");
    if (!page.style().all() && !development.isEmpty()) {
      page.prose(
          2,
          Words.number(development.size())
              + " declared for development only: "
              + Words.few(names(development), FEW));
    }
  }

  private static void row(Table table, Decision decision) {
    Classification classification = decision.dependency().classification();
    boolean production = decision.dependency().inProduction();
    table.row(
        Cell.strong(decision.dependency().name()),
        Cell.of(production ? classification.category().id() : "not production"),
        Cell.of(Where.line(decision.dependency().mainDeclaration().location())),
        Cell.of(production ? classification.reason() : decision.verdict().reasons().getFirst()));
  }

  private static void reviews(Page page, MinimizePlan plan) {
    List<Decision> reviews = all(plan, PlanRows::isReview);
    if (reviews.isEmpty()) {
      return;
    }
    page.section(
        "kept, to be reviewed: "
            + Words.count(reviews.size(), "package")
            + " (what the source imports is not looked at)");
    byCategory(page, reviews);
  }

  private static void keptAllTheSame(Page page, MinimizePlan plan) {
    List<Decision> kept =
        all(
            plan,
            it ->
                it.verdict().action() == Verdict.Action.KEEP
                    && it.dependency().inProduction()
                    && it.dependency().classification().category() != Category.PRODUCTION);
    if (!kept.isEmpty()) {
      page.section("kept, as the policy or the written list has it");
      byCategory(page, kept);
    }
  }

  private static void byCategory(Page page, List<Decision> decisions) {
    Map<Category, List<Decision>> groups = new EnumMap<>(Category.class);
    for (Decision decision : decisions) {
      groups
          .computeIfAbsent(
              decision.dependency().classification().category(), _ -> new ArrayList<>())
          .add(decision);
    }
    Table table = new Table(2).columns(Table.Kind.LEFT, Table.Kind.RIGHT, Table.Kind.WRAPPED);
    groups.forEach((category, group) ->
        table.row(
            new Cell(category.id(), Tone.WARN),
            Cell.of(Words.number(group.size())),
            Cell.of(Words.few(names(group), page.style().all() ? group.size() : FEW))));
    page.table(table);
  }

  private static List<String> names(List<Decision> decisions) {
    return decisions.stream().map(decision -> decision.dependency().name()).distinct().toList();
  }

  private static void list(Page page, MinimizePlan plan) {
    String list = Words.and(plan.excluded().stream().map(Category::id).toList());
    page.blank();
    page.prose(
        0,
        plan.excludedWritten()
            ? "Left out as written: " + list + "."
            : "The categories to leave out are the default list, which nobody wrote: only coding"
                + " agents and what is declared for development go. Written with --exclude or"
                + " DEPSLIM_EXCLUDE, the others go too.");
  }
}

package dev.depslim.report;

import dev.depslim.model.Analysis;
import dev.depslim.model.Category;
import dev.depslim.model.Minimization;
import dev.depslim.model.Minimization.Result;
import dev.depslim.model.Minimization.Verified;
import dev.depslim.model.Minimization.Written;
import dev.depslim.model.MinimizePlan;
import dev.depslim.model.MinimizePlan.Decision;
import dev.depslim.model.MinimizePlan.ProjectPlan;
import dev.depslim.model.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What `minimize` would write, or has written, for people.
public final class MinimizeText {
  private static final int NARROW = 70;

  private final TextStyle style;

  public MinimizeText(TextStyle style) {
    this.style = style;
  }

  /// The report, ended by a line end; the same analysis gives the same bytes.
  ///
  /// @throws IllegalArgumentException where the analysis holds no plan
  public String write(Analysis analysis) {
    Minimization plan = analysis.plan();
    if (plan == null) {
      throw new IllegalArgumentException("an analysis without a plan");
    }
    Page page = new Page(style);
    head(page, analysis, plan);
    refused(page, plan);
    projects(page, plan);
    PlanRows.write(page, plan.plan());
    saved(page, plan);
    notes(page, plan);
    verified(page, plan);
    if (plan.written().isEmpty()) {
      changes(page, plan);
    } else {
      written(page, plan);
    }
    Problems.write(page, Problems.of(analysis));
    next(page, analysis, plan);
    return page.text();
  }

  private static void head(Page page, Analysis analysis, Minimization plan) {
    int declared = count(plan.plan(), _ -> true);
    int goes = count(plan.plan(), Decision::drops);
    int review = count(plan.plan(), PlanRows::isReview);
    page.head(
        analysis.root(),
        Words.number(goes)
            + " of "
            + Words.number(declared)
            + " declared "
            + Words.plural(declared, "dependency")
            + " left out, "
            + Words.number(declared - goes)
            + " kept"
            + (review == 0 ? "" : ", " + Words.number(review) + " of them to be reviewed"));
    page.prose(2, state(plan), Tone.DIM);
  }

  private static String state(Minimization plan) {
    if (plan.target() == null) {
      return "a plan only: nothing is written without --write";
    }
    if (plan.written().isEmpty()) {
      return "nothing was written";
    }
    long changed =
        plan.written().stream().filter(it -> it.change() != Minimization.Change.UNCHANGED).count();
    return changed == 0
        ? plan.target() + " holds this plan already: nothing was changed"
        : "wrote " + Words.count(changed, "file") + " into " + plan.target();
  }

  static int count(MinimizePlan plan, Predicate<Decision> wanted) {
    return (int)
        plan.projects().stream()
            .flatMap(project -> project.decisions().stream())
            .filter(wanted)
            .count();
  }

  private static void refused(Page page, Minimization plan) {
    List<Result> refused = plan.results().stream().filter(it -> it.refused() != null).toList();
    if (refused.isEmpty()) {
      return;
    }
    page.section("no slim form, so nothing is written");
    Table table = new Table(2).columns(Table.Kind.WRAPPED);
    for (Result result : refused) {
      table.row(new Cell(String.valueOf(result.refused()), Tone.BAD));
    }
    page.table(table);
  }

  private static void projects(Page page, Minimization plan) {
    boolean narrow = page.style().width() < NARROW;
    Table table =
        new Table(2)
            .column(Table.Kind.LEFT)
            .column(Table.Kind.LEFT, "project")
            .column(Table.Kind.RIGHT, "declared")
            .column(Table.Kind.RIGHT, "left out")
            .column(Table.Kind.RIGHT, "kept")
            .column(Table.Kind.RIGHT, "review")
            .column(Table.Kind.RIGHT, "packages")
            .column(Table.Kind.RIGHT, "fewer");
    for (ProjectPlan project : plan.plan().projects()) {
      MinimizePlan one = new MinimizePlan(List.of(), false, List.of(project));
      int goes = count(one, Decision::drops);
      Result result = plan.result(project);
      Integer packages = result == null ? null : result.packages();
      table.row(
          Cell.dim(project.ecosystem().id()),
          Cell.of(project.path()),
          Cell.of(Words.number(project.decisions().size())),
          Cell.of(Words.number(goes)),
          Cell.of(narrow ? "" : Words.number(project.decisions().size() - goes)),
          Cell.of(Words.number(count(one, PlanRows::isReview))),
          Cell.of(packages(result)),
          Cell.of(
              narrow
                  ? ""
                  : result == null || packages == null
                      ? "–"
                      : Words.number(result.removed().size())));
    }
    page.blank();
    page.table(table);
    page.prose(
        2,
        "packages: what a production install of the slim form brings"
            + (narrow ? "" : "; fewer: than that of the original"),
        Tone.DIM);
  }

  private static String packages(@Nullable Result result) {
    Integer packages = result == null ? null : result.packages();
    if (packages != null) {
      return Words.number(packages);
    }
    String partOf = result == null ? null : result.partOf();
    return partOf == null ? "unknown" : "with " + partOf;
  }

  private static void saved(Page page, Minimization plan) {
    List<String> known = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    for (Result result : plan.results()) {
      if (result.partOf() != null || result.refused() != null) {
        continue;
      }
      Long bytes = result.saved().bytes();
      String reason = result.saved().reason();
      if (bytes != null && bytes > 0) {
        known.add(
            Bytes.text(bytes)
                + " of "
                + result.ecosystem().id()
                + " packages in "
                + place(result.path())
                + (reason == null ? "" : " (" + reason + ")"));
      } else if (bytes == null && reason != null && !unknown.contains(reason)) {
        unknown.add(reason);
      }
    }
    page.blank();
    if (!known.isEmpty()) {
      page.prose(0, "Saves " + Words.and(known) + ".");
    }
    if (!unknown.isEmpty()) {
      page.prose(0, "Bytes saved are unknown: " + String.join("; ", unknown) + ".");
    }
  }

  private static String place(String path) {
    return path.equals(".") ? "the root" : path;
  }

  private static void notes(Page page, Minimization plan) {
    List<String> notes = new ArrayList<>();
    boolean several = plan.results().stream().filter(it -> !it.notes().isEmpty()).count() > 1;
    for (Result result : plan.results()) {
      for (String note : result.notes()) {
        notes.add(several ? result.path() + " (" + result.ecosystem().id() + "): " + note : note);
      }
    }
    if (notes.isEmpty()) {
      return;
    }
    page.section("to know");
    Table table = new Table(2).columns(Table.Kind.WRAPPED);
    int shown = page.style().shown(notes.size(), 6);
    notes.subList(0, shown).forEach(note -> table.row(Cell.of(note)));
    page.table(table);
    page.more(notes.size() - shown, "note", "");
  }

  private static void verified(Page page, Minimization plan) {
    if (plan.verified().isEmpty()) {
      return;
    }
    page.section("asked the package managers");
    for (Verified verified : plan.verified()) {
      Tone tone = verified.accepted() ? Tone.GOOD : Tone.BAD;
      Long bytes = verified.bytes();
      page.prose(2, verified.title() + " (" + place(verified.path()) + ")");
      page.prose(
          4,
          verified.message()
              + (verified.packages() == 0 ? "" : ": " + Words.count(verified.packages(), "package"))
              + (bytes == null ? "" : ", " + Bytes.text(bytes) + " on disk"),
          tone);
      few(page, "missing", verified.missing());
      few(page, "not planned", verified.unexpected());
      for (Minimization.Untried one : verified.untried()) {
        String what = one.version() == null ? one.name() : one.name() + " " + one.version();
        page.prose(4, "not tried: " + what + " (" + one.reason() + ")", Tone.WARN);
      }
      for (String line : verified.output()) {
        page.line("      " + Words.clean(line).stripTrailing());
      }
    }
  }

  private static void few(Page page, String title, List<String> names) {
    if (!names.isEmpty()) {
      page.prose(4, title + ": " + Words.few(names, page.style().shown(names.size(), 8)));
    }
  }

  private static void changes(Page page, Minimization plan) {
    DiffText.write(page, plan.results());
  }

  private static void written(Page page, Minimization plan) {
    page.section("files below " + plan.target());
    Table table = new Table(2).columns(Table.Kind.LEFT, Table.Kind.LEFT, Table.Kind.WRAPPED);
    for (Written written : plan.written()) {
      String backup = written.backup();
      Tone tone = written.change() == Minimization.Change.UNCHANGED ? Tone.DIM : Tone.GOOD;
      table.row(
          new Cell(written.change().id(), tone),
          Cell.of(written.path()),
          Cell.of(backup == null ? "" : "what was there is " + backup));
    }
    page.table(table);
  }

  private static void next(Page page, Analysis analysis, Minimization plan) {
    String path = Commands.path(analysis.root());
    String same = path + written(plan.plan());
    Table table = new Table(2).columns(Table.Kind.LEFT, Table.Kind.WRAPPED);
    if (plan.written().isEmpty() && isWhole(plan)) {
      table.row(
          Cell.of("depslim minimize" + same + " --write DIR"),
          Cell.dim("writes these files and MINIMIZE.md into DIR"));
    }
    if (plan.verified().isEmpty() && isWhole(plan)) {
      table.row(
          Cell.of("depslim minimize" + same + " --verify"),
          Cell.dim("asks the real package managers, in a scratch folder"));
    }
    List<String> categories = reviewed(plan.plan());
    if (!categories.isEmpty()) {
      String list = String.join(",", asked(plan.plan(), categories));
      table.row(
          Cell.of("depslim minimize" + path + " --exclude " + list),
          Cell.dim("leaves out what is to be reviewed, too"));
    }
    String review = firstReview(plan.plan());
    if (review != null) {
      table.row(
          Cell.of("depslim explain " + Commands.quoted(review) + path),
          Cell.dim("why it is here, who needs it"));
    }
    if (!table.isEmpty()) {
      page.section("Next");
      page.table(table);
    }
  }

  /// The list again, where it was written.
  private static String written(MinimizePlan plan) {
    String list = String.join(",", plan.excluded().stream().map(Category::id).toList());
    return plan.excludedWritten() && !list.isEmpty() ? " --exclude " + list : "";
  }

  private static boolean isWhole(Minimization plan) {
    return plan.results().stream().allMatch(it -> it.refused() == null);
  }

  /// The categories of what is to be reviewed, in their order.
  private static List<String> reviewed(MinimizePlan plan) {
    return plan.projects().stream()
        .flatMap(project -> project.decisions().stream())
        .filter(PlanRows::isReview)
        .map(decision -> decision.dependency().classification().category())
        .distinct()
        .sorted()
        .map(Category::id)
        .toList();
  }

  /// The list to write so that these go too, and what goes now still does.
  private static List<String> asked(MinimizePlan plan, List<String> more) {
    List<String> all = new ArrayList<>(more);
    for (Category category : plan.excluded()) {
      boolean goesNow = plan.excludedWritten() || category == Category.CODING_AGENT;
      if (goesNow && !all.contains(category.id())) {
        all.add(category.id());
      }
    }
    return all.stream().sorted().toList();
  }

  private static @Nullable String firstReview(MinimizePlan plan) {
    for (ProjectPlan project : plan.projects()) {
      for (Decision decision : project.decisions()) {
        if (decision.verdict().action() == Verdict.Action.REVIEW) {
          return decision.dependency().name();
        }
      }
    }
    return null;
  }
}

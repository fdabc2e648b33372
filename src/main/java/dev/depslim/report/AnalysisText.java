package dev.depslim.report;

import dev.depslim.model.Analysis;
import dev.depslim.model.Category;
import dev.depslim.model.Finding;
import dev.depslim.model.ImageReport;
import dev.depslim.model.Impact;
import dev.depslim.model.Issue;
import dev.depslim.model.Project;
import dev.depslim.model.Size;
import dev.depslim.model.Summary;
import dev.depslim.model.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The whole picture of a tree, for people.
public final class AnalysisText {
  private static final int NARROW = 70;

  private final TextStyle style;

  public AnalysisText(TextStyle style) {
    this.style = style;
  }

  /// The report, ended by a line end; the same analysis gives the same bytes.
  public String write(Analysis analysis) {
    Page page = new Page(style);
    Impact impact = analysis.impact();
    if (impact != null) {
      new ImpactText(page, analysis, impact).write();
      return page.text();
    }
    List<Issue> issues = Problems.of(analysis);
    if (analysis.projects().isEmpty() && analysis.images().isEmpty()) {
      page.head(analysis.root(), "nothing to analyse");
      page.prose(2, "No manifest and no lock file of Node or Python was found here.");
      Problems.write(page, issues);
      return page.text();
    }
    head(page, analysis);
    if (!analysis.projects().isEmpty()) {
      ProjectRows.write(page, analysis);
      categories(page, analysis);
    }
    if (analysis.ranking() != null) {
      RankingRows.write(page, analysis.ranking());
    }
    FindingRows.write(page, analysis);
    images(page, analysis.images());
    notes(page, analysis);
    Problems.write(page, issues);
    next(page, analysis);
    return page.text();
  }

  private static void head(Page page, Analysis analysis) {
    List<String> figures = new ArrayList<>();
    int projects = analysis.projects().size();
    if (projects > 0) {
      figures.add(Words.count(projects, "project"));
      figures.add(
          Words.number(analysis.summary().declared())
              + " declared "
              + Words.plural(analysis.summary().declared(), "dependency"));
      figures.add(resolvedFigure(analysis));
    }
    if (!analysis.images().isEmpty()) {
      figures.add(Words.count(analysis.images().size(), "image"));
    }
    page.head(analysis.root(), String.join(", ", figures));
  }

  private static String resolvedFigure(Analysis analysis) {
    int resolved = resolved(analysis);
    boolean locked = analysis.projects().stream().anyMatch(p -> !p.lockfiles().isEmpty());
    return locked
        ? Words.number(resolved) + " resolved " + Words.plural(resolved, "package")
        : "resolved packages unknown (no lock file read)";
  }

  private static int resolved(Analysis analysis) {
    return analysis.projects().stream().mapToInt(project -> project.resolved().size()).sum();
  }

  private static void categories(Page page, Analysis analysis) {
    boolean locked = analysis.projects().stream().anyMatch(p -> !p.lockfiles().isEmpty());
    Set<Category> forbidden = forbidden(analysis.findings());
    Table table =
        new Table(2)
            .column(Table.Kind.LEFT, "category")
            .column(Table.Kind.RIGHT, "declared")
            .column(Table.Kind.RIGHT, "resolved")
            .column(Table.Kind.RIGHT, "frees")
            .column(Table.Kind.RIGHT, "for production")
            .column(Table.Kind.TEXT);
    Map<Category, Summary.Figures> byCategory = analysis.summary().byCategory();
    boolean narrow = page.style().width() < NARROW;
    boolean sized = byCategory.values().stream().anyMatch(f -> f.retainedBytes() != null);
    for (Category category : Category.values()) {
      Summary.Figures figures = byCategory.get(category);
      if (figures == null || figures.declared() + figures.resolved() == 0) {
        continue;
      }
      boolean bad = forbidden.contains(category);
      table.row(
          Cell.of(category.id()),
          Cell.of(Words.number(figures.declared())),
          Cell.of(locked ? Words.number(figures.resolved()) : "–"),
          Cell.of(
              sized ? Bytes.text(figures.retainedBytes()) : packages(figures.retainedPackages())),
          Cell.of(narrow ? "" : Words.number(figures.inProduction())),
          bad ? new Cell("forbidden", Tone.BAD) : Cell.of(""));
    }
    if (!table.isEmpty()) {
      page.blank();
      page.table(table);
      SizeNotes.write(page, analysis);
    }
  }

  private static String packages(@Nullable Integer retained) {
    return retained == null ? "" : Words.count(retained, "package");
  }

  private static Set<Category> forbidden(List<Finding> findings) {
    return findings.stream()
        .map(Forbidden::of)
        .filter(Objects::nonNull)
        .map(one -> one.classification().category())
        .filter(category -> category != Category.PRODUCTION)
        .collect(Collectors.toSet());
  }

  private static void images(Page page, List<ImageReport> images) {
    if (images.isEmpty()) {
      return;
    }
    page.section("images");
    Table table =
        new Table(2)
            .column(Table.Kind.LEFT, "image")
            .column(Table.Kind.RIGHT, "stored")
            .column(Table.Kind.RIGHT, "live")
            .column(Table.Kind.RIGHT, "reclaimable")
            .column(Table.Kind.RIGHT, "can be saved");
    for (ImageReport image : images) {
      ImageReport.Savings savings = image.savings();
      table.row(
          Cell.strong(image.reference()),
          Cell.of(Bytes.text(image.sizes().storedBytes())),
          Cell.of(Bytes.text(image.sizes().liveBytes())),
          Cell.of(Bytes.text(image.sizes().reclaimableBytes())),
          Cell.of(Bytes.text(savings.liveBytes()) + " (" + Bytes.percent(savings.percent()) + ")"));
    }
    page.table(table);
  }

  private static void notes(Page page, Analysis analysis) {
    Summary summary = analysis.summary();
    page.blank();
    Summary.Savings savings = summary.savings();
    if (savings.packages() > 0) {
      Long bytes = savings.bytes();
      Double percent = savings.percent();
      page.prose(
          0,
          "Left out, the excluded categories take "
              + Words.count(savings.packages(), "resolved package")
              + " out of production"
              + (bytes == null
                  ? "."
                  : ": "
                      + Bytes.text(bytes)
                      + (percent == null
                          ? "."
                          : " (" + Bytes.percent(percent) + " of the known).")));
    }
    int guesses = summary.guesses();
    int resolvedGuesses = summary.resolvedGuesses();
    if (guesses + resolvedGuesses > 0) {
      int resolved = resolved(analysis);
      String known =
          Words.number(guesses) + " of " + Words.number(summary.declared()) + " declared";
      if (resolved > 0) {
        known +=
            " and " + Words.number(resolvedGuesses) + " of " + Words.number(resolved) + " resolved";
      }
      page.prose(0, known + " packages are known by no rule and count as production (guess).");
    }
    List<String> missing = notMeasured(analysis);
    if (!missing.isEmpty()) {
      page.prose(0, "Not measured: " + String.join("; ", missing) + ".");
    }
  }

  private static List<String> notMeasured(Analysis analysis) {
    boolean usage = false;
    boolean size = false;
    for (Project project : analysis.projects()) {
      usage |=
          project.dependencies().stream().anyMatch(d -> d.usage() instanceof Usage.Undetermined);
      size |= project.dependencies().stream().anyMatch(d -> d.size() instanceof Size.Unknown);
    }
    List<String> missing = new ArrayList<>();
    if (usage) {
      missing.add("what the source imports");
    }
    if (size) {
      missing.add(
          analysis.images().isEmpty()
              ? "sizes (name an image with --image, or ask the registry with --online)"
              : "sizes of packages that the images do not hold");
    }
    return missing;
  }

  private static void next(Page page, Analysis analysis) {
    String path = Commands.path(analysis.root());
    Table table = new Table(2).columns(Table.Kind.LEFT, Table.Kind.WRAPPED);
    table.row(
        Cell.of("depslim check" + path), Cell.dim("the gate: fails while something is forbidden"));
    String name = first(analysis);
    if (name != null) {
      table.row(
          Cell.of("depslim explain " + Commands.quoted(name) + path),
          Cell.dim("why it is here, who needs it"));
    }
    if (analysis.images().isEmpty()) {
      table.row(
          Cell.of("depslim analyze" + path + " --image REF"),
          Cell.dim("what an image really holds"));
    }
    page.section("Next");
    page.table(table);
  }

  /// The package to ask about first: the one that the report names first, or null.
  private static @Nullable String first(Analysis analysis) {
    List<Forbidden> forbidden =
        analysis.findings().stream().map(Forbidden::of).filter(Objects::nonNull).toList();
    if (!forbidden.isEmpty()) {
      return Forbidden.groups(forbidden, false).getFirst().head().name();
    }
    for (Finding finding : analysis.findings()) {
      if (finding.about() != null) {
        return finding.about().name();
      }
    }
    return null;
  }
}

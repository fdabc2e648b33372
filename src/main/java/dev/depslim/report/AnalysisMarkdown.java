package dev.depslim.report;

import dev.depslim.model.Analysis;
import dev.depslim.model.Category;
import dev.depslim.model.Finding;
import dev.depslim.model.ImageReport;
import dev.depslim.model.Impact;
import dev.depslim.model.Project;
import dev.depslim.model.Ranking;
import dev.depslim.model.Snapshot;
import dev.depslim.model.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The whole picture of a tree, or the impact of a change, as a comment of a pull request.
public final class AnalysisMarkdown {
  private static final int ROWS = 10;

  private final boolean all;

  /// @param all whether everything is listed and not only the first rows
  public AnalysisMarkdown(boolean all) {
    this.all = all;
  }

  /// The report, ended by a line end; the same analysis gives the same bytes.
  public String write(Analysis analysis) {
    Markdown markdown = new Markdown();
    Impact impact = analysis.impact();
    if (impact != null) {
      new ImpactMarkdown(markdown, all).write(analysis, impact);
    } else {
      whole(markdown, analysis);
    }
    markdown.issues(analysis);
    return markdown.text();
  }

  private void whole(Markdown markdown, Analysis analysis) {
    int resolved = analysis.projects().stream().mapToInt(it -> it.resolved().size()).sum();
    markdown.heading(
        "depslim: "
            + Words.count(analysis.projects().size(), "project")
            + ", "
            + Words.count(analysis.summary().declared(), "declared dependency")
            + ", "
            + Words.count(resolved, "resolved package"));
    String first = first(analysis.ranking());
    List<String> answers = new ArrayList<>();
    if (first != null) {
      answers.add(Markdown.escape(first));
    }
    Summary.Savings savings = analysis.summary().savings();
    if (savings.packages() > 0) {
      Long bytes = savings.bytes();
      answers.add(
          "Left out, the excluded categories take "
              + Words.count(savings.packages(), "resolved package")
              + " out of production"
              + (bytes == null ? "" : ": **" + Bytes.text(bytes) + "**")
              + ".");
    }
    markdown.list(answers);
    categories(markdown, analysis);
    findings(markdown, analysis.findings(), all);
    images(markdown, analysis);
    Ranking ranking = analysis.ranking();
    if (ranking != null) {
      holders(markdown, ranking);
    }
    projects(markdown, analysis);
  }

  private static @Nullable String first(@Nullable Ranking ranking) {
    return ranking == null ? null : RankingRows.sentence(ranking);
  }

  private static void categories(Markdown markdown, Analysis analysis) {
    List<List<String>> rows = new ArrayList<>();
    for (Map.Entry<Category, Summary.Figures> entry : analysis.summary().byCategory().entrySet()) {
      Summary.Figures it = entry.getValue();
      if (it.declared() + it.resolved() > 0) {
        Integer packages = it.retainedPackages();
        rows.add(
            List.of(
                entry.getKey().id(),
                Words.number(it.declared()),
                Words.number(it.resolved()),
                it.retainedBytes() != null
                    ? Bytes.text(it.retainedBytes())
                    : packages == null ? "" : Words.count(packages, "package"),
                Words.number(it.inProduction())));
      }
    }
    markdown.table(
        List.of("category", "declared>", "resolved>", "frees>", "for production>"), rows);
  }

  /// Findings: the first few to see, the others folded.
  static void findings(Markdown markdown, List<Finding> findings, boolean all) {
    if (findings.isEmpty()) {
      return;
    }
    markdown.paragraph("**" + Words.count(findings.size(), "finding") + "**");
    List<List<String>> rows =
        ImpactWords.grouped(findings.stream().map(Snapshot::finding).toList()).stream()
            .map(AnalysisMarkdown::row)
            .toList();
    int shown = all ? rows.size() : Math.min(rows.size(), ROWS);
    List<String> header = List.of("", "finding", "where", "what");
    markdown.table(header, rows.subList(0, shown));
    markdown.folded(
        Words.number(rows.size() - shown) + " more " + Words.plural(rows.size() - shown, "row"),
        header,
        rows.subList(shown, rows.size()));
  }

  /// A finding, or those about what one declaration brings.
  static List<String> row(ImpactWords.Found found) {
    return List.of(
        found.first().severity().id(),
        Markdown.escape(found.first().rule()),
        Markdown.code(Where.line(found.first().location())),
        Markdown.escape(found.message()));
  }

  private static void images(Markdown markdown, Analysis analysis) {
    List<List<String>> rows = new ArrayList<>();
    for (ImageReport image : analysis.images()) {
      rows.add(
          List.of(
              Markdown.code(image.reference()),
              Bytes.text(image.sizes().storedBytes()),
              Bytes.text(image.sizes().liveBytes()),
              Bytes.text(image.sizes().reclaimableBytes()),
              Bytes.text(image.savings().liveBytes())
                  + " ("
                  + Bytes.percent(image.savings().percent())
                  + ")"));
    }
    markdown.table(List.of("image", "stored>", "live>", "reclaimable>", "can be saved>"), rows);
  }

  private static void holders(Markdown markdown, Ranking ranking) {
    markdown.folded(
        "What each declaration frees alone",
        List.of("declaration", "category", "frees>", "where"),
        ranking.declarations().stream()
            .filter(it -> it.alone().packages() > 0)
            .map(it ->
                List.of(
                    Markdown.code(it.holder().name() + " " + it.constraint()),
                    it.category().id(),
                    RankingRows.freed(it.alone()),
                    Markdown.code(Where.line(it.holder().location()))))
            .toList());
    markdown.folded(
        "What has to go so that nothing forbidden comes with it",
        List.of("forbidden", "goes when these are not declared for production"),
        ranking.removals().stream()
            .map(it ->
                List.of(
                    Markdown.code(it.name()),
                    Markdown.escape(
                        Words.and(
                            it.holders().stream().map(Ranking.Holder::name).distinct().toList()))))
            .toList());
  }

  private static void projects(Markdown markdown, Analysis analysis) {
    List<List<String>> rows = new ArrayList<>();
    for (Project project : analysis.projects()) {
      rows.add(
          List.of(
              project.ecosystem().id(),
              Markdown.code(project.path()),
              Words.number(project.dependencies().size()),
              project.lockfiles().isEmpty() ? "–" : Words.number(project.resolved().size()),
              Markdown.code(
                  String.join(
                      ", ",
                      project.lockfiles().stream().map(Project.LockfileFile::path).toList()))));
    }
    markdown.folded(
        Words.count(rows.size(), "project"),
        List.of("", "project", "declared>", "resolved>", "lock file"),
        rows);
  }
}

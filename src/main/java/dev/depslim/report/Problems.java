package dev.depslim.report;

import dev.depslim.model.Analysis;
import dev.depslim.model.ImageReport;
import dev.depslim.model.Issue;
import dev.depslim.model.Severity;
import java.util.ArrayList;
import java.util.List;

/// What could not be read.
final class Problems {
  private static final int SCREEN = 5;

  private Problems() {}

  /// The issues of the analysis and of its images, sorted, each once.
  static List<Issue> of(Analysis analysis) {
    List<Issue> issues = new ArrayList<>(analysis.issues());
    for (ImageReport image : analysis.images()) {
      issues.addAll(image.issues());
    }
    return issues.stream().sorted().distinct().toList();
  }

  /// How many of them kept something from being read.
  static long unreadable(List<Issue> issues) {
    return issues.stream().filter(issue -> issue.severity() == Severity.ERROR).count();
  }

  /// Writes them, the errors first.
  static void write(Page page, List<Issue> issues) {
    if (issues.isEmpty()) {
      return;
    }
    page.section(Words.count(issues.size(), "problem") + " with the input; the rest was read");
    List<Issue> errorsFirst = new ArrayList<>(issues);
    errorsFirst.sort(java.util.Comparator.comparing(Issue::severity));
    int shown = page.style().shown(issues.size(), SCREEN);
    Table table = new Table(2).columns(Table.Kind.WRAPPED);
    for (Issue issue : errorsFirst.subList(0, shown)) {
      Tone tone = issue.severity() == Severity.ERROR ? Tone.BAD : Tone.WARN;
      table.row(new Cell(issue.toString(), tone));
    }
    page.table(table);
    page.more(issues.size() - shown, "problem", "");
  }
}

package dev.depslim.report;

import dev.depslim.model.Analysis;
import dev.depslim.model.Category;
import dev.depslim.model.Impact;
import dev.depslim.model.Impact.Change;
import dev.depslim.model.Impact.DeclarationChange;
import dev.depslim.model.Impact.Ledger;
import dev.depslim.model.Impact.PackageChange;
import dev.depslim.model.Impact.Pair;
import dev.depslim.model.Snapshot.FindingState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The impact of a change as a comment of a pull request.
final class ImpactMarkdown {
  private static final int CAUSES = 8;
  private static final int ROWS = 10;

  private final Markdown markdown;
  private final boolean all;

  ImpactMarkdown(Markdown markdown, boolean all) {
    this.markdown = markdown;
    this.all = all;
  }

  void write(Analysis analysis, Impact impact) {
    markdown.heading("depslim: " + ImpactWords.title(impact));
    figures(impact);
    causes(impact);
    categories(impact);
    findings("New findings", impact.fresh());
    findings("Fixed findings", impact.fixed());
    declarations(impact);
    packages(impact);
    impact.notes().forEach(note -> markdown.paragraph("> " + Markdown.escape(note)));
  }

  private void figures(Impact impact) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(figure("in production", impact.production()));
    rows.add(figure("all that is locked", impact.everything()));
    markdown.table(List.of("", "before>", "after>", "change>", "packages"), rows);
    markdown.paragraph(
        "<sub>" + Markdown.escape(ImpactWords.basis(impact.everything())) + "</sub>");
  }

  private static List<String> figure(String what, Ledger ledger) {
    return List.of(
        what,
        ImpactText.size(ledger.before()),
        ImpactText.size(ledger.after()),
        "**" + ImpactText.change(new Pair(ledger.before(), ledger.after())) + "**",
        ImpactWords.counts(ledger));
  }

  private void causes(Impact impact) {
    List<List<String>> rows = new ArrayList<>();
    for (ImpactWords.Row row : ImpactWords.rows(impact)) {
      Impact.Cause cause = row.everything() == null ? row.cause() : row.everything();
      rows.add(
          List.of(
              "**" + ImpactWords.change(row.production()) + "**",
              ImpactWords.change(row.everything()),
              Markdown.escape(ImpactWords.what(row.cause())),
              Markdown.escape(ImpactWords.why(impact, cause)),
              ImpactWords.counts(cause.added(), cause.removed(), cause.updated())));
    }
    List<String> header = List.of("production>", "all>", "because of", "why", "packages");
    firstAndFolded(header, rows, ImpactWords.telling(ImpactWords.rows(impact), CAUSES), "cause");
  }

  private void firstAndFolded(
      List<String> header, List<List<String>> rows, int screen, String noun) {
    int shown = all ? rows.size() : Math.min(rows.size(), screen);
    markdown.table(header, rows.subList(0, shown));
    int more = rows.size() - shown;
    markdown.folded(
        Words.number(more) + " more " + Words.plural(more, noun),
        header,
        rows.subList(shown, rows.size()));
  }

  private void categories(Impact impact) {
    List<List<String>> rows = new ArrayList<>();
    for (Map.Entry<Category, Pair> entry : impact.everything().byCategory().entrySet()) {
      Pair everything = entry.getValue();
      Pair production = impact.production().byCategory().getOrDefault(entry.getKey(), everything);
      if (everything.before().packages() + everything.after().packages() > 0) {
        rows.add(
            List.of(
                entry.getKey().id(),
                ImpactText.size(production.after()),
                "**" + ImpactText.change(production) + "**",
                ImpactText.size(everything.after()),
                ImpactText.change(everything)));
      }
    }
    markdown.table(List.of("category", "production>", "change>", "all>", "change>"), rows);
  }

  private void findings(String title, List<FindingState> findings) {
    if (findings.isEmpty()) {
      return;
    }
    markdown.paragraph("**" + title + ": " + Words.number(findings.size()) + "**");
    firstAndFolded(
        List.of("", "finding", "where", "what"),
        ImpactWords.grouped(findings).stream().map(AnalysisMarkdown::row).toList(),
        ROWS,
        "row");
  }

  private void declarations(Impact impact) {
    List<Change> changes = impact.declarations().stream().map(DeclarationChange::change).toList();
    if (changes.isEmpty()) {
      markdown.paragraph("No declaration is added, removed or changed.");
      return;
    }
    markdown.paragraph("**Declarations: " + ImpactText.counts(changes) + "**");
    firstAndFolded(
        List.of("", "name", "category", "where", "what"),
        impact.declarations().stream()
            .map(it ->
                List.of(
                    it.change().id(),
                    Markdown.code(it.name()),
                    ImpactText.category(it),
                    Markdown.code(ImpactWords.where(it)),
                    Markdown.escape(ImpactWords.changed(it))))
            .toList(),
        ROWS,
        "declaration");
  }

  private void packages(Impact impact) {
    List<List<String>> rows = new ArrayList<>();
    for (PackageChange it : ImpactText.sorted(impact)) {
      Long bytes = ImpactWords.bytes(it);
      rows.add(
          List.of(
              it.change().id(),
              Markdown.code(it.name()),
              Markdown.escape(ImpactWords.versions(it)),
              bytes == null ? "" : ImpactWords.signed(bytes),
              ImpactWords.category(it).id(),
              ImpactWords.inProduction(it) ? "yes" : "no",
              Markdown.code(it.lockfile())));
    }
    markdown.folded(
        "Packages: "
            + ImpactText.counts(impact.packages().stream().map(PackageChange::change).toList()),
        List.of("", "package", "version", "bytes>", "category", "production", "lock"),
        rows);
  }
}

package dev.depslim.report;

import dev.depslim.model.Analysis;
import dev.depslim.model.PolicyResult;
import java.util.ArrayList;
import java.util.List;

/// What the gate says, as a comment of a pull request.
public final class CheckMarkdown {
  private static final int ROWS = 15;
  private static final int FEW = 3;

  private final boolean all;

  /// @param all whether everything is listed and not only the first rows
  public CheckMarkdown(boolean all) {
    this.all = all;
  }

  /// The report, ended by a line end; the same analysis gives the same bytes.
  ///
  /// @throws IllegalArgumentException where the analysis holds no result of the gate
  public String write(Analysis analysis) {
    PolicyResult policy = analysis.policy();
    if (policy == null) {
      throw new IllegalArgumentException("an analysis without the result of a gate");
    }
    Markdown markdown = new Markdown();
    PolicyResult.Checked checked = policy.checked();
    markdown.heading(
        "depslim check: "
            + (policy.breaches().isEmpty()
                ? "nothing breaches the policy"
                : Words.count(policy.breaches().size(), "breach")));
    markdown.paragraph(
        Words.count(checked.dependencies(), "dependency")
            + ", "
            + Words.count(checked.resolved(), "resolved package")
            + (checked.images() == 0 ? "" : ", " + Words.count(checked.images(), "image"))
            + " checked; "
            + (policy.config() == null
                ? "no `.depslim.yml`, by default it forbids "
                : Markdown.code(policy.config()) + " forbids ")
            + Markdown.escape(
                policy.forbid().isEmpty() ? "nothing" : String.join(", ", policy.forbid()))
            + ".");
    breaches(markdown, policy);
    others(markdown, policy);
    policy.notes().forEach(note -> markdown.paragraph("> " + Markdown.escape(note)));
    policy.notInForce().forEach(key -> markdown.paragraph("> not in force: " + Markdown.code(key)));
    markdown.issues(analysis);
    return markdown.text();
  }

  private void breaches(Markdown markdown, PolicyResult policy) {
    List<List<String>> rows = new ArrayList<>();
    List<Forbidden> forbidden = new ArrayList<>();
    for (PolicyResult.Breach breach : policy.breaches()) {
      Forbidden one = Forbidden.of(breach);
      if (one == null) {
        rows.add(row(breach));
      } else {
        forbidden.add(one);
      }
    }
    rows.addAll(0, Forbidden.groups(forbidden, all).stream().map(CheckMarkdown::row).toList());
    int shown = all ? rows.size() : Math.min(rows.size(), ROWS);
    List<String> header = List.of("package", "category", "where", "why");
    markdown.table(header, rows.subList(0, shown));
    int more = rows.size() - shown;
    markdown.folded(
        Words.number(more) + " more " + Words.plural(more, "row"),
        header,
        rows.subList(shown, rows.size()));
  }

  private static List<String> row(PolicyResult.Breach breach) {
    return List.of(
        Markdown.code(breach.name()),
        "",
        Markdown.code(Where.line(breach.location())),
        Markdown.escape(breach.message() + " (" + breach.rule() + ")"));
  }

  private static List<String> row(Forbidden.Group group) {
    Forbidden head = group.head();
    List<String> others = group.others();
    String why =
        group.declared() == null
            ? "comes with "
                + head.bringer()
                + (others.isEmpty() ? "" : ", and so do " + Words.few(others, FEW))
            : "declared for production"
                + (others.isEmpty() ? "" : "; brings " + Words.few(others, FEW));
    return List.of(
        Markdown.code(head.name()),
        head.classification().category().id(),
        Markdown.code(head.toChange()),
        Markdown.escape(why));
  }

  private static void others(Markdown markdown, PolicyResult policy) {
    markdown.folded(
        Words.count(policy.allowed().size(), "allowance"),
        List.of("package", "where", "reason", "until"),
        policy.allowed().stream()
            .map(it ->
                List.of(
                    Markdown.code(it.name()),
                    Markdown.code(Where.line(it.location())),
                    Markdown.escape(it.reason()),
                    it.expires() == null ? "" : Markdown.escape(it.expires())))
            .toList());
    markdown.folded(
        Words.plural(policy.stale().size(), "entry")
            + " of the policy that nothing matches any more: "
            + Words.number(policy.stale().size()),
        List.of("where", "what"),
        policy.stale().stream()
            .map(it ->
                List.of(Markdown.code(Where.line(it.location())), Markdown.escape(it.message())))
            .toList());
  }
}

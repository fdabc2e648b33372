package dev.depslim.report;

import dev.depslim.model.Analysis;
import dev.depslim.model.Classification;
import dev.depslim.model.Confidence;
import dev.depslim.model.Issue;
import dev.depslim.model.Location;
import dev.depslim.model.PolicyResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// What the gate says, for people.
public final class CheckText {
  private static final int SCREEN = 15;
  private static final int FEW = 5;

  private final TextStyle style;

  public CheckText(TextStyle style) {
    this.style = style;
  }

  /// The report, ended by a line end; the same analysis gives the same bytes.
  ///
  /// @param exitCode what the run ends with
  /// @throws IllegalArgumentException where the analysis holds no result of the gate
  public String write(Analysis analysis, int exitCode) {
    PolicyResult policy = analysis.policy();
    if (policy == null) {
      throw new IllegalArgumentException("an analysis without the result of a gate");
    }
    Page page = new Page(style);
    config(page, policy);
    page.blank();
    page.table(rows(analysis, policy));
    page.table(notes(analysis, policy));
    hidden(page, analysis, policy);
    List<Issue> issues = Problems.of(analysis);
    Problems.write(page, issues);
    page.blank();
    total(page, policy, Problems.unreadable(issues), exitCode);
    advice(page, analysis, policy);
    return page.text();
  }

  private static void config(Page page, PolicyResult policy) {
    String forbid = policy.forbid().isEmpty() ? "nothing" : String.join(", ", policy.forbid());
    if (policy.config() == null) {
      page.head("no .depslim.yml", "by default it forbids " + forbid);
    } else {
      page.head(policy.config(), "forbids " + forbid);
    }
    page.prose(
        2,
        "findings fail from "
            + policy.failOn().id()
            + " on, where they are "
            + (policy.minConfidence() == Confidence.CERTAIN
                ? "certain"
                : "at least " + policy.minConfidence().id()),
        Tone.DIM);
    for (String key : policy.notInForce()) {
      page.prose(2, "not in force: " + key, Tone.WARN);
    }
  }

  private Table rows(Analysis analysis, PolicyResult policy) {
    Table table = new Table(2).columns(Table.Kind.LEFT, Table.Kind.LEFT, Table.Kind.WRAPPED);
    breaches(table, analysis, policy);
    for (PolicyResult.Allowed allowed :
        policy.allowed().subList(0, style.shown(policy.allowed().size(), FEW))) {
      table.row(
          new Cell("allowed", Tone.GOOD),
          Cell.of(Where.line(allowed.location())),
          Cell.of(
              allowed.name()
                  + ": \""
                  + allowed.reason()
                  + "\""
                  + (allowed.expires() == null ? "" : ", until " + allowed.expires())));
    }
    for (PolicyResult.Stale stale :
        policy.stale().subList(0, style.shown(policy.stale().size(), FEW))) {
      table.row(
          new Cell("stale", Tone.WARN),
          Cell.of(Where.line(stale.location())),
          Cell.of(stale.message()));
    }
    return table;
  }

  private void breaches(Table table, Analysis analysis, PolicyResult policy) {
    List<Forbidden.Group> groups = groups(analysis, policy);
    List<PolicyResult.Breach> others = others(analysis, policy);
    Installed installed = new Installed(analysis);
    Cell fail = new Cell("FAIL", Tone.BAD);
    int shown = style.shown(groups.size() + others.size(), SCREEN);
    int first = shownGroups(shown, groups.size(), others.size());
    for (Forbidden.Group group : groups.subList(0, first)) {
      table.row(fail, Cell.of(group.head().where()), Cell.of(text(group)));
    }
    for (PolicyResult.Breach breach : others.subList(0, shown - first)) {
      table.row(fail, Cell.of(Where.line(breach.location())), Cell.of(text(installed, breach)));
    }
  }

  /// How many rows declarations get, so that what lies in images is not hidden by them.
  private static int shownGroups(int shown, int groups, int others) {
    return Math.min(groups, shown - Math.min(others, Math.max(FEW, shown - groups)));
  }

  private List<Forbidden.Group> groups(Analysis analysis, PolicyResult policy) {
    Installed installed = new Installed(analysis);
    List<Forbidden> forbidden = new ArrayList<>();
    for (PolicyResult.Breach breach : policy.breaches()) {
      Forbidden one = installed.holds(breach) ? null : Forbidden.of(breach);
      if (one != null) {
        forbidden.add(one);
      }
    }
    return Forbidden.groups(forbidden, style.all());
  }

  /// What lies in images, the biggest first, and what is of another kind.
  private static List<PolicyResult.Breach> others(Analysis analysis, PolicyResult policy) {
    Installed installed = new Installed(analysis);
    return installed.sortedBreaches(
        policy.breaches().stream()
            .filter(breach -> installed.holds(breach) || Forbidden.of(breach) == null)
            .toList());
  }

  private static String text(Installed installed, PolicyResult.Breach breach) {
    Classification classification = breach.classification();
    if (classification == null || !installed.holds(breach)) {
      return breach.message() + " (" + breach.rule() + ")";
    }
    return breach.name()
        + " "
        + classified(classification)
        + " in the image, "
        + Bytes.text(installed.bytes(breach.location(), breach.subject()))
        + (breach.broughtBy() == null ? "" : ", needed by " + breach.broughtBy());
  }

  private static String text(Forbidden.Group group) {
    Forbidden head = group.head();
    List<String> others = group.others();
    String what = head.name() + " " + classified(head.classification());
    if (group.declared() == null) {
      return what
          + " brought by "
          + head.broughtBy()
          + (others.isEmpty() ? "" : ", like " + Words.few(others, 2));
    }
    return what
        + " forbidden in production"
        + (others.isEmpty() ? "" : "; it brings " + Words.few(others, 2));
  }

  private static String classified(Classification classification) {
    return "("
        + classification.category().id()
        + (classification.rule() == null ? ", no rule" : ", rule " + classification.rule())
        + ", "
        + classification.confidence().id()
        + ")";
  }

  /// The notes of the gate, and how many findings do not fail it.
  private static Table notes(Analysis analysis, PolicyResult policy) {
    Table table = new Table(2).columns(Table.Kind.LEFT, Table.Kind.WRAPPED);
    policy.notes().forEach(note -> table.row(Cell.dim("note   "), Cell.of(note)));
    Set<String> failing =
        policy.breaches().stream()
            .map(breach -> key(breach.rule(), breach.subject(), breach.location()))
            .collect(Collectors.toSet());
    long quiet =
        analysis.findings().stream()
            .filter(finding -> !finding.rule().equals("stale-policy-entry"))
            .filter(finding ->
                !failing.contains(key(finding.rule(), finding.subject(), finding.location())))
            .count();
    if (quiet > 0) {
      String note =
          Words.count(quiet, "finding")
              + (quiet == 1 ? " does" : " do")
              + " not fail the gate: depslim analyze"
              + Commands.path(analysis.root())
              + " lists them";
      table.row(Cell.dim("note   "), Cell.of(note));
    }
    return table;
  }

  private static String key(String rule, String subject, Location location) {
    return rule + " " + subject + " " + location;
  }

  private void hidden(Page page, Analysis analysis, PolicyResult policy) {
    List<Forbidden.Group> groups = groups(analysis, policy);
    int lines = groups.size() + others(analysis, policy).size();
    int shown = style.shown(lines, SCREEN);
    int first = shownGroups(shown, groups.size(), others(analysis, policy).size());
    int listed = shown - first;
    for (Forbidden.Group group : groups.subList(0, first)) {
      listed += group.brought().size() + (group.declared() == null ? 0 : 1);
    }
    page.more(lines == shown ? 0 : policy.breaches().size() - listed, "breach", "");
    int allowed = policy.allowed().size();
    page.more(allowed - style.shown(allowed, FEW), "allowance", "");
    int stale = policy.stale().size();
    page.more(stale - style.shown(stale, FEW), "stale entry", "");
  }

  private static void total(Page page, PolicyResult policy, long unreadable, int exitCode) {
    PolicyResult.Checked checked = policy.checked();
    String total =
        Words.count(policy.breaches().size(), "breach")
            + ", "
            + Words.count(policy.allowed().size(), "allowance")
            + (unreadable == 0 ? "" : ", " + Words.count(unreadable, "unreadable input"))
            + "; "
            + Words.count(checked.dependencies(), "dependency")
            + ", "
            + Words.count(checked.resolved(), "resolved package")
            + (checked.images() == 0 ? "" : ", " + Words.count(checked.images(), "image"))
            + " checked.";
    String exit = "exit " + exitCode;
    Tone tone = exitCode == 0 ? Tone.GOOD : Tone.BAD;
    TextStyle style = page.style();
    int space = style.width() - Words.width(total) - exit.length();
    if (space >= 2) {
      page.line(total + "  " + tone.paint(exit, style));
    } else {
      page.prose(0, total);
      page.line(tone.paint(exit, style));
    }
  }

  private void advice(Page page, Analysis analysis, PolicyResult policy) {
    List<Forbidden.Group> groups = groups(analysis, policy);
    Forbidden first = groups.isEmpty() ? null : groups.getFirst().head();
    boolean declared = first != null;
    for (PolicyResult.Breach breach : others(analysis, policy)) {
      first = first == null ? Forbidden.of(breach) : first;
    }
    if (first == null) {
      return;
    }
    Table table = new Table(0).columns(Table.Kind.LEFT, Table.Kind.WRAPPED);
    table.row(
        Cell.strong("Mend it"),
        Cell.of(
            declared
                ? "move the declaration to development, or remove it, and lock again"
                : "leave it out of the instruction that installs it, and build the image again"));
    String config = policy.config() == null ? ".depslim.yml" : policy.config();
    table.row(
        Cell.strong("Allow it"),
        Cell.of(
            config
                + ", under production.allow: {package: "
                + first.selector()
                + ", reason: \"…\"}"
                + (policy.config() == null ? " (depslim init writes the file)" : "")));
    table.row(
        Cell.strong("See why"),
        Cell.of(
            declared
                ? "depslim explain "
                    + Commands.quoted(first.name())
                    + Commands.path(analysis.root())
                : "depslim image " + Commands.quoted(first.where()) + " --all"));
    page.table(table);
  }
}

package dev.depslim.report;

import dev.depslim.model.Analysis;
import dev.depslim.model.Issue;
import java.util.ArrayList;
import java.util.List;

/// GitHub-flavoured Markdown in the making. A comment of GitHub holds 65,536 characters, so what
/// does not fit is left out from the end, part by part, and said.
public final class Markdown {
  /// How text looks inside of a code block.
  public static final TextStyle STYLE = new TextStyle(100, false, false);

  /// What GitHub takes as a comment, in UTF-16 units, with some room for what a job adds around it.
  static final int LIMIT = 60_000;

  private static final String CUT = "\n_… the rest does not fit a comment: `depslim` shows it._\n";

  private final StringBuilder out = new StringBuilder();
  private boolean full;

  /// The text of a report as a code block.
  public static String ofText(String text) {
    String fence = "`".repeat(Math.max(3, longestRun(text) + 1));
    Markdown markdown = new Markdown();
    int room = LIMIT - 2 * fence.length() - CUT.length() - 20;
    boolean cut = text.length() > room;
    String shown = cut ? text.substring(0, text.lastIndexOf('\n', room) + 1) : text;
    markdown.out.append(fence).append("text\n").append(shown).append(fence).append('\n');
    if (cut) {
      markdown.out.append(CUT);
    }
    return markdown.text();
  }

  private static int longestRun(String text) {
    int longest = 0;
    int run = 0;
    for (int i = 0; i < text.length(); i++) {
      run = text.charAt(i) == '`' ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    return longest;
  }

  /// What stood against an analysis of which nothing came.
  public static String ofIssues(Analysis analysis) {
    Markdown markdown = new Markdown();
    markdown.heading("depslim: nothing could be analysed");
    markdown.issues(analysis);
    return markdown.text();
  }

  /// The title of the report.
  void heading(String text) {
    add("### " + escape(text) + "\n\n");
  }

  /// A text that is Markdown already.
  void paragraph(String markdown) {
    add(markdown + "\n\n");
  }

  /// Items that are Markdown already.
  void list(List<String> items) {
    if (!items.isEmpty()) {
      StringBuilder part = new StringBuilder();
      items.forEach(item -> part.append("- ").append(item).append('\n'));
      add(part.append('\n').toString());
    }
  }

  /// A table; its cells are Markdown already.
  ///
  /// @param header names of the columns; one that ends with `>` is set to the right
  void table(List<String> header, List<List<String>> rows) {
    if (!rows.isEmpty()) {
      add(tableText(header, rows));
    }
  }

  /// A table that is folded away.
  void folded(String summary, List<String> header, List<List<String>> rows) {
    if (rows.isEmpty()) {
      return;
    }
    String head = "<details><summary>" + html(summary) + "</summary>\n\n";
    String tail = "</details>\n\n";
    int room = LIMIT - out.length() - head.length() - tail.length() - 2 * CUT.length();
    List<List<String>> shown = new ArrayList<>();
    int used = tableText(header, List.of()).length();
    for (List<String> row : rows) {
      used += rowText(row).length();
      if (used > room) {
        break;
      }
      shown.add(row);
    }
    if (shown.isEmpty()) {
      full = true;
      return;
    }
    String more =
        shown.size() == rows.size()
            ? ""
            : "_… " + Words.number(rows.size() - shown.size()) + " more_\n\n";
    out.append(head).append(tableText(header, shown)).append(more).append(tail);
  }

  private static String tableText(List<String> header, List<List<String>> rows) {
    StringBuilder part = new StringBuilder();
    StringBuilder rule = new StringBuilder();
    for (String column : header) {
      boolean right = column.endsWith(">");
      part.append("| ").append(right ? column.substring(0, column.length() - 1) : column);
      part.append(' ');
      rule.append(right ? "| ---: " : "| --- ");
    }
    part.append("|\n").append(rule).append("|\n");
    rows.forEach(row -> part.append(rowText(row)));
    return part.append('\n').toString();
  }

  private static String rowText(List<String> row) {
    StringBuilder part = new StringBuilder();
    row.forEach(cell -> part.append("| ").append(cell).append(' '));
    return part.append("|\n").toString();
  }

  /// What could not be read.
  void issues(Analysis analysis) {
    List<Issue> issues = Problems.of(analysis);
    folded(
        Words.count(issues.size(), "problem") + " with the input; the rest was read",
        List.of("where", "what"),
        issues.stream()
            .map(issue -> List.of(code(issue.location().toString()), escape(issue.message())))
            .toList());
  }

  private void add(String part) {
    if (full || out.length() + part.length() + CUT.length() > LIMIT) {
      full = true;
    } else {
      out.append(part);
    }
  }

  /// The document, ended by one line end.
  String text() {
    return (out.toString().stripTrailing() + "\n") + (full ? CUT : "");
  }

  /// A text of the input, so that nothing of it means anything to Markdown.
  static String escape(String text) {
    StringBuilder escaped = new StringBuilder();
    for (char c : Words.clean(text).toCharArray()) {
      if ("\\`*_{}[]<#|~@&$".indexOf(c) >= 0) {
        // as an entity, so that no @name pings anybody and no #1 links an issue
        escaped.append("&#").append((int) c).append(';');
      } else {
        escaped.append(c);
      }
    }
    return escaped.toString();
  }

  private static String html(String text) {
    return Words.clean(text).replace("&", "&amp;").replace("<", "&lt;");
  }

  /// A text of the input as code: a name, a path, a version.
  static String code(String text) {
    String clean = Words.clean(text);
    if (clean.isEmpty()) {
      return "";
    }
    return clean.indexOf('`') >= 0 || clean.indexOf('|') >= 0 ? escape(clean) : "`" + clean + "`";
  }
}

package dev.depslim.report;

import java.util.List;

/// A text report in the making: lines without trailing spaces, never two blank ones in a row.
final class Page {
  private final TextStyle style;
  private final StringBuilder out = new StringBuilder();
  private boolean blank = true;

  Page(TextStyle style) {
    this.style = style;
  }

  TextStyle style() {
    return style;
  }

  /// A blank line, unless there is one or nothing stands above it.
  void blank() {
    if (!blank) {
      out.append('\n');
      blank = true;
    }
  }

  /// A line as it is.
  void line(String line) {
    out.append(line).append('\n');
    blank = false;
  }

  /// What the report is about and its figures: beside each other, or below where the screen is
  /// narrow.
  void head(String head, String rest) {
    Cell cell = Cell.strong(head);
    String painted = cell.tone().paint(cell.text(), style);
    String clean = Words.clean(rest);
    if (cell.width() + 3 + Words.width(clean) <= style.width()) {
      line((painted + "   " + clean).stripTrailing());
    } else {
      line(painted);
      prose(2, clean);
    }
  }

  /// The title of a part, after a blank line.
  void section(String title) {
    blank();
    for (String line : Words.wrap(Words.clean(title), style.width())) {
      line(Tone.STRONG.paint(line, style));
    }
  }

  /// A text in as many lines as it needs.
  void prose(int indent, String text) {
    prose(indent, text, Tone.PLAIN);
  }

  void prose(int indent, String text, Tone tone) {
    for (String line : Words.wrap(Words.clean(text), style.width() - indent)) {
      line(" ".repeat(indent) + tone.paint(line, style));
    }
  }

  void table(Table table) {
    List<String> lines = table.lines(style);
    lines.forEach(this::line);
  }

  /// What is not shown on this screen.
  ///
  /// @param hidden how many are not shown; nothing is written for 0
  void more(int hidden, String noun, String together) {
    if (hidden > 0) {
      String count =
          noun.isEmpty()
              ? Words.number(hidden) + " more"
              : Words.number(hidden) + " more " + Words.plural(hidden, noun);
      prose(2, "… " + count + together + ": --all", Tone.DIM);
    }
  }

  /// The whole report, ended by a line end.
  String text() {
    return out.toString().stripTrailing() + "\n";
  }
}

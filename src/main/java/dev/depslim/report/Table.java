package dev.depslim.report;

import java.util.ArrayList;
import java.util.List;

/// Rows in aligned columns. Columns without any content are left out.
final class Table {
  private static final int GAP = 2;
  private static final int LEAST_TEXT = 10;
  private static final int LEAST_WRAPPED = 40;
  private static final int LEAST_WHOLE = 30;

  /// How a column is set.
  enum Kind {
    /// Text that is never cut, such as a path: where the screen is too narrow for the longest, the
    /// rest of their rows stands below them.
    LEFT,
    /// Figures.
    RIGHT,
    /// Text that is cut with `…` where the screen is too narrow, the last column first.
    TEXT,
    /// Text that goes on in the next line; for the last column only.
    WRAPPED
  }

  private record Column(Kind kind, String header) {}

  private final int indent;
  private final List<Column> columns = new ArrayList<>();
  private final List<List<Cell>> rows = new ArrayList<>();

  Table(int indent) {
    this.indent = indent;
  }

  Table column(Kind kind) {
    return column(kind, "");
  }

  /// Adds columns without a header.
  Table columns(Kind... kinds) {
    for (Kind kind : kinds) {
      column(kind, "");
    }
    return this;
  }

  Table column(Kind kind, String header) {
    columns.add(new Column(kind, header));
    return this;
  }

  void row(Cell... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException(cells.length + " cells in " + columns.size() + " columns");
    }
    rows.add(List.of(cells));
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  /// The lines in the width of the style, without trailing spaces.
  List<String> lines(TextStyle style) {
    List<String> lines = new ArrayList<>();
    if (rows.isEmpty()) {
      return lines;
    }
    int[] widths = widths(style);
    if (columns.stream().anyMatch(column -> !column.header.isEmpty())) {
      line(lines, columns.stream().map(column -> Cell.dim(column.header)).toList(), widths, style);
    }
    for (List<Cell> row : rows) {
      line(lines, row, widths, style);
    }
    return lines;
  }

  private int[] widths(TextStyle style) {
    int[] widths = new int[columns.size()];
    int total = indent - GAP;
    for (int i = 0; i < widths.length; i++) {
      for (List<Cell> row : rows) {
        widths[i] = Math.max(widths[i], row.get(i).width());
      }
      if (widths[i] > 0) {
        widths[i] = Math.max(widths[i], Words.width(columns.get(i).header));
        total += columns.get(i).kind == Kind.WRAPPED ? 0 : widths[i] + GAP;
      }
    }
    int over = total - style.width();
    over -= shrink(widths, Kind.LEFT, LEAST_WHOLE, over);
    shrink(widths, Kind.TEXT, LEAST_TEXT, over);
    return widths;
  }

  /// Takes columns of a kind from columns that are wider than the least, the last column first.
  ///
  /// @return how many were taken, at most `over`
  private int shrink(int[] widths, Kind kind, int least, int over) {
    int taken = 0;
    for (int i = widths.length - 1; i >= 0 && taken < over; i--) {
      if (columns.get(i).kind == kind && widths[i] > least) {
        int given = Math.min(over - taken, widths[i] - least);
        widths[i] -= given;
        taken += given;
      }
    }
    return taken;
  }

  private void line(List<String> lines, List<Cell> row, int[] widths, TextStyle style) {
    StringBuilder out = new StringBuilder(" ".repeat(indent));
    int at = indent;
    int pending = 0;
    int last = lastOf(row);
    for (int i = 0; i < widths.length; i++) {
      if (widths[i] == 0) {
        continue;
      }
      Cell cell = row.get(i);
      Column column = columns.get(i);
      if (column.kind == Kind.WRAPPED) {
        wrapped(lines, out, at, pending, cell, style);
        return;
      }
      String text = column.kind == Kind.TEXT ? Words.cut(cell.text(), widths[i]) : cell.text();
      int space = Math.max(0, widths[i] - Words.width(text));
      if (!text.isEmpty()) {
        out.append(" ".repeat(pending + (column.kind == Kind.RIGHT ? space : 0)));
        out.append(cell.tone().paint(text, style));
        pending = GAP + (column.kind == Kind.RIGHT ? 0 : space);
        if (Words.width(text) > widths[i] && i < last) {
          lines.add(out.toString());
          out.setLength(0);
          pending = at + widths[i] + GAP;
        }
      } else {
        pending += space + GAP;
      }
      at += widths[i] + GAP;
    }
    lines.add(out.toString().stripTrailing());
  }

  /// The last cell that holds anything.
  private static int lastOf(List<Cell> row) {
    int last = row.size() - 1;
    while (last > 0 && row.get(last).text().isEmpty()) {
      last--;
    }
    return last;
  }

  /// The last column beside the others, or below them where hardly any room is left.
  private void wrapped(
      List<String> lines, StringBuilder out, int at, int pending, Cell cell, TextStyle style) {
    if (cell.text().isEmpty()) {
      lines.add(out.toString().stripTrailing());
      return;
    }
    int room = style.width() - at;
    boolean beside = cell.width() <= room || room >= LEAST_WRAPPED;
    int left = beside ? at : indent + 4;
    List<String> parts = Words.wrap(cell.text(), style.width() - left);
    int first = 0;
    if (beside) {
      String part = cell.tone().paint(parts.getFirst(), style);
      lines.add((out + " ".repeat(pending) + part).stripTrailing());
      first = 1;
    } else if (!out.isEmpty()) {
      lines.add(out.toString().stripTrailing());
    }
    for (String part : parts.subList(first, parts.size())) {
      lines.add(" ".repeat(left) + cell.tone().paint(part, style));
    }
  }
}

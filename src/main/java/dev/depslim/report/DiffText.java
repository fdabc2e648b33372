package dev.depslim.report;

import dev.depslim.model.LineDifference;
import dev.depslim.model.LineDifference.Hunk;
import dev.depslim.model.LineDifference.Line;
import dev.depslim.model.Minimization.FileChange;
import dev.depslim.model.Minimization.Result;
import java.util.List;

/// The files of slim forms as unified diffs against what they replace. What is long is counted
/// only, unless everything is to be shown.
final class DiffText {
  private static final int SCREEN = 60;
  private static final int LONGEST_LOCK = 12;

  private DiffText() {}

  static void write(Page page, List<Result> results) {
    int room = SCREEN;
    for (Result result : results) {
      for (FileChange file : result.files()) {
        room -= write(page, file, room);
      }
    }
  }

  /// @param room how many lines the screen has left
  /// @return how many of them are taken
  private static int write(Page page, FileChange file, int room) {
    LineDifference difference = file.difference();
    page.blank();
    String replaces = file.replaces();
    line(page, "--- " + (replaces == null ? "(new)" : replaces), Tone.STRONG);
    line(page, "+++ " + file.path(), Tone.STRONG);
    if (difference.hunks().isEmpty()) {
      page.prose(2, "no difference", Tone.DIM);
      return 0;
    }
    int longest = file.lock() ? Math.min(room, LONGEST_LOCK) : room;
    int lines = difference.hunks().stream().mapToInt(hunk -> hunk.lines().size() + 1).sum();
    if (lines > longest && !page.style().all()) {
      page.prose(
          2,
          Words.count(difference.removed(), "line")
              + " removed, "
              + Words.number(difference.added())
              + " added: --all shows them",
          Tone.DIM);
      return 0;
    }
    difference.hunks().forEach(hunk -> write(page, hunk));
    return lines;
  }

  private static void write(Page page, Hunk hunk) {
    String places =
        "@@ -"
            + place(hunk.oldStart(), hunk.oldCount())
            + " +"
            + place(hunk.newStart(), hunk.newCount())
            + " @@";
    line(page, places, Tone.DIM);
    for (Line line : hunk.lines()) {
      switch (line.kind()) {
        case SAME -> line(page, " " + line.text(), Tone.PLAIN);
        case REMOVED -> line(page, "-" + line.text(), Tone.BAD);
        case ADDED -> line(page, "+" + line.text(), Tone.GOOD);
      }
    }
  }

  /// An empty stretch is named by the line before it, as diff(1) does.
  private static String place(int start, int count) {
    return (count == 0 ? start - 1 : start) + (count == 1 ? "" : "," + count);
  }

  private static void line(Page page, String text, Tone tone) {
    page.line(tone.paint(Words.clean(text).stripTrailing(), page.style()));
  }
}

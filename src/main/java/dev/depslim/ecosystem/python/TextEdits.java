package dev.depslim.ecosystem.python;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Collects deletions and insertions of a text, to be made at once.
final class TextEdits {
  private final String text;
  private final List<Edit> edits = new ArrayList<>();

  /// Something in the place of what stands from `start` to before `end`.
  private record Edit(int start, int end, String instead) {}

  TextEdits(String text) {
    this.text = text;
  }

  boolean isEmpty() {
    return edits.isEmpty();
  }

  void delete(int start, int end) {
    if (start < end) {
      edits.add(new Edit(start, end, ""));
    }
  }

  void insert(int at, String more) {
    edits.add(new Edit(at, at, more));
  }

  /// Where the line of a place begins.
  int lineStart(int at) {
    return text.lastIndexOf('\n', at - 1) + 1;
  }

  /// Behind the line end of the line of a place.
  int lineEnd(int at) {
    int end = text.indexOf('\n', at);
    return end < 0 ? text.length() : end + 1;
  }

  /// The start of the comment lines right above a line, or of the line itself.
  int withCommentsAbove(int lineStart) {
    int start = lineStart;
    while (start > 0) {
      int above = lineStart(start - 1);
      if (!text.substring(above, start).stripLeading().startsWith("#")) {
        break;
      }
      start = above;
    }
    return start;
  }

  /// The text with all edits; deletions may overlap, an insertion within one is kept.
  String apply() {
    List<Edit> sorted = new ArrayList<>(edits);
    sorted.sort(Comparator.comparingInt(Edit::start).thenComparingInt(Edit::end));
    StringBuilder out = new StringBuilder(text.length());
    int at = 0;
    for (Edit edit : sorted) {
      if (edit.start() > at) {
        out.append(text, at, edit.start());
        at = edit.start();
      }
      out.append(edit.instead());
      at = Math.max(at, edit.end());
    }
    return out.append(text, at, text.length()).toString();
  }
}

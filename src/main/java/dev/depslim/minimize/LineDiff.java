package dev.depslim.minimize;

import dev.depslim.model.LineDifference;
import dev.depslim.model.LineDifference.Hunk;
import dev.depslim.model.LineDifference.Kind;
import dev.depslim.model.LineDifference.Line;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The difference of two texts by lines, as a patience diff: lines that stand once in both texts
/// anchor it, so that the blocks of a lock file stay whole; short stretches between anchors are
/// compared by their longest common subsequence. Time is near linear for texts of many blocks.
final class LineDiff {
  private static final int CONTEXT = 3;
  private static final int LARGEST_TABLE = 1 << 20;

  private final int[] a;
  private final int[] b;

  /// For each old line the new line that it is, or -1.
  private final int[] match;

  private LineDiff(int[] a, int[] b) {
    this.a = a;
    this.b = b;
    this.match = new int[a.length];
    Arrays.fill(match, -1);
  }

  /// What makes the new text of the old one.
  static LineDifference between(String oldText, String newText) {
    String[] before = lines(oldText);
    String[] after = lines(newText);
    Map<String, Integer> numbers = new HashMap<>();
    LineDiff diff = new LineDiff(numbered(before, numbers), numbered(after, numbers));
    diff.compare(0, before.length, 0, after.length);
    return diff.result(before, after);
  }

  private static String[] lines(String text) {
    if (text.isEmpty()) {
      return new String[0];
    }
    String[] lines = text.split("\n", -1);
    return lines[lines.length - 1].isEmpty() ? Arrays.copyOf(lines, lines.length - 1) : lines;
  }

  private static int[] numbered(String[] lines, Map<String, Integer> numbers) {
    int[] out = new int[lines.length];
    for (int i = 0; i < lines.length; i++) {
      Integer next = numbers.size();
      Integer known = numbers.putIfAbsent(lines[i], next);
      out[i] = known == null ? next : known;
    }
    return out;
  }

  private void compare(int aFrom, int aTo, int bFrom, int bTo) {
    int i = aFrom;
    int j = bFrom;
    while (i < aTo && j < bTo && a[i] == b[j]) {
      match[i++] = j++;
    }
    int iEnd = aTo;
    int jEnd = bTo;
    while (iEnd > i && jEnd > j && a[iEnd - 1] == b[jEnd - 1]) {
      match[--iEnd] = --jEnd;
    }
    if (i == iEnd || j == jEnd) {
      return;
    }
    List<int[]> anchors = anchors(i, iEnd, j, jEnd);
    if (anchors.isEmpty()) {
      subsequence(i, iEnd, j, jEnd);
      return;
    }
    for (int[] anchor : anchors) {
      compare(i, anchor[0], j, anchor[1]);
      match[anchor[0]] = anchor[1];
      i = anchor[0] + 1;
      j = anchor[1] + 1;
    }
    compare(i, iEnd, j, jEnd);
  }

  /// Lines that stand once in both stretches, as many as stand in the same order.
  private List<int[]> anchors(int aFrom, int aTo, int bFrom, int bTo) {
    Map<Integer, int[]> places = new HashMap<>(); // line → count and place in a, the same in b
    for (int i = aFrom; i < aTo; i++) {
      int[] place = places.computeIfAbsent(a[i], _ -> new int[4]);
      place[0]++;
      place[1] = i;
    }
    for (int j = bFrom; j < bTo; j++) {
      int[] place = places.get(b[j]);
      if (place != null) {
        place[2]++;
        place[3] = j;
      }
    }
    List<int[]> unique = new ArrayList<>();
    for (int i = aFrom; i < aTo; i++) {
      int[] place = places.get(a[i]);
      if (place != null && place[0] == 1 && place[2] == 1) {
        unique.add(new int[] {i, place[3]});
      }
    }
    return increasing(unique);
  }

  /// The longest part of the pairs whose second numbers grow.
  private static List<int[]> increasing(List<int[]> pairs) {
    int[] tails = new int[pairs.size()];
    int[] previous = new int[pairs.size()];
    int length = 0;
    for (int k = 0; k < pairs.size(); k++) {
      int low = 0;
      int high = length;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (pairs.get(tails[middle])[1] < pairs.get(k)[1]) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      previous[k] = low == 0 ? -1 : tails[low - 1];
      tails[low] = k;
      length = Math.max(length, low + 1);
    }
    List<int[]> out = new ArrayList<>(length);
    for (int k = length == 0 ? -1 : tails[length - 1]; k >= 0; k = previous[k]) {
      out.add(pairs.get(k));
    }
    return out.reversed();
  }

  /// Matches by the longest common subsequence; what is too long for it counts as replaced.
  private void subsequence(int aFrom, int aTo, int bFrom, int bTo) {
    int rows = aTo - aFrom;
    int columns = bTo - bFrom;
    if ((long) (rows + 1) * (columns + 1) > LARGEST_TABLE) {
      return;
    }
    int[][] length = new int[rows + 1][columns + 1];
    for (int i = rows - 1; i >= 0; i--) {
      for (int j = columns - 1; j >= 0; j--) {
        length[i][j] =
            a[aFrom + i] == b[bFrom + j]
                ? length[i + 1][j + 1] + 1
                : Math.max(length[i + 1][j], length[i][j + 1]);
      }
    }
    int i = 0;
    int j = 0;
    while (i < rows && j < columns) {
      if (a[aFrom + i] == b[bFrom + j]) {
        match[aFrom + i++] = bFrom + j++;
      } else if (length[i + 1][j] >= length[i][j + 1]) {
        i++;
      } else {
        j++;
      }
    }
  }

  private LineDifference result(String[] before, String[] after) {
    List<Line> lines = new ArrayList<>();
    int added = 0;
    int removed = 0;
    int j = 0;
    for (int i = 0; i <= before.length; i++) {
      int until = i == before.length ? after.length : match[i] < 0 ? j : match[i];
      if (i < before.length && match[i] < 0) {
        lines.add(new Line(Kind.REMOVED, text(before[i])));
        removed++;
        continue;
      }
      for (; j < until; j++, added++) {
        lines.add(new Line(Kind.ADDED, text(after[j])));
      }
      if (i < before.length) {
        lines.add(new Line(Kind.SAME, text(before[i])));
        j++;
      }
    }
    return new LineDifference(added, removed, hunks(lines));
  }

  private static String text(String line) {
    return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
  }

  /// The changed lines with three lines around them; places that touch are one hunk.
  private static List<Hunk> hunks(List<Line> lines) {
    List<Hunk> hunks = new ArrayList<>();
    int oldLine = 1;
    int newLine = 1;
    int at = 0;
    while (at < lines.size()) {
      int change = at;
      while (change < lines.size() && lines.get(change).kind() == Kind.SAME) {
        change++;
      }
      if (change == lines.size()) {
        break;
      }
      int start = Math.max(at, change - CONTEXT);
      oldLine += start - at;
      newLine += start - at;
      int last = change;
      for (int k = change; k < lines.size() && k - last <= 2 * CONTEXT + 1; k++) {
        if (lines.get(k).kind() != Kind.SAME) {
          last = k;
        }
      }
      int end = Math.min(lines.size(), last + 1 + CONTEXT);
      List<Line> part = lines.subList(start, end);
      int oldCount = (int) part.stream().filter(line -> line.kind() != Kind.ADDED).count();
      int newCount = (int) part.stream().filter(line -> line.kind() != Kind.REMOVED).count();
      hunks.add(new Hunk(oldLine, oldCount, newLine, newCount, part));
      oldLine += oldCount;
      newLine += newCount;
      at = end;
    }
    return hunks;
  }
}

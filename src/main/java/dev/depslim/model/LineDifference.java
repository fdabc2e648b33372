package dev.depslim.model;

import java.util.List;

/// How two texts differ, line by line.
///
/// @param added lines that only the new text has
/// @param removed lines that only the old text has
/// @param hunks changed places with the lines around them, in order
public record LineDifference(int added, int removed, List<Hunk> hunks) {
  public LineDifference {
    hunks = List.copyOf(hunks);
  }

  /// A changed place.
  ///
  /// @param oldStart first line in the old text, counted from 1
  /// @param newStart first line in the new text, counted from 1
  public record Hunk(int oldStart, int oldCount, int newStart, int newCount, List<Line> lines) {
    public Hunk {
      lines = List.copyOf(lines);
    }
  }

  /// A line of a hunk, without its line end.
  public record Line(Kind kind, String text) {}

  /// Which text a line belongs to.
  public enum Kind {
    /// Both.
    SAME,
    /// The old one.
    REMOVED,
    /// The new one.
    ADDED
  }
}

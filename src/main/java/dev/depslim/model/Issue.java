package dev.depslim.model;

import java.util.Comparator;

/// A part of the input that could not be read or understood; the rest of the analysis goes on.
///
/// @param message what is wrong and what to do
public record Issue(Severity severity, Location location, String message)
    implements Comparable<Issue> {
  private static final Comparator<Issue> ORDER =
      Comparator.comparing(Issue::location)
          .thenComparing(Issue::severity)
          .thenComparing(Issue::message);

  public static Issue error(Location location, String message) {
    return new Issue(Severity.ERROR, location, message);
  }

  public static Issue warning(Location location, String message) {
    return new Issue(Severity.WARNING, location, message);
  }

  @Override
  public int compareTo(Issue other) {
    return ORDER.compare(this, other);
  }

  /// `path:line:column: error: message`.
  @Override
  public String toString() {
    return location + ": " + severity.id() + ": " + message;
  }
}

package dev.depslim.model;

import java.util.Comparator;

/// A part of the input that could not be read or understood; the rest of the analysis goes on.
///
/// @param message what is wrong and what to do, on one line; what it quotes of the file is made
///   printable and cut, for it goes to terminals
public record Issue(Severity severity, Location location, String message)
    implements Comparable<Issue> {
  private static final Comparator<Issue> ORDER =
      Comparator.comparing(Issue::location)
          .thenComparing(Issue::severity)
          .thenComparing(Issue::message);

  private static final int MAX_LENGTH = 600;

  public Issue {
    message = printable(message);
  }

  private static String printable(String text) {
    boolean plain = text.length() <= MAX_LENGTH;
    for (int i = 0; plain && i < text.length(); i++) {
      plain = isPrintable(text.charAt(i));
    }
    if (plain) {
      return text;
    }
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length() && i < MAX_LENGTH; i++) {
      char c = text.charAt(i);
      out.append(isPrintable(c) ? c : '\uFFFD');
    }
    return text.length() <= MAX_LENGTH ? out.toString() : out.append('…').toString();
  }

  private static boolean isPrintable(char c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

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

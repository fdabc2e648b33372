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

  /// Of a longer message the begin and the end are kept: what to do stands at its end.
  private static final int MAX_LENGTH = 600;

  private static final int MAX_END = 200;

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
    String shown =
        text.length() <= MAX_LENGTH
            ? text
            : text.substring(0, MAX_LENGTH - MAX_END)
                + '…'
                + text.substring(text.length() - MAX_END);
    StringBuilder out = new StringBuilder(shown.length());
    for (int i = 0; i < shown.length(); i++) {
      char c = shown.charAt(i);
      out.append(isPrintable(c) ? c : '\uFFFD');
    }
    return out.toString();
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

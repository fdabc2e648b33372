package dev.depslim.report;

/// What a text is, shown by an ANSI colour where colours are wanted.
enum Tone {
  PLAIN(""),
  STRONG("1"),
  BAD("31"),
  WARN("33"),
  GOOD("32"),
  DIM("2");

  private final String code;

  Tone(String code) {
    this.code = code;
  }

  /// The text in this tone.
  String paint(String text, TextStyle style) {
    return !style.colour() || this == PLAIN || text.isBlank()
        ? text
        : "\u001b[" + code + "m" + text + "\u001b[0m";
  }
}

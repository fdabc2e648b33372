package dev.depslim.report;

/// A text in a tone; without control characters, whatever the input holds.
record Cell(String text, Tone tone) {
  Cell {
    text = Words.clean(text);
  }

  static Cell of(String text) {
    return new Cell(text, Tone.PLAIN);
  }

  static Cell strong(String text) {
    return new Cell(text, Tone.STRONG);
  }

  static Cell dim(String text) {
    return new Cell(text, Tone.DIM);
  }

  int width() {
    return Words.width(text);
  }
}

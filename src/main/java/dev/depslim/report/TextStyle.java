package dev.depslim.report;

/// How a text report looks.
///
/// @param width columns of the screen; at least 60
/// @param colour whether ANSI colours may be used; they never carry meaning alone
/// @param all whether everything is listed and not only the first screen
public record TextStyle(int width, boolean colour, boolean all) {
  private static final int LEAST = 60;

  public TextStyle {
    width = Math.max(width, LEAST);
  }

  /// 80 columns, no colour, one screen.
  public static TextStyle plain() {
    return new TextStyle(80, false, false);
  }

  /// How many of so many things are listed.
  ///
  /// @param screen how many fit on the first screen
  int shown(int count, int screen) {
    return all || count <= screen ? count : screen;
  }
}

package dev.depslim.syntax;

/// Text that is not of its format, or larger or deeper than is read.
public final class SyntaxException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int line;
  private final int column;
  private final boolean limit;

  /// @param line counted from 1; 0 where not known
  /// @param message what is wrong and what to do, without the position
  public SyntaxException(int line, int column, String message) {
    this(line, column, message, false);
  }

  SyntaxException(int line, int column, String message, boolean limit) {
    super(message);
    this.line = line;
    this.column = column;
    this.limit = limit;
  }

  /// Whether the text may well be of its format, and only is larger or deeper than is read.
  public boolean isLimit() {
    return limit;
  }

  /// Counted from 1; 0 where not known.
  public int line() {
    return line;
  }

  /// Counted from 1; 0 where not known.
  public int column() {
    return column;
  }
}

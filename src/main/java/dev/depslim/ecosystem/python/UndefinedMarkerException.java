package dev.depslim.ecosystem.python;

/// A marker that has no truth value: a variable without a value, or a comparison without meaning.
public final class UndefinedMarkerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean name;

  UndefinedMarkerException(boolean name, String message) {
    super(message);
    this.name = name;
  }

  /// Whether a variable has no value; else a comparison has no meaning.
  public boolean isName() {
    return name;
  }
}

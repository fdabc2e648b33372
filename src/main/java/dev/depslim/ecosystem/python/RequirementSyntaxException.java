package dev.depslim.ecosystem.python;

/// Text that is no requirement of PEP 508.
public final class RequirementSyntaxException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int offset;

  /// @param offset index of the first character that does not fit
  /// @param message what is wrong
  RequirementSyntaxException(int offset, String message) {
    super(message);
    this.offset = offset;
  }

  /// Index of the first character that does not fit.
  public int offset() {
    return offset;
  }
}

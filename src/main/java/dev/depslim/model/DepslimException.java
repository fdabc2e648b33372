package dev.depslim.model;

/// A failure of the whole run; the message says what, where and what to do.
public abstract sealed class DepslimException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private DepslimException(String message, Throwable cause) {
    super(message, cause);
  }

  private DepslimException(String message) {
    super(message);
  }

  /// An option or argument that makes no sense: exit code 2.
  public static final class Usage extends DepslimException {
    private static final long serialVersionUID = 1L;

    public Usage(String message) {
      super(message);
    }
  }

  /// An input that was named and cannot be read or understood: exit code 3.
  public static final class InvalidInput extends DepslimException {
    private static final long serialVersionUID = 1L;

    public InvalidInput(String message) {
      super(message);
    }

    public InvalidInput(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /// No container engine answers: exit code 3.
  public static final class EngineUnavailable extends DepslimException {
    private static final long serialVersionUID = 1L;

    public EngineUnavailable(String message) {
      super(message);
    }

    public EngineUnavailable(String message, Throwable cause) {
      super(message, cause);
    }
  }
}

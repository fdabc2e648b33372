package dev.depslim.image.layer;

import java.io.IOException;

/// A layer that cannot be read: damaged, or beyond a limit. The message says what is wrong; the
/// caller knows where.
public final class LayerException extends IOException {
  private static final long serialVersionUID = 1L;

  public LayerException(String message) {
    super(message);
  }

  public LayerException(String message, Throwable cause) {
    super(message, cause);
  }
}

package dev.depslim.ecosystem.python;

import dev.depslim.ecosystem.UserSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whom pip trusts, as the user has configured it outside of projects.
public final class PythonTrust {
  private PythonTrust() {}

  /// The file of `cert`, or null.
  public static @Nullable String bundle(UserSettings user) {
    List<String> values = PipConfig.values(user, "cert");
    return values.isEmpty() ? null : values.getFirst();
  }
}

package dev.depslim.ecosystem;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Asks programs of this machine, such as a package manager for its version; only a trial does.
public interface Programs {
  /// What a program writes to its standard output; null where it is not there or fails.
  ///
  /// @param environment variables on top of those of the user
  @Nullable String answer(List<String> command, Map<String, String> environment);
}

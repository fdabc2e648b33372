package dev.depslim.ecosystem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a user's package managers are configured by outside of the project: environment variables
/// and files.
///
/// @param home the user's own folder, or null
public record UserSettings(Map<String, String> environment, @Nullable Path home) {
  private static final int MAX_BYTES = 4 << 20;

  public UserSettings {
    environment = Map.copyOf(environment);
  }

  /// Those of an environment, with the folder that `HOME` names.
  public static UserSettings of(Map<String, String> environment) {
    String home = environment.getOrDefault("HOME", environment.get("USERPROFILE"));
    return new UserSettings(environment, home == null || home.isBlank() ? null : Path.of(home));
  }

  /// The value of a variable that is set to something, else null.
  public @Nullable String variable(String name) {
    String value = environment.get(name);
    return value == null || value.isBlank() ? null : value.strip();
  }

  /// A file below the user's own folder; null where there is no such folder.
  public @Nullable Path atHome(String path) {
    return home == null ? null : home.resolve(path);
  }

  /// The folder of the user's settings (XDG Base Directory Specification); null where there is
  /// none.
  public @Nullable Path config() {
    String named = variable("XDG_CONFIG_HOME");
    return named == null ? atHome(".config") : Path.of(named);
  }

  /// The bytes of a file of settings; null where it is not there or cannot be read.
  public static byte @Nullable [] read(@Nullable Path file) {
    try {
      return file != null && Files.isRegularFile(file) && Files.size(file) <= MAX_BYTES
          ? Files.readAllBytes(file)
          : null;
    } catch (IOException _) {
      return null;
    }
  }
}

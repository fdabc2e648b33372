package dev.depslim.ecosystem.python;

import dev.depslim.ecosystem.UserSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// pip's files of settings, those that count most first: the one that `PIP_CONFIG_FILE` names, that
/// of the virtual environment, of the user, and of the machine (pip, "Configuration").
final class PipConfig {
  private static final Set<String> SECTIONS = Set.of("global", "install", "download");

  private PipConfig() {}

  /// The values of a setting, each as one line.
  static List<String> values(UserSettings user, String name) {
    List<String> values = new ArrayList<>();
    for (Path file : files(user)) {
      byte[] bytes = UserSettings.read(file);
      if (bytes == null) {
        continue;
      }
      for (IniFile.Option option : IniFile.parse(RequirementsText.decode(bytes)).options()) {
        if (SECTIONS.contains(option.section()) && option.name().replace('_', '-').equals(name)) {
          values.add(String.join(" ", option.lines().stream().map(IniFile.Line::text).toList()));
        }
      }
    }
    return values;
  }

  private static List<Path> files(UserSettings user) {
    List<Path> files = new ArrayList<>();
    String named = user.variable("PIP_CONFIG_FILE");
    if (named != null) {
      files.add(Path.of(named)); // /dev/null switches all of them off
      if (named.equals("/dev/null")) {
        return files;
      }
    }
    String environment = user.variable("VIRTUAL_ENV");
    add(environment == null ? null : Path.of(environment, "pip.conf"), files);
    Path config = user.config();
    add(config == null ? null : config.resolve("pip/pip.conf"), files);
    add(user.atHome(".pip/pip.conf"), files);
    String machine = user.variable("XDG_CONFIG_DIRS");
    for (String folder : (machine == null ? "/etc/xdg" : machine).split(":", -1)) {
      add(folder.isEmpty() ? null : Path.of(folder, "pip/pip.conf"), files);
    }
    files.add(Path.of("/etc/pip.conf"));
    return files;
  }

  private static void add(@Nullable Path file, List<Path> files) {
    if (file != null) {
      files.add(file);
    }
  }
}

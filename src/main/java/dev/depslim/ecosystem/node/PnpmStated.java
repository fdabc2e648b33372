package dev.depslim.ecosystem.node;

import dev.depslim.model.Location;
import dev.depslim.syntax.YamlCursor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a lock of pnpm says of the manifests and settings that it was made for.
final class PnpmStated {
  private final String path;

  /// Rows by importer; of formats before 6 without a section.
  private final Map<String, List<StatedRow>> rows = new LinkedHashMap<>();

  /// `settings`, by name.
  private final Map<String, String> settings = new HashMap<>();

  private final Map<String, StatedRow> overrides = new LinkedHashMap<>();

  /// Specs of the catalogs, by package, by catalog.
  private final Map<String, Map<String, String>> catalogs = new LinkedHashMap<>();

  private final List<String> ignoredOptional = new ArrayList<>();

  /// Whether a `.pnpmfile.cjs` was there, which may change manifests.
  private boolean hooked;

  PnpmStated(String path) {
    this.path = path;
  }

  List<StatedRow> rows(String importer) {
    return rows.getOrDefault(importer, List.of());
  }

  boolean isOn(String setting) {
    return "true".equals(settings.get(setting));
  }

  Map<String, StatedRow> overrides() {
    return overrides;
  }

  Map<String, Map<String, String>> catalogs() {
    return catalogs;
  }

  /// Patterns of optional dependencies that are left out.
  List<String> ignoredOptional() {
    return ignoredOptional;
  }

  boolean isHooked() {
    return hooked;
  }

  void row(String importer, String section, String name, String spec, int line) {
    rows.computeIfAbsent(importer, _ -> new ArrayList<>())
        .add(new StatedRow(section, name, spec, Location.of(path, line)));
  }

  /// Reads the `specifiers` of an importer of a format before 6.
  void specifiers(YamlCursor yaml, String importer) {
    for (String name = yaml.enterMapping(); name != null; name = yaml.nextKey()) {
      int line = yaml.keyLine();
      String spec = yaml.text();
      if (spec != null) {
        row(importer, "", name, spec, line);
      }
    }
  }

  /// Reads a field of the lock, or passes it over.
  void field(YamlCursor yaml, String key) {
    switch (key) {
      case "settings" -> {
        for (String name = yaml.enterMapping(); name != null; name = yaml.nextKey()) {
          String value = yaml.text();
          settings.put(name, value == null ? "" : value);
        }
      }
      case "overrides" -> {
        for (String name = yaml.enterMapping(); name != null; name = yaml.nextKey()) {
          int line = yaml.keyLine();
          String value = yaml.text();
          if (value != null) {
            overrides.put(name, new StatedRow(key, name, value, Location.of(path, line)));
          }
        }
      }
      case "catalogs" -> {
        for (String name = yaml.enterMapping(); name != null; name = yaml.nextKey()) {
          catalog(yaml, catalogs.computeIfAbsent(name, _ -> new LinkedHashMap<>()));
        }
      }
      case "ignoredOptionalDependencies" -> {
        for (boolean more = yaml.enterSequence(); more; more = yaml.nextItem()) {
          String name = yaml.text();
          if (name != null) {
            ignoredOptional.add(name);
          }
        }
      }
      case "pnpmfileChecksum" -> {
        hooked = true;
        yaml.skip();
      }
      default -> yaml.skip();
    }
  }

  private static void catalog(YamlCursor yaml, Map<String, String> into) {
    for (String name = yaml.enterMapping(); name != null; name = yaml.nextKey()) {
      for (String key = yaml.enterMapping(); key != null; key = yaml.nextKey()) {
        String text = key.equals("specifier") ? yaml.text() : null;
        if (text != null) {
          into.put(name, text);
        } else if (!key.equals("specifier")) {
          yaml.skip();
        }
      }
    }
  }
}

package dev.depslim.model;

import java.util.Locale;
import java.util.Optional;

/// What a package is for; each package has exactly one.
public enum Category {
  PRODUCTION,
  DEV,
  CODING_AGENT,
  HEAVY_ML,
  BROWSER_AUTOMATION;

  /// The name used in rules and reports, such as `heavy-ml`.
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The category with this id, if there is one.
  public static Optional<Category> named(String id) {
    for (Category category : values()) {
      if (category.id().equals(id)) {
        return Optional.of(category);
      }
    }
    return Optional.empty();
  }

  /// The category of a label such as `dev/lint`.
  public static Optional<Category> ofLabel(String label) {
    int slash = label.indexOf('/');
    return named(slash < 0 ? label : label.substring(0, slash));
  }
}

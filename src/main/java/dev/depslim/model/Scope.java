package dev.depslim.model;

import java.util.Locale;

/// What the manifest says a dependency is for.
public enum Scope {
  /// Needed when the application runs.
  RUNTIME,
  /// Needed by developers.
  DEV,
  /// Needed by tests only.
  TEST,
  /// Needed to build the package itself (`build-system.requires`).
  BUILD,
  /// Installed where possible or where asked for (npm optional, Python extras).
  OPTIONAL,
  /// Expected from whoever installs the package.
  PEER;

  /// The name used in reports.
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}

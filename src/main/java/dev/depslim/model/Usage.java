package dev.depslim.model;

import java.util.List;

/// What the source does with a package.
public sealed interface Usage {
  /// Imported by code.
  ///
  /// @param runtime false where only types are imported
  record Imported(boolean runtime, List<Site> sites) implements Usage {
    public Imported {
      sites = List.copyOf(sites);
    }
  }

  /// Named in a script, configuration, command or connection string.
  record Referenced(List<Site> sites) implements Usage {
    public Referenced {
      sites = List.copyOf(sites);
    }
  }

  /// Looked for and not found.
  ///
  /// @param searched what was searched, for people
  record NotSeen(String searched) implements Usage {}

  /// Not known.
  ///
  /// @param reason why, for people
  record Undetermined(String reason) implements Usage {}

  /// A place where a package is used.
  ///
  /// @param role of the file: production, bundled, build, test or tooling
  /// @param kind of the use, such as `import` or `script`
  record Site(Location location, String role, String kind) {}

  /// The name used in reports.
  default String status() {
    return switch (this) {
      case Imported _ -> "imported";
      case Referenced _ -> "referenced";
      case NotSeen _ -> "not-seen";
      case Undetermined _ -> "undetermined";
    };
  }
}

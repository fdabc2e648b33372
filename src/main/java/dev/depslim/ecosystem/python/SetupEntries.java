package dev.depslim.ecosystem.python;

import dev.depslim.ecosystem.SourceFile;
import dev.depslim.model.DeclaredDependency;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.Issue;
import dev.depslim.model.Location;
import dev.depslim.model.Manifest;
import dev.depslim.model.Origin;
import dev.depslim.model.Scope;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Collects what `setup.cfg` and `setup.py` declare.
final class SetupEntries {
  private final SourceFile file;
  private final List<DeclaredDependency> dependencies = new ArrayList<>();
  private final List<String> includes = new ArrayList<>();
  private final List<Issue> issues = new ArrayList<>();
  private @Nullable String name;

  SetupEntries(SourceFile file) {
    this.file = file;
  }

  void name(String value) {
    if (!value.isBlank()) {
      name = value;
    }
  }

  @Nullable String name() {
    return name;
  }

  /// The scope of a keyword of setuptools, or null where it declares nothing.
  static @Nullable Scope scope(String keyword) {
    return switch (keyword) {
      case "install_requires" -> Scope.RUNTIME;
      case "extras_require" -> Scope.OPTIONAL;
      case "tests_require" -> Scope.TEST;
      case "setup_requires" -> Scope.BUILD;
      default -> null;
    };
  }

  /// The group of declarations of a keyword: `install_requires` has none.
  static @Nullable String group(String keyword) {
    return keyword.equals("install_requires") ? null : keyword;
  }

  void error(int line, int column, String message) {
    issues.add(Issue.error(new Location(file.path(), line, column), message));
  }

  void warning(int line, int column, String message) {
    issues.add(Issue.warning(new Location(file.path(), line, column), message));
  }

  void include(String path) {
    if (!includes.contains(path)) {
      includes.add(path);
    }
  }

  /// One requirement; blank text and comments are passed over, and so is the project itself
  /// (`app[all]`).
  ///
  /// @param column where the text begins, white space in front of the requirement included
  /// @param where for people, such as `install_requires`
  /// @param condition a marker that the section adds, or null
  void requirement(
      String text,
      int line,
      int column,
      String where,
      Scope scope,
      @Nullable String group,
      @Nullable String condition) {
    String clean = withoutComment(text);
    if (clean.isEmpty()) {
      return;
    }
    int start = column + text.indexOf(clean);
    Requirement requirement;
    try {
      requirement = Requirement.parse(clean);
    } catch (RequirementSyntaxException e) {
      error(
          line,
          start + e.offset(),
          "'" + clean + "' in " + where + " is no requirement: " + e.getMessage());
      return;
    }
    if (name != null && requirement.normalizedName().equals(Ecosystem.PYPI.normalize(name))) {
      return;
    }
    String url = requirement.url();
    dependencies.add(
        new DeclaredDependency(
            requirement.name(),
            requirement.name(),
            requirement.specifier().toString(),
            requirement.extras(),
            joined(requirement.markerText(), condition),
            scope,
            group,
            url == null ? Origin.REGISTRY : RequirementsFile.originOf(url),
            new Location(file.path(), line, start)));
  }

  private static @Nullable String joined(@Nullable String marker, @Nullable String condition) {
    if (marker == null || condition == null) {
      return marker == null ? condition : marker;
    }
    return "(" + marker + ") and (" + condition + ")";
  }

  /// setuptools passes over lines that begin with `#`, and over ` #` and what follows.
  private static String withoutComment(String text) {
    String clean = Text.strip(text);
    if (clean.startsWith("#")) {
      return "";
    }
    int comment = clean.indexOf(" #");
    return comment < 0 ? clean : Text.strip(clean.substring(0, comment));
  }

  Manifest manifest(String kind) {
    return new Manifest(
        file.path(),
        Ecosystem.PYPI,
        kind,
        name,
        dependencies,
        includes,
        List.of(),
        List.of(),
        issues);
  }
}

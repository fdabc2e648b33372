package dev.depslim.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One line of a manifest that asks for a package.
///
/// @param name the declared name: what code imports where it differs from the package (npm alias)
/// @param packageName the real package behind the name; equal to `name` but for aliases
/// @param constraint the requested versions as written, such as `^1.2` or `>=3,<4`; empty for any
/// @param extras Python extras asked for, as written
/// @param marker environment marker as written; `optional` for a peer of npm that may be absent;
///   null where there is no condition
/// @param scope what the section of the manifest means
/// @param group name of the section, extra or dependency group as written, such as
///   `devDependencies` or `docs`; null where the format has one list only
/// @param origin registry, repository, archive, folder or workspace
/// @param location where the declaration stands
/// @param requiredBy packages that brought the line into a compiled file, as it says itself; empty
///   for what people asked for
/// @param elsewhere whether its marker never holds where the project runs in production
public record DeclaredDependency(
    String name,
    String packageName,
    String constraint,
    List<String> extras,
    @Nullable String marker,
    Scope scope,
    @Nullable String group,
    Origin origin,
    Location location,
    List<String> requiredBy,
    boolean elsewhere) {
  public DeclaredDependency {
    extras = List.copyOf(extras);
    requiredBy = List.copyOf(requiredBy);
    if (name.isEmpty() || packageName.isEmpty()) {
      throw new IllegalArgumentException("a dependency without a name at " + location);
    }
  }

  /// Whether a plain production install brings it: runtime and required peer dependencies and npm's
  /// optional ones; Python's extras only where they are asked for, and nothing whose marker never
  /// holds there.
  public boolean inProduction() {
    return !elsewhere && inProduction(scope, group, marker);
  }

  static boolean inProduction(Scope scope, @Nullable String group, @Nullable String marker) {
    return switch (scope) {
      case RUNTIME -> true;
      case PEER -> !"optional".equals(marker);
      case OPTIONAL -> "optionalDependencies".equals(group);
      case DEV, TEST, BUILD -> false;
    };
  }

  /// What people asked for.
  public DeclaredDependency(
      String name,
      String packageName,
      String constraint,
      List<String> extras,
      @Nullable String marker,
      Scope scope,
      @Nullable String group,
      Origin origin,
      Location location) {
    this(name, packageName, constraint, extras, marker, scope, group, origin, location, List.of());
  }

  /// A line whose marker, if it has one, may hold.
  public DeclaredDependency(
      String name,
      String packageName,
      String constraint,
      List<String> extras,
      @Nullable String marker,
      Scope scope,
      @Nullable String group,
      Origin origin,
      Location location,
      List<String> requiredBy) {
    this(
        name,
        packageName,
        constraint,
        extras,
        marker,
        scope,
        group,
        origin,
        location,
        requiredBy,
        false);
  }

  /// The same line, known to be for other systems only.
  public DeclaredDependency forOtherSystems() {
    return new DeclaredDependency(
        name,
        packageName,
        constraint,
        extras,
        marker,
        scope,
        group,
        origin,
        location,
        requiredBy,
        true);
  }
}

package dev.depslim.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A declared dependency of a project with everything that is known of it.
///
/// @param name as declared (the alias, where there is one)
/// @param packageName the real package
/// @param constraint of the first declaration
/// @param version resolved by the project's lock, or null
/// @param declarations all lines that declare it, in the order of path and line
/// @param cost what goes with it; null where no lock has it
public record Dependency(
    String name,
    String packageName,
    Ecosystem ecosystem,
    String constraint,
    @Nullable String version,
    List<DeclaredDependency> declarations,
    Classification classification,
    Usage usage,
    Size size,
    @Nullable Cost cost,
    Verdict verdict) {
  public Dependency {
    declarations = List.copyOf(declarations);
    if (declarations.isEmpty()) {
      throw new IllegalArgumentException(name + " is declared nowhere");
    }
  }

  /// A dependency that no lock has.
  public Dependency(
      String name,
      String packageName,
      Ecosystem ecosystem,
      String constraint,
      @Nullable String version,
      List<DeclaredDependency> declarations,
      Classification classification,
      Usage usage,
      Size size,
      Verdict verdict) {
    this(
        name,
        packageName,
        ecosystem,
        constraint,
        version,
        declarations,
        classification,
        usage,
        size,
        null,
        verdict);
  }

  /// The same with another size.
  public Dependency withSize(Size other) {
    return new Dependency(
        name,
        packageName,
        ecosystem,
        constraint,
        version,
        declarations,
        classification,
        usage,
        other,
        cost,
        verdict);
  }

  /// The package URL.
  public String purl() {
    return Purl.of(ecosystem, packageName, version);
  }

  /// Whether a plain production install brings it because of any of its declarations.
  public boolean inProduction() {
    return declarations.stream().anyMatch(DeclaredDependency::inProduction);
  }

  /// The declaration that production installs follow: the first of a production scope, else the
  /// first.
  public DeclaredDependency mainDeclaration() {
    return declarations.stream()
        .filter(DeclaredDependency::inProduction)
        .findFirst()
        .orElse(declarations.getFirst());
  }
}

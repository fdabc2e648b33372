package dev.depslim.ecosystem.python;

import dev.depslim.model.DeclaredDependency;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.Issue;
import dev.depslim.model.Location;
import dev.depslim.model.Origin;
import dev.depslim.model.Scope;
import dev.depslim.syntax.SyntaxException;
import dev.depslim.syntax.Tree;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Collects what a `pyproject.toml` declares, with places.
final class PyprojectEntries {
  private final String path;
  private final @Nullable String projectName;
  private final DependencySources sources;
  private final List<DeclaredDependency> dependencies = new ArrayList<>();
  private final List<Issue> issues = new ArrayList<>();

  PyprojectEntries(String path, @Nullable String projectName, DependencySources sources) {
    this.path = path;
    this.projectName = projectName == null ? null : Ecosystem.PYPI.normalize(projectName);
    this.sources = sources;
  }

  List<DeclaredDependency> dependencies() {
    return dependencies;
  }

  List<Issue> issues() {
    return issues;
  }

  void problem(Tree at, String message) {
    issues.add(Issue.error(new Location(path, at.line(), at.column()), message));
  }

  void problem(Tree.Member at, String message) {
    issues.add(Issue.error(new Location(path, at.line(), at.column()), message));
  }

  /// What is no TOML; the rest of the file counts.
  void unreadable(SyntaxException problem) {
    issues.add(
        Issue.error(
            new Location(path, problem.line(), problem.column()),
            "this is no valid TOML: " + problem.getMessage() + "; correct it here"));
  }

  void add(DeclaredDependency dependency) {
    dependencies.add(dependency);
  }

  Location at(Tree tree) {
    return new Location(path, tree.line(), tree.column());
  }

  Location at(Tree.Member member) {
    return new Location(path, member.line(), member.column());
  }

  /// A list of PEP 508 requirements; null where the section is not there.
  void list(@Nullable Tree list, String section, Scope scope, @Nullable String group) {
    if (list == null) {
      return;
    }
    if (!(list instanceof Tree.Sequence sequence)) {
      problem(list, "[" + section + "] must be a list of requirements in quotes");
      return;
    }
    for (Tree item : sequence.items()) {
      if (item instanceof Tree.Scalar scalar && scalar.kind() == Tree.Kind.STRING) {
        requirement(scalar, section, scope, group);
      } else {
        problem(item, "an entry of [" + section + "] must be a requirement in quotes");
      }
    }
  }

  /// One requirement; the project itself (`app[all]`) is no package.
  void requirement(Tree.Scalar scalar, String section, Scope scope, @Nullable String group) {
    String text = scalar.text();
    if (text.startsWith("-e ")) {
      editable(scalar, scope, group);
      return;
    }
    Requirement requirement;
    try {
      requirement = Requirement.parse(Text.strip(text));
    } catch (RequirementSyntaxException e) {
      int column = scalar.column() == 0 ? 0 : scalar.column() + 1 + e.offset();
      issues.add(
          Issue.error(
              new Location(path, scalar.line(), column),
              "'" + text + "' in [" + section + "] is no requirement: " + e.getMessage()));
      return;
    }
    if (requirement.normalizedName().equals(projectName)) {
      return;
    }
    String url = requirement.url();
    Origin named = sources.origin(requirement.normalizedName());
    dependencies.add(
        new DeclaredDependency(
            requirement.name(),
            requirement.name(),
            requirement.specifier().toString(),
            requirement.extras(),
            requirement.markerText(),
            scope,
            group,
            url != null ? RequirementsFile.originOf(url) : named != null ? named : Origin.REGISTRY,
            at(scalar)));
  }

  /// PDM writes local packages as pip does: `-e file:///${PROJECT_ROOT}/sub#egg=name`.
  private void editable(Tree.Scalar scalar, Scope scope, @Nullable String group) {
    String url = Text.strip(scalar.text().substring(3));
    String egg = Archives.egg(url);
    String name = egg == null ? Archives.guess(url) : egg;
    Origin origin = RequirementsFile.originOf(url);
    dependencies.add(
        new DeclaredDependency(
            name,
            name,
            "",
            List.of(),
            null,
            scope,
            group,
            origin == Origin.FILE ? Origin.WORKSPACE : origin,
            at(scalar)));
  }
}

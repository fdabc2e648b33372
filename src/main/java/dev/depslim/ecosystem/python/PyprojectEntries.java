package dev.depslim.ecosystem.python;

import dev.depslim.model.DeclaredDependency;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.Location;
import dev.depslim.model.Origin;
import dev.depslim.model.Scope;
import dev.depslim.syntax.Tree;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Collects what a `pyproject.toml` declares, with places.
final class PyprojectEntries {
  private final TomlManifest document;
  private final @Nullable String projectName;
  private final DependencySources sources;
  private final List<DeclaredDependency> dependencies = new ArrayList<>();

  PyprojectEntries(TomlManifest document, @Nullable String projectName, DependencySources sources) {
    this.document = document;
    this.projectName = projectName == null ? null : Ecosystem.PYPI.normalize(projectName);
    this.sources = sources;
  }

  List<DeclaredDependency> dependencies() {
    return dependencies;
  }

  void problem(Tree at, String message) {
    document.problem(at, message);
  }

  void problem(Tree.Member at, String message) {
    document.problem(at, message);
  }

  void add(DeclaredDependency dependency) {
    dependencies.add(dependency);
  }

  Location at(Tree tree) {
    return document.at(tree);
  }

  Location at(Tree.Member member) {
    return document.at(member);
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

  /// One requirement in which `{…}` stands for what the tool fills in, such as a version of its
  /// matrix.
  void template(Tree.Scalar scalar, String section, Scope scope, @Nullable String group) {
    String known = PartlyKnown.known(PartlyKnown.ofTemplate(scalar.text()));
    requirement(scalar, known == null ? scalar.text() : known, section, scope, group);
  }

  /// One requirement; the project itself (`app[all]`) is no package.
  void requirement(Tree.Scalar scalar, String section, Scope scope, @Nullable String group) {
    requirement(scalar, scalar.text(), section, scope, group);
  }

  private void requirement(
      Tree.Scalar scalar, String text, String section, Scope scope, @Nullable String group) {
    if (text.startsWith("-e ")) {
      editable(scalar, scope, group);
      return;
    }
    Requirement requirement;
    try {
      requirement = Requirement.parse(Text.strip(text));
    } catch (RequirementSyntaxException e) {
      document.problem(
          scalar,
          1 + e.offset(),
          "'" + text + "' in [" + section + "] is no requirement: " + e.getMessage());
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

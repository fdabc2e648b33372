package dev.depslim.ecosystem.python;

import dev.depslim.model.DeclaredDependency;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.Origin;
import dev.depslim.model.Scope;
import dev.depslim.syntax.Tree;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `[tool.poetry]`: dependencies, groups, and the `dev-dependencies` of Poetry before 1.2.
final class PoetryTable {
  private final Tree.Mapping root;
  private final PyprojectEntries entries;
  private final Map<String, String> extraOf = new HashMap<>();

  private PoetryTable(Tree.Mapping root, PyprojectEntries entries) {
    this.root = root;
    this.entries = entries;
  }

  /// Declares what the table of Poetry says, where there is one.
  static void read(Tree.Mapping root, PyprojectEntries entries) {
    Tree.Mapping tools = root.mapping("tool");
    Tree.Mapping poetry = tools == null ? null : tools.mapping("poetry");
    if (poetry == null) {
      return;
    }
    PoetryTable table = new PoetryTable(root, entries);
    table.extras(poetry.mapping("extras"));
    table.section(poetry.get("dependencies"), "tool.poetry.dependencies", Scope.RUNTIME, null);
    table.section(poetry.get("dev-dependencies"), "tool.poetry.dev-dependencies", Scope.DEV, "dev");
    if (poetry.get("group") instanceof Tree.Mapping groups) {
      for (Tree.Member group : groups.members()) {
        if (group.value() instanceof Tree.Mapping members) {
          boolean main = group.name().equals("main");
          table.section(
              members.get("dependencies"),
              "tool.poetry.group." + group.name() + ".dependencies",
              main ? Scope.RUNTIME : Scope.DEV,
              main ? null : group.name());
        }
      }
    }
  }

  /// Whether an entry of `[tool.poetry.dependencies]` declares. Where `[project]` has dependencies
  /// or extras, the table only says more about what stands there; with `dynamic` it also adds those
  /// of the kind that `[project]` lacks (poetry-core, `DependencyGroup.dependencies`).
  private boolean declares(boolean optional) {
    Tree.Mapping project = root.mapping("project");
    boolean required = project != null && isFilled(project.get("dependencies"));
    boolean extras =
        project != null
            && project.get("optional-dependencies") instanceof Tree.Mapping groups
            && groups.members().stream().anyMatch(group -> isFilled(group.value()));
    if (project == null || (!required && !extras)) {
      return true;
    }
    Tree.Sequence dynamic = project.sequence("dynamic");
    boolean mixed =
        dynamic != null
            && (dynamic.strings().contains("dependencies")
                || dynamic.strings().contains("optional-dependencies"));
    return mixed && (required ? !extras && optional : !optional);
  }

  private static boolean isFilled(@Nullable Tree list) {
    return list instanceof Tree.Sequence sequence && !sequence.items().isEmpty();
  }

  private void extras(Tree.@Nullable Mapping extras) {
    if (extras == null) {
      return;
    }
    for (Tree.Member extra : extras.members()) {
      if (extra.value() instanceof Tree.Sequence names) {
        for (String name : names.strings()) {
          extraOf.putIfAbsent(Ecosystem.PYPI.normalize(name), extra.name());
        }
      }
    }
  }

  private void section(@Nullable Tree section, String name, Scope scope, @Nullable String group) {
    if (section == null) {
      return;
    }
    if (!(section instanceof Tree.Mapping table)) {
      entries.problem(section, "[" + name + "] must be a table of name = \"version\"");
      return;
    }
    boolean main = name.equals("tool.poetry.dependencies");
    for (Tree.Member member : table.members()) {
      boolean optional = member.value() instanceof Tree.Mapping entry && entry.isTrue("optional");
      boolean declares = !main || declares(optional);
      if (declares && !Ecosystem.PYPI.normalize(member.name()).equals("python")) {
        dependency(member, member.value(), scope, group);
      }
    }
  }

  private void dependency(Tree.Member member, Tree value, Scope scope, @Nullable String group) {
    switch (value) {
      case Tree.Sequence alternatives -> {
        for (Tree alternative : alternatives.items()) {
          dependency(member, alternative, scope, group);
        }
      }
      case Tree.Scalar scalar -> {
        if (scalar.kind() == Tree.Kind.STRING) {
          check(member, scalar);
          add(member, scalar.text(), List.of(), null, scope, group, Origin.REGISTRY);
        } else {
          entries.problem(
              scalar,
              "the version of " + member.name() + " must be in quotes: \"" + scalar.text() + "\"");
        }
      }
      case Tree.Mapping table -> table(member, table, scope, group);
    }
  }

  /// Poetry refuses to read a project with a constraint that is none.
  private void check(Tree.Member member, Tree.Scalar version) {
    if (PoetryConstraint.parse(version.text()) == null) {
      entries.problem(
          version,
          "'"
              + version.text()
              + "' is no version of "
              + member.name()
              + ", and Poetry refuses it: write \"^1.2\", \">=1.2,<2\" or \"*\"");
    }
  }

  private void table(Tree.Member member, Tree.Mapping table, Scope scope, @Nullable String group) {
    String version = table.string("version");
    if (table.get("version") instanceof Tree.Scalar written && written.kind() == Tree.Kind.STRING) {
      check(member, written);
    }
    Tree.Sequence extras = table.sequence("extras");
    Origin origin = DependencySources.of(table, "develop");
    boolean optional = scope == Scope.RUNTIME && table.isTrue("optional");
    add(
        member,
        version == null ? "" : version,
        extras == null ? List.of() : extras.strings(),
        PoetryRequest.of(table).getFirst().marker(),
        optional ? Scope.OPTIONAL : scope,
        optional ? extraOf.get(Ecosystem.PYPI.normalize(member.name())) : group,
        origin == null ? Origin.REGISTRY : origin);
  }

  private void add(
      Tree.Member member,
      String constraint,
      List<String> extras,
      @Nullable String marker,
      Scope scope,
      @Nullable String group,
      Origin origin) {
    if (member.name().isBlank()) {
      entries.problem(member, "a dependency without a name: write the name of the package");
      return;
    }
    entries.add(
        new DeclaredDependency(
            member.name(),
            member.name(),
            constraint,
            extras,
            marker,
            scope,
            group,
            origin,
            entries.at(member)));
  }
}

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
  private final PyprojectEntries entries;
  private final Map<String, String> extraOf = new HashMap<>();

  private PoetryTable(PyprojectEntries entries) {
    this.entries = entries;
  }

  /// Declares what the table of Poetry says, where there is one.
  static void read(Tree.Mapping root, PyprojectEntries entries) {
    Tree.Mapping tools = root.mapping("tool");
    Tree.Mapping poetry = tools == null ? null : tools.mapping("poetry");
    if (poetry == null) {
      return;
    }
    PoetryTable table = new PoetryTable(entries);
    table.extras(poetry.mapping("extras"));
    if (declaresMain(root)) {
      table.section(poetry.get("dependencies"), "tool.poetry.dependencies", Scope.RUNTIME, null);
    }
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

  /// With `[project.dependencies]` the table only says more about what stands there.
  private static boolean declaresMain(Tree.Mapping root) {
    Tree.Mapping project = root.mapping("project");
    return project == null || project.get("dependencies") == null;
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
    for (Tree.Member member : table.members()) {
      if (!Ecosystem.PYPI.normalize(member.name()).equals("python")) {
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

  private void table(Tree.Member member, Tree.Mapping table, Scope scope, @Nullable String group) {
    String version = table.string("version");
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

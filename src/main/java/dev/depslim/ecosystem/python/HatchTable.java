package dev.depslim.ecosystem.python;

import dev.depslim.model.Scope;
import dev.depslim.syntax.Tree;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// `[tool.hatch]`: environments with what their matrices add, dependencies of builds and their
/// hooks, and the requirement files of the metadata hook `requirements_txt`.
final class HatchTable {
  private static final List<String> LISTS = List.of("dependencies", "extra-dependencies");

  private final PyprojectEntries entries;
  private final Consumer<Tree> include;

  private HatchTable(PyprojectEntries entries, Consumer<Tree> include) {
    this.entries = entries;
    this.include = include;
  }

  /// @param include takes the name of a requirement file
  static void read(Tree.Mapping root, PyprojectEntries entries, Consumer<Tree> include) {
    Tree.Mapping tools = root.mapping("tool");
    Tree.Mapping hatch = tools == null ? null : tools.mapping("hatch");
    if (hatch == null) {
      return;
    }
    HatchTable table = new HatchTable(entries, include);
    Tree.Mapping envs = hatch.mapping("envs");
    for (Tree.Member env : envs == null ? List.<Tree.Member>of() : envs.members()) {
      if (env.value() instanceof Tree.Mapping settings) {
        table.environment(env.name(), settings);
      }
    }
    Tree.Mapping build = hatch.mapping("build");
    if (build != null) {
      table.build(build, "tool.hatch.build");
      for (Tree.Member target : members(build.get("targets"))) {
        if (target.value() instanceof Tree.Mapping settings) {
          table.build(settings, "tool.hatch.build.targets." + target.name());
        }
      }
    }
    Tree.Mapping metadata = hatch.mapping("metadata");
    Tree.Mapping hooks = metadata == null ? null : metadata.mapping("hooks");
    Tree.Mapping files = hooks == null ? null : hooks.mapping("requirements_txt");
    if (files != null) {
      table.files(files.get("files"));
      table.files(files.get("filename"));
      members(files.get("optional-dependencies")).forEach(extra -> table.files(extra.value()));
    }
  }

  private static List<Tree.Member> members(@Nullable Tree table) {
    return table instanceof Tree.Mapping mapping ? mapping.members() : List.of();
  }

  private void environment(String name, Tree.Mapping settings) {
    String section = "tool.hatch.envs." + name;
    for (String key : LISTS) {
      list(settings.get(key), section + "." + key, Scope.DEV, name);
    }
    // overrides.matrix.python.dependencies = ["x", {value = "y", if = ["3.9"]}]
    for (Tree.Member source : members(settings.get("overrides"))) {
      for (Tree.Member variable : members(source.value())) {
        for (String key : LISTS) {
          Tree added = variable.value() instanceof Tree.Mapping options ? options.get(key) : null;
          list(added, section + ".overrides." + source.name() + "." + key, Scope.DEV, name);
        }
      }
    }
  }

  private void build(Tree.Mapping settings, String section) {
    list(settings.get("dependencies"), section + ".dependencies", Scope.BUILD, "build");
    for (Tree.Member hook : members(settings.get("hooks"))) {
      Tree needed = hook.value() instanceof Tree.Mapping own ? own.get("dependencies") : null;
      list(needed, section + ".hooks." + hook.name() + ".dependencies", Scope.BUILD, "build");
    }
  }

  private void list(@Nullable Tree list, String section, Scope scope, String group) {
    if (!(list instanceof Tree.Sequence sequence)) {
      entries.list(list, section, scope, group);
      return;
    }
    for (Tree item : sequence.items()) {
      Tree written = item instanceof Tree.Mapping option ? option.get("value") : item;
      if (written instanceof Tree.Scalar scalar && scalar.kind() == Tree.Kind.STRING) {
        entries.template(scalar, section, scope, group);
      } else {
        entries.problem(item, "an entry of [" + section + "] must be a requirement in quotes");
      }
    }
  }

  private void files(@Nullable Tree names) {
    if (names instanceof Tree.Sequence sequence) {
      sequence.items().forEach(include);
    } else if (names != null) {
      include.accept(names);
    }
  }
}

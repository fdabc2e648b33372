package dev.depslim.ecosystem.python;

import dev.depslim.model.Ecosystem;
import dev.depslim.model.Scope;
import dev.depslim.syntax.Tree;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `[dependency-groups]` after PEP 735.
final class DependencyGroups {
  private final Map<String, Tree.Member> groups = new LinkedHashMap<>();
  private final Map<String, List<Tree.Member>> repeated = new LinkedHashMap<>();
  private final Circles circles = new Circles(this::included);

  /// What can be wrong with a group.
  enum Problem {
    CYCLE,
    DUPLICATE,
    NOT_FOUND,
    INVALID_OBJECT,
    INVALID_REQUIREMENT,
    WRONG_TYPE
  }

  /// The requirements of groups, with those of the groups that they include.
  ///
  /// @param problems empty where everything could be resolved
  record Resolved(List<String> requirements, Set<Problem> problems) {}

  DependencyGroups(Tree.Mapping table) {
    for (Tree.Member member : table.members()) {
      String name = Ecosystem.PYPI.normalize(member.name());
      if (groups.putIfAbsent(name, member) != null) {
        repeated.computeIfAbsent(name, _ -> new ArrayList<>()).add(member);
      }
    }
  }

  /// Declares what every group holds itself, and says what is wrong, where it stands.
  static void declare(Tree section, PyprojectEntries entries) {
    if (!(section instanceof Tree.Mapping table)) {
      entries.problem(section, "[dependency-groups] must be a table of lists");
      return;
    }
    DependencyGroups groups = new DependencyGroups(table);
    groups.sayRepeated(entries);
    for (Tree.Member group : table.members()) {
      if (!(group.value() instanceof Tree.Sequence items)) {
        entries.problem(group, "the group '" + group.name() + "' must be a list of requirements");
        continue;
      }
      for (Tree item : items.items()) {
        groups.declare(item, group, entries);
      }
    }
  }

  private void sayRepeated(PyprojectEntries entries) {
    for (List<Tree.Member> members : repeated.values()) {
      for (Tree.Member member : members) {
        Tree.Member first = groups.get(Ecosystem.PYPI.normalize(member.name()));
        entries.problem(
            member,
            "the groups '"
                + (first == null ? "" : first.name())
                + "' and '"
                + member.name()
                + "' are the same name: merge them");
      }
    }
  }

  private void declare(Tree item, Tree.Member group, PyprojectEntries entries) {
    if (item instanceof Tree.Scalar scalar && scalar.kind() == Tree.Kind.STRING) {
      entries.requirement(scalar, "dependency-groups." + group.name(), Scope.DEV, group.name());
      return;
    }
    String included = item instanceof Tree.Mapping mapping ? includes(mapping) : null;
    if (included == null) {
      entries.problem(
          item,
          "an entry of the group '"
              + group.name()
              + "' must be a requirement in quotes or {include-group = \"name\"}");
      return;
    }
    String name = Ecosystem.PYPI.normalize(included);
    if (!groups.containsKey(name)) {
      entries.problem(item, "there is no group '" + included + "': correct the name");
    } else if (circles.leadsBack(Ecosystem.PYPI.normalize(group.name()), name)) {
      entries.problem(
          item,
          "the group '" + included + "' includes '" + group.name() + "' again: remove one include");
    }
  }

  private List<String> included(String name) {
    Tree.Member group = groups.get(name);
    List<String> names = new ArrayList<>();
    if (group != null && group.value() instanceof Tree.Sequence items) {
      for (Tree item : items.items()) {
        String included = item instanceof Tree.Mapping mapping ? includes(mapping) : null;
        if (included != null) {
          names.add(Ecosystem.PYPI.normalize(included));
        }
      }
    }
    return names;
  }

  /// The group that an object includes, or null where it is no include.
  private static @Nullable String includes(Tree.Mapping object) {
    return object.members().size() == 1 ? object.string("include-group") : null;
  }

  /// The requirements of some groups in order, includes in their place.
  Resolved resolve(List<String> names) {
    List<String> requirements = new ArrayList<>();
    Set<Problem> problems = EnumSet.noneOf(Problem.class);
    for (String name : names) {
      resolve(Ecosystem.PYPI.normalize(name), new LinkedHashSet<>(), requirements, problems);
    }
    return new Resolved(requirements, problems);
  }

  private void resolve(
      String name, Set<String> path, List<String> requirements, Set<Problem> problems) {
    Tree.Member group = groups.get(name);
    if (group == null) {
      problems.add(Problem.NOT_FOUND);
      return;
    }
    if (repeated.containsKey(name)) {
      problems.add(Problem.DUPLICATE);
      return;
    }
    if (!(group.value() instanceof Tree.Sequence items)) {
      problems.add(Problem.WRONG_TYPE);
      return;
    }
    path.add(name);
    for (Tree item : items.items()) {
      switch (item) {
        case Tree.Scalar scalar -> requirement(scalar, requirements, problems);
        case Tree.Sequence _ -> problems.add(Problem.INVALID_OBJECT);
        case Tree.Mapping mapping -> {
          String included = includes(mapping);
          if (included == null) {
            boolean include = mapping.members().size() == 1 && mapping.get("include-group") != null;
            problems.add(include ? Problem.WRONG_TYPE : Problem.INVALID_OBJECT);
          } else if (path.contains(Ecosystem.PYPI.normalize(included))) {
            problems.add(Problem.CYCLE);
          } else {
            resolve(Ecosystem.PYPI.normalize(included), path, requirements, problems);
          }
        }
      }
    }
    path.remove(name);
  }

  private static void requirement(
      Tree.Scalar scalar, List<String> requirements, Set<Problem> problems) {
    if (scalar.kind() != Tree.Kind.STRING) {
      problems.add(Problem.INVALID_OBJECT);
      return;
    }
    try {
      Requirement.parse(scalar.text());
      requirements.add(scalar.text());
    } catch (RequirementSyntaxException e) {
      problems.add(Problem.INVALID_REQUIREMENT);
    }
  }
}

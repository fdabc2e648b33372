package dev.depslim.report;

import dev.depslim.model.Dependency;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.Project;
import dev.depslim.model.ResolvedPackage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Who requires a locked package, up to the declarations of the project.
final class Requirers {
  private final Ecosystem ecosystem;
  private final Map<String, ResolvedPackage> rows = new HashMap<>();
  private final Map<String, Dependency> declared = new HashMap<>();

  Requirers(Project project) {
    ecosystem = project.ecosystem();
    for (ResolvedPackage row : project.resolved()) {
      rows.merge(key(row.name()), row, (a, b) -> a.direct() || !b.direct() ? a : b);
    }
    for (Dependency dependency : project.dependencies()) {
      declared.putIfAbsent(key(dependency.packageName()), dependency);
      declared.putIfAbsent(key(dependency.name()), dependency);
    }
  }

  private String key(String name) {
    return ecosystem.normalize(name);
  }

  /// One line for each package that requires it directly: the shortest chain up to a declaration,
  /// such as `b ← a ← package.json:12`.
  ///
  /// @param shown how many lines at most; the last one counts the rest
  List<String> of(ResolvedPackage row, int shown) {
    List<String> lines = new ArrayList<>();
    int lineCount = Math.min(shown, row.requiredBy().size());
    for (String requirer : row.requiredBy().subList(0, lineCount)) {
      lines.add(chain(requirer, key(row.name())));
    }
    return more(lines, row.requiredBy().size());
  }

  /// The declarations through which production reaches it.
  List<String> declarations(ResolvedPackage row, int shown) {
    List<String> lines = new ArrayList<>();
    int lineCount = Math.min(shown, row.broughtBy().size());
    for (String name : row.broughtBy().subList(0, lineCount)) {
      lines.add(name + at(name));
    }
    return more(lines, row.broughtBy().size());
  }

  private static List<String> more(List<String> lines, int all) {
    if (lines.size() < all) {
      lines.add("… " + Words.number(all - lines.size()) + " more: --all");
    }
    return lines;
  }

  private String at(String name) {
    Dependency dependency = declared.get(key(name));
    return dependency == null ? "" : " ← " + Where.line(dependency.mainDeclaration().location());
  }

  /// Breadth first, so that the chain is the shortest one.
  private String chain(String from, String avoid) {
    Map<String, String> cameFrom = new HashMap<>();
    Set<String> seen = new HashSet<>(Set.of(avoid));
    ArrayDeque<String> queue = new ArrayDeque<>(List.of(from));
    seen.add(key(from));
    while (!queue.isEmpty()) {
      String name = queue.remove();
      if (declared.containsKey(key(name))) {
        return path(name, cameFrom) + at(name);
      }
      ResolvedPackage row = rows.get(key(name));
      for (String requirer : row == null ? List.<String>of() : row.requiredBy()) {
        if (seen.add(key(requirer))) {
          cameFrom.put(requirer, name);
          queue.add(requirer);
        }
      }
    }
    return from;
  }

  private static String path(String last, Map<String, String> cameFrom) {
    List<String> names = new ArrayList<>();
    for (String name = last; name != null; name = cameFrom.get(name)) {
      names.addFirst(name);
    }
    return String.join(" ← ", names);
  }
}

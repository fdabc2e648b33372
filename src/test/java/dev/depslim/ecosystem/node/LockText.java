package dev.depslim.ecosystem.node;

import dev.depslim.graph.LockScopes;
import dev.depslim.model.Lockfile;
import dev.depslim.model.Lockfile.Direct;
import dev.depslim.model.Lockfile.Edge;
import dev.depslim.model.Lockfile.Node;
import dev.depslim.model.Lockfile.Root;
import dev.depslim.model.Origin;
import java.util.ArrayList;
import java.util.List;

/// A lock as lines that a test can state.
final class LockText {
  private LockText() {}

  /// `name version scope origin`, third-party packages only, sorted.
  static List<String> packages(Lockfile lock) {
    LockScopes scopes = LockScopes.of(lock);
    List<String> out = new ArrayList<>();
    for (int i = 0; i < lock.packages().size(); i++) {
      Node node = lock.packages().get(i);
      if (node.origin().isThirdParty()) {
        var scope = scopes.scope(i);
        String origin =
            node.origin() == Origin.REGISTRY
                ? ""
                : " " + node.origin().name().toLowerCase(java.util.Locale.ROOT);
        out.add(
            node.name()
                + " "
                + node.version()
                + " "
                + (scope == null ? "unreached" : scope.id())
                + origin);
      }
    }
    return out.stream().sorted().distinct().toList();
  }

  /// `name version at path`, the user's own packages only, sorted.
  static List<String> own(Lockfile lock) {
    return lock.packages().stream()
        .filter(node -> !node.origin().isThirdParty())
        .map(node -> node.name() + " " + node.version() + " at " + node.path())
        .sorted()
        .toList();
  }

  /// `root: name>target@version/scope …` in the order of the lock.
  static List<String> roots(Lockfile lock) {
    List<String> out = new ArrayList<>();
    for (Root root : lock.roots()) {
      StringBuilder line = new StringBuilder(root.path()).append(":");
      for (Direct direct : root.direct()) {
        Node node = lock.packages().get(direct.target());
        line.append(' ')
            .append(direct.name())
            .append('>')
            .append(node.name())
            .append('@')
            .append(node.version())
            .append('/')
            .append(direct.scope().id());
      }
      out.add(line.toString());
    }
    return out;
  }

  /// What the first copy of a package requires: `name@version/scope`, sorted.
  static List<String> edges(Lockfile lock, String name) {
    List<String> out = new ArrayList<>();
    for (Node node : lock.packages()) {
      if (node.name().equals(name) && out.isEmpty()) {
        for (Edge edge : node.edges()) {
          Node target = lock.packages().get(edge.target());
          out.add(target.name() + "@" + target.version() + "/" + edge.scope().id());
        }
      }
    }
    return out.stream().sorted().toList();
  }

  static List<String> issues(Lockfile lock) {
    return lock.issues().stream().map(Object::toString).toList();
  }
}

package dev.depslim.ecosystem.node;

import dev.depslim.ecosystem.node.BunEntry.Requirement;
import dev.depslim.model.Issue;
import dev.depslim.model.Location;
import dev.depslim.model.Lockfile.Direct;
import dev.depslim.model.Lockfile.Edge;
import dev.depslim.model.Lockfile.Node;
import dev.depslim.model.Lockfile.Root;
import dev.depslim.model.Origin;
import dev.depslim.model.Scope;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The entries of a lock of bun as packages that require each other, entered from every workspace.
final class BunGraph {
  private final String path;
  private final Map<String, Integer> byKey = new HashMap<>();
  private final Map<String, BunEntry> byFolder = new HashMap<>();
  private final List<Node> nodes = new ArrayList<>();
  private final BitSet foreign = new BitSet();
  private final List<Root> roots = new ArrayList<>();
  private final Set<String> missing = new LinkedHashSet<>();
  private int missingLine;

  BunGraph(String path, List<BunEntry> workspaces, Map<String, BunEntry> packages) {
    this.path = path;
    workspaces.forEach(workspace -> byFolder.put(workspace.key, workspace));
    for (String key : packages.keySet()) {
      byKey.put(key, byKey.size());
    }
    for (BunEntry entry : packages.values()) {
      foreign.set(nodes.size(), entry.foreign);
      nodes.add(node(entry));
    }
    for (BunEntry workspace : workspaces) {
      List<Direct> direct = new ArrayList<>(workspace.requirements.size());
      for (Requirement one : workspace.requirements) {
        int target = target(inWorkspace(workspace), one, workspace.line);
        if (target >= 0) {
          direct.add(new Direct(one.name(), target, one.scope(), one.section()));
        }
      }
      roots.add(new Root(workspace.key, direct));
    }
  }

  List<Node> nodes() {
    return Platforms.targeted(nodes, roots, foreign);
  }

  List<Root> roots() {
    return roots;
  }

  /// What requirements find no entry, as one issue.
  List<Issue> issues() {
    if (missing.isEmpty()) {
      return List.of();
    }
    String more = missing.size() > 1 ? ", nor for " + (missing.size() - 1) + " more" : "";
    return List.of(
        Issue.warning(
            Location.of(path, missingLine),
            "the lock has no entry for "
                + missing.iterator().next()
                + more
                + ": bring it up to date with 'bun install'"));
  }

  private Node node(BunEntry entry) {
    BunEntry workspace =
        entry.source().startsWith("workspace:")
            ? byFolder.get(entry.source().substring("workspace:".length()))
            : null;
    BunEntry asks = workspace == null ? entry : workspace;
    List<Edge> edges = new ArrayList<>(asks.requirements.size());
    for (Requirement one : asks.requirements) {
      int target = target(entry.key, one, entry.line);
      if (target >= 0) {
        edges.add(new Edge(target, one.scope()));
      }
    }
    boolean own = entry.origin() == Origin.WORKSPACE;
    return new Node(
        entry.name(),
        own ? asks.version : entry.lockedVersion(),
        entry.origin(),
        null,
        null,
        entry.line,
        edges,
        workspace == null ? null : workspace.key);
  }

  /// Where the names of a workspace are looked up first: below its own name; the outermost is null.
  private static @Nullable String inWorkspace(BunEntry workspace) {
    return workspace.key.isEmpty() || workspace.id.isEmpty() ? null : workspace.id;
  }

  private int target(@Nullable String from, Requirement requirement, int line) {
    String name = requirement.name();
    for (String at = from; at != null; at = BunEntry.outer(at)) {
      Integer found = byKey.get(at + "/" + name);
      if (found != null) {
        return found;
      }
    }
    Integer found = byKey.get(name);
    if (found != null) {
      return found;
    }
    if (requirement.scope() == Scope.RUNTIME || requirement.scope() == Scope.DEV) {
      missingLine = missing.isEmpty() ? line : missingLine;
      missing.add(name);
    }
    return -1;
  }
}

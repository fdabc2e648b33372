package dev.depslim.ecosystem.node;

import dev.depslim.ecosystem.node.LockEntry.Kind;
import dev.depslim.model.Lockfile.Direct;
import dev.depslim.model.Lockfile.Edge;
import dev.depslim.model.Lockfile.Node;
import dev.depslim.model.Lockfile.Root;
import dev.depslim.model.Scope;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The entries of a lock as the tree of folders that they describe, and what each requirement finds
/// in it.
final class LockTree {
  private static final String MODULES = "node_modules/";

  private final LockEntry root;
  private final boolean rootStated;
  private final boolean placed;
  private final WorkspaceGlobs workspaces;
  private final Map<String, LockEntry> byPath = new HashMap<>();
  private final List<LockEntry> packages = new ArrayList<>();

  /// Made when they are asked for.
  private @Nullable List<Root> roots;

  /// By target the plain edge that leads to it.
  private @Nullable Edge[] runtime = {};

  private LockTree(LockEntry root, boolean rootStated, boolean placed, WorkspaceGlobs workspaces) {
    this.root = root;
    this.rootStated = rootStated;
    this.placed = placed;
    this.workspaces = workspaces;
  }

  /// @param placed whether entries know their place by path only (lock versions 2 and 3)
  static LockTree of(
      LockEntry root,
      boolean rootStated,
      List<LockEntry> entries,
      boolean placed,
      List<String> workspaces) {
    LockTree tree = new LockTree(root, rootStated, placed, WorkspaceGlobs.of(workspaces));
    tree.byPath.put("", root);
    for (LockEntry entry : entries) {
      tree.byPath.put(entry.path, entry);
    }
    for (LockEntry entry : entries) {
      if (!placed || tree.byPath.get(entry.path) == entry) {
        tree.add(entry); // of a path that stands twice the last entry counts
      }
    }
    return tree;
  }

  List<Node> nodes() {
    runtime = new Edge[packages.size()];
    List<Node> nodes = new ArrayList<>(packages.size());
    for (LockEntry entry : packages) {
      nodes.add(
          new Node(
              entry.realName(),
              entry.version,
              entry.origin(),
              entry.declared(),
              null,
              entry.line,
              edges(entry),
              entry.path));
    }
    BitSet foreign = new BitSet();
    for (LockEntry entry : packages) {
      foreign.set(entry.index, entry.foreign);
    }
    return Platforms.without(nodes, NpmOptionalSets.of(nodes, roots(), foreign));
  }

  List<PackageLock.Copy> copies() {
    List<PackageLock.Copy> copies = new ArrayList<>(packages.size());
    for (LockEntry entry : packages) {
      copies.add(
          new PackageLock.Copy(
              entry.path,
              entry.realName(),
              entry.version,
              entry.resolved,
              entry.dev,
              entry.optional,
              entry.devOptional,
              entry.peer,
              entry.inBundle,
              entry.extraneous,
              entry.own));
    }
    return copies;
  }

  /// The root and each member of its workspace.
  List<Root> roots() {
    if (roots == null) {
      roots = new ArrayList<>();
      if (rootStated) {
        roots.add(new Root("", direct(root)));
      }
      for (LockEntry entry : packages) {
        if (entry.own && workspaces.match(entry.path)) {
          roots.add(new Root(entry.path, direct(entry)));
        }
      }
    }
    return roots;
  }

  private void add(LockEntry entry) {
    if (placed) {
      place(entry);
    }
    if (!entry.link) {
      entry.index = packages.size();
      packages.add(entry);
      return;
    }
    String target = target(entry);
    if (!byPath.containsKey(target)) {
      // a link to a folder that the lock does not describe is a package of the user all the same
      LockEntry folder = new LockEntry(target, entry.line);
      folder.own = true;
      folder.name = entry.realName();
      folder.index = packages.size();
      packages.add(folder);
      byPath.put(target, folder);
    }
  }

  private void place(LockEntry entry) {
    String path = entry.path;
    int modules = path.lastIndexOf(MODULES);
    boolean inModules = modules == 0 || modules > 0 && path.charAt(modules - 1) == '/';
    if (!inModules) {
      entry.parent = nearest(path);
      return;
    }
    LockEntry owner = byPath.get(modules == 0 ? "" : path.substring(0, modules - 1));
    if (owner == null) {
      entry.parent = nearest(path);
    } else {
      owner.adopt(path.substring(modules + MODULES.length()), entry);
    }
  }

  /// The entry of the nearest folder above, or null where none is above.
  private @Nullable LockEntry nearest(String path) {
    for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
      LockEntry above = byPath.get(path.substring(0, slash));
      if (above != null) {
        return above;
      }
    }
    return path.startsWith("..") ? null : root;
  }

  private List<Edge> edges(LockEntry entry) {
    int count = entry.requirements();
    if (count == 0) {
      return List.of();
    }
    List<Edge> edges = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      LockEntry target = resolve(entry, entry.required(i));
      if (target != null) {
        Kind kind = entry.kind(i);
        edges.add(edge(target.index, scope(entry, kind, target), kind == Kind.OPTIONAL_PEER));
      }
    }
    return edges;
  }

  /// Most packages are needed by several others in the same way: one object serves all of them.
  private Edge edge(int target, Scope scope, boolean wish) {
    if (scope != Scope.RUNTIME || wish) {
      return new Edge(target, scope, wish);
    }
    Edge known = runtime[target];
    if (known == null) {
      known = new Edge(target, scope);
      runtime[target] = known;
    }
    return known;
  }

  private List<Direct> direct(LockEntry entry) {
    List<Direct> direct = new ArrayList<>(entry.requirements());
    for (int i = 0; i < entry.requirements(); i++) {
      LockEntry target = resolve(entry, entry.required(i));
      if (target != null) {
        Kind kind = entry.kind(i);
        direct.add(new Direct(entry.required(i), target.index, kind.scope, kind.section));
      }
    }
    return direct;
  }

  /// Version 1 does not tell optional requirements from others, nor those of a linked folder for
  /// its own development; its flags do.
  private Scope scope(LockEntry from, Kind kind, LockEntry to) {
    if (placed || kind != Kind.RUNTIME) {
      return kind.scope;
    }
    if (from.own && to.dev && !from.dev) {
      return Scope.DEV;
    }
    return to.optional && !from.optional ? Scope.OPTIONAL : kind.scope;
  }

  /// The package that a requirement finds, or null where the lock has none or it is the root.
  private @Nullable LockEntry resolve(LockEntry from, String name) {
    LockEntry found = from.find(name);
    if (found != null && found.link) {
      found = byPath.get(target(found));
    }
    return found == null || found.index < 0 ? null : found;
  }

  private static String target(LockEntry link) {
    String target = link.resolved == null ? "" : link.resolved;
    return target.startsWith("./") ? target.substring(2) : target;
  }
}

package dev.depslim.ecosystem.node;

import dev.depslim.syntax.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A place of the tree that a lock describes: the root, a package, a link, or a folder of the user.
final class NpmNode {
  /// Relative to the root, `""` for the root itself.
  final String location;

  /// Of the folder, so the alias where there is one.
  final String name;

  /// The entry of the lock; for the root and the user's folders their package.json where there is
  /// one.
  final NpmMeta meta;

  /// The entry of the lock; differs from `meta` for the root and the user's folders only.
  final NpmMeta locked;

  /// As the lock has it, or null.
  final @Nullable String resolved;

  final boolean link;
  final boolean inBundle;
  final boolean hasShrinkwrap;

  /// The folder in whose `node_modules` it lies, or null.
  @Nullable NpmNode parent;

  /// For a folder outside `node_modules`: the nearest one above, or null.
  @Nullable NpmNode above;

  /// Of a link: where it leads, or null where the lock does not describe that.
  @Nullable NpmNode target;

  /// The rules of `overrides` that hold for its requirements; null where there are none.
  @Nullable OverrideRules overrides;

  /// Whether a workspace edge of the root leads here.
  boolean member;

  boolean extraneous = true;
  boolean dev = true;
  boolean optional = true;
  boolean devOptional = true;
  boolean peer = true;

  /// Most places have none of one kind or the other, and there may be very many places.
  private List<NpmEdge> edgesIn = List.of();

  private Map<String, NpmEdge> edges = Map.of();
  private Map<String, NpmNode> children = Map.of();

  NpmNode(String location, String name, NpmMeta meta, NpmMeta locked, @Nullable JsonObject entry) {
    this.location = location;
    this.name = name;
    this.meta = meta;
    this.locked = locked;
    this.resolved = entry == null ? null : entry.string("resolved");
    this.link = entry != null && entry.isTrue("link");
    this.inBundle = entry != null && entry.isTrue("inBundle");
    this.hasShrinkwrap = entry != null && entry.isTrue("hasShrinkwrap");
  }

  boolean isRoot() {
    return location.isEmpty();
  }

  /// Whether it lies in no `node_modules`: the root or a folder of the user.
  boolean isTop() {
    return parent == null;
  }

  /// The folder of the user, or the root, in whose `node_modules` it lies, at whatever depth.
  NpmNode top() {
    NpmNode at = this;
    while (at.parent != null) {
      at = at.parent;
    }
    return at;
  }

  /// Where names are looked up after its own `node_modules`.
  @Nullable NpmNode lookUpNext() {
    return parent == null ? above : parent;
  }

  /// Whether it comes with the package of a shrinkwrap that brings its own tree.
  boolean inShrinkwrap() {
    return parent != null && (parent.hasShrinkwrap || parent.inShrinkwrap());
  }

  /// The package behind an alias, else the name.
  String packageName() {
    if (link && target != null) {
      return target.packageName();
    }
    String stated = meta.name();
    return stated == null || stated.isEmpty() ? name : stated;
  }

  /// The version, also through a link; null where none is known.
  @Nullable String version() {
    return link && target != null ? target.meta.version() : meta.version();
  }

  Collection<NpmEdge> edges() {
    return edges.values();
  }

  @Nullable NpmEdge edge(String required) {
    return edges.get(required);
  }

  void add(NpmEdge edge) {
    if (edges.isEmpty()) {
      edges = new LinkedHashMap<>(4);
    }
    edges.put(edge.name, edge);
  }

  /// The requirements that find this place.
  List<NpmEdge> edgesIn() {
    return edgesIn;
  }

  void foundBy(NpmEdge edge) {
    if (edgesIn.isEmpty()) {
      edgesIn = new ArrayList<>(2);
    }
    edgesIn.add(edge);
  }

  void adopt(NpmNode child) {
    if (children.isEmpty()) {
      children = new HashMap<>(4);
    }
    children.put(child.name, child);
    child.parent = this;
  }

  /// What Node finds for a name: in its own `node_modules`, then in that of each folder above.
  @Nullable NpmNode find(String required) {
    for (NpmNode at = this; at != null; at = at.lookUpNext()) {
      NpmNode found = at.children.get(required);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /// What lies in its own `node_modules` under a name, or null.
  @Nullable NpmNode child(String required) {
    return children.get(required);
  }

  /// Whether a name is looked up in that folder on the way up from here; of itself that is true.
  boolean isBelow(NpmNode other) {
    for (NpmNode at = this; at != null; at = at.lookUpNext()) {
      if (at == other) {
        return true;
      }
    }
    return false;
  }

  /// Whether it is the user's own: the root, or a member of its workspace.
  boolean isProject() {
    return isRoot() || member;
  }

  /// Whether `npm ci --omit=dev` leaves it out. What lies below a folder of the user that is no
  /// member of the workspace is never left out (Arborist, `Node.shouldOmit`).
  boolean isOmittedWithoutDev() {
    NpmNode top = top();
    return dev && (top.isRoot() || top.member);
  }

  /// The name and version for messages.
  @Override
  public String toString() {
    return packageName() + (version() == null ? "" : "@" + version());
  }
}

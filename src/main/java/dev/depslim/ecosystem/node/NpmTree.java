package dev.depslim.ecosystem.node;

import dev.depslim.ecosystem.node.NpmEdge.Type;
import dev.depslim.syntax.JsonNode;
import dev.depslim.syntax.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The tree of packages that npm builds from a manifest and the `packages` of its lock, before it
/// looks for what is missing (Arborist, `loadVirtual`).
///
/// Requirements of the root and of the user's folders come from their package.json, all others from
/// the lock.
final class NpmTree {
  private final Map<String, NpmNode> nodes = new LinkedHashMap<>();
  private final NpmNode root;
  private final NpmSettings settings;

  private NpmTree(NpmNode root, NpmSettings settings) {
    this.root = root;
    this.settings = settings;
    nodes.put("", root);
  }

  /// The tree.
  ///
  /// @param packages the `packages` of the lock
  /// @param manifests package.json of the root (`""`) and of the user's folders that have one, by
  ///   location
  static NpmTree of(JsonObject packages, Map<String, NpmMeta> manifests, NpmSettings settings) {
    Entries entries = new Entries(manifests);
    packages.members().forEach(member -> entries.add(member.name(), member.value()));
    return of(entries, settings);
  }

  /// The entries of a lock, as they are read; of one location the last one counts.
  static final class Entries {
    private final Map<String, NpmMeta> manifests;
    private final Map<String, NpmNode> nodes = new LinkedHashMap<>();
    private NpmMeta root = NpmMeta.of(JsonObject.empty());

    /// @param manifests package.json of the root (`""`) and of the user's folders that have one, by
    ///   location
    Entries(Map<String, NpmMeta> manifests) {
      this.manifests = manifests;
    }

    void add(String location, JsonNode value) {
      nodes.remove(location);
      if (location.isEmpty()) {
        root = NpmMeta.of(value instanceof JsonObject entry ? entry : JsonObject.empty());
      } else if (value instanceof JsonObject entry) {
        nodes.put(location, node(location, entry));
      }
    }

    private NpmNode node(String location, JsonObject entry) {
      int modules = Locations.modulesAt(location);
      String name =
          modules < 0
              ? NpmName.ofFolder(location)
              : location.substring(modules + Locations.MODULES.length());
      NpmMeta locked = NpmMeta.of(entry);
      NpmMeta meta = modules < 0 ? manifests.getOrDefault(location, locked) : locked;
      return new NpmNode(location, name, meta, locked, entry);
    }
  }

  /// The tree of what was read.
  static NpmTree of(Entries entries, NpmSettings settings) {
    Map<String, NpmMeta> manifests = entries.manifests;
    NpmMeta locked = entries.root;
    NpmMeta rootMeta = manifests.getOrDefault("", locked);
    NpmTree tree = new NpmTree(new NpmNode("", "", rootMeta, locked, null), settings);
    tree.nodes.putAll(entries.nodes);
    tree.nodes.values().forEach(tree::place);
    tree.nodes.values().forEach(tree::follow);
    tree.enter(manifests);
    tree.nodes.values().forEach(tree::require);
    tree.connect();
    return tree;
  }

  NpmNode root() {
    return root;
  }

  /// All places in the order of the lock, the root first.
  Collection<NpmNode> nodes() {
    return nodes.values();
  }

  @Nullable NpmNode at(String location) {
    return nodes.get(location);
  }

  /// The folders of the user that the lock describes, members of the workspace or linked.
  List<NpmNode> folders() {
    List<NpmNode> out = new ArrayList<>();
    for (NpmNode node : nodes.values()) {
      if (!node.isRoot() && !node.link && !Locations.isInModules(node.location)) {
        out.add(node);
      }
    }
    return out;
  }

  private void place(NpmNode node) {
    if (node.isRoot()) {
      return;
    }
    String location = node.location;
    int modules = Locations.modulesAt(location);
    if (modules >= 0) {
      NpmNode owner = nodes.get(modules == 0 ? "" : location.substring(0, modules - 1));
      if (owner != null) {
        owner.adopt(node);
        return;
      }
    }
    node.above = Locations.isOutside(location) ? null : root;
    for (int slash = location.lastIndexOf('/');
        slash > 0;
        slash = location.lastIndexOf('/', slash - 1)) {
      NpmNode above = nodes.get(location.substring(0, slash));
      if (above != null && !above.link) {
        node.above = above;
        return;
      }
    }
  }

  private void follow(NpmNode node) {
    if (node.link) {
      node.target = nodes.get(Locations.resolve("", node.resolved == null ? "" : node.resolved));
    }
  }

  /// The members of the workspace: folders that its globs match and that have a package.json.
  private void enter(Map<String, NpmMeta> manifests) {
    WorkspaceGlobs globs = WorkspaceGlobs.of(root.meta.workspaces());
    manifests.forEach((location, meta) -> {
      if (!location.isEmpty() && globs.match(location)) {
        String stated = meta.name();
        String name = stated == null || stated.isEmpty() ? NpmName.ofFolder(location) : stated;
        root.add(new NpmEdge(root, name, "file:" + location, Type.WORKSPACE, null));
        NpmNode folder = nodes.get(location);
        if (folder != null) {
          folder.member = true;
        }
      }
    });
  }

  /// Of one name the kind that is loaded last counts (Arborist, `Node[_loadDeps]`).
  private void require(NpmNode node) {
    if (node.link) {
      return;
    }
    NpmMeta meta = node.meta;
    if (!settings.ignoresPeers()) {
      meta.peers()
          .forEach((name, spec) -> {
            if (!meta.optionalPeers().contains(name)) {
              require(node, name, spec, Type.PEER);
            }
          });
      meta.peers()
          .forEach((name, spec) -> {
            if (meta.optionalPeers().contains(name)) {
              require(node, name, spec, Type.PEER_OPTIONAL);
            }
          });
    }
    meta.dependencies().forEach((name, spec) -> require(node, name, spec, Type.PROD));
    meta.optional().forEach((name, spec) -> require(node, name, spec, Type.OPTIONAL));
    if (node.isTop()) {
      meta.development().forEach((name, spec) -> require(node, name, spec, Type.DEV));
    }
  }

  private static void require(NpmNode node, String name, String spec, Type type) {
    NpmEdge current = node.edge(name);
    if (current == null || current.type != Type.WORKSPACE) {
      node.add(new NpmEdge(node, name, spec, type, node.meta.accept().get(name)));
    }
  }

  private void connect() {
    for (NpmNode node : nodes.values()) {
      for (NpmEdge edge : node.edges()) {
        edge.to = node.find(edge.name);
        if (edge.to != null) {
          edge.to.foundBy(edge);
        }
      }
    }
    JsonObject overrides = root.meta.overrides();
    if (overrides != null && !overrides.isEmpty()) {
      OverrideRules.spread(OverrideRules.of(overrides), root);
    }
  }
}

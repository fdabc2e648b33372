package dev.depslim.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.depslim.image.layer.EntryType;
import dev.depslim.image.layer.LayerIndex;
import java.util.List;

/// Lays layers over each other by the rules of the OCI image specification (layer.md, "Applying
/// Changesets"): first what a layer hides, wherever it stands in the archive, then what it adds. A
/// folder over a folder changes attributes only; any other pair of types is a removal and a
/// creation. Where a layer writes below a path that is a symbolic link, it writes through it, as
/// the engines do.
final class LayerMerge {
  /// Nothing is there in the merged file system.
  static final int DEAD = -1;

  /// A folder that no layer has an entry for.
  static final int IMPLIED = -2;

  final NodeTable nodes;
  final StoredEntries stored;
  private final List<LayerIndex> layers;

  /// Of the layer at work: entry → node, and entry → stored entry.
  private int[] nodeOf = {};

  private int[] storedOf = {};

  LayerMerge(List<LayerIndex> layers) {
    this.layers = layers;
    this.nodes = new NodeTable(layers);
    this.stored = new StoredEntries(layers);
  }

  void run() {
    for (int layer = 0; layer < layers.size(); layer++) {
      if (layer == 0) {
        nodes.live[nodes.add(0, 0, LayerIndex.ROOT)] = IMPLIED;
      }
      LayerIndex index = layers.get(layer);
      nodeOf = new int[index.size()];
      storedOf = new int[index.size()];
      hide(layer, index);
      add(layer, index);
    }
    nodeOf = new int[0];
    storedOf = new int[0];
  }

  /// Removes what whiteouts and opaque markers hide in lower layers.
  private void hide(int layer, LayerIndex index) {
    for (int entry = 1; entry < index.size(); entry++) {
      EntryType type = index.type(entry);
      if (index.superseded(entry) || type != EntryType.WHITEOUT && type != EntryType.OPAQUE) {
        continue;
      }
      int folder = below(index, index.parent(entry));
      if (folder == NodeTable.NONE) {
        continue;
      }
      if (type == EntryType.OPAQUE) {
        removeBelow(folder, layer);
      } else {
        int node =
            nodes.find(folder, index.names(), index.nameStart(entry), index.nameLength(entry));
        if (node != NodeTable.NONE && nodes.live[node] != DEAD) {
          removeTree(node, layer, StoredEntries.NONE);
        }
      }
    }
  }

  /// The live folder that the lower layers have where this layer has a folder, or `NONE`.
  private int below(LayerIndex index, int entry) {
    if (entry == LayerIndex.ROOT) {
      return 0;
    }
    int parent = below(index, index.parent(entry));
    if (parent == NodeTable.NONE) {
      return NodeTable.NONE;
    }
    int node = nodes.find(parent, index.names(), index.nameStart(entry), index.nameLength(entry));
    if (node == NodeTable.NONE || nodes.live[node] == DEAD) {
      return NodeTable.NONE;
    }
    if (isLiveFolder(node)) {
      return node;
    }
    return index.type(entry) == EntryType.FOLDER ? NodeTable.NONE : through(node);
  }

  private void add(int layer, LayerIndex index) {
    for (int entry = 0; entry < index.size(); entry++) {
      EntryType type = index.type(entry);
      storedOf[entry] = StoredEntries.NONE;
      if (type == EntryType.WHITEOUT || type == EntryType.OPAQUE) {
        continue;
      }
      int node = entry == LayerIndex.ROOT ? 0 : nodes.child(folder(index, entry), layer, entry);
      if (index.superseded(entry)) {
        if (type != EntryType.IMPLIED) {
          int version = store(layer, index, entry, node);
          stored.remove(version, layer, version);
        }
        nodeOf[entry] = node;
      } else if (type == EntryType.IMPLIED) {
        nodeOf[entry] = implied(node, layer);
      } else {
        nodeOf[entry] = node;
        replace(layer, index, entry, node, type);
      }
    }
  }

  /// The node of the folder that an entry is in; what a symbolic link of the same layer leads to.
  private int folder(LayerIndex index, int entry) {
    int parent = index.parent(entry);
    int node = nodeOf[parent];
    if (index.superseded(entry) || isLiveFolder(node)) {
      return node;
    }
    int target = through(node);
    return target == NodeTable.NONE ? node : target;
  }

  private int implied(int node, int layer) {
    if (nodes.live[node] == DEAD) {
      nodes.live[node] = IMPLIED;
      return node;
    }
    if (isLiveFolder(node)) {
      return node;
    }
    int target = through(node);
    if (target != NodeTable.NONE) {
      return target;
    }
    removeTree(node, layer, StoredEntries.NONE);
    nodes.live[node] = IMPLIED;
    return node;
  }

  private void replace(int layer, LayerIndex index, int entry, int node, EntryType type) {
    int version = store(layer, index, entry, node);
    int before = nodes.live[node];
    if (type == EntryType.FOLDER && before != DEAD && isLiveFolder(node)) {
      if (before >= 0) {
        stored.remove(before, layer, version);
      }
    } else if (before != DEAD) {
      removeTree(node, layer, version);
    }
    nodes.live[node] = version;
  }

  private int store(int layer, LayerIndex index, int entry, int node) {
    int version = stored.add(layer, entry, node, nodes.last[node]);
    nodes.last[node] = version;
    storedOf[entry] = version;
    switch (index.type(entry)) {
      case FILE -> stored.carries(version);
      case HARDLINK -> {
        int carrier = index.carrier(entry);
        int shared = carrier == LayerIndex.NONE ? lowerCarrier(index, entry) : storedOf[carrier];
        if (shared != StoredEntries.NONE) {
          stored.shares(version, shared);
        }
      }
      case IMPLIED, FOLDER, SYMLINK, OTHER, WHITEOUT, OPAQUE -> {}
    }
    return version;
  }

  /// What a hard link names that has no entry in its own layer. The specification allows that.
  private int lowerCarrier(LayerIndex index, int entry) {
    String target = index.linkTarget(entry);
    int node = target == null ? NodeTable.NONE : PathWalk.live(this, 0, target);
    int live = node == NodeTable.NONE ? DEAD : nodes.live[node];
    return live < 0 ? StoredEntries.NONE : stored.carrier(live);
  }

  boolean isLiveFolder(int node) {
    int live = nodes.live[node];
    return live == IMPLIED || live >= 0 && stored.type(live) == EntryType.FOLDER;
  }

  /// The live folder that a live symbolic link leads to, or `NONE`.
  private int through(int node) {
    int live = nodes.live[node];
    if (live < 0 || stored.type(live) != EntryType.SYMLINK) {
      return NodeTable.NONE;
    }
    String target = stored.index(live).linkTarget(stored.entry(live));
    int found = target == null ? NodeTable.NONE : PathWalk.live(this, nodes.parent[node], target);
    return found != NodeTable.NONE && isLiveFolder(found) ? found : NodeTable.NONE;
  }

  private void removeTree(int node, int layer, int by) {
    removeBelow(node, layer);
    int live = nodes.live[node];
    if (live >= 0) {
      stored.remove(live, layer, by);
    }
    nodes.live[node] = DEAD;
  }

  /// Removes what is live below a folder. Nothing is live below what is dead.
  private void removeBelow(int folder, int layer) {
    int at = nodes.firstChild[folder];
    int above = folder;
    while (at != NodeTable.NONE || above != folder) {
      if (at == NodeTable.NONE) {
        at = nodes.nextSibling[above];
        above = nodes.parent[above];
        continue;
      }
      int live = nodes.live[at];
      if (live == DEAD) {
        at = nodes.nextSibling[at];
        continue;
      }
      if (live >= 0) {
        stored.remove(live, layer, StoredEntries.NONE);
      }
      nodes.live[at] = DEAD;
      above = at;
      at = nodes.firstChild[at];
    }
  }

  static byte[] utf8(String text) {
    return text.getBytes(UTF_8);
  }
}

package dev.depslim.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.depslim.ecosystem.ImageFiles;
import dev.depslim.image.layer.EntryType;
import dev.depslim.image.layer.LayerIndex;
import dev.depslim.image.layer.Limits;
import dev.depslim.image.layer.Wanted;
import dev.depslim.image.source.ImageSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The layers of an image laid over each other: every path that any layer stores, numbered from 0
/// (the root) to [#count], a folder before what it holds, and for each the versions that the layers
/// store.
public final class ImageTree implements ImageFiles {
  private static final int[] NO_CHILDREN = {};

  private final NodeTable nodes;
  private final NameIndex names;
  private final StoredEntries stored;

  /// The children of node n, in the order of their names, are those from `childStart[n]`.
  private final int[] childStart;

  private final int[] children;

  private ImageTree(NodeTable nodes, StoredEntries stored) {
    this.nodes = nodes;
    this.names = new NameIndex(nodes);
    this.stored = stored;
    this.childStart = new int[nodes.size + 1];
    this.children = new int[Math.max(0, nodes.size - 1)];
    for (int node = 1; node < nodes.size; node++) {
      childStart[nodes.parent[node] + 1]++;
    }
    for (int node = 0; node < nodes.size; node++) {
      childStart[node + 1] += childStart[node];
    }
    int[] next = Arrays.copyOf(childStart, nodes.size);
    for (int node = 1; node < nodes.size; node++) {
      children[next[nodes.parent[node]]++] = node;
    }
    NameOrder order = new NameOrder(nodes);
    for (int node = 0; node < nodes.size; node++) {
      order.sort(children, childStart[node], childStart[node + 1]);
    }
    nodes.firstChild = NO_CHILDREN;
    nodes.nextSibling = NO_CHILDREN;
  }

  /// Merges the layers of an image, lowest first.
  public static ImageTree of(ImageSource source) {
    return merge(source.layers().stream().map(ImageSource.Layer::entries).toList());
  }

  /// Merges layers, lowest first.
  public static ImageTree merge(List<LayerIndex> layers) {
    List<LayerIndex> all =
        layers.isEmpty()
            ? List.of(LayerIndex.builder(Wanted.NOTHING, Limits.DEFAULT).build())
            : layers;
    LayerMerge merge = new LayerMerge(all);
    merge.run();
    return new ImageTree(merge.nodes, merge.stored);
  }

  @Override
  public int count() {
    return nodes.size;
  }

  /// The versions that the layers store.
  public StoredEntries stored() {
    return stored;
  }

  /// The version that the merged file system shows, or [StoredEntries#NONE]: also for a live folder
  /// that no layer has an entry for.
  public int live(int file) {
    return Math.max(StoredEntries.NONE, nodes.live[file]);
  }

  /// The version that was stored last, or [StoredEntries#NONE]; the ones before follow by
  /// [StoredEntries#previous].
  public int last(int file) {
    return nodes.last[file];
  }

  /// Regular files, links, folders and others with an entry of their own that the merged file
  /// system shows, the root not among them.
  public int livePaths() {
    int count = 0;
    for (int file = 1; file < nodes.size; file++) {
      count += nodes.live[file] >= 0 ? 1 : 0;
    }
    return count;
  }

  /// Σ of the regular files of all layers.
  public long storedBytes() {
    return stored.layers.stream().mapToLong(LayerIndex::storedBytes).sum();
  }

  /// Σ of the regular files of the merged file system, each counted once whatever its names.
  public long liveBytes() {
    return Arrays.stream(liveBytesByLayer()).sum();
  }

  /// The live bytes by the layer that stores them.
  public long[] liveBytesByLayer() {
    long[] live = new long[stored.layers.size()];
    for (int version = 0; version < stored.size(); version++) {
      if (stored.carrier(version) == version && stored.hasLiveBytes(version)) {
        live[stored.layer(version)] += stored.bytes(version);
      }
    }
    return live;
  }

  @Override
  public int root() {
    return 0;
  }

  @Override
  public int find(String path) {
    return PathWalk.any(nodes, stored, 0, path);
  }

  @Override
  public int find(int folder, String relativePath) {
    return PathWalk.any(nodes, stored, folder, relativePath);
  }

  @Override
  public int child(int folder, String name) {
    byte[] bytes = name.getBytes(UTF_8);
    return nodes.find(folder, bytes, 0, bytes.length);
  }

  @Override
  public int parent(int file) {
    return nodes.parent[file];
  }

  @Override
  public String name(int file) {
    return names.name(file);
  }

  @Override
  public int[] named(Predicate<String> condition) {
    return names.nodes(condition);
  }

  @Override
  public String path(int file) {
    int length = 0;
    for (int at = file; at != 0; at = nodes.parent[at]) {
      length += nodes.nameLength(at) + 1;
    }
    byte[] path = new byte[length];
    int end = length;
    for (int at = file; at != 0; at = nodes.parent[at]) {
      int size = nodes.nameLength(at);
      path[--end] = '/';
      end -= size;
      System.arraycopy(nodes.names(at), nodes.nameStart(at), path, end, size);
    }
    return new String(path, 0, Math.max(0, length - 1), UTF_8);
  }

  @Override
  public boolean isFolder(int file) {
    int version = shown(file);
    return version < 0 || stored.type(version) == EntryType.FOLDER;
  }

  @Override
  public boolean isFile(int file) {
    int version = shown(file);
    return version >= 0
        && (stored.type(version) == EntryType.FILE || stored.type(version) == EntryType.HARDLINK);
  }

  @Override
  public @Nullable String linkTarget(int file) {
    int version = shown(file);
    return version >= 0 && stored.type(version) == EntryType.SYMLINK
        ? stored.index(version).linkTarget(stored.entry(version))
        : null;
  }

  @Override
  public boolean isLive(int file) {
    return nodes.live[file] != LayerMerge.DEAD;
  }

  @Override
  public int[] children(int folder) {
    return Arrays.copyOfRange(children, childStart[folder], childStart[folder + 1]);
  }

  @Override
  public byte @Nullable [] content(int file) {
    int version = shown(file);
    int carrier = version < 0 ? StoredEntries.NONE : stored.carrier(version);
    return carrier == StoredEntries.NONE
        ? null
        : stored.index(carrier).content(stored.entry(carrier));
  }

  @Override
  public List<byte[]> earlierContents(int file) {
    List<byte[]> contents = new ArrayList<>();
    int version = shown(file);
    while (version >= 0) {
      version = stored.previous(version);
      int carrier = version < 0 ? StoredEntries.NONE : stored.carrier(version);
      byte[] content =
          carrier == StoredEntries.NONE
              ? null
              : stored.index(carrier).content(stored.entry(carrier));
      if (content != null) {
        contents.add(content);
      }
    }
    return contents;
  }

  /// The live version, or the last one of what is not live; negative for an implied folder.
  private int shown(int file) {
    return nodes.live[file] == LayerMerge.DEAD ? nodes.last[file] : nodes.live[file];
  }
}

package dev.depslim.image;

import dev.depslim.image.layer.EntryType;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/// Follows a path through the nodes of an image, symbolic links included, as the kernel does: at
/// most 40 links (`ELOOP`), `..` at the root stays there.
final class PathWalk {
  private static final int MAX_LINKS = 40;

  /// Segments of a path and of the links on it; a longer walk is a trap.
  private static final int MAX_SEGMENTS = 20_000;

  private PathWalk() {}

  /// Where a path leads in the file system as it is merged so far, or `NONE`.
  static int live(LayerMerge merge, int folder, String path) {
    return walk(merge.nodes, merge.stored, folder, path, node -> merge.nodes.live[node], true);
  }

  /// Where a path leads, versions that are no longer live among them.
  static int any(NodeTable nodes, StoredEntries stored, int folder, String path) {
    return walk(
        nodes,
        stored,
        folder,
        path,
        node -> nodes.live[node] == LayerMerge.DEAD ? nodes.last[node] : nodes.live[node],
        false);
  }

  private static int walk(
      NodeTable nodes,
      StoredEntries stored,
      int folder,
      String path,
      IntUnaryOperator version,
      boolean onlyLive) {
    Deque<String> left = new ArrayDeque<>();
    int at = push(left, path) ? 0 : folder;
    int links = 0;
    for (int segments = 0; !left.isEmpty(); segments++) {
      String name = left.pop();
      if (segments > MAX_SEGMENTS) {
        return NodeTable.NONE;
      }
      if (name.equals("..")) {
        at = nodes.parent[at];
        continue;
      }
      byte[] bytes = LayerMerge.utf8(name);
      int child = nodes.find(at, bytes, 0, bytes.length);
      if (child == NodeTable.NONE || onlyLive && nodes.live[child] == LayerMerge.DEAD) {
        return NodeTable.NONE;
      }
      String target = target(stored, version.applyAsInt(child));
      if (target == null) {
        at = child;
      } else if (++links > MAX_LINKS) {
        return NodeTable.NONE;
      } else if (push(left, target)) {
        at = 0;
      }
    }
    return at;
  }

  private static @Nullable String target(StoredEntries stored, int version) {
    return version >= 0 && stored.type(version) == EntryType.SYMLINK
        ? stored.index(version).linkTarget(stored.entry(version))
        : null;
  }

  /// Puts the segments of a path before the others; whether it begins at the root.
  private static boolean push(Deque<String> left, String path) {
    int end = path.length();
    while (end > 0) {
      int slash = path.lastIndexOf('/', end - 1);
      String name = path.substring(slash + 1, end);
      if (!name.isEmpty() && !name.equals(".")) {
        left.push(name);
      }
      end = Math.max(slash, 0);
    }
    return path.startsWith("/");
  }
}

package dev.depslim.image.layer;

import static java.nio.charset.StandardCharsets.UTF_8;

/// Joins the names from the root to an entry.
final class Paths {
  private Paths() {}

  static String of(EntryTable table, int entry) {
    return new String(bytes(table, entry), UTF_8);
  }

  static byte[] bytes(EntryTable table, int entry) {
    int length = 0;
    for (int at = entry; at != LayerIndex.ROOT; at = table.parent[at]) {
      length += table.nameLength(at) + 1;
    }
    if (length == 0) {
      return new byte[0];
    }
    byte[] path = new byte[length - 1];
    int end = length;
    for (int at = entry; at != LayerIndex.ROOT; at = table.parent[at]) {
      int size = table.nameLength(at);
      if (--end < path.length) {
        path[end] = '/';
      }
      end -= size;
      System.arraycopy(table.names, table.nameStart(at), path, end, size);
    }
    return path;
  }
}

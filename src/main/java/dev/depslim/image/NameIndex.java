package dev.depslim.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/// The different names of the nodes of a tree. Most names stand at several places, and many
/// questions are asked of all of them.
final class NameIndex {
  private final int[] nameOf;
  private final List<String> names = new ArrayList<>();

  /// For each name the first node that has it.
  private int[] firstNode = new int[1024];

  NameIndex(NodeTable nodes) {
    nameOf = new int[nodes.size];
    // Name + 1, open addressing; 0 is free.
    int[] slots = new int[Integer.highestOneBit(Math.max(4, nodes.size)) * 2];
    for (int node = 0; node < nodes.size; node++) {
      int at = hash(nodes, node) & slots.length - 1;
      while (slots[at] != 0 && nodes.compareNames(firstNode[slots[at] - 1], node) != 0) {
        at = at + 1 & slots.length - 1;
      }
      if (slots[at] == 0) {
        slots[at] = add(nodes, node) + 1;
      }
      nameOf[node] = slots[at] - 1;
    }
    firstNode = new int[0];
  }

  private int add(NodeTable nodes, int node) {
    int name = names.size();
    if (name == firstNode.length) {
      firstNode = Arrays.copyOf(firstNode, 2 * name);
    }
    firstNode[name] = node;
    names.add(new String(nodes.names(node), nodes.nameStart(node), nodes.nameLength(node), UTF_8));
    return name;
  }

  private static int hash(NodeTable nodes, int node) {
    byte[] bytes = nodes.names(node);
    int start = nodes.nameStart(node);
    int hash = 0;
    for (int i = start; i < start + nodes.nameLength(node); i++) {
      hash = hash * 31 + bytes[i];
    }
    hash *= 0x85EBCA6B;
    return hash ^ hash >>> 15;
  }

  /// The name of a node.
  String name(int node) {
    return names.get(nameOf[node]);
  }

  /// The nodes whose name meets a condition, in their order; it is asked once for each name.
  int[] nodes(Predicate<String> condition) {
    boolean[] meets = new boolean[names.size()];
    for (int name = 0; name < meets.length; name++) {
      meets[name] = condition.test(names.get(name));
    }
    int[] found = new int[16];
    int size = 0;
    for (int node = 0; node < nameOf.length; node++) {
      if (meets[nameOf[node]]) {
        if (size == found.length) {
          found = Arrays.copyOf(found, 2 * size);
        }
        found[size++] = node;
      }
    }
    return Arrays.copyOf(found, size);
  }
}

package dev.depslim.ecosystem.node;

import dev.depslim.model.Lockfile.Direct;
import dev.depslim.model.Lockfile.Edge;
import dev.depslim.model.Lockfile.Node;
import dev.depslim.model.Lockfile.Root;
import dev.depslim.model.Scope;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/// What npm leaves out where an optional package is for another system (Arborist, `optionalSet` and
/// `gatherDepSet`): the package, what cannot be without it, and what only these need.
///
/// Whoever else needs a package keeps it, also where he is for development and left out himself
/// (measured on npm 11.19 with `ci --omit=dev`).
final class NpmOptionalSets {
  private final List<Node> nodes;
  private final BitSet needed = new BitSet();
  private final BitSet declared = new BitSet();
  private final int[] start;
  private final int[] requirers;
  private final BitSet wished = new BitSet();
  private final BitSet out = new BitSet();

  private NpmOptionalSets(List<Node> nodes, List<Root> roots) {
    this.nodes = nodes;
    for (Root root : roots) {
      for (Direct one : root.direct()) {
        declared.set(one.target());
        if (one.scope() == Scope.RUNTIME || one.scope() == Scope.PEER) {
          needed.set(one.target());
        }
      }
    }
    start = new int[nodes.size() + 1];
    for (Node node : nodes) {
      node.edges().forEach(edge -> start[edge.target() + 1]++);
    }
    for (int i = 0; i < nodes.size(); i++) {
      start[i + 1] += start[i];
    }
    int[] next = start.clone();
    requirers = new int[start[nodes.size()]];
    for (int from = 0; from < nodes.size(); from++) {
      for (Edge edge : nodes.get(from).edges()) {
        int at = next[edge.target()]++;
        requirers[at] = from;
        wished.set(at, edge.scope() == Scope.OPTIONAL);
      }
    }
  }

  /// The nodes that are left out.
  ///
  /// @param foreign the nodes that are for other systems
  static BitSet of(List<Node> nodes, List<Root> roots, BitSet foreign) {
    if (foreign.isEmpty()) {
      return foreign;
    }
    NpmOptionalSets sets = new NpmOptionalSets(nodes, roots);
    foreign.stream().forEach(sets::leaveOut);
    return sets.out;
  }

  /// Leaves a node out with its set; nothing where production cannot be without it: npm refuses to
  /// install then.
  private void leaveOut(int node) {
    if (out.get(node)) {
      return;
    }
    BitSet core = new BitSet();
    Deque<Integer> waiting = new ArrayDeque<>();
    core.set(node);
    waiting.add(node);
    while (!waiting.isEmpty()) {
      int at = waiting.remove();
      if (needed.get(at)) {
        return;
      }
      for (int i = start[at]; i < start[at + 1]; i++) {
        if (!wished.get(i) && !core.get(requirers[i]) && !out.get(requirers[i])) {
          core.set(requirers[i]);
          waiting.add(requirers[i]);
        }
      }
    }
    BitSet all = (BitSet) core.clone();
    core.stream().forEach(waiting::add);
    while (!waiting.isEmpty()) {
      for (Edge edge : nodes.get(waiting.remove()).edges()) {
        if (!all.get(edge.target())) {
          all.set(edge.target());
          waiting.add(edge.target());
        }
      }
    }
    keepWhatOthersNeed(core, all);
    out.or(all);
  }

  private void keepWhatOthersNeed(BitSet core, BitSet all) {
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int at = all.nextSetBit(0); at >= 0; at = all.nextSetBit(at + 1)) {
        if (!core.get(at) && (declared.get(at) || isNeededOutside(at, all))) {
          all.clear(at);
          changed = true;
        }
      }
    }
  }

  private boolean isNeededOutside(int node, BitSet all) {
    for (int i = start[node]; i < start[node + 1]; i++) {
      if (!all.get(requirers[i]) && !out.get(requirers[i])) {
        return true;
      }
    }
    return false;
  }
}

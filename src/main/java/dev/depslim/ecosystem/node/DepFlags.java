package dev.depslim.ecosystem.node;

import dev.depslim.ecosystem.node.NpmEdge.Type;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/// The flags of a tree: which of its packages are there for development only, optional, peers only,
/// or not required at all (Arborist 9, `calcDepFlags`).
///
/// All flags are set first; each requirement takes those away from what it finds that neither it
/// nor its package has, until nothing changes.
final class DepFlags {
  private final Deque<NpmNode> queue = new ArrayDeque<>();
  private final Set<NpmNode> seen = new HashSet<>();

  private DepFlags() {}

  /// Sets the flags of every place of the tree anew.
  static void compute(NpmTree tree) {
    for (NpmNode node : tree.nodes()) {
      set(node, !node.isRoot());
    }
    new DepFlags().spread(tree.root());
    for (NpmNode node : tree.nodes()) {
      if (node.dev || node.optional) {
        node.devOptional = false;
      }
      if (node.link && node.target != null) {
        copy(node.target, node);
      }
    }
  }

  private static void set(NpmNode node, boolean value) {
    node.extraneous = value;
    node.dev = value;
    node.optional = value;
    node.devOptional = value;
    node.peer = value;
  }

  private static void copy(NpmNode from, NpmNode to) {
    to.extraneous = from.extraneous && to.extraneous;
    to.dev = from.dev;
    to.optional = from.optional;
    to.devOptional = from.devOptional;
    to.peer = from.peer;
  }

  private void spread(NpmNode root) {
    queue.push(root);
    while (!queue.isEmpty()) {
      NpmNode node = queue.pop();
      seen.add(node);
      keepAbove(node);
      if (node.link) {
        follow(node);
      } else {
        node.edges().forEach(this::through);
      }
    }
  }

  /// What lies above a package that is needed stays as well.
  private static void keepAbove(NpmNode node) {
    if (!node.extraneous) {
      for (NpmNode at = node.lookUpNext(); at != null && at.extraneous; at = at.lookUpNext()) {
        at.extraneous = false;
      }
    }
  }

  private void follow(NpmNode link) {
    NpmNode target = link.target;
    if (target == null) {
      return;
    }
    boolean changed =
        target.extraneous && !link.extraneous
            || target.dev && !link.dev
            || target.optional && !link.optional
            || target.devOptional && !link.devOptional
            || target.peer && !link.peer;
    target.extraneous &= link.extraneous;
    target.dev &= link.dev;
    target.optional &= link.optional;
    target.devOptional &= link.devOptional;
    target.peer &= link.peer;
    if (changed || !seen.contains(target)) {
      queue.push(target);
    }
  }

  private void through(NpmEdge edge) {
    NpmNode to = edge.to;
    if (to == null) {
      return;
    }
    NpmNode from = edge.from;
    boolean dev = edge.type == Type.DEV;
    boolean optional = edge.type.isOptional();
    boolean changed = false;
    if (to.extraneous && !from.extraneous && edge.type != Type.PEER_OPTIONAL) {
      to.extraneous = false;
      changed = true;
    }
    if (to.dev && !from.dev && !dev) {
      to.dev = false;
      changed = true;
    }
    if (to.optional && !from.optional && !optional) {
      to.optional = false;
      changed = true;
    }
    // the overlap of both trees: taken away only where a way is neither
    if (to.devOptional && !from.devOptional && !from.dev && !from.optional && !dev && !optional) {
      to.devOptional = false;
      changed = true;
    }
    if (to.peer && !from.peer && !edge.type.isPeer()) {
      to.peer = false;
      changed = true;
    }
    if (changed) {
      queue.push(to);
    }
  }
}

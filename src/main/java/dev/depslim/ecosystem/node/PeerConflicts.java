package dev.depslim.ecosystem.node;

import dev.depslim.ecosystem.node.NpmEdge.Type;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Peers that cannot be had as asked for: npm warns and keeps what is locked, unless the project
/// itself brings them (`ERESOLVE`) or there is a place for another copy (Arborist, `PlaceDep`,
/// `CanPlaceDep`).
///
/// npm decides with the newest version that the peer asks for; which one that is only a registry
/// knows. Here it is taken to lie where the range reaches highest.
final class PeerConflicts {
  private final RequirementCheck check;

  PeerConflicts(RequirementCheck check) {
    this.check = check;
  }

  /// Whether npm keeps what the lock has for a peer that asks for something else.
  boolean isKept(NpmEdge peer) {
    if (peer.type != Type.PEER || peer.to == null || isOfProject(peer.from)) {
      return false;
    }
    NpmNode place = deepestPlace(peer.from, peer.name);
    NpmNode current = place.child(peer.name);
    return current == null ? isTaken(place, peer) : cannotReplace(current, place, peer);
  }

  /// Whether the requirement holds as it is locked.
  boolean isValid(NpmEdge edge) {
    if (edge.to == null) {
      return edge.type.isOptional();
    }
    return !isInside(edge) && check.isSatisfied(edge);
  }

  /// Whether a peer lies in the `node_modules` of the package that asks for it.
  static boolean isInside(NpmEdge edge) {
    return edge.type.isPeer()
        && edge.to != null
        && edge.to.parent == edge.from
        && !edge.from.isTop();
  }

  /// Whether the project asks for the package itself, or for one whose peers lead to it.
  private boolean isOfProject(NpmNode node) {
    if (node.isProject()) {
      return true;
    }
    boolean peers = false;
    for (NpmEdge edge : node.edgesIn()) {
      if (edge.type.isPeer()) {
        peers = true;
      } else if (edge.from.isProject()) {
        return true;
      }
    }
    return peers && entries(node).stream().anyMatch(entry -> entry.from.isProject());
  }

  /// The lowest folder whose `node_modules` may hold the peers of a package.
  private static NpmNode deepestPlace(NpmNode from, String name) {
    NpmNode at = from;
    while (true) {
      NpmNode next = at.lookUpNext();
      NpmEdge own = at.edge(name);
      if (next == null || own == null || !own.type.isPeer()) {
        return at;
      }
      at = next;
    }
  }

  /// Whether the place is free, yet another copy there would come between others and theirs.
  private boolean isTaken(NpmNode place, NpmEdge peer) {
    NpmEdge own = place.edge(peer.name);
    if (own != null && own != peer && !wouldFit(peer, own)) {
      return true;
    }
    NpmNode above = place.find(peer.name);
    if (above == null) {
      return false;
    }
    for (NpmEdge edge : above.edgesIn()) {
      if (edge.from.isBelow(place) && isValid(edge) && !wouldFit(peer, edge)) {
        return true;
      }
    }
    return false;
  }

  private boolean cannotReplace(NpmNode current, NpmNode place, NpmEdge peer) {
    if (current != peer.to && check.isSatisfied(peer, current)) {
      return true; // as good as the one that would be fetched
    }
    Set<NpmNode> own = ownRequirements(current);
    boolean replaces =
        current.edgesIn().stream()
            .allMatch(edge -> own.contains(edge.from) || wouldFit(peer, edge));
    if (replaces) {
      return false;
    }
    for (NpmEdge entry : entries(current)) {
      if (entry != peer && !mayBeClobbered(entry, peer)) {
        for (NpmNode member : peersOf(entry.to)) {
          NpmNode lower = deepestPlace(entry.from, member.name);
          if (lower == place || place.isBelow(lower)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /// Whether the peers behind a requirement do as well with the copy that the peer asks for.
  private boolean mayBeClobbered(NpmEdge entry, NpmEdge peer) {
    if (entry.name.equals(peer.name)) {
      return false;
    }
    for (NpmNode member : peersOf(entry.to)) {
      for (NpmEdge edge : member.edges()) {
        if (edge.type.isPeer()
            && edge.name.equals(peer.name)
            && isValid(edge)
            && !wouldFit(peer, edge)) {
          return false;
        }
      }
    }
    return true;
  }

  /// The requirements, no peers themselves, through which a package and its peers come into the
  /// tree.
  private List<NpmEdge> entries(NpmNode node) {
    List<NpmNode> union = new ArrayList<>(List.of(node));
    Set<NpmNode> seen = new LinkedHashSet<>(union);
    for (int i = 0; i < union.size(); i++) {
      for (NpmEdge edge : union.get(i).edges()) {
        if (edge.type.isPeer() && edge.to != null && isValid(edge) && seen.add(edge.to)) {
          union.add(edge.to);
        }
      }
      for (NpmEdge edge : union.get(i).edgesIn()) {
        if (edge.type.isPeer() && isValid(edge) && seen.add(edge.from)) {
          union.add(edge.from);
        }
      }
    }
    List<NpmEdge> entries = new ArrayList<>();
    for (NpmNode member : union) {
      for (NpmEdge edge : member.edgesIn()) {
        boolean enters = !edge.type.isPeer() || edge.from.isTop();
        if (enters && isValid(edge) && peersOf(member).contains(node)) {
          entries.add(edge);
        }
      }
    }
    return entries;
  }

  /// A package and all that its peers lead to.
  private Set<NpmNode> peersOf(@Nullable NpmNode node) {
    List<NpmNode> found = new ArrayList<>();
    Set<NpmNode> seen = new LinkedHashSet<>();
    if (node != null && seen.add(node)) {
      found.add(node);
    }
    for (int i = 0; i < found.size(); i++) {
      for (NpmEdge edge : found.get(i).edges()) {
        if (edge.type.isPeer() && edge.to != null && isValid(edge) && seen.add(edge.to)) {
          found.add(edge.to);
        }
      }
    }
    return seen;
  }

  /// A package with what only it and those requirements of it require.
  private Set<NpmNode> ownRequirements(NpmNode node) {
    List<NpmNode> all = new ArrayList<>(List.of(node));
    Set<NpmNode> own = new LinkedHashSet<>(all);
    for (int i = 0; i < all.size(); i++) {
      for (NpmEdge edge : all.get(i).edges()) {
        if (edge.to != null && edge.to != node && isValid(edge) && own.add(edge.to)) {
          all.add(edge.to);
        }
      }
    }
    while (own.removeIf(
        one ->
            one.edgesIn().stream()
                .anyMatch(edge -> edge.to != node && isValid(edge) && !own.contains(edge.from)))) {
      // until nothing goes any more
    }
    return own;
  }

  /// Whether the version that a peer would bring fits another requirement of the same name.
  private boolean wouldFit(NpmEdge peer, NpmEdge other) {
    String ours = check.wanted(peer);
    String theirs = check.wanted(other);
    if (ours.equals(theirs)) {
      return true;
    }
    SemRange fetched = range(ours);
    SemRange wanted = range(theirs);
    if (fetched == null || wanted == null) {
      return false;
    }
    SemRange newest = fetched.newest();
    return newest.intersects(wanted) && (!newest.isOpenAbove() || wanted.isOpenAbove());
  }

  private static @Nullable SemRange range(String spec) {
    NpmSpec parsed = NpmSpec.parse(spec.isEmpty() ? "*" : spec);
    return switch (parsed.type()) {
      case RANGE, VERSION, ALIAS -> SemRange.parse(parsed.constraint());
      case TAG, GIT, REMOTE, FILE, DIRECTORY, WORKSPACE, LINK, CATALOG, PATCH, JSR, EXEC, INVALID ->
          null;
    };
  }
}

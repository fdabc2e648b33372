package dev.depslim.ecosystem.node;

import dev.depslim.ecosystem.node.NpmEdge.Type;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What `npm ci` checks before it installs: whether the lock holds all that the manifests require,
/// for development, optional and as peers too, whatever is left out of the install.
///
/// npm builds the tree of the lock, then the tree that the manifests ask for, and refuses where the
/// second has a place or a version that the first has not (validate-lockfile.js). It has one as
/// soon as a requirement finds nothing or something else than it asks for. Looked at are the root,
/// what it reaches without going through a link, and the folders that links lead to; what only
/// those reach is not (Arborist, `buildIdealTree`).
final class LockValidation {
  /// Why `npm ci` refuses.
  enum Rule {
    /// A requirement finds nothing: `Missing: … from lock file`.
    MISSING,
    /// A requirement finds another version or source: `Invalid: lock file's … does not satisfy`.
    INVALID,
    /// A peer lies in the `node_modules` of the package that requires it.
    PEER_LOCAL,
    /// An override differs from what the root itself asks for: `EOVERRIDE`.
    OVERRIDE,
    /// An override refers by `$name` to what the root does not declare.
    REFERENCE,
    /// A spec that npm does not know: `EUNSUPPORTEDPROTOCOL`.
    UNSUPPORTED,
    /// A link leads to a folder that the lock does not describe: `EMISSINGTARGET`.
    LINK
  }

  /// A requirement that does not hold, or a link that leads nowhere.
  ///
  /// @param from location of what requires, `""` for the root
  /// @param requirer its name and version, or null for the root
  /// @param name what is required
  /// @param wanted as what, after overrides
  /// @param locked the version in the lock, or null where there is none
  /// @param peer whether it is required as a peer
  record Problem(
      Rule rule,
      String from,
      @Nullable String requirer,
      String name,
      String wanted,
      @Nullable String locked,
      boolean peer) {}

  private final NpmTree tree;
  private final RequirementCheck check;
  private final PeerConflicts conflicts;
  private final List<Problem> problems = new ArrayList<>();

  private LockValidation(NpmTree tree) {
    this.tree = tree;
    this.check = new RequirementCheck(tree);
    this.conflicts = new PeerConflicts(check);
  }

  /// Why `npm ci` refuses the tree; empty where it installs it.
  static List<Problem> of(NpmTree tree) {
    LockValidation validation = new LockValidation(tree);
    validation.links();
    if (validation.problems.isEmpty()) {
      validation.overrides();
      validation.requirements();
    }
    return List.copyOf(validation.problems);
  }

  /// Optional peers of another version than asked for. npm 11 leaves them as they are, earlier ones
  /// refuse the lock.
  static List<Problem> otherOptionalPeers(NpmTree tree) {
    LockValidation validation = new LockValidation(tree);
    for (NpmNode node : validation.looked()) {
      for (NpmEdge edge : node.edges()) {
        if (edge.type == Type.PEER_OPTIONAL
            && edge.to != null
            && !validation.check.isSatisfied(edge)) {
          validation.add(Rule.INVALID, edge);
        }
      }
    }
    return validation.problems;
  }

  private void links() {
    for (NpmNode node : tree.nodes()) {
      if (node.link && node.target == null) {
        problems.add(
            new Problem(
                Rule.LINK,
                node.location,
                null,
                node.name,
                node.resolved == null ? "" : node.resolved,
                null,
                false));
      }
    }
  }

  private void overrides() {
    for (NpmEdge edge : tree.root().edges()) {
      String wanted = check.wanted(edge);
      if (!wanted.equals(edge.stated) && !wanted.startsWith("$")) {
        add(Rule.OVERRIDE, edge);
      }
    }
  }

  private void requirements() {
    for (NpmNode node : looked()) {
      if (node.hasShrinkwrap) {
        continue;
      }
      boolean own = node.isRoot() || node.member;
      for (NpmEdge edge : node.edges()) {
        boolean brought = !own && node.meta.bundled().contains(edge.name);
        if (!brought && (edge.to == null || !edge.to.inShrinkwrap())) {
          look(edge);
        }
      }
    }
  }

  /// The packages whose requirements npm looks at.
  private Set<NpmNode> looked() {
    Set<NpmNode> reached = new LinkedHashSet<>();
    Deque<NpmNode> queue = new ArrayDeque<>();
    queue.add(tree.root());
    while (!queue.isEmpty()) {
      NpmNode node = queue.remove();
      if (reached.add(node)) {
        for (NpmEdge edge : node.edges()) {
          if (edge.to != null && !reached.contains(edge.to)) {
            queue.add(edge.to);
          }
        }
      }
    }
    // of folders behind links only their own requirements count, and the folders behind those
    queue.add(tree.root());
    Set<NpmNode> followed = new LinkedHashSet<>();
    while (!queue.isEmpty()) {
      NpmNode node = queue.remove();
      if (followed.add(node)) {
        for (NpmEdge edge : node.edges()) {
          NpmNode folder = edge.to == null ? null : edge.to.target;
          if (folder != null && !Locations.isOutside(folder.location)) {
            queue.add(folder);
          }
        }
      }
    }
    reached.addAll(followed);
    return reached;
  }

  private void look(NpmEdge edge) {
    if (check.wanted(edge).startsWith("$")) {
      add(Rule.REFERENCE, edge);
    } else if (edge.to == null) {
      if (edge.type != Type.PEER_OPTIONAL) {
        add(isUnsupported(edge) ? Rule.UNSUPPORTED : Rule.MISSING, edge);
      }
    } else if (edge.type != Type.PEER_OPTIONAL
        && !conflicts.isValid(edge)
        && !conflicts.isKept(edge)) {
      add(
          PeerConflicts.isInside(edge)
              ? Rule.PEER_LOCAL
              : isUnsupported(edge) ? Rule.UNSUPPORTED : Rule.INVALID,
          edge);
    }
  }

  private boolean isUnsupported(NpmEdge edge) {
    return switch (NpmSpec.parse(check.wanted(edge)).type()) {
      case RANGE, VERSION, TAG, ALIAS, GIT, REMOTE, FILE, DIRECTORY -> false;
      case WORKSPACE, LINK, CATALOG, PATCH, JSR, EXEC, INVALID -> true;
    };
  }

  private void add(Rule rule, NpmEdge edge) {
    problems.add(
        new Problem(
            rule,
            edge.from.location,
            edge.from.isRoot() ? null : edge.from.toString(),
            edge.name,
            check.wanted(edge),
            edge.to == null ? null : locked(edge.to),
            edge.type.isPeer()));
  }

  private static String locked(NpmNode node) {
    String version = node.version();
    return version == null ? String.valueOf(node.resolved) : version;
  }
}

package dev.depslim.ecosystem.node;

import dev.depslim.model.Origin;
import dev.depslim.model.Scope;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An entry of a lock while it is read: a copy of a package, a folder of the user, a link, or the
/// root.
final class LockEntry {
  /// Kinds of requirements, in the order in which npm loads them: of one name the later kind wins
  /// (Arborist, `Node[_loadDeps]`).
  enum Kind {
    PEER("peerDependencies", Scope.PEER),
    OPTIONAL_PEER("peerDependencies", Scope.OPTIONAL),
    RUNTIME("dependencies", Scope.RUNTIME),
    OPTIONAL("optionalDependencies", Scope.OPTIONAL),
    DEV("devDependencies", Scope.DEV);

    final String section;
    final Scope scope;

    Kind(String section, Scope scope) {
      this.section = section;
      this.scope = scope;
    }
  }

  /// Below this many names looking at each of them is quicker than hashing.
  private static final int MANY = 64;

  private static final String MODULES = "node_modules/";
  private static final List<StatedRow> NOTHING = List.of();
  private static final String[] NO_NAMES = {};
  private static final Kind[] NO_KINDS = {};

  String path;
  final int line;
  @Nullable String name;
  @Nullable String version;
  @Nullable String resolved;
  boolean link;

  /// Whether the entry is a folder of the user and not one that npm fills.
  boolean own;

  /// What a folder of the user asks for as written, where the lock says it; else nothing.
  List<StatedRow> stated = NOTHING;

  boolean dev;
  boolean optional;
  boolean devOptional;
  boolean peer;
  boolean inBundle;
  boolean extraneous;

  /// Whether `os` or `cpu` keep it from Linux on x86-64 and arm64.
  boolean foreign;

  /// Where it comes from, from when all of the entry is read.
  private @Nullable Origin origin;

  /// The name of its folder within `node_modules`, where it is known.
  private @Nullable String folder;

  /// Index among the packages of the result, or -1 for the root and for links.
  int index = -1;

  /// Where names are looked up when `node_modules` of this entry has none.
  @Nullable LockEntry parent;

  /// Entries in this one's own `node_modules`, by folder name; null for none.
  private @Nullable Map<String, LockEntry> children;

  private String[] names = NO_NAMES;
  private Kind[] kinds = NO_KINDS;
  private int count;

  /// Where each name stands in `names`; kept from [#MANY] names on only.
  private @Nullable Map<String, Integer> positions;

  LockEntry(String path, int line) {
    this.path = path;
    this.line = line;
  }

  /// Notes a requirement; of one name the kind that npm loads last stays.
  void require(String required, Kind kind) {
    int at = position(required);
    if (at >= 0) {
      kinds[at] = kinds[at].compareTo(kind) < 0 ? kind : kinds[at];
      return;
    }
    if (count == names.length) {
      names = Arrays.copyOf(names, Math.max(4, count * 2));
      kinds = Arrays.copyOf(kinds, names.length);
    }
    if (positions != null) {
      positions.put(required, count);
    }
    names[count] = required;
    kinds[count++] = kind;
  }

  /// Notes that a peer may be absent, after the peer itself.
  void peerMayBeAbsent(String required) {
    int at = position(required);
    if (at >= 0 && kinds[at] == Kind.PEER) {
      kinds[at] = Kind.OPTIONAL_PEER;
    }
  }

  /// Drops the requirements that are peers only.
  void forgetPeers() {
    int kept = 0;
    for (int i = 0; i < count; i++) {
      if (kinds[i] != Kind.PEER && kinds[i] != Kind.OPTIONAL_PEER) {
        names[kept] = names[i];
        kinds[kept++] = kinds[i];
      }
    }
    count = kept;
    positions = null;
  }

  private int position(String required) {
    if (count < MANY) {
      for (int i = 0; i < count; i++) {
        if (names[i].equals(required)) {
          return i;
        }
      }
      return -1;
    }
    if (positions == null) {
      positions = new HashMap<>();
      for (int i = 0; i < count; i++) {
        positions.put(names[i], i);
      }
    }
    return positions.getOrDefault(required, -1);
  }

  int requirements() {
    return count;
  }

  String required(int i) {
    return names[i];
  }

  Kind kind(int i) {
    return kinds[i];
  }

  void adopt(String folder, LockEntry child) {
    if (children == null) {
      children = new HashMap<>();
    }
    children.put(folder, child);
    child.folder = folder;
    child.parent = this;
  }

  /// What Node finds for a name that this entry requires: its own `node_modules`, then that of each
  /// folder above.
  @Nullable LockEntry find(String required) {
    for (LockEntry at = this; at != null; at = at.parent) {
      LockEntry found = at.children == null ? null : at.children.get(required);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  boolean isRoot() {
    return path.isEmpty();
  }

  /// Whether the folder lies outside every `node_modules`.
  boolean isOutsideModules() {
    return !path.startsWith(MODULES) && !path.contains("/" + MODULES);
  }

  /// The real name: as stated for an alias, else that of the folder.
  String realName() {
    if (name != null && !name.isEmpty()) {
      return name;
    }
    if (folder != null) {
      return folder;
    }
    int modules = path.lastIndexOf(MODULES);
    return modules >= 0 ? path.substring(modules + MODULES.length()) : NpmName.ofFolder(path);
  }

  Scope declared() {
    if (dev) {
      return Scope.DEV;
    }
    return optional || devOptional ? Scope.OPTIONAL : Scope.RUNTIME;
  }

  /// Ends the reading of the entry. Of links `resolved` is the target, which is always kept.
  void settle(boolean keepsResolved) {
    origin = originAsWritten();
    if (!keepsResolved && !link) {
      resolved = null;
    }
  }

  Origin origin() {
    if (own) {
      return Origin.WORKSPACE;
    }
    return origin == null ? originAsWritten() : origin;
  }

  private Origin originAsWritten() {
    if (resolved == null) {
      return Origin.REGISTRY;
    }
    if (resolved.startsWith("http")) {
      // what a registry serves: /name/-/name-1.2.3.tgz, or /download/name/1.2.3/hash of GitHub
      return resolved.contains("/-/") || resolved.contains("/download/@")
          ? Origin.REGISTRY
          : Origin.URL;
    }
    return resolved.startsWith("file:") ? Origin.FILE : NpmSpec.parse(resolved).origin();
  }
}

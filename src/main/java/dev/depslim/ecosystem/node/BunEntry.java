package dev.depslim.ecosystem.node;

import dev.depslim.model.Origin;
import dev.depslim.model.Scope;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An entry of a lock of bun while it is read: a copy of a package, or a project of the workspace.
final class BunEntry {
  /// A requirement by name; what it resolves to follows from where copies lie.
  record Requirement(String name, Scope scope, String section) {}

  /// Where the copy lies: the names that lead to it, such as `a/@b/c`; for a project its folder.
  final String key;

  final int line;

  /// `name@version` or `name@source`; for a project its name.
  String id;

  @Nullable String version;

  /// Whether `os` or `cpu` keep it from Linux on x86-64 and arm64.
  boolean foreign;

  final List<Requirement> requirements = new ArrayList<>(4);

  BunEntry(String key, int line, String id) {
    this.key = key;
    this.line = line;
    this.id = id;
  }

  /// Notes that a peer may be absent, after the peer itself.
  void peerMayBeAbsent(String name) {
    requirements.replaceAll(one ->
        one.name().equals(name) && one.scope() == Scope.PEER
            ? new Requirement(name, Scope.OPTIONAL, one.section())
            : one);
  }

  String name() {
    return YarnEntry.name(id);
  }

  /// What stands behind the name: a version or a source.
  String source() {
    return YarnEntry.range(id);
  }

  /// The version of a registry package, else null.
  @Nullable String lockedVersion() {
    String source = source();
    boolean isVersion = !source.isEmpty() && source.charAt(0) >= '0' && source.charAt(0) <= '9';
    return isVersion && origin() == Origin.REGISTRY ? source : null;
  }

  Origin origin() {
    String source = source();
    if (source.startsWith("workspace:") || source.startsWith("link:") || source.equals("root:")) {
      return Origin.WORKSPACE;
    }
    if (source.startsWith("file:") || source.startsWith(".") || source.startsWith("/")) {
      return Origin.FILE;
    }
    if (source.startsWith("git") || source.startsWith("ssh:") || source.startsWith("bitbucket:")) {
      return Origin.GIT;
    }
    if (source.startsWith("http:") || source.startsWith("https:")) {
      return Origin.URL;
    }
    return source.endsWith(".tgz") || source.endsWith(".tar.gz") ? Origin.FILE : Origin.REGISTRY;
  }

  /// The key of what a name finds next further out, or null at the outermost: `a/@b/c` → `a`.
  static @Nullable String outer(String key) {
    int slash = key.lastIndexOf('/');
    if (slash < 0) {
      return null;
    }
    int before = key.lastIndexOf('/', slash - 1);
    if (key.charAt(before + 1) == '@') {
      slash = before;
    }
    return slash < 0 ? null : key.substring(0, slash);
  }
}

package dev.depslim.ecosystem.node;

import dev.depslim.model.Scope;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An entry of `packages`, `snapshots` or `importers` of a lock of pnpm while it is read.
final class PnpmEntry {
  /// A requirement as the lock resolves it.
  ///
  /// @param reference the version, key or `link:` that the name resolves to
  record Requirement(String name, String reference, Scope scope, int line) {
    /// The section of a package.json that asks for it.
    String section() {
      return switch (scope) {
        case DEV, TEST, BUILD -> "devDependencies";
        case OPTIONAL -> "optionalDependencies";
        case PEER -> "peerDependencies";
        case RUNTIME -> "dependencies";
      };
    }
  }

  final String key;
  final int line;
  final int column;
  final List<Requirement> requirements = new ArrayList<>(4);
  private @Nullable Set<String> peers;

  /// As stated, where the key does not say.
  @Nullable String name;

  @Nullable String version;

  /// Folder of a package that is copied from the file system, relative to the lock.
  @Nullable String directory;

  @Nullable String tarball;
  boolean git;

  @Nullable Boolean dev;
  boolean optional;

  /// Whether `os` or `cpu` keep it from Linux on x86-64 and arm64.
  boolean foreign;

  PnpmEntry(String key, int line, int column) {
    this.key = key;
    this.line = line;
    this.column = column;
  }

  void peer(String peer) {
    if (peers == null) {
      peers = new HashSet<>();
    }
    peers.add(peer);
  }

  boolean hasPeer(String peer) {
    return peers != null && peers.contains(peer);
  }

  /// What the lock itself says of the scope; formats from 9 on say nothing.
  @Nullable Scope declared() {
    if (dev == null) {
      return optional ? Scope.OPTIONAL : null;
    }
    if (dev) {
      return Scope.DEV;
    }
    return optional ? Scope.OPTIONAL : Scope.RUNTIME;
  }
}

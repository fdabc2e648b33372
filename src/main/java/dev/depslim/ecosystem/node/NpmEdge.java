package dev.depslim.ecosystem.node;

import org.jspecify.annotations.Nullable;

/// A requirement of a package, and what it finds in the tree.
final class NpmEdge {
  /// The kinds of requirements, as npm names them.
  enum Type {
    PROD,
    OPTIONAL,
    PEER,
    PEER_OPTIONAL,
    DEV,
    WORKSPACE;

    boolean isOptional() {
      return this == OPTIONAL || this == PEER_OPTIONAL;
    }

    boolean isPeer() {
      return this == PEER || this == PEER_OPTIONAL;
    }
  }

  final NpmNode from;
  final String name;

  /// As the package states it, before any override.
  final String stated;

  final Type type;

  /// Another range that does as well, or null.
  final @Nullable String accepted;

  /// What the name finds, or null.
  @Nullable NpmNode to;

  /// The rules of `overrides` that hold from here on; null where there are none.
  @Nullable OverrideRules overrides;

  NpmEdge(NpmNode from, String name, String stated, Type type, @Nullable String accepted) {
    this.from = from;
    this.name = name;
    this.stated = stated;
    this.type = type;
    this.accepted = accepted;
  }
}

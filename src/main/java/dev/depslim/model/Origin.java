package dev.depslim.model;

/// Where a declared or locked package comes from.
public enum Origin {
  /// A package registry.
  REGISTRY,
  /// A channel of conda, declared beside packages of Python.
  CONDA,
  /// A version control repository.
  GIT,
  /// An archive behind a URL.
  URL,
  /// A folder or archive of the file system.
  FILE,
  /// The project itself, a workspace member, or a link to one: never third-party.
  WORKSPACE;

  /// Whether packages of this origin belong to somebody else.
  public boolean isThirdParty() {
    return this != WORKSPACE;
  }
}

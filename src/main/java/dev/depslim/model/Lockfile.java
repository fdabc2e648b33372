package dev.depslim.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a lock file resolves: a graph of packages, entered from the projects it locks.
///
/// @param path relative to the analysed root
/// @param kind name of the format, such as `package-lock.json`
/// @param format version of the format as the file states it, or null
/// @param packages the nodes; edges and roots refer to them by index
/// @param roots the projects that the lock serves; empty where the lock does not say what is direct
/// @param flat whether the format does not tell which package needs which: then the scope of a
///   package is what the lock declares
/// @param issues what could not be read
/// @param disagreements where the lock does not say what its manifests say
public record Lockfile(
    String path,
    String kind,
    @Nullable String format,
    Ecosystem ecosystem,
    List<Node> packages,
    List<Root> roots,
    boolean flat,
    List<Issue> issues,
    List<Disagreement> disagreements) {
  public Lockfile {
    packages = List.copyOf(packages);
    roots = List.copyOf(roots);
    issues = List.copyOf(issues);
    disagreements = List.copyOf(disagreements);
  }

  /// A lock that was not compared with its manifests.
  public Lockfile(
      String path,
      String kind,
      @Nullable String format,
      Ecosystem ecosystem,
      List<Node> packages,
      List<Root> roots,
      boolean flat,
      List<Issue> issues) {
    this(path, kind, format, ecosystem, packages, roots, flat, issues, List.of());
  }

  /// The same lock, compared with its manifests.
  public Lockfile compared(List<Disagreement> found) {
    return new Lockfile(path, kind, format, ecosystem, packages, roots, flat, issues, found);
  }

  /// A lock that tells which package needs which.
  public Lockfile(
      String path,
      String kind,
      @Nullable String format,
      Ecosystem ecosystem,
      List<Node> packages,
      List<Root> roots,
      List<Issue> issues) {
    this(path, kind, format, ecosystem, packages, roots, false, issues);
  }

  /// One locked package; one name may stand here several times, in several versions or places.
  ///
  /// @param name the real package name as the registry spells it
  /// @param version null for a repository, folder or archive without one
  /// @param declared what the lock itself says of the scope, or null where it says nothing; kept to
  ///   be compared with what reachability says
  /// @param compressedBytes size of what a registry transfers, or null where the lock does not say
  /// @param line where the entry begins, counted from 1; 0 where not known
  /// @param path where the lock places this copy, relative to its folder, such as
  ///   `node_modules/a/node_modules/b`; null where the format knows no places
  /// @param elsewhere whether markers keep it from where the project runs in production
  public record Node(
      String name,
      @Nullable String version,
      Origin origin,
      @Nullable Scope declared,
      @Nullable Long compressedBytes,
      int line,
      List<Edge> edges,
      @Nullable String path,
      boolean elsewhere) {
    public Node {
      edges = List.copyOf(edges);
    }

    /// A package without a condition.
    public Node(
        String name,
        @Nullable String version,
        Origin origin,
        @Nullable Scope declared,
        @Nullable Long compressedBytes,
        int line,
        List<Edge> edges,
        @Nullable String path) {
      this(name, version, origin, declared, compressedBytes, line, edges, path, false);
    }

    /// The same package, known to be for other systems only.
    public Node forOtherSystems() {
      return new Node(name, version, origin, declared, compressedBytes, line, edges, path, true);
    }

    /// A package of a format that knows no places.
    public Node(
        String name,
        @Nullable String version,
        Origin origin,
        @Nullable Scope declared,
        @Nullable Long compressedBytes,
        int line,
        List<Edge> edges) {
      this(name, version, origin, declared, compressedBytes, line, edges, null, false);
    }
  }

  /// A requirement of one locked package on another.
  ///
  /// @param target index into `packages`
  /// @param scope runtime, optional or peer; dev only where the user's own package is locked as a
  ///   node
  /// @param wish whether it takes the other one where it is there and never brings it: an optional
  ///   peer. npm drops what only such requirements are left for (measured on npm 11.19)
  public record Edge(int target, Scope scope, boolean wish) {
    /// A requirement that brings what it asks for.
    public Edge(int target, Scope scope) {
      this(target, scope, false);
    }
  }

  /// A project whose direct dependencies the lock resolves.
  ///
  /// @param path folder of the project relative to the folder of the lock, `""` for its own folder
  /// @param node index of the project itself among `packages`, where the lock has it there and does
  ///   not place it at `path`; else -1
  public record Root(String path, List<Direct> direct, int node) {
    public Root {
      direct = List.copyOf(direct);
    }

    /// A project that is no package of the lock, or one that the lock places at its path.
    public Root(String path, List<Direct> direct) {
      this(path, direct, -1);
    }
  }

  /// A direct dependency of a root.
  ///
  /// @param name as declared (the alias, where there is one)
  /// @param target index into `packages`
  /// @param scope scope of the declaration as the lock has it
  /// @param group extra or dependency group, or null
  public record Direct(String name, int target, Scope scope, @Nullable String group) {}
}

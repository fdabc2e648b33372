package dev.depslim.report;

import dev.depslim.model.DepslimException;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.Location;
import dev.depslim.model.Lockfile;
import dev.depslim.model.Lockfile.Direct;
import dev.depslim.model.Lockfile.Edge;
import dev.depslim.model.Lockfile.Node;
import dev.depslim.model.Lockfile.Root;
import dev.depslim.model.Origin;
import dev.depslim.model.PricedLock;
import dev.depslim.model.Scope;
import dev.depslim.model.Size;
import dev.depslim.syntax.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Reads the graphs that [GraphJson] wrote.
final class GraphReader {
  private final String shown;

  GraphReader(String shown) {
    this.shown = shown;
  }

  /// The locks of a report; of one without graphs, its packages without any needs.
  List<PricedLock> read(Tree.Mapping report) {
    if (report.sequence("graphs") != null) {
      return SnapshotReader.objects(report, "graphs").map(this::lock).toList();
    }
    List<PricedLock> locks = new ArrayList<>();
    SnapshotReader.objects(report, "projects")
        .forEach(project ->
            SnapshotReader.objects(project, "lockfiles")
                .forEach(lock -> locks.add(flat(project, lock))));
    return locks;
  }

  private DepslimException.InvalidInput broken(Tree at, String what) {
    return new DepslimException.InvalidInput(
        new Location(shown, at.line(), at.column())
            + ": error: "
            + what
            + "; write the report anew");
  }

  private String text(Tree.Mapping it, String name) {
    String text = it.string(name);
    if (text == null) {
      throw broken(it, "the graph lacks the string '" + name + "' here");
    }
    return text;
  }

  private PricedLock lock(Tree.Mapping it) {
    List<Tree.Mapping> packages = SnapshotReader.objects(it, "packages").toList();
    Size.Basis basis =
        it.string("basis") == null
            ? null
            : SnapshotReader.constant(Size.Basis.class, text(it, "basis"));
    List<Node> nodes = new ArrayList<>(packages.size());
    long[] bytes = new long[packages.size()];
    for (int copy = 0; copy < packages.size(); copy++) {
      bytes[copy] = SnapshotReader.longNumber(packages.get(copy), "bytes", PricedLock.UNKNOWN);
      nodes.add(node(packages.get(copy), basis, bytes[copy], packages.size()));
    }
    List<Root> roots =
        SnapshotReader.objects(it, "projects").map(root -> root(root, packages.size())).toList();
    Lockfile lock =
        new Lockfile(
            text(it, "path"),
            text(it, "kind"),
            null,
            ecosystem(it),
            nodes,
            roots,
            it.isTrue("flat"),
            List.of());
    return new PricedLock(lock, basis, bytes, text(it, "reason"), !it.isTrue("installed"));
  }

  private Ecosystem ecosystem(Tree.Mapping it) {
    return Ecosystem.named(text(it, "ecosystem"))
        .orElseThrow(() -> broken(it, "an unknown ecosystem"));
  }

  private Node node(
      Tree.Mapping it, Size.@org.jspecify.annotations.Nullable Basis basis, long bytes, int count) {
    List<Edge> edges = new ArrayList<>();
    edges(it, "needs", Scope.RUNTIME, false, count, edges);
    edges(it, "optional", Scope.OPTIONAL, false, count, edges);
    edges(it, "peers", Scope.PEER, false, count, edges);
    edges(it, "dev", Scope.DEV, false, count, edges);
    edges(it, "takes", Scope.PEER, true, count, edges);
    long stated =
        basis == Size.Basis.LOCK
            ? bytes
            : SnapshotReader.longNumber(it, "lockBytes", PricedLock.UNKNOWN);
    String scope = it.string("scope");
    return new Node(
        text(it, "name"),
        it.string("version"),
        it.isTrue("own") ? Origin.WORKSPACE : Origin.REGISTRY,
        scope == null ? null : SnapshotReader.constant(Scope.class, scope),
        stated == PricedLock.UNKNOWN ? null : (Long) stated,
        0,
        edges,
        it.string("path"),
        it.isTrue("elsewhere"));
  }

  private void edges(
      Tree.Mapping it, String name, Scope scope, boolean wish, int count, List<Edge> into) {
    Tree.Sequence all = it.sequence(name);
    for (Tree item : all == null ? List.<Tree>of() : all.items()) {
      int target =
          item instanceof Tree.Scalar scalar && scalar.text().matches("[0-9]{1,9}")
              ? Integer.parseInt(scalar.text())
              : -1;
      into.add(new Edge(within(item, target, count), scope, wish));
    }
  }

  private int within(Tree at, int target, int count) {
    if (target < 0 || target >= count) {
      throw broken(at, "the graph has no package of this number");
    }
    return target;
  }

  private Root root(Tree.Mapping it, int count) {
    List<Direct> direct =
        SnapshotReader.objects(it, "declares")
            .map(one ->
                new Direct(
                    text(one, "name"),
                    within(one, SnapshotReader.number(one, "package"), count),
                    Objects.requireNonNullElse(
                        SnapshotReader.constant(Scope.class, text(one, "scope")), Scope.RUNTIME),
                    null))
            .toList();
    int node = SnapshotReader.number(it, "package");
    return new Root(text(it, "path"), direct, node >= count ? -1 : node);
  }

  /// A lock of a report that has no graphs.
  private PricedLock flat(Tree.Mapping project, Tree.Mapping lockfile) {
    String path = text(lockfile, "path");
    List<Node> nodes = new ArrayList<>();
    List<Long> sizes = new ArrayList<>();
    SnapshotReader.objects(project, "resolved")
        .filter(it -> path.equals(it.string("lockfile")))
        .forEach(it -> {
          Scope scope = SnapshotReader.constant(Scope.class, text(it, "scope"));
          nodes.add(
              new Node(
                  text(it, "name"),
                  it.string("version"),
                  Origin.REGISTRY,
                  scope,
                  null,
                  0,
                  List.of()));
          sizes.add(SnapshotReader.longNumber(it, "ownBytes", PricedLock.UNKNOWN));
        });
    Size.Basis basis =
        SnapshotReader.objects(project, "dependencies")
            .map(it -> it.mapping("size"))
            .filter(Objects::nonNull)
            .map(it -> it.string("basis"))
            .filter(Objects::nonNull)
            .map(id -> SnapshotReader.constant(Size.Basis.class, id))
            .filter(it -> it != null && it != Size.Basis.IMAGE)
            .findFirst()
            .orElse(null);
    Lockfile lock =
        new Lockfile(
            path,
            text(lockfile, "kind"),
            null,
            ecosystem(project),
            nodes,
            List.of(),
            true,
            List.of());
    long[] bytes = sizes.stream().mapToLong(Long::longValue).toArray();
    if (basis == null) {
      java.util.Arrays.fill(bytes, PricedLock.UNKNOWN);
    }
    return new PricedLock(lock, basis, bytes, "the earlier report has no graphs", true);
  }
}

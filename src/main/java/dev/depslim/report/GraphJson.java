package dev.depslim.report;

import dev.depslim.model.Lockfile;
import dev.depslim.model.Lockfile.Edge;
import dev.depslim.model.PricedLock;
import dev.depslim.model.Scope;
import dev.depslim.model.Size;
import dev.depslim.syntax.JsonWriter;
import java.util.function.Predicate;

/// The graph of a lock in the JSON report: enough to say later what its declarations brought.
/// [SnapshotReader] reads it.
final class GraphJson {
  private GraphJson() {}

  static void write(JsonWriter json, PricedLock priced) {
    Lockfile lock = priced.lock();
    json.object(() -> {
      json.member("path", lock.path());
      json.member("kind", lock.kind());
      json.member("ecosystem", lock.ecosystem().id());
      json.member("installed", !priced.file());
      json.member("flat", lock.flat());
      json.member("basis", priced.basis() == null ? null : priced.basis().id());
      json.member("reason", priced.missing());
      json.array("projects", lock.roots(), root -> json.compact(compact -> project(compact, root)));
      json.array(
          "packages",
          java.util.stream.IntStream.range(0, lock.packages().size()).boxed().toList(),
          copy -> json.compact(compact -> node(compact, priced, copy)));
    });
  }

  private static void project(JsonWriter json, Lockfile.Root root) {
    json.member("path", root.path());
    json.member("package", root.node());
    json.array(
        "declares",
        root.direct(),
        direct ->
            json.object(() -> {
              json.member("name", direct.name());
              json.member("scope", direct.scope().id());
              json.member("package", direct.target());
            }));
  }

  private static void node(JsonWriter json, PricedLock priced, int copy) {
    Lockfile.Node node = priced.lock().packages().get(copy);
    json.member("name", node.name());
    json.member("version", node.version());
    if (!node.origin().isThirdParty()) {
      json.member("own", true);
      json.member("path", node.path());
    }
    if (node.declared() != null) {
      json.member("scope", node.declared().id());
    }
    if (node.elsewhere()) {
      json.member("elsewhere", true);
    }
    long bytes = priced.basis() == null ? PricedLock.UNKNOWN : priced.bytes()[copy];
    if (bytes != PricedLock.UNKNOWN) {
      json.member("bytes", bytes);
    }
    if (node.compressedBytes() != null && priced.basis() != Size.Basis.LOCK) {
      json.member("lockBytes", node.compressedBytes());
    }
    needs(json, "needs", node, edge -> !edge.wish() && edge.scope() == Scope.RUNTIME);
    needs(json, "optional", node, edge -> !edge.wish() && edge.scope() == Scope.OPTIONAL);
    needs(json, "peers", node, edge -> !edge.wish() && edge.scope() == Scope.PEER);
    needs(json, "dev", node, edge -> !edge.wish() && isForDevelopment(edge.scope()));
    needs(json, "takes", node, edge -> edge.wish() && !isForDevelopment(edge.scope()));
  }

  private static boolean isForDevelopment(Scope scope) {
    return switch (scope) {
      case DEV, TEST, BUILD -> true;
      case RUNTIME, OPTIONAL, PEER -> false;
    };
  }

  private static void needs(
      JsonWriter json, String name, Lockfile.Node node, Predicate<Edge> which) {
    json.numbers(name, node.edges().stream().filter(which).mapToInt(Edge::target));
  }
}

package dev.depslim.ecosystem.node;

import dev.depslim.ecosystem.node.PnpmEntry.Requirement;
import dev.depslim.model.Issue;
import dev.depslim.model.Location;
import dev.depslim.model.Lockfile.Direct;
import dev.depslim.model.Lockfile.Edge;
import dev.depslim.model.Lockfile.Node;
import dev.depslim.model.Lockfile.Root;
import dev.depslim.model.Origin;
import dev.depslim.model.Scope;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The entries of a lock of pnpm as packages that require each other, entered from every project.
final class PnpmGraph {
  private final String path;
  private final PnpmLockParser lock;
  private final OwnPackages own;
  private final PnpmKey.Style style;
  private final List<Issue> issues = new ArrayList<>();
  private final List<PnpmEntry> entries = new ArrayList<>();
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, Integer> byKey = new HashMap<>();

  /// Projects and linked folders by path, `""` for the folder of the lock.
  private final Map<String, Integer> byFolder = new HashMap<>();

  private final List<String> folders = new ArrayList<>();
  private final List<Root> roots = new ArrayList<>();
  private final Set<Requirement> missing = new LinkedHashSet<>();

  PnpmGraph(String path, PnpmLockParser lock, OwnPackages own) {
    this.path = path;
    this.lock = lock;
    this.own = own;
    this.style = lock.style();
    Map<String, PnpmEntry> installed =
        style == PnpmKey.Style.AT ? lock.snapshots() : lock.packages();
    for (PnpmEntry entry : installed.values()) {
      if (name(entry) != null) {
        byKey.put(entry.key, entries.size());
        entries.add(entry);
      }
    }
    for (String importer : lock.importers().keySet()) {
      if (!importer.equals(".")) {
        folder(normal(importer));
      }
    }
    for (PnpmEntry importer : lock.importers().values()) {
      roots.add(root(importer));
    }
    for (PnpmEntry entry : entries) {
      nodes.add(node(entry));
    }
    // linked folders are met while what links to them is read
    for (int i = 0; i < folders.size(); i++) {
      nodes.add(project(folders.get(i)));
    }
    reportMissing();
  }

  List<Node> nodes() {
    BitSet foreign = new BitSet();
    for (int i = 0; i < entries.size(); i++) {
      foreign.set(i, stated(entries.get(i)).foreign);
    }
    return Platforms.targeted(nodes, roots, foreign);
  }

  List<Issue> issues() {
    return issues;
  }

  /// Every project of the lock.
  List<Root> roots() {
    return roots;
  }

  private Root root(PnpmEntry importer) {
    String folder = normal(importer.key);
    List<Direct> direct = new ArrayList<>(importer.requirements.size());
    for (Requirement requirement : importer.requirements) {
      int target = target(requirement, folder);
      if (target >= 0) {
        direct.add(
            new Direct(requirement.name(), target, requirement.scope(), requirement.section()));
      }
    }
    return new Root(folder, direct);
  }

  private void reportMissing() {
    if (missing.isEmpty()) {
      return;
    }
    Requirement first = missing.iterator().next();
    String more = missing.size() > 1 ? ", nor for " + (missing.size() - 1) + " more" : "";
    issues.add(
        Issue.warning(
            Location.of(path, first.line()),
            "\""
                + first.name()
                + "\" resolves to "
                + first.reference()
                + ", for which the lock has no entry"
                + more
                + ": write it anew with 'pnpm install --lockfile-only'"));
  }

  /// The name of a package, or null where none is known; that is reported.
  private @Nullable String name(PnpmEntry entry) {
    PnpmEntry stated = stated(entry);
    PnpmKey key = PnpmKey.parse(entry.key, style);
    String name = stated.name == null ? key.name() : stated.name;
    if (name != null && !name.isEmpty()) {
      return name;
    }
    Location at = new Location(path, entry.line, entry.column);
    String message =
        "the key \""
            + entry.key
            + "\" tells no package and version; it does not count:"
            + " write the lock anew with 'pnpm install --lockfile-only'";
    boolean isSource = entry.key.indexOf('/') >= 0 || entry.key.indexOf(':') >= 0;
    issues.add(isSource ? Issue.warning(at, message) : Issue.error(at, message));
    return null;
  }

  /// Where the name, version and source of a copy stand: from format 7 on apart from it.
  private PnpmEntry stated(PnpmEntry entry) {
    if (style != PnpmKey.Style.AT) {
      return entry;
    }
    PnpmEntry stated = lock.packages().get(PnpmKey.withoutPeers(entry.key));
    return stated == null ? entry : stated;
  }

  private Node node(PnpmEntry entry) {
    PnpmEntry stated = stated(entry);
    PnpmKey key = PnpmKey.parse(entry.key, style);
    String name = stated.name == null ? key.name() : stated.name;
    String version = stated.version == null ? key.version() : stated.version;
    if (version == null && stated.directory != null) {
      version = own.at(normal(stated.directory)).version();
    }
    List<Edge> edges = new ArrayList<>(entry.requirements.size());
    for (Requirement requirement : entry.requirements) {
      // folders that packages link to are seen from the lock
      int target = target(requirement, "");
      if (target >= 0) {
        boolean peer = requirement.scope() == Scope.RUNTIME && stated.hasPeer(requirement.name());
        edges.add(new Edge(target, peer ? Scope.PEER : requirement.scope()));
      }
    }
    Scope declared = style == PnpmKey.Style.AT ? null : entry.declared();
    return new Node(
        name == null ? entry.key : name,
        version,
        origin(stated, key),
        declared,
        null,
        stated.line,
        edges);
  }

  private Origin origin(PnpmEntry entry, PnpmKey key) {
    if (entry.directory != null) {
      return byFolder.containsKey(normal(entry.directory)) ? Origin.WORKSPACE : Origin.FILE;
    }
    if (entry.git) {
      return Origin.GIT;
    }
    if (key.version() != null || entry.tarball == null) {
      return Origin.REGISTRY;
    }
    if (entry.tarball.startsWith("file:")) {
      return Origin.FILE;
    }
    return entry.tarball.contains("//codeload.github.com/") ? Origin.GIT : Origin.URL;
  }

  /// A project or a folder that is linked: the user's own.
  private Node project(String folder) {
    PnpmEntry importer = lock.importers().get(folder.isEmpty() ? "." : folder);
    List<Edge> edges = new ArrayList<>();
    if (importer != null) {
      for (Requirement requirement : importer.requirements) {
        int target = target(requirement, folder);
        if (target >= 0) {
          edges.add(new Edge(target, requirement.scope()));
        }
      }
    }
    OwnPackages.Own named = own.at(folder);
    return new Node(
        named.name(),
        named.version(),
        Origin.WORKSPACE,
        null,
        null,
        importer == null ? 0 : importer.line,
        edges,
        folder);
  }

  /// The package that a requirement resolves to, or -1 where the lock has none.
  private int target(Requirement requirement, String from) {
    String reference = requirement.reference();
    if (reference.startsWith("link:")) {
      return folder(OwnPackages.resolve(from, reference.substring("link:".length())));
    }
    Integer found = byKey.get(PnpmKey.of(requirement.name(), reference, style));
    if (found == null && reference.startsWith("file:./")) {
      found = byKey.get("file:" + OwnPackages.resolve("", reference.substring("file:".length())));
    }
    if (found == null && requirement.scope() != Scope.OPTIONAL) {
      missing.add(requirement);
    }
    return found == null ? -1 : found;
  }

  private int folder(String folder) {
    return byFolder.computeIfAbsent(
        folder,
        _ -> {
          folders.add(folder);
          return entries.size() + folders.size() - 1;
        });
  }

  private static String normal(String folder) {
    return folder.equals(".") ? "" : OwnPackages.resolve("", folder);
  }
}

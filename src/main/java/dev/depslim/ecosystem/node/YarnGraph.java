package dev.depslim.ecosystem.node;

import dev.depslim.ecosystem.node.ProjectManifest.Requirement;
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
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The entries of a lock of Yarn as packages that require each other, entered from its projects.
///
/// A requirement finds the entry that states its very range; where `resolutions` replaced the range
/// that of the replacement. Peers are no requirements: who needs them brings them.
final class YarnGraph {
  /// How a format names a locked package.
  interface Naming {
    /// The real name.
    String name(YarnEntry entry);

    Origin origin(YarnEntry entry);
  }

  private final String path;
  private final List<YarnEntry> entries;
  private final Naming naming;
  private final YarnResolutions resolutions;
  private final Catalogs catalogs;
  private final List<YarnProject> projects;
  private final Map<String, Integer> byPattern = new HashMap<>();

  /// Index of the only version of a name, -1 where there are several.
  private final Map<String, Integer> only = new HashMap<>();

  private final Map<String, Integer> ownByName = new HashMap<>();
  private final Map<String, Integer> ownByPath = new HashMap<>();
  private final List<Node> nodes = new ArrayList<>();
  private final List<Root> roots = new ArrayList<>();
  private final Set<String> missing = new LinkedHashSet<>();
  private int missingLine;

  /// @param entries without those of the user's own packages
  /// @param projects the one beside the lock first
  YarnGraph(
      String path,
      List<YarnEntry> entries,
      Naming naming,
      YarnResolutions resolutions,
      Catalogs catalogs,
      List<YarnProject> projects) {
    this.path = path;
    this.entries = entries;
    this.naming = naming;
    this.resolutions = resolutions;
    this.catalogs = catalogs;
    this.projects = projects;
    for (int i = 0; i < entries.size(); i++) {
      for (String pattern : entries.get(i).patterns) {
        byPattern.put(pattern, i);
        only.merge(YarnEntry.name(pattern), i, this::sameVersion);
      }
    }
    for (int i = 0; i < projects.size(); i++) {
      ownByName.putIfAbsent(projects.get(i).name(), entries.size() + i);
      ownByPath.put(projects.get(i).path(), entries.size() + i);
      for (String pattern : projects.get(i).patterns()) {
        byPattern.put(pattern, entries.size() + i);
      }
    }
    for (YarnEntry entry : entries) {
      nodes.add(node(entry));
    }
    for (YarnProject project : projects) {
      nodes.add(node(project));
    }
  }

  List<Node> nodes() {
    BitSet foreign = new BitSet();
    for (int i = 0; i < entries.size(); i++) {
      foreign.set(i, entries.get(i).foreign);
    }
    return Platforms.targeted(nodes, roots, foreign);
  }

  List<Root> roots() {
    return roots;
  }

  /// What requirements find no entry, as one issue.
  List<Issue> issues() {
    if (missing.isEmpty()) {
      return List.of();
    }
    String more = missing.size() > 1 ? ", nor for " + (missing.size() - 1) + " more" : "";
    return List.of(
        Issue.warning(
            Location.of(path, missingLine),
            "the lock has no entry for "
                + missing.iterator().next()
                + more
                + ": bring it up to date with 'yarn install'"));
  }

  private int sameVersion(int one, int other) {
    boolean same = one >= 0 && Objects.equals(version(one), version(other));
    return same ? other : -1;
  }

  private @Nullable String version(int index) {
    return entries.get(index).version;
  }

  private Node node(YarnEntry entry) {
    String name = naming.name(entry);
    List<Edge> edges = new ArrayList<>(entry.requirements.size());
    for (YarnEntry.Requirement one : entry.requirements) {
      Scope scope = one.optional() ? Scope.OPTIONAL : Scope.RUNTIME;
      int target = target(name, one.name(), one.range(), "", scope, entry.line);
      if (target >= 0) {
        edges.add(new Edge(target, scope));
      }
    }
    return new Node(name, entry.version, naming.origin(entry), null, null, entry.line, edges);
  }

  private Node node(YarnProject project) {
    List<Edge> edges = new ArrayList<>(project.requirements().size());
    List<Direct> direct = new ArrayList<>(project.requirements().size());
    for (Requirement one : project.requirements()) {
      int target =
          target(
              project.name(), one.name(), one.spec(), project.path(), one.scope(), project.line());
      if (target >= 0) {
        edges.add(new Edge(target, one.scope()));
        direct.add(new Direct(one.name(), target, one.scope(), one.section()));
      }
    }
    if (!project.linked()) {
      roots.add(new Root(project.path(), direct));
    }
    return new Node(
        project.name(),
        project.version(),
        Origin.WORKSPACE,
        null,
        null,
        project.line(),
        // the project beside the lock is where everything begins, and required by nobody
        project.path().isEmpty() ? List.of() : edges,
        project.path());
  }

  private int target(String parent, String name, String range, String from, Scope scope, int line) {
    String replaced = resolutions.find(parent, name, range);
    Integer found = replaced == null ? null : entry(name, replaced);
    if (found == null && Catalogs.isReference(range)) {
      String listed = catalogs.find(name, range);
      found = listed == null ? null : entry(name, listed);
    }
    if (found == null) {
      found = entry(name, range);
    }
    if (found == null) {
      found = own(name, range, from);
    }
    if (found == null) {
      Integer single = only.get(name);
      found = single == null || single < 0 ? null : single;
    }
    if (found != null) {
      return found;
    }
    if (scope != Scope.OPTIONAL && !range.startsWith("link:") && !range.startsWith("portal:")) {
      missingLine = missing.isEmpty() ? line : missingLine;
      missing.add(name + "@" + range);
    }
    return -1;
  }

  private @Nullable Integer entry(String name, String range) {
    Integer found = byPattern.get(name + "@" + range);
    if (found == null) {
      // from Yarn 2 on every range has a protocol, before format 8 only in the keys
      found = byPattern.get(name + "@npm:" + range);
    }
    if (found == null && range.startsWith("npm:")) {
      found = byPattern.get(name + "@" + range.substring("npm:".length()));
    }
    return found == null && range.isEmpty() ? byPattern.get(name) : found;
  }

  private @Nullable Integer own(String name, String range, String from) {
    int colon = range.indexOf(':');
    String protocol = colon < 0 ? "" : range.substring(0, colon);
    if (protocol.equals("link") || protocol.equals("portal") || protocol.equals("file")) {
      return ownByPath.get(OwnPackages.resolve(from, range.substring(colon + 1)));
    }
    return ownByName.get(name);
  }
}

package dev.depslim.ecosystem.node;

import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.model.Disagreement;
import dev.depslim.model.Location;
import dev.depslim.syntax.Tree;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Whether a lock of pnpm says what its manifests say (pnpm, `satisfiesPackageManifest` and
/// `getOutdatedLockfileSetting`): the specifiers of every project, as text and by section, after
/// overrides, and the overrides and catalogs themselves.
///
/// What an override gives is locked in the place of what the manifest asks for; peers are locked as
/// dependencies where `autoInstallPeers` is on; optional dependencies that are left out and, with
/// `excludeLinksFromLockfile`, links are not locked at all.
final class PnpmAgreement {
  private final NodeLock lock;
  private final PnpmLockParser parser;
  private final PnpmStated stated;
  private final ProjectFiles files;
  private final PnpmConfig config;
  private final List<Disagreement> out = new ArrayList<>();

  private PnpmAgreement(NodeLock lock, PnpmLockParser parser, ProjectFiles files) {
    this.lock = lock;
    this.parser = parser;
    this.stated = parser.stated();
    this.files = files;
    this.config = PnpmConfig.of(files, lock.folder());
  }

  /// The disagreements; none where no manifest lies beside the lock.
  static List<Disagreement> of(String path, PnpmLockParser parser, ProjectFiles files) {
    NodeLock lock =
        new NodeLock(path, "pnpm install --frozen-lockfile", "pnpm install --lockfile-only");
    if (parser.importers().isEmpty()) {
      return List.of();
    }
    PnpmAgreement agreement = new PnpmAgreement(lock, parser, files);
    if (agreement.config.isDead(lock.folder())) {
      return List.of();
    }
    if (!agreement.config.isForeign(lock.folder())) {
      agreement.settings();
    }
    agreement.projects();
    String hook = agreement.hook();
    return hook == null
        ? agreement.out
        : agreement.out.stream().map(one -> one.likely(hook + " may change manifests")).toList();
  }

  /// A hook that may change what manifests ask for, or null.
  private @Nullable String hook() {
    for (String name : List.of(".pnpmfile.cjs", ".pnpmfile.mjs", "pnpmfile.js")) {
      String path = lock.folder(name);
      if (files.exists(path)) {
        return path;
      }
    }
    return stated.isHooked() ? "a hook" : null;
  }

  private void projects() {
    for (String importer : parser.importers().keySet()) {
      String folder = lock.folder(importer);
      WrittenManifest manifest = folder.startsWith("..") ? null : WrittenManifest.in(files, folder);
      if (manifest != null) {
        project(importer, manifest);
      }
    }
    absentMembers();
  }

  private void project(String importer, WrittenManifest manifest) {
    Map<String, StatedRow> rows = new LinkedHashMap<>();
    for (StatedRow row :
        manifest.rows(
            WrittenManifest.DEVELOPMENT, WrittenManifest.RUNTIME, WrittenManifest.OPTIONAL)) {
      rows.put(row.name(), row);
    }
    Map<String, StatedRow> peers = new LinkedHashMap<>();
    for (StatedRow row : manifest.rows(WrittenManifest.PEERS)) {
      peers.put(row.name(), row);
    }
    Set<String> sectionless = new HashSet<>();
    List<StatedRow> locked = new ArrayList<>();
    for (StatedRow row : stated.rows(importer)) {
      StatedRow same = rows.get(row.name());
      StatedRow peer = peers.get(row.name());
      if (same == null && peer != null) {
        // auto-installed: compared as the dependency that it is locked as
        same = new StatedRow(WrittenManifest.RUNTIME, peer.name(), peer.spec(), peer.location());
        rows.put(row.name(), same);
      }
      if (row.section().isEmpty()) {
        sectionless.add(row.name());
        String section = section(importer, row.name(), same);
        locked.add(new StatedRow(section, row.name(), row.spec(), row.location()));
      } else {
        locked.add(row);
      }
    }
    if (stated.isOn("autoInstallPeers")) {
      requiredPeers(manifest, rows);
    }
    for (SectionChange change : SectionChange.between(List.copyOf(rows.values()), locked)) {
      if (!isExplained(change)) {
        out.add(lock.disagreement(change, manifest.path(), true, List.of()));
      }
    }
  }

  /// Peers that are installed for the project itself, as dependencies.
  private static void requiredPeers(WrittenManifest manifest, Map<String, StatedRow> rows) {
    Tree.Mapping meta = manifest.root().mapping("peerDependenciesMeta");
    for (StatedRow peer : manifest.rows(WrittenManifest.PEERS)) {
      Tree.Mapping one = meta == null ? null : meta.mapping(peer.name());
      if (one == null || !one.isTrue("optional")) {
        rows.putIfAbsent(
            peer.name(),
            new StatedRow(WrittenManifest.RUNTIME, peer.name(), peer.spec(), peer.location()));
      }
    }
  }

  /// The section that a format before 6 resolves a name in; that of the manifest where it does not.
  private String section(String importer, String name, @Nullable StatedRow row) {
    PnpmEntry entry = parser.importers().get(importer);
    if (entry != null) {
      for (PnpmEntry.Requirement requirement : entry.requirements) {
        if (requirement.name().equals(name)) {
          return requirement.section();
        }
      }
    }
    return row == null ? WrittenManifest.RUNTIME : row.section();
  }

  /// Whether pnpm itself makes the difference.
  private boolean isExplained(SectionChange change) {
    StatedRow manifest = change.manifest();
    StatedRow locked = change.locked();
    String name = change.name();
    List<String> values = overrides(name);
    if (manifest == null) {
      // pnpm locks the runtime that devEngines asks for beside the dependencies
      return locked != null && locked.spec().startsWith("runtime:");
    }
    if (locked == null) {
      boolean link = manifest.spec().startsWith("link:");
      return values.contains("-")
          || link && (stated.isOn("excludeLinksFromLockfile") || parser.isBefore(6))
          || manifest.section().equals(WrittenManifest.OPTIONAL) && isIgnored(name);
    }
    boolean sameSection = manifest.section().equals(locked.section());
    return sameSection && values.contains(locked.spec());
  }

  /// What overrides give for a name, as written and as what they stand for.
  private List<String> overrides(String name) {
    List<String> values = new ArrayList<>();
    for (Map<String, StatedRow> rules :
        List.of(
            stated.overrides(),
            config.workspaceRows("overrides"),
            config.manifestOverrides(),
            config.resolutions())) {
      for (StatedRow rule : rules.values()) {
        if (PnpmConfig.target(rule.name()).equals(name)) {
          values.add(rule.spec());
          values.add(config.resolved(name, rule.spec()));
        }
      }
    }
    return values;
  }

  private boolean isIgnored(String name) {
    for (String pattern : stated.ignoredOptional()) {
      String regex = Pattern.quote(pattern).replace("*", "\\E.*\\Q");
      if (name.matches(regex)) {
        return true;
      }
    }
    return false;
  }

  private void absentMembers() {
    List<String> globs = config.members();
    boolean here = config.workspacePath().equals(lock.folder("pnpm-workspace.yaml"));
    if (globs.isEmpty() || !here || config.isUnshared()) {
      return;
    }
    WorkspaceGlobs members = WorkspaceGlobs.of(globs);
    String prefix = lock.folder().isEmpty() ? "" : lock.folder() + "/";
    for (String folder : files.foldersWith("package.json")) {
      boolean below = folder.startsWith(prefix) && folder.length() > prefix.length();
      String path = below ? folder.substring(prefix.length()) : "";
      if (below
          && members.match(path)
          && !parser.importers().containsKey(path)
          && !files.exists(folder + "/pnpm-lock.yaml")) {
        WrittenManifest manifest = WrittenManifest.in(files, folder);
        if (manifest != null && hasRows(manifest)) {
          String what =
              path + " is a member of the workspace, and " + lock.name() + " does not know it";
          out.add(lock.of(manifest.name(), Location.of(manifest.path()), what, true, List.of()));
        }
      }
    }
  }

  private static boolean hasRows(WrittenManifest manifest) {
    return !manifest
        .rows(WrittenManifest.RUNTIME, WrittenManifest.DEVELOPMENT, WrittenManifest.OPTIONAL)
        .isEmpty();
  }

  private void settings() {
    Map<String, StatedRow> current = new LinkedHashMap<>();
    if (config.workspaceRows("overrides").isEmpty()) {
      if (!config.ignoresManifest()) {
        current.putAll(config.manifestOverrides());
      }
    } else {
      current.putAll(config.workspaceRows("overrides"));
    }
    current.forEach(this::compareOverride);
    for (StatedRow locked : stated.overrides().values()) {
      boolean known =
          current.containsKey(locked.name())
              || config.manifestOverrides().containsKey(locked.name())
              || config.resolutions().containsKey(locked.name());
      if (!known) {
        out.add(
            lock.of(
                PnpmConfig.target(locked.name()),
                locked.location(),
                lock.name()
                    + " was made with the override '"
                    + locked.name()
                    + "': "
                    + locked.spec()
                    + ", which is not there any more",
                true,
                List.of()));
      }
    }
    catalogs();
  }

  private void compareOverride(String selector, StatedRow row) {
    StatedRow locked = stated.overrides().get(selector);
    String name = PnpmConfig.target(selector);
    if (locked == null) {
      out.add(
          lock.of(
              name,
              row.location(),
              "the override '"
                  + selector
                  + "': "
                  + row.spec()
                  + " is new, and "
                  + lock.name()
                  + " was made without it",
              true,
              List.of()));
    } else if (!locked.spec().equals(row.spec())
        && !locked.spec().equals(config.resolved(name, row.spec()))) {
      out.add(
          lock.of(
              name,
              row.location(),
              "the override '"
                  + selector
                  + "' is "
                  + row.spec()
                  + ", and "
                  + lock.name()
                  + " was made with "
                  + locked.spec(),
              true,
              List.of()));
    }
  }

  private void catalogs() {
    Map<String, Map<String, StatedRow>> current = config.catalogs();
    if (config.workspace() == null) {
      return;
    }
    stated
        .catalogs()
        .forEach((catalog, entries) ->
            entries.forEach((name, spec) -> {
              Map<String, StatedRow> rows = current.get(catalog);
              StatedRow row = rows == null ? null : rows.get(name);
              if (row == null || !row.spec().equals(spec.strip())) {
                String asks = row == null ? " has none" : " has " + row.spec();
                out.add(
                    lock.of(
                        name,
                        row == null ? Location.of(config.workspacePath()) : row.location(),
                        "the catalog '"
                            + catalog
                            + "'"
                            + asks
                            + ", "
                            + lock.name()
                            + " was made for "
                            + spec,
                        true,
                        List.of()));
              }
            }));
  }
}

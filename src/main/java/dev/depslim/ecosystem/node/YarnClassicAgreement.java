package dev.depslim.ecosystem.node;

import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.model.Disagreement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whether a lock of Yarn 1 says what its manifests say: it has a key `name@range` for everything
/// that they ask for, development included (Yarn, `lockFileHasAllPatterns`).
///
/// It knows no sections, so a move between them is no difference. Members of the workspace, links
/// and what `resolutions` replaces need no key. Entries that nothing asks for any more are what
/// `--frozen-lockfile` accepts.
final class YarnClassicAgreement {
  private final NodeLock lock;
  private final List<YarnEntry> entries;
  private final Set<String> patterns = new HashSet<>();
  private final Map<String, List<String>> ranges = new LinkedHashMap<>();
  private final Map<String, WrittenManifest> manifests = new LinkedHashMap<>();
  private final List<WrittenManifest> linked = new ArrayList<>();
  private final Set<String> members = new HashSet<>();
  private final Map<String, String> resolutions = new LinkedHashMap<>();
  private final List<Disagreement> out = new ArrayList<>();

  private YarnClassicAgreement(NodeLock lock, List<YarnEntry> entries) {
    this.lock = lock;
    this.entries = entries;
    for (YarnEntry entry : entries) {
      for (String pattern : entry.patterns) {
        patterns.add(pattern);
        ranges
            .computeIfAbsent(YarnEntry.name(pattern), _ -> new ArrayList<>())
            .add(YarnEntry.range(pattern));
      }
    }
  }

  /// The disagreements; none where no manifest lies beside the lock.
  static List<Disagreement> of(String path, List<YarnEntry> entries, ProjectFiles files) {
    NodeLock lock = new NodeLock(path, "yarn install --frozen-lockfile", "yarn install");
    WrittenManifest root = WrittenManifest.in(files, lock.folder());
    if (root == null || Workspaces.isMember(files, lock.folder())) {
      return List.of();
    }
    YarnClassicAgreement agreement = new YarnClassicAgreement(lock, entries);
    agreement.collect(root, files);
    agreement.follow(files);
    agreement.manifests.values().forEach(agreement::requested);
    agreement.leftOver();
    return NodeLock.withoutLinked(agreement.out, files, lock.folder());
  }

  private void collect(WrittenManifest root, ProjectFiles files) {
    manifests.put("", root);
    root.strings("resolutions")
        .forEach((pattern, row) -> resolutions.put(PnpmConfig.target(last(pattern)), row.spec()));
    if (root.workspaces().isEmpty()) {
      return;
    }
    WorkspaceGlobs globs = WorkspaceGlobs.of(root.workspaces());
    String prefix = lock.folder().isEmpty() ? "" : lock.folder() + "/";
    for (String folder : files.foldersWith("package.json")) {
      boolean below = folder.startsWith(prefix) && folder.length() > prefix.length();
      if (below && globs.match(folder.substring(prefix.length()))) {
        WrittenManifest member = WrittenManifest.in(files, folder);
        if (member != null) {
          manifests.put(folder, member);
          if (member.name() != null) {
            members.add(member.name());
          }
        }
      }
    }
  }

  /// The folders that are linked: what they need to run is locked as well.
  private void follow(ProjectFiles files) {
    Set<String> known = new HashSet<>(manifests.keySet());
    List<WrittenManifest> waiting = new ArrayList<>(manifests.values());
    for (int i = 0; i < waiting.size(); i++) {
      String path = waiting.get(i).path();
      String folder = path.substring(0, Math.max(path.lastIndexOf('/'), 0));
      for (StatedRow row :
          waiting
              .get(i)
              .rows(
                  WrittenManifest.RUNTIME, WrittenManifest.DEVELOPMENT, WrittenManifest.OPTIONAL)) {
        String spec = row.spec();
        if (spec.startsWith("link:")) {
          String to = OwnPackages.resolve(folder, spec.substring("link:".length()));
          WrittenManifest found = known.add(to) ? WrittenManifest.in(files, to) : null;
          if (found != null) {
            linked.add(found);
            waiting.add(found);
          }
        }
      }
    }
  }

  /// The last name of a path of packages: `a/**/@b/c` → `@b/c`.
  private static String last(String pattern) {
    int slash = pattern.lastIndexOf('/');
    if (slash < 0) {
      return pattern;
    }
    int before = pattern.lastIndexOf('/', slash - 1);
    return pattern.charAt(before + 1) == '@'
        ? pattern.substring(before + 1)
        : pattern.substring(slash + 1);
  }

  private void requested(WrittenManifest manifest) {
    Map<String, List<StatedRow>> byName = new LinkedHashMap<>();
    for (StatedRow row :
        manifest.rows(
            WrittenManifest.RUNTIME, WrittenManifest.DEVELOPMENT, WrittenManifest.OPTIONAL)) {
      byName.computeIfAbsent(row.name(), _ -> new ArrayList<>()).add(row);
    }
    byName.forEach((name, rows) -> {
      boolean free =
          members.contains(name)
              || rows.stream().anyMatch(row -> row.spec().startsWith("link:") || hasKey(row))
              || resolutions.containsKey(name) && ranges.containsKey(name);
      if (!free) {
        report(rows.getFirst(), manifest);
      }
    });
  }

  private boolean hasKey(StatedRow row) {
    String pattern = row.name() + "@" + row.spec();
    return patterns.contains(pattern)
        || row.spec().isEmpty()
            && (patterns.contains(row.name()) || patterns.contains(row.name() + "@*"));
  }

  private void report(StatedRow row, WrittenManifest manifest) {
    @Nullable List<String> locked = ranges.get(row.name());
    String has = locked == null ? "has no entry of it" : "has it as " + String.join(", ", locked);
    String asks = row.spec().isEmpty() ? "any version" : row.spec();
    // of members Yarn 1 does not compare, and asks the registry anew (measured on 1.22)
    boolean refused = manifest.path().equals(lock.folder("package.json"));
    String what =
        manifest.path()
            + " asks for "
            + asks
            + " in "
            + row.section()
            + ", "
            + lock.name()
            + " "
            + has;
    out.add(lock.of(row.name(), row.location(), what, refused, List.of()));
  }

  /// Entries that neither a manifest nor another entry asks for.
  private void leftOver() {
    Set<String> asked = new HashSet<>();
    Set<String> named = new HashSet<>();
    for (YarnEntry entry : entries) {
      for (YarnEntry.Requirement one : entry.requirements) {
        asked.add(one.name() + "@" + one.range());
      }
    }
    for (WrittenManifest manifest : manifests.values()) {
      for (StatedRow row :
          manifest.rows(
              WrittenManifest.RUNTIME,
              WrittenManifest.DEVELOPMENT,
              WrittenManifest.OPTIONAL,
              WrittenManifest.PEERS)) {
        named.add(row.name());
      }
    }
    linked.forEach(manifest ->
        manifest
            .rows(WrittenManifest.RUNTIME, WrittenManifest.OPTIONAL)
            .forEach(row -> named.add(row.name())));
    for (YarnEntry entry : entries) {
      String name = YarnEntry.name(entry.patterns.getFirst());
      boolean left = !named.contains(name) && !resolutions.containsKey(name);
      if (left && entry.patterns.stream().noneMatch(asked::contains)) {
        String what =
            lock.name()
                + " has "
                + String.join(", ", entry.patterns)
                + ", for which neither a package.json nor another package asks";
        out.add(
            lock.of(
                name,
                dev.depslim.model.Location.of(lock.path(), entry.line),
                what,
                false,
                List.of()));
      }
    }
  }
}

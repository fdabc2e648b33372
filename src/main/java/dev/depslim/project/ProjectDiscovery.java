package dev.depslim.project;

import dev.depslim.ecosystem.LockfileReader;
import dev.depslim.ecosystem.ManifestReader;
import dev.depslim.ecosystem.SourceFile;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.Issue;
import dev.depslim.model.Location;
import dev.depslim.model.Lockfile;
import dev.depslim.model.Manifest;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Finds all manifests and lock files of a tree and joins those of one folder and ecosystem.
public final class ProjectDiscovery {
  private static final Set<String> UNREAD_LOCKS =
      Set.of("shrinkwrap.yaml", "conda-lock.yml", "pixi.lock", "deno.lock");

  private final ProjectTree tree;
  private final Formats formats;
  private final Map<String, Manifest> manifests = new TreeMap<>();
  private final Map<String, String> includedFrom = new HashMap<>();
  private final List<Lockfile> lockfiles = new ArrayList<>();
  private final List<Issue> issues = new ArrayList<>();

  private ProjectDiscovery(ProjectTree tree, Formats formats) {
    this.tree = tree;
    this.formats = formats;
  }

  /// What was found.
  ///
  /// @param groups sorted by path, then ecosystem
  /// @param names normalised names of the tree's own packages, also of those without dependencies
  /// @param issues what could not be read, that of the files' own content included
  public record Found(List<Group> groups, Map<Ecosystem, Set<String>> names, List<Issue> issues) {}

  /// Manifests and lock files of one folder and ecosystem.
  ///
  /// @param path `""` for the root
  public record Group(
      String path, Ecosystem ecosystem, List<Manifest> manifests, List<Lockfile> lockfiles) {

    @Nullable String name() {
      return manifests.stream()
          .map(Manifest::name)
          .filter(name -> name != null && !name.isBlank())
          .findFirst()
          .orElse(null);
    }
  }

  /// All projects of the tree.
  public static Found in(ProjectTree tree, Formats formats) {
    ProjectDiscovery discovery = new ProjectDiscovery(tree, formats);
    discovery.issues.addAll(tree.issues());
    discovery.readAll();
    discovery.dropConstraints();
    return new Found(discovery.groups(), discovery.names(), discovery.issues);
  }

  /// What one file says: a manifest, a lock, only an issue, or nothing at all.
  private record Content(
      String path,
      @Nullable Manifest manifest,
      @Nullable Lockfile lockfile,
      @Nullable Issue issue) {}

  /// Files are read side by side, and what they say is put together in the order of their paths, so
  /// that nothing depends on which was read first.
  private void readAll() {
    List<String> included = new ArrayList<>();
    List<String> once = tree.files().stream().filter(path -> !isReadElsewhere(path)).toList();
    for (Content content : SideBySide.map(once, this::content)) {
      take(content, included);
    }
    while (!included.isEmpty()) {
      List<String> wanted = included.stream().filter(this::isUnread).toList();
      included.clear();
      for (Content content : SideBySide.map(wanted, this::includedContent)) {
        take(content, included);
      }
    }
  }

  /// Whether a path is a link to another file of the tree that is read under its own name.
  private boolean isReadElsewhere(String path) {
    String file = tree.linked(path);
    return file != null
        && Collections.binarySearch(tree.files(), file) >= 0
        && tree.linked(file) == null
        && (lockReader(file) != null || manifestReader(file) != null);
  }

  private boolean isUnread(String path) {
    return !manifests.containsKey(path)
        && lockfiles.stream().noneMatch(lock -> lock.path().equals(path));
  }

  private void take(Content content, List<String> included) {
    if (content.issue != null) {
      issues.add(content.issue);
    }
    if (content.lockfile != null) {
      lockfiles.add(content.lockfile);
      issues.addAll(content.lockfile.issues());
    }
    if (content.manifest != null) {
      manifests.put(content.path, content.manifest);
      issues.addAll(content.manifest.issues());
      for (String target : content.manifest.includes()) {
        if (includedFrom.putIfAbsent(target, content.path) == null) {
          included.add(target);
        }
      }
    }
  }

  private Content content(String path) {
    try {
      LockfileReader lock = lockReader(path);
      if (lock != null) {
        return new Content(path, null, lock.read(SourceFile.in(tree, path), tree), null);
      }
      ManifestReader reader = manifestReader(path);
      return reader == null ? new Content(path, null, null, unread(path)) : read(reader, path);
    } catch (UncheckedIOException e) {
      return unreadable(path, e);
    }
  }

  /// An included file may have any name.
  private Content includedContent(String path) {
    try {
      Manifest includer = manifests.get(includedFrom.get(path));
      ManifestReader reader = includer == null ? null : readerOfKind(includer);
      return reader == null || !tree.exists(path)
          ? new Content(path, null, null, null)
          : read(reader, path);
    } catch (UncheckedIOException e) {
      return unreadable(path, e);
    }
  }

  private Content read(ManifestReader reader, String path) {
    SourceFile file = SourceFile.in(tree, path);
    Manifest manifest = reader.read(file, tree);
    return new Content(
        path,
        manifest.issues().isEmpty() ? manifest : TemplateTags.noted(manifest, file.bytes()),
        null,
        null);
  }

  private static Content unreadable(String path, UncheckedIOException e) {
    Throwable cause = e.getCause();
    String why =
        cause instanceof AccessDeniedException
            ? ": check its permissions"
            : ": " + (cause == null ? e : cause).getMessage();
    return new Content(
        path, null, null, Issue.error(Location.of(path), "this file cannot be read" + why));
  }

  /// A format that is known and not read is said: silence would look like an empty project.
  private static @Nullable Issue unread(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    return UNREAD_LOCKS.contains(name)
        ? Issue.warning(
            Location.of(path),
            "lock files of this format are not read: what it resolves is not known, and only what"
                + " manifests declare counts")
        : null;
  }

  private @Nullable LockfileReader lockReader(String path) {
    for (LockfileReader reader : formats.lockfiles()) {
      if (reader.reads(path, tree)) {
        return reader;
      }
    }
    return null;
  }

  private @Nullable ManifestReader manifestReader(String path) {
    for (ManifestReader reader : formats.manifests()) {
      if (reader.reads(path, tree)) {
        return reader;
      }
    }
    return null;
  }

  /// An included file may have any name; it is of the format of the file that names it, or of the
  /// one that a requirements file is.
  private @Nullable ManifestReader readerOfKind(Manifest includer) {
    for (ManifestReader reader : formats.manifests()) {
      if (reader.ecosystem() == includer.ecosystem() && reader.reads("requirements.txt")) {
        return reader;
      }
    }
    return null;
  }

  /// A file that others name by `-c` only says which versions are allowed.
  private void dropConstraints() {
    Set<String> constraints = new HashSet<>();
    for (Manifest manifest : manifests.values()) {
      constraints.addAll(manifest.constraints());
    }
    constraints.removeAll(includedFrom.keySet());
    manifests.keySet().removeAll(constraints);
  }

  private List<Group> groups() {
    Map<String, Group> groups = new TreeMap<>();
    for (Manifest manifest : manifests.values()) {
      group(groups, folder(manifest), manifest.ecosystem()).manifests().add(manifest);
    }
    for (Lockfile lockfile : lockfiles) {
      group(groups, projectFolder(lockfile.path(), lockfile.ecosystem()), lockfile.ecosystem())
          .lockfiles()
          .add(lockfile);
    }
    return groups.values().stream()
        .filter(ProjectDiscovery::saysAnything)
        .sorted(Comparator.comparing(Group::path).thenComparing(Group::ecosystem))
        .toList();
  }

  private Map<Ecosystem, Set<String>> names() {
    Map<Ecosystem, Set<String>> names = new EnumMap<>(Ecosystem.class);
    for (Manifest manifest : manifests.values()) {
      String name = manifest.name();
      if (name != null && !name.isBlank()) {
        names
            .computeIfAbsent(manifest.ecosystem(), _ -> new HashSet<>())
            .add(manifest.ecosystem().normalize(name));
      }
    }
    return names;
  }

  private static Group group(Map<String, Group> groups, String path, Ecosystem ecosystem) {
    return groups.computeIfAbsent(
        path + "\0" + ecosystem.ordinal(),
        _ -> new Group(path, ecosystem, new ArrayList<>(), new ArrayList<>()));
  }

  /// A file that only an include brings in belongs to the project of the file that names it.
  private String folder(Manifest manifest) {
    String path = manifest.path();
    String includer = includedFrom.get(path);
    Manifest from = includer == null ? null : manifests.get(includer);
    if (from != null && from != manifest && manifestReader(path) == null) {
      return projectFolder(from.path(), from.ecosystem());
    }
    return projectFolder(path, manifest.ecosystem());
  }

  /// `requirements/dev.txt` belongs to the folder that holds `requirements/`.
  private static String projectFolder(String path, Ecosystem ecosystem) {
    String folder = parent(path);
    String last = folder.substring(folder.lastIndexOf('/') + 1);
    return ecosystem == Ecosystem.PYPI && last.equals("requirements") ? parent(folder) : folder;
  }

  private static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }

  /// Settings of tools and stubs such as `{"type": "module"}` are no project.
  private static boolean saysAnything(Group group) {
    return !group.lockfiles().isEmpty()
        || group.manifests().stream()
            .anyMatch(manifest ->
                !manifest.dependencies().isEmpty()
                    || !manifest.workspaces().isEmpty()
                    || manifest.issues().stream()
                        .anyMatch(issue -> issue.severity() == dev.depslim.model.Severity.ERROR)
                    || (parent(manifest.path()).isEmpty() && manifest.name() != null));
  }
}

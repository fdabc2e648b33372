package dev.depslim.ecosystem.python;

import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.ecosystem.SourceFile;
import dev.depslim.model.DeclaredDependency;
import dev.depslim.model.Disagreement;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.Location;
import dev.depslim.model.Origin;
import dev.depslim.model.Scope;
import dev.depslim.syntax.Tree;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Names what differs between a manifest and a lock of which only a hash says that they differ:
/// what is declared and not locked, what is locked in versions that the manifest does not allow,
/// and what is locked though nobody asks for it any more.
final class HashedLock {
  private final PythonLock lock;
  private final String manifest;
  private final Location hashPlace;
  private final String evidence;
  private final Map<String, List<Entry>> locked = new LinkedHashMap<>();
  private final List<Disagreement> out = new ArrayList<>();

  /// A locked package.
  ///
  /// @param section of the lock, for formats that have several; else empty
  /// @param leftOver whether nobody would ask for it but the manifest
  record Entry(String section, String name, @Nullable String version, int line, boolean leftOver) {}

  /// @param manifest its path
  /// @param hashPlace where the lock has the hash
  HashedLock(PythonLock lock, String manifest, Location hashPlace, String stated, String computed) {
    this.lock = lock;
    this.manifest = manifest;
    this.hashPlace = hashPlace;
    this.evidence =
        lock.name()
            + " was made for a "
            + Paths.name(manifest)
            + " of the hash "
            + stated
            + ", it is "
            + computed;
  }

  void add(Entry entry) {
    locked
        .computeIfAbsent(Ecosystem.PYPI.normalize(entry.name()), _ -> new ArrayList<>())
        .add(entry);
  }

  /// The differences that can be named, of a lock that is one list of packages.
  ///
  /// @param required names that the locked packages require
  /// @param version of a locked package; null where it is not from a registry
  /// @param pyproject the manifest
  List<Disagreement> compare(
      TomlLock toml,
      Set<String> required,
      Function<Tree.Mapping, @Nullable String> version,
      byte[] pyproject,
      ProjectFiles files) {
    for (Tree.Mapping entry : toml.entries()) {
      String name = TomlLock.name(entry);
      boolean leftOver = !required.contains(Ecosystem.PYPI.normalize(name));
      add(new Entry("", name, version.apply(entry), entry.line(), leftOver));
    }
    List<DeclaredDependency> declared =
        new PyprojectToml()
            .read(new SourceFile(manifest, pyproject), files).dependencies().stream()
                .filter(one -> one.scope() != Scope.BUILD)
                .toList();
    return compare(declared, _ -> "");
  }

  /// The differences that can be named, else the one that the hash tells.
  ///
  /// @param sections the section of the lock in which a declaration is locked, by its group
  List<Disagreement> compare(List<DeclaredDependency> declared, Sections sections) {
    Map<String, List<DeclaredDependency>> byPlace = new LinkedHashMap<>();
    Set<String> names = new HashSet<>();
    for (DeclaredDependency one : declared) {
      String name = Ecosystem.PYPI.normalize(one.name());
      String section = sections.of(one.group());
      names.add(name);
      byPlace.computeIfAbsent(section + "\0" + name, _ -> new ArrayList<>()).add(one);
    }
    byPlace.forEach((place, rows) -> requested(place.substring(0, place.indexOf('\0')), rows));
    for (List<Entry> entries : locked.values()) {
      for (Entry entry : entries) {
        if (entry.leftOver() && !names.contains(Ecosystem.PYPI.normalize(entry.name()))) {
          leftOver(entry);
        }
      }
    }
    if (out.isEmpty()) {
      out.add(
          lock.of(
              null,
              hashPlace,
              Paths.name(manifest) + " has changed since " + lock.name() + " was made for it",
              List.of(evidence)));
    }
    return out;
  }

  /// Says in which section of the lock a group of the manifest is locked.
  interface Sections {
    String of(@Nullable String group);
  }

  private void requested(String section, List<DeclaredDependency> rows) {
    DeclaredDependency first = rows.getFirst();
    List<Entry> all = locked.getOrDefault(Ecosystem.PYPI.normalize(first.name()), List.of());
    List<Entry> here = all.stream().filter(entry -> entry.section().equals(section)).toList();
    if (here.isEmpty()) {
      if (rows.stream().allMatch(row -> row.origin() == Origin.WORKSPACE)) {
        return;
      }
      String there = all.isEmpty() ? "" : " for " + section;
      say(first, asks(first) + ", and " + lock.name() + " has none" + there);
      return;
    }
    List<String> versions = new ArrayList<>();
    for (Entry entry : here) {
      if (entry.version() == null) {
        return;
      }
      versions.add(entry.version());
    }
    for (DeclaredDependency row : rows) {
      PoetryConstraint allowed =
          row.constraint().isBlank() ? null : PoetryConstraint.parse(row.constraint());
      boolean plain = row.origin() == Origin.REGISTRY && !row.constraint().equals("*");
      if (!plain || allowed == null || versions.stream().anyMatch(allowed::allows)) {
        return;
      }
    }
    say(first, asks(first) + ", " + lock.name() + " has " + String.join(", ", versions));
  }

  private String asks(DeclaredDependency row) {
    return manifest
        + " asks for "
        + (row.constraint().isBlank() ? "any version" : row.constraint());
  }

  private void say(DeclaredDependency row, String what) {
    out.add(lock.of(row.name(), row.location(), what, List.of(evidence)));
  }

  private void leftOver(Entry entry) {
    String what =
        lock.name()
            + " has "
            + (entry.version() == null ? "it" : entry.version())
            + (entry.section().isEmpty() ? "" : " in " + entry.section())
            + ", and "
            + manifest
            + " does not name it";
    out.add(lock.of(entry.name(), Location.of(lock.path(), entry.line()), what, List.of(evidence)));
  }
}

package dev.depslim.ecosystem.python;

import dev.depslim.syntax.Tree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What an installer takes from a `pylock.toml` in one environment: "Installation" of PEP 751.
///
/// @param taken the packages, in the order of the lock
/// @param problem why nothing can be installed, or null
record PylockSelection(List<Taken> taken, @Nullable Problem problem) {
  PylockSelection {
    taken = List.copyOf(taken);
  }

  /// Why an installer refuses the lock.
  enum Problem {
    /// The version of Python is not one of those that the lock or a package is for.
    PYTHON,
    /// None of the environments of the lock is this one.
    NO_ENVIRONMENT,
    /// Two entries of one name are for this environment.
    DUPLICATE,
    /// No wheel fits, and there is no source archive.
    NO_WHEEL
  }

  /// A package and the kind of place it comes from: `vcs`, `directory`, `archive`, `wheel` or
  /// `sdist`.
  record Taken(String name, @Nullable String version, String kind) {}

  private static PylockSelection refused(Problem problem) {
    return new PylockSelection(List.of(), problem);
  }

  /// @param environment a value for every variable of PEP 508
  /// @param tags of the wheels that fit
  /// @param extras that are asked for
  /// @param groups that are asked for; null for those that the lock has as default
  static PylockSelection of(
      Tree.Mapping lock,
      Map<String, String> environment,
      Set<String> tags,
      Set<String> extras,
      @Nullable Set<String> groups) {
    String full = String.valueOf(environment.get("python_full_version"));
    String python = full.endsWith("+") ? full + "local" : full; // built from sources without a tag
    if (!allows(lock.string("requires-python"), python)) {
      return refused(Problem.PYTHON);
    }
    Tree.Sequence environments = lock.sequence("environments");
    if (environments != null
        && environments.strings().stream().noneMatch(one -> holds(one, environment, Map.of()))) {
      return refused(Problem.NO_ENVIRONMENT);
    }
    Map<String, Set<String>> sets = new HashMap<>();
    sets.put("extras", extras);
    sets.put("dependency_groups", groups == null ? strings(lock, "default-groups") : groups);
    Map<String, Tree.Mapping> selected = new LinkedHashMap<>();
    Tree.Sequence packages = lock.sequence("packages");
    for (Tree item : packages == null ? List.<Tree>of() : packages.items()) {
      if (item instanceof Tree.Mapping entry) {
        String marker = entry.string("marker");
        if (marker != null && !holds(marker, environment, sets)) {
          continue;
        }
        if (!allows(entry.string("requires-python"), python)) {
          return refused(Problem.PYTHON);
        }
        if (selected.put(String.valueOf(entry.string("name")), entry) != null) {
          return refused(Problem.DUPLICATE);
        }
      }
    }
    List<Taken> out = new ArrayList<>();
    for (Map.Entry<String, Tree.Mapping> one : selected.entrySet()) {
      String kind = kind(one.getValue(), tags);
      if (kind == null) {
        return refused(Problem.NO_WHEEL);
      }
      out.add(new Taken(one.getKey(), one.getValue().string("version"), kind));
    }
    return new PylockSelection(out, null);
  }

  private static boolean allows(@Nullable String specifier, String python) {
    VersionSpecifier parsed = specifier == null ? null : VersionSpecifier.parse(specifier);
    return parsed == null || parsed.contains(python, null);
  }

  private static boolean holds(
      String marker, Map<String, String> environment, Map<String, Set<String>> sets) {
    try {
      return Marker.parse(marker).holds(environment, sets);
    } catch (RequirementSyntaxException | UndefinedMarkerException e) {
      return true; // the reader of the lock tells what is wrong with it
    }
  }

  private static Set<String> strings(Tree.Mapping lock, String name) {
    Tree.Sequence list = lock.sequence(name);
    return list == null ? Set.of() : new HashSet<>(list.strings());
  }

  private static @Nullable String kind(Tree.Mapping entry, Set<String> tags) {
    for (String place : List.of("vcs", "directory", "archive")) {
      if (entry.get(place) != null) {
        return place;
      }
    }
    Tree.Sequence wheels = entry.sequence("wheels");
    for (Tree item : wheels == null ? List.<Tree>of() : wheels.items()) {
      if (item instanceof Tree.Mapping wheel && fits(wheel, tags)) {
        return "wheel";
      }
    }
    return entry.get("sdist") == null ? null : "sdist";
  }

  private static boolean fits(Tree.Mapping wheel, Set<String> tags) {
    String name = wheel.string("name");
    String place = wheel.string("path") == null ? wheel.string("url") : wheel.string("path");
    WheelName parsed =
        WheelName.parse(name == null ? Archives.fileName(String.valueOf(place)) : name);
    return parsed != null && parsed.tags().stream().anyMatch(tags::contains);
  }
}

package dev.depslim.ecosystem.python;

import dev.depslim.ecosystem.ProjectFiles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where a project runs in production: Linux on x86-64 or arm64, CPython of the version that its
/// Dockerfile names, else its `.python-version`, else one that `requires-python` allows.
///
/// A marker is asked once for each of these environments; it matters where it may hold in any.
final class PythonTarget {
  /// What nobody writes is not worth the time: it may hold.
  private static final long MAX_COMPARISONS = 1_000_000;

  private static final List<String> MACHINES = List.of("x86_64", "aarch64");

  /// The minor versions of Python 3 that are tried where a project takes several.
  private static final int OLDEST = 6;

  private static final int NEWEST = 15;

  private final List<Map<String, String>> environments = new ArrayList<>();
  private final Map<String, Long> known = new HashMap<>();
  private final Map<String, Long> knownPlain = new HashMap<>();

  private PythonTarget(Iterable<String> versions) {
    for (String version : versions) {
      String[] numbers = version.split("\\.", -1);
      boolean exact = numbers.length > 2;
      for (String full : exact ? List.of(version) : List.of(version + ".0", version + ".99")) {
        for (String machine : MACHINES) {
          environments.add(environment(numbers[0] + "." + numbers[1], full, machine));
        }
      }
    }
  }

  /// The target of a project.
  ///
  /// @param folder of the manifest or lock, `""` for the root
  /// @param requires versions that the file itself states, or null for those of the pyproject.toml
  static PythonTarget of(String folder, ProjectFiles files, @Nullable String requires) {
    Set<String> named = NamedPython.of(folder, files);
    if (!named.isEmpty()) {
      return new PythonTarget(named);
    }
    String stated =
        requires == null
            ? PyprojectToml.requiresPython(Paths.below(folder, "pyproject.toml"), files)
            : requires;
    PoetryConstraint allowed =
        stated == null || stated.isBlank() ? null : PoetryConstraint.parse(stated);
    Set<String> versions = new LinkedHashSet<>();
    Set<String> all = new LinkedHashSet<>();
    for (int minor = OLDEST; minor <= NEWEST; minor++) {
      String version = "3." + minor;
      all.add(version);
      if (allowed == null || allowed.allows(version + ".0") || allowed.allows(version + ".99")) {
        versions.add(version);
      }
    }
    return new PythonTarget(versions.isEmpty() ? all : versions);
  }

  private static Map<String, String> environment(String version, String full, String machine) {
    Map<String, String> out = new HashMap<>();
    out.put("os_name", "posix");
    out.put("sys_platform", "linux");
    out.put("platform_system", "Linux");
    out.put("platform_machine", machine);
    out.put("platform_python_implementation", "CPython");
    out.put("platform_release", "6.1.0");
    out.put("platform_version", "#1 SMP");
    out.put("implementation_name", "cpython");
    out.put("implementation_version", full);
    out.put("python_version", version);
    out.put("python_full_version", full);
    return out;
  }

  /// Whether a marker may hold; one that cannot be read or evaluated, or is absurdly long, may.
  ///
  /// @param marker null for no condition
  boolean mayHold(@Nullable String marker) {
    return where(marker) != 0;
  }

  /// The environments in which a marker holds, one bit for each; somebody may ask for every extra
  /// and group that it names. All bits where it cannot be read.
  ///
  /// @param marker null for no condition
  long where(@Nullable String marker) {
    return marker == null || marker.isBlank()
        ? -1
        : known.computeIfAbsent(marker, text -> evaluate(text, true));
  }

  /// The same where nobody asks for an extra or a group.
  long wherePlain(@Nullable String marker) {
    return marker == null || marker.isBlank()
        ? -1
        : knownPlain.computeIfAbsent(marker, text -> evaluate(text, false));
  }

  private long evaluate(String text, boolean named) {
    try {
      Marker marker = Marker.parse(text);
      Set<String> names = new LinkedHashSet<>();
      names.add("");
      long comparisons = names(marker, names);
      if (!named) {
        names.clear();
        names.add("");
      }
      if (comparisons * names.size() * environments.size() > MAX_COMPARISONS) {
        return -1;
      }
      long where = 0;
      for (int i = 0; i < environments.size(); i++) {
        for (String extra : names) {
          Map<String, String> all = new HashMap<>(environments.get(i));
          all.put("extra", extra);
          if (holds(marker, all, names) || holds(marker, all, Set.of())) {
            where |= 1L << i;
          }
        }
      }
      return where;
    } catch (RequirementSyntaxException | UndefinedMarkerException e) {
      return -1; // the reader of the file tells what is wrong with it
    }
  }

  private static boolean holds(Marker marker, Map<String, String> environment, Set<String> names) {
    return marker.holds(environment, Map.of("extras", names, "dependency_groups", names));
  }

  /// Notes the extras and groups that a marker asks for: somebody may ask for each of them.
  ///
  /// @return how many comparisons it is made of
  private static int names(Marker marker, Set<String> out) {
    return switch (marker) {
      case Marker.Comparison comparison -> {
        String left = comparison.left().name();
        String right = comparison.right().name();
        String name = left == null ? right : left;
        if (name != null && (name.startsWith("extra") || name.equals("dependency_groups"))) {
          out.add((left == null ? comparison.left() : comparison.right()).literal());
        }
        yield 1;
      }
      case Marker.Joined joined -> joined.parts().stream().mapToInt(part -> names(part, out)).sum();
    };
  }
}

package dev.depslim.ecosystem.python;

import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.ecosystem.SourceFile;
import dev.depslim.model.MinimizePlan.ProjectPlan;
import dev.depslim.model.Project;
import dev.depslim.syntax.Json;
import dev.depslim.syntax.SyntaxException;
import dev.depslim.syntax.Toml;
import dev.depslim.syntax.Tree;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The Python that a project is installed with, as far as its files tell: the base image of its
/// Dockerfile, what its requirement files were compiled with, `.python-version`, and what manifests
/// and locks allow.
///
/// @param minor such as `3.12`; null where nothing names one
/// @param allowed by manifests and locks
record TargetPython(@Nullable String minor, VersionRanges allowed) {
  private static final Pattern FROM = Pattern.compile("(?im)^\\s*FROM\\s+(?:--\\S+\\s+)*(\\S+)");
  private static final Pattern ARGUMENT =
      Pattern.compile("(?im)^\\s*ARG\\s+(\\w+)=[\"']?([^\\s\"']+)");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{?(\\w+)(?::?-([^}]*))?}?");

  /// `python:3.12-slim`, and `uv:python3.12-bookworm` of uv's own images.
  private static final Pattern IMAGE =
      Pattern.compile("(?:(?:^|/)python:|[:-]python)(\\d+\\.\\d+)(?!\\d)");

  private static final Pattern COMPILED =
      Pattern.compile("(?:with Python |--python-version[= ]|--python[= ]|-p )(\\d+\\.\\d+)");
  private static final Pattern MINOR = Pattern.compile("(?:python-)?(\\d+\\.\\d+)(?:\\.\\d+)?");
  private static final int NEWEST = 30;

  static TargetPython of(ProjectPlan plan, ProjectFiles files) {
    VersionRanges allowed = allowed(plan, files);
    for (String minor : named(plan, files)) {
      if (allows(allowed, minor)) {
        return new TargetPython(minor, allowed);
      }
    }
    return new TargetPython(null, allowed);
  }

  /// The same with a minor version in place of its own; null for its own.
  TargetPython named(@Nullable String other) {
    return other == null ? this : new TargetPython(other, allowed);
  }

  /// The lowest minor version that a package allows too; null where nothing asks for another.
  ///
  /// @param required as in `Requires-Python`, or null
  @Nullable String next(@Nullable String required) {
    VersionRanges both = narrowed(allowed, required);
    List<String> minors = new TargetPython(null, both).minors();
    return required == null || minors.isEmpty() ? null : minors.getFirst();
  }

  /// Whether any release of a minor version, such as `3.12`, is allowed.
  boolean allows(String other) {
    return allows(allowed, other);
  }

  private static boolean allows(VersionRanges allowed, String minor) {
    VersionRanges releases = VersionRanges.of("==", minor + ".*");
    return releases != null && !allowed.and(releases).isEmpty();
  }

  /// The minor versions of Python 3 that are allowed, the lowest first.
  List<String> minors() {
    List<String> out = new ArrayList<>();
    for (int number = 0; number <= NEWEST; number++) {
      if (allows("3." + number)) {
        out.add("3." + number);
      }
    }
    return out;
  }

  /// The lowest release of a minor version that is allowed, such as `3.12.0`.
  String release(String minor) {
    for (int patch = 0; patch <= NEWEST; patch++) {
      Version version = Version.parse(minor + "." + patch);
      if (version != null && allowed.contains(version)) {
        return minor + "." + patch;
      }
    }
    return minor + ".0";
  }

  /// Minor versions that files of the project name, the most telling first.
  private static Set<String> named(ProjectPlan plan, ProjectFiles files) {
    Set<String> out = new LinkedHashSet<>();
    Set<String> dockerfiles = new LinkedHashSet<>(folders(plan));
    dockerfiles.addAll(below(plan, files));
    for (String folder : dockerfiles) {
      String text = text(Paths.below(folder, "Dockerfile"), files);
      out.addAll(text == null ? List.of() : base(text));
    }
    for (Project.LockfileFile lock : plan.lockfiles()) {
      byte[] bytes = lock.kind().equals("requirements.txt") ? files.read(lock.path()) : null;
      if (bytes != null) {
        String header =
            String.join(" ", ViaComments.of(new SourceFile(lock.path(), bytes)).header());
        add(COMPILED.matcher(header).results().map(found -> found.group(1)).toList(), out);
      }
    }
    for (String folder : folders(plan)) {
      for (String name : List.of(".python-version", "runtime.txt")) {
        String text = text(Paths.below(folder, name), files);
        Matcher version = MINOR.matcher(text == null ? "" : text.strip());
        if (version.matches()) {
          out.add(version.group(1));
        }
      }
    }
    return out;
  }

  private static void add(List<String> found, Set<String> out) {
    if (!found.isEmpty()) {
      out.add(found.getFirst());
    }
  }

  /// The folders with a Dockerfile below that of the project, the nearest first.
  private static List<String> below(ProjectPlan plan, ProjectFiles files) {
    String own = plan.path().equals(".") ? "" : plan.path() + "/";
    return files.foldersWith("Dockerfile").stream()
        .filter(folder -> folder.startsWith(own))
        .sorted(Comparator.comparingInt((String folder) -> folder.split("/", -1).length))
        .toList();
  }

  /// The folders of the project and its members, then those above.
  private static Set<String> folders(ProjectPlan plan) {
    Set<String> out = new LinkedHashSet<>();
    String own = plan.path().equals(".") ? "" : plan.path();
    out.add(own);
    plan.members().forEach(member -> out.add(member.path()));
    for (String folder = own; !folder.isEmpty(); folder = Paths.folder(folder)) {
      out.add(Paths.folder(folder));
    }
    return out;
  }

  /// The Python of the last stage that names one; empty where none does.
  private static List<String> base(String dockerfile) {
    Map<String, String> defaults = new HashMap<>();
    ARGUMENT
        .matcher(dockerfile)
        .results()
        .forEach(found -> defaults.putIfAbsent(found.group(1), found.group(2)));
    List<String> out = new ArrayList<>();
    FROM.matcher(dockerfile)
        .results()
        .forEach(found -> {
          String image =
              VARIABLE
                  .matcher(found.group(1))
                  .replaceAll(variable -> Matcher.quoteReplacement(value(variable, defaults)));
          Matcher version = IMAGE.matcher(image);
          if (version.find()) {
            out.add(version.group(1));
          }
        });
    return out.isEmpty() ? out : List.of(out.getLast());
  }

  private static String value(java.util.regex.MatchResult variable, Map<String, String> defaults) {
    String otherwise = variable.group(2);
    return defaults.getOrDefault(variable.group(1), otherwise == null ? "" : otherwise);
  }

  private static @Nullable String text(String path, ProjectFiles files) {
    byte[] bytes = files.read(path);
    return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
  }

  private static VersionRanges allowed(ProjectPlan plan, ProjectFiles files) {
    VersionRanges out = VersionRanges.ALL;
    List<ProjectPlan> all = new ArrayList<>(plan.members());
    all.add(plan);
    for (ProjectPlan one : all) {
      for (Project.LockfileFile lock : one.lockfiles()) {
        out = narrowed(out, required(lock.path(), files));
      }
      for (Project.ManifestFile manifest : one.manifests()) {
        out = narrowed(out, required(manifest.path(), files));
      }
    }
    return out;
  }

  private static VersionRanges narrowed(VersionRanges all, @Nullable String constraint) {
    PoetryConstraint parsed = constraint == null ? null : PoetryConstraint.parse(constraint);
    VersionRanges both = parsed == null ? all : all.and(parsed.ranges());
    return both.isEmpty() ? all : both;
  }

  /// The Python that a manifest or lock asks for, as it is written there; null where it says
  /// nothing, or cannot be read.
  private static @Nullable String required(String path, ProjectFiles files) {
    byte[] bytes = files.read(path);
    String name = Paths.name(path);
    if (bytes == null) {
      return null;
    }
    try {
      if (name.equals("Pipfile.lock")) {
        return Json.parse(bytes) instanceof Tree.Mapping root
            ? pipenv(mapping(mapping(root, "_meta"), "requires"))
            : null;
      }
      if (name.equals("Pipfile")) {
        return pipenv(mapping(Toml.parse(bytes), "requires"));
      }
      if (name.endsWith(".toml") || name.endsWith(".lock")) {
        Tree.Mapping root = Toml.parse(bytes);
        String project = string(mapping(root, "project"), "requires-python");
        String poetry =
            string(mapping(mapping(mapping(root, "tool"), "poetry"), "dependencies"), "python");
        String lock = string(root, "requires-python");
        String metadata = string(mapping(root, "metadata"), "python-versions");
        String pdm = string(mapping(root, "metadata"), "requires_python");
        return first(project, poetry, lock, metadata, pdm);
      }
    } catch (SyntaxException _) {
      return null; // the reader of the format says so
    }
    return null;
  }

  private static @Nullable String pipenv(Tree.@Nullable Mapping requires) {
    String full = string(requires, "python_full_version");
    String minor = string(requires, "python_version");
    String version = minor == null ? full : minor;
    return version == null || !MINOR.matcher(version).matches()
        ? null
        : "==" + version + (version.indexOf('.') == version.lastIndexOf('.') ? ".*" : "");
  }

  private static @Nullable String first(@Nullable String... values) {
    for (String value : values) {
      if (value != null && !value.isBlank()) {
        return value;
      }
    }
    return null;
  }

  private static Tree.@Nullable Mapping mapping(Tree.@Nullable Mapping of, String name) {
    return of == null ? null : of.mapping(name);
  }

  private static @Nullable String string(Tree.@Nullable Mapping of, String name) {
    return of == null ? null : of.string(name);
  }
}

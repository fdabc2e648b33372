package dev.depslim.ecosystem.python;

import dev.depslim.ecosystem.ManifestReader;
import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.ecosystem.SourceFile;
import dev.depslim.model.DeclaredDependency;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.Issue;
import dev.depslim.model.Location;
import dev.depslim.model.Manifest;
import dev.depslim.model.Origin;
import dev.depslim.model.Scope;
import dev.depslim.syntax.SyntaxException;
import dev.depslim.syntax.Tree;
import dev.depslim.syntax.Yaml;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `environment.yml` of conda, also under names such as `environment-dev.yaml`: what conda installs
/// from its channels, and a `pip:` block with the lines of a requirements file.
///
/// The interpreter itself, `python`, is a version and no dependency.
public final class CondaEnvironment implements ManifestReader {
  private static final String GROUP = "conda";
  private static final String KEY = "dependencies:";

  @Override
  public Ecosystem ecosystem() {
    return Ecosystem.PYPI;
  }

  @Override
  public boolean reads(String path) {
    String name = Paths.name(path);
    int dot = name.lastIndexOf('.');
    String extension = name.substring(dot + 1);
    if (dot < 0 || !(extension.equals("yml") || extension.equals("yaml"))) {
      return false;
    }
    String stem = name.substring(0, dot);
    return stem.equals("environment")
        || stem.startsWith("environment-")
        || stem.startsWith("environment_")
        || stem.startsWith("environment.")
        || stem.endsWith("-environment")
        || stem.endsWith("_environment");
  }

  /// Other tools have files of this name too: a list of dependencies makes it one of conda.
  @Override
  public boolean reads(String path, ProjectFiles files) {
    if (!reads(path)) {
      return false;
    }
    byte[] bytes = files.read(path);
    return bytes != null && isEnvironment(new String(bytes, StandardCharsets.ISO_8859_1));
  }

  /// A list of dependencies, or anything else below that key where the file names channels: files
  /// of other tools end in `-environment.yml` too.
  private static boolean isEnvironment(String text) {
    boolean channels = false;
    boolean dependencies = false;
    boolean open = false;
    for (String line : (Iterable<String>) text.lines()::iterator) {
      String rest = line.strip();
      if (line.startsWith(KEY)) {
        dependencies = true;
        open = true;
        rest = line.substring(KEY.length()).strip();
        if (startsWithAny(rest, "[", "*", "&")) {
          return true;
        }
      } else if (open && startsWithAny(rest, "-", "{%", "{{", "{#")) {
        return true;
      }
      open &= rest.isEmpty() || rest.startsWith("#");
      channels |= line.startsWith("channels:");
    }
    return channels && dependencies;
  }

  private static boolean startsWithAny(String text, String... starts) {
    for (String start : starts) {
      if (text.startsWith(start)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public Manifest read(SourceFile file, ProjectFiles files) {
    Reading reading = new Reading(file, files);
    try {
      if (Yaml.parse(file.bytes()) instanceof Tree.Mapping root) {
        reading.repeated(root);
        reading.dependencies(root.get("dependencies"));
      } else {
        reading.issues.add(
            Issue.error(
                new Location(file.path(), 1, 1),
                "an environment of conda is a map with 'dependencies:': nothing in it counts"));
      }
    } catch (SyntaxException e) {
      reading.issues.add(
          Issue.error(
              new Location(file.path(), e.line(), e.column()),
              "this is no valid YAML: " + e.getMessage() + "; correct it here"));
    }
    return new Manifest(
        file.path(),
        Ecosystem.PYPI,
        "environment.yml",
        null,
        reading.dependencies,
        reading.includes,
        reading.constraints,
        List.of(),
        reading.issues);
  }

  /// One file while it is read.
  private static final class Reading {
    private static final Set<String> INTERPRETER = Set.of("python");

    private final SourceFile file;
    private final ProjectFiles files;
    private final Scope scope;
    private final List<DeclaredDependency> dependencies = new ArrayList<>();
    private final List<String> includes = new ArrayList<>();
    private final List<String> constraints = new ArrayList<>();
    private final List<Issue> issues = new ArrayList<>();

    Reading(SourceFile file, ProjectFiles files) {
      this.file = file;
      this.files = files;
      this.scope = RequirementsFile.scope(file.path());
    }

    /// Of a name that stands twice conda takes the last.
    void repeated(Tree.Mapping root) {
      Map<String, Tree.Member> seen = new HashMap<>();
      for (Tree.Member member : root.members()) {
        Tree.Member earlier = seen.put(member.name(), member);
        if (earlier != null) {
          issues.add(
              Issue.warning(
                  new Location(file.path(), earlier.line(), earlier.column()),
                  "'"
                      + member.name()
                      + "' stands here and again in line "
                      + member.line()
                      + ", which wins: remove one of them"));
        }
      }
    }

    void dependencies(@Nullable Tree list) {
      if (list == null || (list instanceof Tree.Scalar none && none.kind() == Tree.Kind.NULL)) {
        return;
      }
      if (!(list instanceof Tree.Sequence items)) {
        problem(list, "'dependencies' must be a list");
        return;
      }
      for (Tree item : items.items()) {
        switch (item) {
          case Tree.Scalar scalar -> conda(scalar);
          case Tree.Mapping block -> block(block);
          case Tree.Sequence inner -> problem(inner, "a dependency must be text, not a list");
        }
      }
    }

    private void problem(Tree at, String message) {
      issues.add(Issue.error(at(at), message));
    }

    private Location at(Tree tree) {
      return new Location(file.path(), tree.line(), tree.column());
    }

    private void conda(Tree.Scalar scalar) {
      CondaSpec spec = CondaSpec.parse(scalar.text());
      if (scalar.kind() == Tree.Kind.NULL || spec == null) {
        problem(scalar, "'" + scalar.text() + "' is no package of conda: write name=version");
      } else if (!INTERPRETER.contains(spec.name())) {
        dependencies.add(
            new DeclaredDependency(
                spec.name(),
                spec.name(),
                spec.constraint(),
                List.of(),
                null,
                scope,
                GROUP,
                Origin.CONDA,
                at(scalar)));
      }
    }

    private void block(Tree.Mapping block) {
      for (Tree.Member member : block.members()) {
        if (!member.name().equals("pip")) {
          issues.add(
              Issue.warning(
                  new Location(file.path(), member.line(), member.column()),
                  "'" + member.name() + ":' is no block that conda knows: only 'pip:' is read"));
        } else if (member.value() instanceof Tree.Sequence lines) {
          lines.items().forEach(this::pip);
        } else {
          pip(member.value());
        }
      }
    }

    /// A line of a requirements file.
    private void pip(Tree item) {
      if (!(item instanceof Tree.Scalar scalar)) {
        problem(item, "an entry of 'pip:' must be a line of a requirements file");
        return;
      }
      if (scalar.kind() == Tree.Kind.NULL) {
        return;
      }
      SourceFile line = new SourceFile(file.path(), scalar.text().getBytes(StandardCharsets.UTF_8));
      Manifest read = new RequirementsFile().read(line, files);
      for (DeclaredDependency one : read.dependencies()) {
        dependencies.add(
            new DeclaredDependency(
                one.name(),
                one.packageName(),
                one.constraint(),
                one.extras(),
                one.marker(),
                scope,
                "pip",
                one.origin(),
                moved(one.location(), scalar)));
      }
      includes.addAll(read.includes());
      constraints.addAll(read.constraints());
      for (Issue issue : read.issues()) {
        issues.add(new Issue(issue.severity(), moved(issue.location(), scalar), issue.message()));
      }
    }

    private Location moved(Location inLine, Tree.Scalar scalar) {
      int column = inLine.line() > 1 ? 0 : scalar.column() + Math.max(0, inLine.column() - 1);
      return new Location(file.path(), scalar.line() + Math.max(0, inLine.line() - 1), column);
    }
  }
}

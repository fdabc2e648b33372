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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// pip's requirement files: `requirements*.txt`, `*-requirements.txt`, `requirements/*.txt`, and
/// the same with `.in`, which pip-compile and `uv pip compile` take. A `constraints.txt` among them
/// declares nothing unless a file names it by `-r`.
///
/// A `.in` of another name is one where a lock says that it was compiled from it.
///
/// A `.txt` that was compiled from an `.in` of the same project is its lock file:
/// [CompiledRequirements].
public final class RequirementsFile implements ManifestReader {
  private static final Set<String> DEV_WORDS =
      Set.of(
          "dev",
          "develop",
          "development",
          "test",
          "tests",
          "testing",
          "lint",
          "docs",
          "ci",
          "local");

  private final Map<String, String> environment;
  private @Nullable Known known;

  /// A reader for which no environment variable has a value.
  public RequirementsFile() {
    this(Map.of());
  }

  /// @param environment values of `${NAME}` in the files; never those of the own process
  public RequirementsFile(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  @Override
  public Ecosystem ecosystem() {
    return Ecosystem.PYPI;
  }

  @Override
  public boolean reads(String path) {
    String name = Paths.name(path);
    boolean text = name.endsWith(".txt");
    if (!text && !name.endsWith(".in")) {
      return false;
    }
    String stem = name.substring(0, name.length() - (text ? 4 : 3));
    if (stem.equals("constraints") || stem.endsWith("-constraints")) {
      return false; // pip's own name for what is only ever passed by -c
    }
    return stem.startsWith("requirements")
        || stem.endsWith("-requirements")
        || Paths.name(Paths.folder(path)).equals("requirements");
  }

  @Override
  public boolean reads(String path, ProjectFiles files) {
    return reads(path)
        ? !CompiledRequirements.isLock(path, files)
        : path.endsWith(".in") && CompiledRequirements.isSource(path, files);
  }

  @Override
  public Manifest read(SourceFile file, ProjectFiles files) {
    List<DeclaredDependency> dependencies = new ArrayList<>();
    List<String> includes = new ArrayList<>();
    List<String> constraints = new ArrayList<>();
    List<Issue> issues = new ArrayList<>();
    Scope scope = scope(file.path());
    ViaComments via = ViaComments.of(file);
    for (RequirementsEntry entry : RequirementsParser.parse(file, files, environment)) {
      Location at = new Location(file.path(), entry.line(), entry.column());
      switch (entry) {
        case RequirementsEntry.Package found ->
            dependencies.add(declared(found, files, scope, at, via, issues));
        case RequirementsEntry.Include include -> {
          (include.constraint() ? constraints : includes).add(include.path());
          sayCircle(include, at, circles(files), issues);
        }
        case RequirementsEntry.Options _ -> {}
        case RequirementsEntry.Problem problem -> issues.add(issue(problem, at));
      }
    }
    return new Manifest(
        file.path(),
        Ecosystem.PYPI,
        file.path().endsWith(".in") ? "requirements.in" : "requirements.txt",
        null,
        dependencies,
        includes,
        constraints,
        List.of(),
        issues);
  }

  private static Issue issue(RequirementsEntry.Problem problem, Location at) {
    return switch (problem.kind()) {
      case IGNORED, GUESSED -> Issue.warning(at, problem.message());
      case INVALID_REQUIREMENT,
          NOT_INSTALLABLE_PATH,
          OPTION,
          ENCODING,
          MISSING_FILE,
          MISSING_CONSTRAINT_FILE,
          OUTSIDE,
          CYCLE ->
          Issue.error(at, problem.message());
    };
  }

  private static DeclaredDependency declared(
      RequirementsEntry.Package found,
      ProjectFiles files,
      Scope scope,
      Location at,
      ViaComments via,
      List<Issue> issues) {
    String name = found.name();
    String url = found.url();
    if (name == null) {
      name = url != null ? Archives.guess(url) : nameOfFolder(found, files);
      if (url != null && !url.startsWith("file:")) {
        issues.add(
            Issue.warning(
                at,
                "the line does not tell the name of the package, taken to be '"
                    + name
                    + "': write '"
                    + name
                    + " @ "
                    + url
                    + "'"));
      }
    }
    if (url != null && url.startsWith("file:")) {
      issues.add(
          Issue.warning(
              at, "'" + url + "' lies on one machine only: use a path within the project"));
    }
    return new DeclaredDependency(
        name,
        name,
        found.specifier().toString(),
        found.extras(),
        found.markerText(),
        scope,
        null,
        origin(found),
        at,
        via.packages(found.line()));
  }

  private static Origin origin(RequirementsEntry.Package found) {
    String url = found.url();
    if (url == null) {
      String path = found.path();
      if (path == null) {
        return Origin.REGISTRY;
      }
      return Archives.isArchive(path) ? Origin.FILE : Origin.WORKSPACE;
    }
    Origin origin = originOf(url);
    return found.editable() && origin == Origin.FILE ? Origin.WORKSPACE : origin;
  }

  /// Where a URL of a requirement leads.
  static Origin originOf(String url) {
    int colon = url.indexOf(':');
    String scheme = colon < 0 ? "" : url.substring(0, colon);
    if (scheme.indexOf('+') > 0 || scheme.equals("git")) {
      return Origin.GIT;
    }
    return scheme.isEmpty() || scheme.equals("file") ? Origin.FILE : Origin.URL;
  }

  private static String nameOfFolder(RequirementsEntry.Package found, ProjectFiles files) {
    String path = found.path() == null ? "" : found.path();
    if (Archives.isArchive(path)) {
      return Archives.guess(path);
    }
    return OwnFolder.name(path, files);
  }

  /// The circles of one tree, kept while that tree is read.
  private record Known(ProjectFiles files, Circles circles) {}

  private synchronized Circles circles(ProjectFiles files) {
    Known current = known;
    if (current == null || current.files != files) {
      current = new Known(files, new Circles(path -> included(path, files)));
      known = current;
    }
    return current.circles;
  }

  private List<String> included(String path, ProjectFiles files) {
    byte[] bytes = files.read(path);
    List<String> paths = new ArrayList<>();
    if (bytes != null) {
      SourceFile file = new SourceFile(path, bytes);
      for (RequirementsEntry entry : RequirementsParser.parse(file, files, environment)) {
        if (entry instanceof RequirementsEntry.Include include) {
          paths.add(include.path());
        }
      }
    }
    return paths;
  }

  private void sayCircle(
      RequirementsEntry.Include include, Location at, Circles circles, List<Issue> issues) {
    if (circles.leadsBack(at.path(), include.path())) {
      issues.add(
          Issue.error(at, include.path() + " includes this file again: remove one of the lines"));
    } else if (include.constraint() && circles.leadsIntoOne(include.path())) {
      issues.add(
          Issue.error(
              at, include.path() + " leads to files that include each other: remove one line"));
    }
  }

  /// What the name of a file says: dev where a word of it, or of its path below a folder
  /// `requirements`, is one of dev, test, lint, docs, ci or local; else runtime.
  static Scope scope(String path) {
    String named = "/" + path;
    int folder = named.lastIndexOf("/requirements/");
    String relevant = folder < 0 ? Paths.name(path) : named.substring(folder + 1);
    return firstDevWord(relevant) == null ? Scope.RUNTIME : Scope.DEV;
  }

  private static @Nullable String firstDevWord(String path) {
    int from = 0;
    for (int i = 0; i <= path.length(); i++) {
      if (i == path.length() || !Text.isLetterOrDigit(path.charAt(i))) {
        String word = path.substring(from, i);
        if (DEV_WORDS.contains(word)) {
          return word;
        }
        from = i + 1;
      }
    }
    return null;
  }
}

package dev.depslim.ecosystem.python;

import dev.depslim.ecosystem.LockfileReader;
import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.ecosystem.SourceFile;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.Issue;
import dev.depslim.model.Location;
import dev.depslim.model.Lockfile;
import dev.depslim.model.Origin;
import dev.depslim.model.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A requirement file that pip-compile or `uv pip compile` wrote from an `.in` of the same project:
/// a lock whose graph stands in its `# via` comments.
public final class CompiledRequirements implements LockfileReader {
  @Override
  public Ecosystem ecosystem() {
    return Ecosystem.PYPI;
  }

  @Override
  public boolean reads(String path, ProjectFiles files) {
    return isLock(path, files);
  }

  /// Whether the file is compiled, and what it was compiled from is there.
  static boolean isLock(String path, ProjectFiles files) {
    if (!path.endsWith(".txt")) {
      return false;
    }
    boolean beside = files.exists(path.substring(0, path.length() - 3) + "in");
    if (!beside && !new RequirementsFile().reads(path)) {
      return false;
    }
    byte[] bytes = files.read(path);
    if (bytes == null) {
      return false;
    }
    ViaComments via = ViaComments.of(new SourceFile(path, bytes));
    String command = command(via.header());
    return (command != null || via.any())
        && (beside || (command != null && namesExistingSource(command, path, files)));
  }

  private static @Nullable String command(List<String> header) {
    for (String line : header) {
      if (line.startsWith("pip-compile") || line.startsWith("uv pip compile")) {
        return line;
      }
    }
    for (String line : header) {
      if (line.contains("pip-compile") || line.contains("uv pip compile")) {
        return line;
      }
    }
    return null;
  }

  private static boolean namesExistingSource(String command, String path, ProjectFiles files) {
    return !sources(command, path, files).isEmpty();
  }

  /// The `.in` files that a command names and that are there. It was given in the folder of the
  /// compiled file or in one above it.
  private static List<String> sources(String command, String path, ProjectFiles files) {
    List<String> found = new ArrayList<>();
    for (String word : command.split("\\s+")) {
      if (!word.endsWith(".in") || word.startsWith("-")) {
        continue;
      }
      for (String folder = Paths.folder(path); ; folder = Paths.folder(folder)) {
        String source = Paths.resolve(folder, word);
        if (source != null && files.exists(source)) {
          found.add(source);
          break;
        }
        if (folder.isEmpty()) {
          break;
        }
      }
    }
    return found;
  }

  /// Whether a `.in` of any name is what a requirement file beside it, or the `requirements.txt` of
  /// a folder above, was compiled from.
  static boolean isSource(String path, ProjectFiles files) {
    String beside = path.substring(0, path.length() - 2) + "txt";
    if (files.exists(beside) && isLock(beside, files)) {
      return true;
    }
    for (String folder = Paths.folder(path); !folder.isEmpty(); ) {
      folder = Paths.folder(folder);
      String above = Paths.below(folder, "requirements.txt");
      byte[] bytes = files.read(above);
      String command =
          bytes == null ? null : command(ViaComments.of(new SourceFile(above, bytes)).header());
      if (command != null && sources(command, above, files).contains(path)) {
        return true;
      }
    }
    return false;
  }

  /// The folder that holds the project whose sources were compiled, seen from that of the lock: its
  /// own unless all sources lie together below it.
  private static String projectOf(String lock, @Nullable String command, ProjectFiles files) {
    Set<String> folders = new LinkedHashSet<>();
    for (String source : command == null ? List.<String>of() : sources(command, lock, files)) {
      String folder = Paths.folder(source);
      folders.add(Paths.name(folder).equals("requirements") ? Paths.folder(folder) : folder);
    }
    String own = Paths.folder(lock);
    String only = folders.size() == 1 ? folders.iterator().next() : own;
    boolean below = !only.equals(own) && (own.isEmpty() || only.startsWith(own + "/"));
    return below ? only.substring(own.isEmpty() ? 0 : own.length() + 1) : "";
  }

  @Override
  public Lockfile read(SourceFile file, ProjectFiles files) {
    ViaComments via = ViaComments.of(file);
    List<RequirementsEntry.Package> packages = new ArrayList<>();
    List<Issue> issues = new ArrayList<>();
    for (RequirementsEntry entry : RequirementsParser.parse(file, files, Map.of())) {
      switch (entry) {
        case RequirementsEntry.Package found -> packages.add(found);
        case RequirementsEntry.Problem problem ->
            issues.add(
                Issue.error(
                    new Location(file.path(), problem.line(), problem.column()),
                    problem.message()));
        case RequirementsEntry.Include _, RequirementsEntry.Options _ -> {}
      }
    }
    Map<String, List<Integer>> byName = new HashMap<>();
    for (int i = 0; i < packages.size(); i++) {
      byName.computeIfAbsent(normalized(packages.get(i)), _ -> new ArrayList<>()).add(i);
    }
    List<Set<Integer>> targets = targets(packages, via, byName);
    PythonTarget runs = PythonTarget.of(file.folder(), files, null);
    String command = command(via.header());
    List<Lockfile.Node> nodes = new ArrayList<>();
    List<Lockfile.Direct> direct = new ArrayList<>();
    for (int i = 0; i < packages.size(); i++) {
      RequirementsEntry.Package found = packages.get(i);
      List<Lockfile.Edge> edges = new ArrayList<>();
      for (int target : targets.get(i)) {
        edges.add(new Lockfile.Edge(target, Scope.RUNTIME));
      }
      Lockfile.Node node = node(found, edges);
      nodes.add(runs.mayHold(found.markerText()) ? node : node.forOtherSystems());
      if (via.isDirect(found.line())) {
        Scope scope = scope(via.files(found.line()), file.path());
        direct.add(new Lockfile.Direct(name(found), i, scope, null));
      }
    }
    Lockfile lock =
        new Lockfile(
            file.path(),
            "requirements.txt",
            null,
            Ecosystem.PYPI,
            nodes,
            List.of(new Lockfile.Root(projectOf(file.path(), command, files), direct)),
            issues);
    return lock.compared(CompiledAgreement.of(file, packages, via, command, files));
  }

  private static List<Set<Integer>> targets(
      List<RequirementsEntry.Package> packages,
      ViaComments via,
      Map<String, List<Integer>> byName) {
    List<Set<Integer>> targets = new ArrayList<>();
    for (int i = 0; i < packages.size(); i++) {
      targets.add(new LinkedHashSet<>());
    }
    for (int i = 0; i < packages.size(); i++) {
      for (String source : via.allPackages(packages.get(i).line())) {
        int bracket = source.indexOf('[');
        String name = bracket < 0 ? source : source.substring(0, bracket);
        for (int from : byName.getOrDefault(Ecosystem.PYPI.normalize(name), List.of())) {
          targets.get(from).add(i);
        }
      }
    }
    return targets;
  }

  private static Lockfile.Node node(RequirementsEntry.Package found, List<Lockfile.Edge> edges) {
    String version = null;
    for (VersionSpecifier.Clause clause : found.specifier().clauses()) {
      if (clause.operator().startsWith("==")) {
        version = clause.version();
      }
    }
    String url = found.url();
    Origin origin =
        url != null
            ? RequirementsFile.originOf(url)
            : found.path() == null ? Origin.REGISTRY : Origin.WORKSPACE;
    return new Lockfile.Node(name(found), version, origin, null, null, found.line(), edges);
  }

  private static String name(RequirementsEntry.Package found) {
    if (found.name() != null) {
      return found.name();
    }
    String place = found.url() != null ? found.url() : found.path();
    return place == null || place.isEmpty() ? "." : Archives.guess(place);
  }

  private static String normalized(RequirementsEntry.Package found) {
    return Ecosystem.PYPI.normalize(name(found));
  }

  /// Runtime where any of the sources is, dev where all of them are.
  private static Scope scope(List<String> sources, String lock) {
    if (sources.isEmpty()) {
      return RequirementsFile.scope(lock);
    }
    for (String source : sources) {
      if (RequirementsFile.scope(source) == Scope.RUNTIME) {
        return Scope.RUNTIME;
      }
    }
    return Scope.DEV;
  }
}

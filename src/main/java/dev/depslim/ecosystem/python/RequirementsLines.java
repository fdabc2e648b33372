package dev.depslim.ecosystem.python;

import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.ecosystem.SourceFile;
import dev.depslim.model.DepslimException;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.MinimizePlan.Decision;
import dev.depslim.model.MinimizePlan.ProjectPlan;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Which packages of one requirement file stay in its slim form.
///
/// What people asked for follows the plan. What others brought, as `# via` comments tell, stays as
/// long as something that stays needs it.
final class RequirementsLines {
  private final ProjectPlan plan;
  private final SourceFile file;
  private final ProjectFiles files;
  private final List<RequirementsEntry> entries;
  private final ViaComments via;
  private final CompiledLayers layers;
  private final List<RequirementsEntry.Package> packages = new ArrayList<>();
  private final List<String> names = new ArrayList<>();
  private final Map<String, List<Integer>> byName = new HashMap<>();
  private final Set<String> own = new HashSet<>();
  private final Map<Integer, String> leftOut = new TreeMap<>();
  private final List<String> notes = new ArrayList<>();

  private RequirementsLines(ProjectPlan plan, SourceFile file, ProjectFiles files) {
    this.plan = plan;
    this.file = file;
    this.files = files;
    this.entries = RequirementsParser.parse(file, files, Map.of());
    this.via = ViaComments.of(file);
    this.layers = new CompiledLayers(files);
  }

  /// The decision on each line of a file.
  ///
  /// @throws DepslimException.InvalidInput where pip refuses a line that would stay
  static RequirementsLines of(ProjectPlan plan, SourceFile file, ProjectFiles files) {
    RequirementsLines lines = new RequirementsLines(plan, file, files);
    lines.collect();
    lines.decide();
    lines.refuse();
    return lines;
  }

  List<RequirementsEntry> entries() {
    return entries;
  }

  /// Why the package of a line is left out, or null where it stays.
  @Nullable String leftOut(int line) {
    return leftOut.get(line);
  }

  /// Normalised names of what no line of the file asks for any more.
  Set<String> goneNames() {
    Set<String> out = new TreeSet<>();
    Set<String> left = new HashSet<>();
    for (int i = 0; i < packages.size(); i++) {
      (leftOut.containsKey(packages.get(i).line()) ? out : left).add(names.get(i));
    }
    out.removeAll(left);
    return out;
  }

  /// The name of the package of a line, normalised.
  String name(RequirementsEntry.Package found) {
    return names.get(packages.indexOf(found));
  }

  /// Whether the file says itself what needs what.
  boolean hasGraph() {
    return via.any();
  }

  List<String> notes() {
    return notes;
  }

  private void collect() {
    if (plan.name() != null) {
      own.add(Ecosystem.PYPI.normalize(plan.name()));
    }
    for (RequirementsEntry entry : entries) {
      if (entry instanceof RequirementsEntry.Package found) {
        String name = Ecosystem.PYPI.normalize(nameOf(found));
        byName.computeIfAbsent(name, _ -> new ArrayList<>()).add(packages.size());
        packages.add(found);
        names.add(name);
        if (found.path() != null && !Archives.isArchive(found.path())) {
          own.add(name);
        }
      }
    }
  }

  private String nameOf(RequirementsEntry.Package found) {
    if (found.name() != null) {
      return found.name();
    }
    if (found.url() != null) {
      return Archives.guess(found.url());
    }
    String path = found.path() == null ? "" : found.path();
    if (Archives.isArchive(path)) {
      return Archives.guess(path);
    }
    return OwnFolder.name(path, files);
  }

  /// The packages that brought a line, as they are named in the file; empty where people asked.
  private List<String> broughtBy(int index) {
    int line = packages.get(index).line();
    if (layers.isAskedFor(via, line, names.get(index), file.folder())) {
      return List.of();
    }
    List<String> out = new ArrayList<>();
    for (String source : via.allPackages(line)) {
      String name = bare(source);
      if (own.contains(name) || !byName.containsKey(name)) {
        return List.of();
      }
      out.add(name);
    }
    return out;
  }

  /// A repository may be locked under another name than its address tells.
  private boolean isDropped(int index) {
    String name = names.get(index);
    String url = packages.get(index).url();
    return plan.drops(name)
        || (url != null && plan.decision(name) == null && plan.drops(Archives.guess(url)));
  }

  /// The normalised name of a source such as `name[extra]`.
  static String bare(String source) {
    int bracket = source.indexOf('[');
    return Ecosystem.PYPI.normalize(bracket < 0 ? source : source.substring(0, bracket));
  }

  private void decide() {
    List<List<Integer>> needs = new ArrayList<>();
    packages.forEach(_ -> needs.add(new ArrayList<>()));
    for (int i = 0; i < packages.size(); i++) {
      for (String source : via.allPackages(packages.get(i).line())) {
        for (int from : byName.getOrDefault(bare(source), List.of())) {
          if (!own.contains(names.get(from))) {
            needs.get(from).add(i);
          }
        }
      }
    }
    Deque<Integer> waiting = new ArrayDeque<>();
    Set<Integer> stays = new HashSet<>();
    for (int i = 0; i < packages.size(); i++) {
      if (broughtBy(i).isEmpty() && !isDropped(i) && stays.add(i)) {
        waiting.add(i);
      }
    }
    while (!waiting.isEmpty()) {
      for (int next : needs.get(waiting.remove())) {
        if (stays.add(next)) {
          waiting.add(next);
        }
      }
    }
    for (int i = 0; i < packages.size(); i++) {
      String name = names.get(i);
      if (!stays.contains(i)) {
        leftOut.put(packages.get(i).line(), reason(i));
      } else if (isDropped(i)) {
        TreeSet<String> who = new TreeSet<>();
        via.allPackages(packages.get(i).line()).forEach(source -> who.add(bare(source)));
        notes.add(name + " stays in " + file.path() + ": " + String.join(", ", who) + " needs it.");
      }
    }
  }

  private String reason(int index) {
    List<String> sources = broughtBy(index);
    Decision decision = plan.decision(names.get(index));
    String url = packages.get(index).url();
    if (decision == null && url != null) {
      decision = plan.decision(Archives.guess(url));
    }
    return sources.isEmpty() && decision != null
        ? reason(decision)
        : "only " + String.join(", ", sources) + " needed it";
  }

  /// Why the plan leaves a package out, in one line.
  static String reason(Decision decision) {
    String reasons = String.join("; ", decision.verdict().reasons()).replaceAll("\\s+", " ");
    // In the first two lines `coding:` would name an encoding (PEP 263).
    return decision.dependency().classification().label()
        + ", "
        + reasons.replaceAll("coding([:=])", "coding $1");
  }

  /// Lines at which pip stops.
  private void refuse() {
    for (RequirementsEntry entry : entries) {
      if (entry instanceof RequirementsEntry.Problem problem
          && !leftOut.containsKey(problem.line())) {
        boolean fatal =
            switch (problem.kind()) {
              case INVALID_REQUIREMENT,
                  OPTION,
                  ENCODING,
                  MISSING_FILE,
                  MISSING_CONSTRAINT_FILE,
                  CYCLE ->
                  true;
              case NOT_INSTALLABLE_PATH, OUTSIDE, IGNORED, GUESSED -> false;
            };
        if (fatal) {
          throw new DepslimException.InvalidInput(
              new dev.depslim.model.Location(file.path(), problem.line(), problem.column())
                  + ": "
                  + problem.message());
        }
        notes.add(file.path() + ":" + problem.line() + ": " + problem.message() + ".");
      }
    }
  }
}

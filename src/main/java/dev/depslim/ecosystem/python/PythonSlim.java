package dev.depslim.ecosystem.python;

import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.ecosystem.SlimForm;
import dev.depslim.ecosystem.SlimForm.Installed;
import dev.depslim.ecosystem.SlimForm.SlimFile;
import dev.depslim.ecosystem.SourceFile;
import dev.depslim.ecosystem.TrialInstall.Expected;
import dev.depslim.model.DeclaredDependency;
import dev.depslim.model.DepslimException.InvalidInput;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.MinimizePlan.Decision;
import dev.depslim.model.MinimizePlan.ProjectPlan;
import dev.depslim.model.Project;
import dev.depslim.model.Scope;
import dev.depslim.model.Verdict;
import dev.depslim.syntax.SyntaxException;
import dev.depslim.syntax.Toml;
import dev.depslim.syntax.Tree;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Makes the slim form of one project.
///
/// Every requirement file that production may install has its own slim form: that of the main one
/// is `requirements-minimal.txt`, of any other `<stem>-minimal.txt` beside it. What a
/// `pyproject.toml` declares is pinned from its lock, or written as declared: as
/// `requirements-minimal.txt` where there are no requirement files, else as
/// `pyproject-minimal.txt`.
final class PythonSlim {
  private static final String MAIN = "requirements-minimal.txt";

  private final ProjectPlan whole;
  private final ProjectFiles files;
  private final Map<String, SlimFile> written = new LinkedHashMap<>();
  private final Map<String, Expected> byFile = new LinkedHashMap<>();
  private final Set<Installed> removed = new LinkedHashSet<>();
  private final Set<String> notes = new LinkedHashSet<>();

  /// The project, or the member of its workspace, that is written now.
  private ProjectPlan plan;

  /// Its folder in the form, with `/` at its end; empty for the project itself.
  private String prefix = "";

  PythonSlim(ProjectPlan plan, ProjectFiles files) {
    this.whole = plan;
    this.plan = plan;
    this.files = files;
  }

  SlimForm form() {
    part();
    for (ProjectPlan member : whole.members()) {
      plan = member;
      prefix = prefix(whole, member);
      part();
    }
    return new SlimForm(
        List.copyOf(written.values()),
        together(),
        !byFile.isEmpty() && byFile.values().stream().allMatch(Expected::complete),
        removed.stream().sorted(ORDER).toList(),
        List.copyOf(notes),
        byFile);
  }

  /// The folder of a member seen from its project, with `/` at its end.
  static String prefix(ProjectPlan whole, ProjectPlan member) {
    String base = whole.path().equals(".") ? "" : whole.path() + "/";
    String path = member.path();
    return (path.startsWith(base) ? path.substring(base.length()) : path) + "/";
  }

  private void part() {
    Map<String, String> requirements = new RequirementsChoice(plan, files).outputs();
    boolean first = true;
    for (Map.Entry<String, String> one : requirements.entrySet()) {
      requirements(one.getKey(), one.getValue(), first);
      first = false;
    }
    boolean main = first;
    for (Project.ManifestFile manifest : plan.manifests()) {
      boolean own = !manifest.kind().startsWith("requirements.");
      if (own && declaresRuntime(manifest.path())) {
        declared(manifest.path(), main);
        main = false;
      }
    }
    for (Project.ManifestFile manifest : plan.manifests()) {
      if (manifest.kind().equals("pyproject.toml")) {
        production(manifest.path(), requirements);
      }
    }
  }

  private static final Comparator<Installed> ORDER =
      Comparator.comparing(Installed::name)
          .thenComparing(one -> one.version() == null ? "" : one.version());

  /// What any of the files installs; what not all of them do may be absent.
  private List<Installed> together() {
    Map<String, Installed> all = new TreeMap<>();
    Map<String, Integer> times = new TreeMap<>();
    for (Expected file : byFile.values()) {
      for (Installed one : file.installs()) {
        String key = one.name() + " " + one.version();
        all.merge(key, one, (a, b) -> a.mayBeAbsent() ? b : a);
        times.merge(key, 1, Integer::sum);
      }
    }
    List<Installed> out = new ArrayList<>();
    all.forEach((key, one) -> {
      boolean everywhere = times.getOrDefault(key, 0) >= byFile.size();
      out.add(everywhere ? one : new Installed(one.name(), one.version(), one.path(), true));
    });
    out.sort(ORDER);
    return out;
  }

  private boolean declaresRuntime(String path) {
    for (Decision decision : plan.decisions()) {
      boolean moved = decision.verdict().action() == Verdict.Action.MOVE_TO_PROD;
      for (DeclaredDependency declared : decision.dependency().declarations()) {
        boolean counts = declared.scope() == Scope.RUNTIME || moved;
        if (counts && declared.location().path().equals(path)) {
          return true;
        }
      }
    }
    return false;
  }

  private void add(SlimFile file) {
    String name = prefix + file.name();
    written.putIfAbsent(name, new SlimFile(name, file.content(), file.replaces()));
  }

  private void requirements(String path, String output, boolean main) {
    RequirementsSlim slim = new RequirementsSlim(plan, files, output);
    List<String> added = main ? moved() : List.of();
    add(slim.of(path, added));
    if (!added.isEmpty() && slim.hasHashes()) {
      throw new InvalidInput(
          path
              + ": pip wants a hash for every package, and what production needs of development"
              + " files has none; add it to "
              + path
              + " with its hash");
    }
    slim.constraints().forEach(this::add);
    notes.addAll(slim.notes());
    removed.addAll(slim.removed());
    List<Installed> kept = new ArrayList<>(slim.kept());
    for (Decision decision : plan.decisions()) {
      if (main && isMoved(decision)) {
        kept.add(
            new Installed(
                Ecosystem.PYPI.normalize(decision.dependency().name()), null, null, true));
      }
    }
    byFile.put(prefix + output, new Expected(kept, slim.isComplete() && added.isEmpty()));
  }

  /// Whether production needs it and only requirement files for development declare it.
  private boolean isMoved(Decision decision) {
    return decision.verdict().action() == Verdict.Action.MOVE_TO_PROD
        && decision.dependency().declarations().stream()
            .allMatch(one ->
                one.scope() != Scope.RUNTIME && !one.location().path().endsWith("pyproject.toml"));
  }

  private List<String> moved() {
    List<String> out = new ArrayList<>();
    DeclaredText text = new DeclaredText(plan, "", new Tree.Mapping(List.of(), 0, 0));
    for (Decision decision : plan.decisions()) {
      if (isMoved(decision)) {
        String line = text.requirement(decision.dependency().declarations().getFirst());
        if (line != null) {
          String reason = String.join("; ", decision.verdict().reasons()).replaceAll("\\s+", " ");
          out.add("# moved to production: " + reason);
          out.add(line);
        }
      }
    }
    return out;
  }

  private void declared(String path, boolean main) {
    String stem = Paths.name(path).replaceAll("\\.[^.]*$", "");
    String output = main ? MAIN : stem + "-minimal.txt";
    LockedProject locked = LockedProject.of(whole, plan, path, files);
    if (locked == null) {
      DeclaredText text = new DeclaredText(plan, path, toml(path));
      String content = text.write();
      if (content != null) {
        add(new SlimFile(output, content.getBytes(StandardCharsets.UTF_8), path));
        byFile.put(prefix + output, new Expected(text.installs(), false));
        notes.addAll(text.notes());
      }
      return;
    }
    PinnedText text = locked.text();
    String content = text.write(output, locked.options());
    add(new SlimFile(output, content.getBytes(StandardCharsets.UTF_8), locked.lock().path()));
    byFile.put(prefix + output, new Expected(text.installs(), true, text.built()));
    notes.addAll(text.notes());
    notes.addAll(locked.notes());
    removed.addAll(locked.removed());
  }

  private Tree.Mapping toml(String path) {
    byte[] bytes = files.read(path);
    if (bytes == null || !path.endsWith(".toml")) {
      return new Tree.Mapping(List.of(), 0, 0);
    }
    try {
      return Toml.parse(bytes);
    } catch (SyntaxException e) {
      throw new InvalidInput(
          new dev.depslim.model.Location(path, e.line(), e.column())
              + ": this is no valid TOML: "
              + e.getMessage()
              + "; correct it here",
          e);
    }
  }

  private void production(String path, Map<String, String> requirements) {
    Tree.Mapping root = toml(path);
    Tree.Mapping tools = root.mapping("tool");
    boolean declares =
        root.get("project") != null
            || root.get("dependency-groups") != null
            || (tools != null && tools.get("poetry") != null);
    byte[] bytes = files.read(path);
    if (!declares || bytes == null) {
      return;
    }
    List<PyprojectSlim.Moved> moved = new ArrayList<>();
    DeclaredText text = new DeclaredText(plan, path, root);
    for (Decision decision : plan.decisions()) {
      DeclaredDependency declared = movedHere(decision, path);
      String requirement = declared == null ? null : text.requirement(declared);
      if (declared != null && requirement != null) {
        String constraint = declared.constraint().isEmpty() ? "*" : declared.constraint();
        boolean plain =
            declared.extras().isEmpty()
                && declared.marker() == null
                && declared.origin() == dev.depslim.model.Origin.REGISTRY;
        moved.add(
            new PyprojectSlim.Moved(
                declared.name(), requirement, plain ? '"' + constraint + '"' : null));
      }
    }
    add(new PyprojectSlim(plan, new SourceFile(path, bytes)).of(moved, requirements));
    notes.add(
        "pyproject-production.toml needs a lock of its own: the one beside "
            + path
            + " was made for all groups.");
  }

  private static @Nullable DeclaredDependency movedHere(Decision decision, String path) {
    if (decision.verdict().action() != Verdict.Action.MOVE_TO_PROD) {
      return null;
    }
    DeclaredDependency found = null;
    for (DeclaredDependency declared : decision.dependency().declarations()) {
      if (declared.location().path().equals(path)) {
        if (declared.scope() == Scope.RUNTIME) {
          return null;
        }
        found = found == null ? declared : found;
      }
    }
    return found;
  }
}

package dev.depslim.ecosystem.python;

import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.ecosystem.SlimForm.Installed;
import dev.depslim.ecosystem.SourceFile;
import dev.depslim.ecosystem.python.PinnedClosure.Found;
import dev.depslim.ecosystem.python.PinnedLock.Direct;
import dev.depslim.ecosystem.python.PinnedLock.Source;
import dev.depslim.model.DeclaredDependency;
import dev.depslim.model.DepslimException.InvalidInput;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.MinimizePlan.Decision;
import dev.depslim.model.MinimizePlan.ProjectPlan;
import dev.depslim.model.Project;
import dev.depslim.model.Scope;
import dev.depslim.model.Verdict;
import dev.depslim.syntax.Json;
import dev.depslim.syntax.SyntaxException;
import dev.depslim.syntax.Toml;
import dev.depslim.syntax.Tree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A project whose lock can be pinned: what stays of it, and whether lock and manifest belong
/// together.
final class LockedProject {
  private final ProjectPlan plan;
  private final String manifestPath;
  private final PinnedLock lock;
  private final List<Tree.Mapping> settings;
  private final MarkerAlgebra algebra;
  private final Map<String, ProjectPlan> members = new HashMap<>();
  private final PinnedClosure kept;

  private LockedProject(
      ProjectPlan whole,
      ProjectPlan plan,
      String manifestPath,
      PinnedLock lock,
      List<Tree.Mapping> settings,
      MarkerAlgebra algebra) {
    this.plan = plan;
    this.manifestPath = manifestPath;
    this.lock = lock;
    this.settings = settings;
    this.algebra = algebra;
    members.put(Ecosystem.PYPI.normalize(String.valueOf(whole.name())), whole);
    for (ProjectPlan member : whole.members()) {
      members.put(Ecosystem.PYPI.normalize(String.valueOf(member.name())), member);
    }
    check();
    this.kept = PinnedClosure.of(lock, algebra, this::stays, this::follows);
  }

  /// The locked project, or null where no lock of the plan is of a kind that can be pinned.
  ///
  /// @param whole the project, whose members' plans count where it needs them
  /// @param plan of the project or of one of its members
  /// @throws InvalidInput where the lock is broken or does not belong to the manifest
  static @Nullable LockedProject of(
      ProjectPlan whole, ProjectPlan plan, String manifestPath, ProjectFiles files) {
    boolean own = plan.path().equals(whole.path()) || !plan.lockfiles().isEmpty();
    for (String kind : kinds(manifestPath)) {
      for (Project.LockfileFile file : (own ? plan : whole).lockfiles()) {
        if (file.kind().equals(kind)
            && RequirementsFile.scope(file.path()) != Scope.DEV
            && !isStub(file, (own ? plan : whole).lockfiles(), files)) {
          MarkerAlgebra algebra = new MarkerAlgebra();
          Tree.Mapping manifest = manifest(manifestPath, files);
          List<Tree.Mapping> settings = new ArrayList<>(List.of(manifest));
          String above = Paths.below(Paths.folder(file.path()), "pyproject.toml");
          if (!above.equals(manifestPath) && files.exists(above)) {
            settings.add(toml(above, files, false));
          }
          PinnedLock lock = pins(file.path(), kind, manifest, manifestPath, files, algebra);
          return new LockedProject(whole, plan, manifestPath, lock, settings, algebra);
        }
      }
    }
    return null;
  }

  /// Whether a `uv.lock` without any package lies beside the lock of another tool: uv writes one
  /// where it only runs in the folder of a project that it does not manage.
  private static boolean isStub(
      Project.LockfileFile file, List<Project.LockfileFile> all, ProjectFiles files) {
    return file.kind().equals("uv.lock")
        && all.stream().anyMatch(other -> !other.kind().equals("uv.lock"))
        && toml(file.path(), files, true).sequence("package") == null;
  }

  /// The kinds of locks that serve a manifest, the one to prefer first.
  private static List<String> kinds(String manifestPath) {
    return Paths.name(manifestPath).equals("Pipfile")
        ? List.of("Pipfile.lock", "pylock.toml")
        : List.of("uv.lock", "poetry.lock", "pdm.lock", "pylock.toml");
  }

  /// Empty for a manifest that is no TOML.
  private static Tree.Mapping manifest(String path, ProjectFiles files) {
    return path.endsWith(".toml") || Paths.name(path).equals("Pipfile")
        ? toml(path, files, false)
        : new Tree.Mapping(List.of(), 0, 0);
  }

  private static List<DeclaredDependency> declared(String path, ProjectFiles files) {
    SourceFile file = new SourceFile(path, bytes(path, files));
    return Paths.name(path).equals("Pipfile")
        ? new Pipfile().read(file, files).dependencies()
        : new PyprojectToml().read(file, files).dependencies();
  }

  private static Tree.Mapping json(String path, ProjectFiles files) {
    try {
      if (Json.parse(bytes(path, files)) instanceof Tree.Mapping root) {
        return root;
      }
      throw new InvalidInput(path + ": this is no Pipfile.lock; run 'pipenv lock' first");
    } catch (SyntaxException e) {
      throw new InvalidInput(
          new dev.depslim.model.Location(path, e.line(), e.column())
              + ": this is no valid JSON: "
              + e.getMessage()
              + "; write the lock anew",
          e);
    }
  }

  private static PinnedLock pins(
      String path,
      String kind,
      Tree.Mapping manifest,
      String manifestPath,
      ProjectFiles files,
      MarkerAlgebra algebra) {
    try {
      if (kind.equals("Pipfile.lock")) {
        return new PipfilePins(path, json(path, files), files, algebra)
            .read(declared(manifestPath, files));
      }
      Tree.Mapping root = toml(path, files, true);
      switch (kind) {
        case "poetry.lock" -> {
          return new PoetryPins(path, root, algebra).read(manifest, declared(manifestPath, files));
        }
        case "pdm.lock" -> {
          return new PdmPins(path, root, algebra).read(manifest, declared(manifestPath, files));
        }
        case "pylock.toml" -> {
          return new PylockPins(path, root, algebra).read(declared(manifestPath, files));
        }
        default -> {}
      }
      String folder = Paths.folder(manifestPath);
      String above = Paths.folder(path);
      String below =
          above.isEmpty() || folder.equals(above)
              ? folder.substring(folder.equals(above) ? folder.length() : 0)
              : folder.substring(above.length() + 1);
      PinnedLock lock =
          new UvPins(path, root, algebra)
              .read(below, PyprojectToml.projectName(manifestPath, files));
      if (lock == null) {
        throw new InvalidInput(
            path + ": the project " + manifestPath + " is not locked here; run 'uv lock' first");
      }
      return lock;
    } catch (RequirementSyntaxException e) {
      throw new InvalidInput(
          path + ": a marker cannot be read: " + e.getMessage() + "; write the lock anew", e);
    }
  }

  private static Tree.Mapping toml(String path, ProjectFiles files, boolean lock) {
    try {
      return Toml.parse(bytes(path, files));
    } catch (SyntaxException e) {
      throw new InvalidInput(
          new dev.depslim.model.Location(path, e.line(), e.column())
              + ": this is no valid TOML: "
              + e.getMessage()
              + (lock ? "; write the lock anew" : "; correct it here"),
          e);
    }
  }

  private static byte[] bytes(String path, ProjectFiles files) {
    byte[] bytes = files.read(path);
    if (bytes == null) {
      throw new InvalidInput(path + ": the file is gone: run the command again");
    }
    return bytes;
  }

  private boolean stays(Direct direct) {
    Decision decision = plan.decision(direct.name());
    if (decision != null && decision.verdict().action() == Verdict.Action.MOVE_TO_PROD) {
      return true;
    }
    return direct.scope() == Scope.RUNTIME && (decision == null || !decision.drops());
  }

  /// What a member of the workspace leaves out is left out where the member is needed, too.
  private boolean follows(PinnedLock.Pin from, PinnedLock.Pin target) {
    if (!(from.source() instanceof Source.Folder)) {
      return true;
    }
    ProjectPlan member = members.get(Ecosystem.PYPI.normalize(from.name()));
    return member == null || !member.drops(target.name());
  }

  /// What the manifest declares for production and the plan keeps must be locked in a version that
  /// it allows.
  private void check() {
    for (Decision decision : plan.decisions()) {
      if (decision.drops()) {
        continue;
      }
      boolean moved = decision.verdict().action() == Verdict.Action.MOVE_TO_PROD;
      for (DeclaredDependency declared : decision.dependency().declarations()) {
        boolean here = declared.location().path().equals(manifestPath);
        if (here && (declared.scope() == Scope.RUNTIME || moved)) {
          check(declared);
        }
      }
    }
  }

  private void check(DeclaredDependency declared) {
    String name = Ecosystem.PYPI.normalize(declared.name());
    List<String> versions = new ArrayList<>();
    for (Direct direct : lock.direct()) {
      if (direct.name().equals(name)) {
        PinnedLock.Pin pin = lock.pins().get(direct.need().target());
        if (!(pin.source() instanceof Source.Registry) || pin.version() == null) {
          return;
        }
        versions.add(pin.version());
      }
    }
    PoetryConstraint allowed =
        declared.constraint().isBlank() ? null : PoetryConstraint.parse(declared.constraint());
    boolean met =
        allowed == null ? !versions.isEmpty() : versions.stream().anyMatch(allowed::allows);
    if (met
        || declared.marker() != null
        || (lock.overridden().contains(name) && !versions.isEmpty())) {
      return;
    }
    String wanted = "'" + declared.name() + declared.constraint() + "'";
    throw new InvalidInput(
        declared.location()
            + ": "
            + wanted
            + (versions.isEmpty()
                ? " is not in " + lock.path()
                : " does not allow " + String.join(", ", versions) + " of " + lock.path())
            + ": the lock is older than the manifest; run '"
            + lock.command()
            + "' first");
  }

  PinnedLock lock() {
    return lock;
  }

  /// The requirement file with everything that stays.
  ///
  /// @throws InvalidInput where the lock names a version that is none
  PinnedText text() {
    for (Found found : kept.found()) {
      PinnedLock.Pin pin = found.pin();
      boolean pinned = pin.version() != null && Version.parse(pin.version()) != null;
      if (pin.source() instanceof Source.Registry && !pinned) {
        throw new InvalidInput(
            dev.depslim.model.Location.of(lock.path(), pin.line())
                + ": '"
                + pin.version()
                + "' is no version of "
                + pin.name()
                + ": write the lock anew with '"
                + lock.command()
                + "'");
      }
    }
    return new PinnedText(plan, lock, Paths.name(manifestPath), kept.found(), algebra);
  }

  /// Options for the indexes of what stays.
  List<String> options() {
    List<PinnedLock.Pin> pins = new ArrayList<>();
    kept.found().forEach(found -> pins.add(found.pin()));
    return new IndexOptions(settings).lines(pins);
  }

  /// What an install of everything that the manifest declares for production brings and the slim
  /// form does not.
  List<Installed> removed() {
    PinnedClosure all =
        PinnedClosure.of(lock, algebra, direct -> direct.scope() == Scope.RUNTIME, (_, _) -> true);
    Set<Integer> stays = new HashSet<>();
    kept.found().forEach(found -> stays.add(found.index()));
    List<Installed> out = new ArrayList<>();
    for (Found found : all.found()) {
      if (!stays.contains(found.index()) && !(found.pin().source() instanceof Source.Folder)) {
        String name = Ecosystem.PYPI.normalize(found.pin().name());
        boolean conditional = !found.when().equals(algebra.python(lock.python()));
        out.add(new Installed(name, PinnedText.version(found.pin()), null, conditional));
      }
    }
    return out;
  }

  /// Whether the manifest says how the project is built.
  private boolean isPackage() {
    Tree.Mapping tools = settings.getFirst().mapping("tool");
    Tree.Mapping uv = tools == null ? null : tools.mapping("uv");
    boolean unpackaged =
        uv != null && uv.get("package") instanceof Tree.Scalar it && it.text().equals("false");
    return settings.getFirst().get("build-system") != null && !unpackaged;
  }

  /// What the user must know of the choice.
  List<String> notes() {
    List<String> out = new ArrayList<>();
    Map<String, Found> names = new TreeMap<>();
    for (Found found : kept.found()) {
      names.putIfAbsent(Ecosystem.PYPI.normalize(found.pin().name()), found);
    }
    for (Decision decision : plan.decisions()) {
      String name = Ecosystem.PYPI.normalize(decision.dependency().name());
      Found found = decision.drops() ? names.get(name) : null;
      if (found != null) {
        out.add(name + " stays: " + String.join(", ", found.requiredBy()) + " needs it.");
      }
    }
    for (String name : new java.util.TreeSet<>(kept.overlaps())) {
      out.add(
          lock.path()
              + " leaves open which version of "
              + name
              + " is installed: the highest that may be is taken.");
    }
    List<String> folders = new ArrayList<>();
    for (Found found : kept.found()) {
      if (found.pin().source() instanceof Source.Folder folder) {
        folders.add("./" + folder.path());
      }
    }
    if (!lock.graph()) {
      out.add(
          lock.path()
              + " does not tell which package needs which: what only a package needs that is left"
              + " out stays.");
    }
    if (isPackage() || !folders.isEmpty()) {
      out.add(
          "The project itself is not in the file; where it is installed as a package, use 'pip"
              + " install --no-deps ."
              + (folders.isEmpty() ? "" : " " + String.join(" ", folders))
              + "'.");
    }
    return out;
  }
}

package dev.depslim.project;

import dev.depslim.classify.Classifier;
import dev.depslim.ecosystem.InstalledPackages;
import dev.depslim.ecosystem.SizeSource;
import dev.depslim.model.Category;
import dev.depslim.model.Classification;
import dev.depslim.model.Confidence;
import dev.depslim.model.DeclaredDependency;
import dev.depslim.model.Dependency;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.Issue;
import dev.depslim.model.Lockfile;
import dev.depslim.model.Manifest;
import dev.depslim.model.Origin;
import dev.depslim.model.PricedLock;
import dev.depslim.model.Project;
import dev.depslim.model.ResolvedPackage;
import dev.depslim.model.Usage;
import dev.depslim.model.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the projects of a tree: manifests, locks, graph, categories.
public final class ProjectReader {
  /// Bytes of the heap.
  private static final long LARGE = 48L << 20;

  private static final Classification OWN =
      new Classification(
          Category.PRODUCTION,
          "production/app",
          "workspace-member",
          Confidence.CERTAIN,
          "a project of this tree");

  private final Formats formats;
  private final Classifier classifier;
  private final Judge judge;
  private final Map<Ecosystem, InstalledPackages> installed;
  private final List<SizeSource> sizes;

  /// Says what should become of a dependency.
  public interface Judge {
    /// The verdict on one dependency.
    Verdict verdict(
        Ecosystem ecosystem,
        List<DeclaredDependency> declarations,
        Classification classification,
        Usage usage);
  }

  /// @param installed what finds the packages that are installed beside a project; their bytes are
  ///   preferred
  /// @param sizes what knows bytes besides that, and is preferred to what the lock states
  public ProjectReader(
      Formats formats,
      Classifier classifier,
      Judge judge,
      Map<Ecosystem, InstalledPackages> installed,
      List<SizeSource> sizes) {
    this.formats = formats;
    this.classifier = classifier;
    this.judge = judge;
    this.installed = Map.copyOf(installed);
    this.sizes = List.copyOf(sizes);
  }

  /// What a tree holds.
  ///
  /// @param costs one of each lock
  /// @param locks the locks of `costs`
  public record Result(
      List<Project> projects, List<LockCosts> costs, List<PricedLock> locks, List<Issue> issues) {}

  /// All projects of the tree, sorted by path and ecosystem.
  public Result read(ProjectTree tree) {
    long before = used();
    ProjectDiscovery.Found found = ProjectDiscovery.in(tree, formats);
    collectGarbageSince(before);
    InstalledSizes beside = new InstalledSizes(tree, installed);
    List<SizeSource> sources = new ArrayList<>(List.of(beside));
    sources.addAll(sizes);
    sources.add(new LockSizes());
    List<LockResolver> locks = new ArrayList<>();
    for (ProjectDiscovery.Group group : found.groups()) {
      for (Lockfile lock : group.lockfiles()) {
        locks.add(new LockResolver(lock, LockCosts.of(lock, classifier, sources)));
      }
    }
    List<LockCosts> costs = new ArrayList<>(locks.stream().map(LockResolver::costs).toList());
    List<Project> projects = new ArrayList<>();
    for (ProjectDiscovery.Group group : found.groups()) {
      List<LockResolver> serving = serving(group, locks);
      Prices prices = new Prices(!serving.isEmpty());
      serving.forEach(lock -> prices.add(lock.costs(), folder(group, lock)));
      LockCosts without = serving.isEmpty() ? installedOnly(group, beside) : null;
      if (without != null) {
        prices.add(without, "");
        costs.add(without);
      }
      Set<String> own = found.names().getOrDefault(group.ecosystem(), Set.of());
      projects.add(project(group, locks, serving, prices, own));
    }
    List<PricedLock> priced = new ArrayList<>();
    costs.forEach(cost -> priced.add(cost.priced(priced.size() < locks.size())));
    List<Issue> issues = new ArrayList<>(found.issues());
    costs.forEach(lock -> issues.addAll(lock.issues()));
    return new Result(List.copyOf(projects), List.copyOf(costs), priced, issues);
  }

  /// While a lock is read, as much is allocated as is kept of it. Of a large one that has outlived
  /// the young generation by now, and the serial collector rather lets the heap grow than look for
  /// it.
  ///
  /// @param before bytes that were in use when reading began
  private static void collectGarbageSince(long before) {
    if (used() - before > LARGE) {
      System.gc();
    }
  }

  private static long used() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static String folder(ProjectDiscovery.Group group, LockResolver lock) {
    String relative = relative(lock.lockfile(), group.path());
    return relative == null ? "" : relative;
  }

  /// What is installed beside a project that no lock resolves; null where nothing is.
  private @Nullable LockCosts installedOnly(ProjectDiscovery.Group group, InstalledSizes beside) {
    InstalledTree tree = beside.beside(group.ecosystem(), group.path(), List.of());
    if (tree == null) {
      return null;
    }
    String path = (group.path().isEmpty() ? "" : group.path() + "/") + tree.place();
    Lockfile lock = tree.asLock(path, group.manifests());
    return LockCosts.of(lock, classifier, List.of(tree.sizes()));
  }

  private Project project(
      ProjectDiscovery.Group group,
      List<LockResolver> locks,
      List<LockResolver> serving,
      Prices prices,
      Set<String> own) {
    List<ResolvedPackage> resolved = new ArrayList<>();
    List<Project.LockfileFile> lockfiles = new ArrayList<>();
    List<Project.LockfileFile> servedBy = new ArrayList<>();
    for (LockResolver lock : locks) {
      if (group.lockfiles().contains(lock.lockfile())) {
        List<ResolvedPackage> rows = lock.rows(classifier);
        resolved.addAll(rows);
        lockfiles.add(file(lock.lockfile(), rows.size()));
      } else if (serving.contains(lock)) {
        servedBy.add(file(lock.lockfile(), lock.thirdParty()));
      }
    }
    return new Project(
        group.path().isEmpty() ? "." : group.path(),
        group.ecosystem(),
        group.name(),
        group.manifests().stream()
            .map(manifest -> new Project.ManifestFile(manifest.path(), manifest.kind()))
            .toList(),
        lockfiles,
        servedBy,
        dependencies(group, serving, prices, own),
        resolved,
        group.lockfiles().stream().flatMap(lock -> lock.disagreements().stream()).toList());
  }

  private static Project.LockfileFile file(Lockfile lockfile, int packages) {
    return new Project.LockfileFile(lockfile.path(), lockfile.kind(), lockfile.format(), packages);
  }

  /// The locks of the project's own folder, else those above that name it.
  private static List<LockResolver> serving(
      ProjectDiscovery.Group group, List<LockResolver> locks) {
    return locks.stream()
        .filter(lock -> lock.lockfile().ecosystem() == group.ecosystem())
        .filter(lock ->
            group.lockfiles().contains(lock.lockfile())
                || isMember(relative(lock.lockfile(), group.path()), lock))
        .toList();
  }

  private static boolean isMember(@Nullable String relative, LockResolver lock) {
    return relative != null && !relative.isEmpty() && lock.serves(relative);
  }

  /// The project's folder seen from the lock's, or null where it lies elsewhere.
  private static @Nullable String relative(Lockfile lockfile, String projectPath) {
    int slash = lockfile.path().lastIndexOf('/');
    if (slash < 0) {
      return projectPath;
    }
    String folder = lockfile.path().substring(0, slash);
    if (projectPath.equals(folder)) {
      return "";
    }
    return projectPath.startsWith(folder + "/") ? projectPath.substring(slash + 1) : null;
  }

  private List<Dependency> dependencies(
      ProjectDiscovery.Group group, List<LockResolver> locks, Prices prices, Set<String> own) {
    Map<String, List<DeclaredDependency>> byName = new LinkedHashMap<>();
    for (Manifest manifest : group.manifests()) {
      for (DeclaredDependency declared : manifest.dependencies()) {
        byName
            .computeIfAbsent(group.ecosystem().normalize(declared.name()), _ -> new ArrayList<>())
            .add(declared);
      }
    }
    List<Dependency> out = new ArrayList<>();
    for (List<DeclaredDependency> declarations : byName.values()) {
      declarations.sort(Comparator.comparing(DeclaredDependency::location));
      out.add(dependency(group, declarations, locks, prices, own));
    }
    out.sort(Comparator.comparing(Dependency::name));
    return out;
  }

  private Dependency dependency(
      ProjectDiscovery.Group group,
      List<DeclaredDependency> declarations,
      List<LockResolver> locks,
      Prices prices,
      Set<String> own) {
    DeclaredDependency first = declarations.getFirst();
    boolean ownPackage =
        first.origin() == Origin.WORKSPACE
            || own.contains(group.ecosystem().normalize(first.packageName()));
    Ecosystem ecosystem = ecosystem(group, declarations);
    Classification classification =
        ownPackage ? OWN : classifier.classify(ecosystem, first.packageName());
    DeclaredDependency main =
        declarations.stream().filter(DeclaredDependency::inProduction).findFirst().orElse(first);
    Usage usage = new Usage.Undetermined("the source is not searched yet");
    Prices.Price price = prices.of(first.name());
    return new Dependency(
        first.name(),
        first.packageName(),
        ecosystem,
        main.constraint(),
        version(group, first.name(), locks),
        declarations,
        classification,
        usage,
        price.size(),
        price.cost(),
        judge.verdict(group.ecosystem(), declarations, classification, usage));
  }

  /// What only conda installs is a package of conda, in a project of Python.
  private static Ecosystem ecosystem(
      ProjectDiscovery.Group group, List<DeclaredDependency> declarations) {
    return declarations.stream().allMatch(one -> one.origin() == Origin.CONDA)
        ? Ecosystem.CONDA
        : group.ecosystem();
  }

  private static @Nullable String version(
      ProjectDiscovery.Group group, String name, List<LockResolver> locks) {
    for (LockResolver lock : locks) {
      String relative = relative(lock.lockfile(), group.path());
      String version = lock.version(relative == null ? "" : relative, name);
      if (version != null) {
        return version;
      }
    }
    return null;
  }
}

package dev.depslim.project;

import dev.depslim.classify.Classifier;
import dev.depslim.graph.LockScopes;
import dev.depslim.model.Category;
import dev.depslim.model.Classification;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.Lockfile;
import dev.depslim.model.ResolvedPackage;
import dev.depslim.model.Scope;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What a lock file resolves, as rows of the report, and the versions of declared names.
final class LockResolver {
  private final Lockfile lockfile;
  private final LockCosts costs;
  private final LockScopes scopes;
  private final Map<String, Integer> uniqueByName = new HashMap<>();
  private final Map<Integer, List<String>> directNames = new HashMap<>();
  private final Map<String, Map<String, Integer>> declared = new HashMap<>();

  LockResolver(Lockfile lockfile, LockCosts costs) {
    this.lockfile = lockfile;
    this.costs = costs;
    this.scopes = costs.scopes();
    for (int i = 0; i < lockfile.packages().size(); i++) {
      String name = lockfile.ecosystem().normalize(lockfile.packages().get(i).name());
      uniqueByName.merge(name, i, this::sameVersion);
    }
    for (Lockfile.Root root : lockfile.roots()) {
      for (Lockfile.Direct direct : root.direct()) {
        if (direct.scope() == Scope.RUNTIME
            || direct.scope() == Scope.PEER
            || inProduction(direct.scope())) {
          directNames.computeIfAbsent(direct.target(), _ -> new ArrayList<>()).add(direct.name());
        }
      }
    }
  }

  Lockfile lockfile() {
    return lockfile;
  }

  /// What its declarations cost.
  LockCosts costs() {
    return costs;
  }

  /// The version that the lock gives a dependency of a project, or null.
  ///
  /// @param projectPath folder of the project relative to the folder of the lock
  @Nullable String version(String projectPath, String declaredName) {
    Ecosystem ecosystem = lockfile.ecosystem();
    String wanted = ecosystem.normalize(declaredName);
    Integer declared = declared(projectPath).get(wanted);
    if (declared != null) {
      return lockfile.packages().get(declared).version();
    }
    Integer only = uniqueByName.get(wanted);
    return only == null || only < 0 ? null : lockfile.packages().get(only).version();
  }

  /// What a project of the lock declares: normalised name → the first package that it leads to.
  private Map<String, Integer> declared(String projectPath) {
    return declared.computeIfAbsent(
        projectPath,
        path -> {
          Map<String, Integer> targets = new HashMap<>();
          for (Lockfile.Root root : lockfile.roots()) {
            if (root.path().equals(path)) {
              for (Lockfile.Direct direct : root.direct()) {
                targets.putIfAbsent(lockfile.ecosystem().normalize(direct.name()), direct.target());
              }
            }
          }
          return targets;
        });
  }

  /// A package may be several nodes of one version, one for each choice of extras.
  private int sameVersion(int a, int b) {
    return a >= 0
            && Objects.equals(
                lockfile.packages().get(a).version(), lockfile.packages().get(b).version())
        ? a
        : -1;
  }

  /// Whether the lock serves the project.
  boolean serves(String projectPath) {
    return projectPath.isEmpty()
        || lockfile.roots().stream().anyMatch(root -> root.path().equals(projectPath));
  }

  /// How many rows there are, without making them.
  int thirdParty() {
    return costs.graph().rows().size();
  }

  /// The third-party packages: one row per name and version.
  List<ResolvedPackage> rows(Classifier classifier) {
    List<ResolvedPackage> rows = new ArrayList<>(thirdParty());
    for (int row = 0; row < thirdParty(); row++) {
      rows.add(row(row, classifier));
    }
    return rows;
  }

  private ResolvedPackage row(int row, Classifier classifier) {
    int[] copies = costs.graph().copies(row);
    Lockfile.Node first = lockfile.packages().get(copies[0]);
    Classification classification = classifier.classify(lockfile.ecosystem(), first.name());
    Scope scope = Scope.DEV;
    boolean direct = false;
    TreeSet<String> requiredBy = new TreeSet<>();
    for (int node : copies) {
      scope = stronger(scope, scope(node));
      direct |= scopes.isDirect(node);
      for (int by : scopes.requiredBy(node)) {
        // a package with more extras needs itself
        if (costs.graph().rowOf(by) != row) {
          requiredBy.add(lockfile.packages().get(by).name());
        }
      }
    }
    boolean inProduction =
        Arrays.stream(copies)
            .anyMatch(
                node -> inProduction(scope(node)) && !lockfile.packages().get(node).elsewhere());
    // Who brings a package is looked up only where somebody may want it gone.
    boolean unwanted = inProduction && classification.category() != Category.PRODUCTION;
    return new ResolvedPackage(
        lockfile.ecosystem(),
        first.name(),
        first.version(),
        scope,
        classification,
        direct,
        List.copyOf(requiredBy),
        unwanted ? broughtBy(copies) : List.of(),
        inProduction,
        lockfile.path(),
        first.line(),
        costs.ownBytes(row),
        costs.dominated(row));
  }

  /// The scope of a node; a lock that says neither what is direct nor what is for development may
  /// bring everything.
  private @Nullable Scope scope(int node) {
    Scope scope = scopes.scope(node);
    return scope == null && lockfile.roots().isEmpty() ? Scope.RUNTIME : scope;
  }

  private List<String> broughtBy(int[] copies) {
    TreeSet<String> names = new TreeSet<>();
    BitSet seen = new BitSet(lockfile.packages().size());
    Deque<Integer> waiting = new ArrayDeque<>();
    Arrays.stream(copies).forEach(waiting::add);
    while (!waiting.isEmpty()) {
      int node = waiting.remove();
      if (seen.get(node)) {
        continue;
      }
      seen.set(node);
      names.addAll(directNames.getOrDefault(node, List.of()));
      for (int by : scopes.requiredBy(node)) {
        if (inProduction(scope(by))) {
          waiting.add(by);
        }
      }
    }
    return List.copyOf(names);
  }

  private boolean inProduction(@Nullable Scope scope) {
    return scope == Scope.RUNTIME
        || (scope == Scope.OPTIONAL && lockfile.ecosystem() == Ecosystem.NPM);
  }

  private static Scope stronger(Scope a, @Nullable Scope b) {
    if (a == Scope.RUNTIME || b == Scope.RUNTIME) {
      return Scope.RUNTIME;
    }
    return a == Scope.OPTIONAL || b == Scope.OPTIONAL ? Scope.OPTIONAL : Scope.DEV;
  }
}

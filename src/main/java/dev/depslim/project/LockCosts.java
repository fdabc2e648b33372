package dev.depslim.project;

import dev.depslim.classify.Classifier;
import dev.depslim.ecosystem.SizeSource;
import dev.depslim.graph.DeclarationGraph;
import dev.depslim.graph.DeclarationView;
import dev.depslim.graph.LockScopes;
import dev.depslim.model.Category;
import dev.depslim.model.Cost;
import dev.depslim.model.Explanation;
import dev.depslim.model.Freed;
import dev.depslim.model.Issue;
import dev.depslim.model.Lockfile;
import dev.depslim.model.PricedLock;
import dev.depslim.model.Size;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What the declarations of one lock cost, alone and together: packages always, bytes on one basis
/// as far as they are known.
public final class LockCosts {
  private final DeclarationGraph graph;
  private final LockScopes scopes;
  private final CopySizes sizes;
  private final List<Category> categories;

  /// Project and normalised name → the lines that declare it.
  private final Map<String, BitSet> linesOf = new HashMap<>();

  /// What goes with each line and with each copy alone.
  private final CopySizes.Sums alone;

  private LockCosts(Lockfile lock, Classifier classifier, List<SizeSource> sources) {
    graph = DeclarationGraph.of(lock);
    scopes = LockScopes.of(lock);
    sizes = CopySizes.of(graph, sources);
    List<Category> ofLines = new ArrayList<>();
    for (int line = 0; line < graph.lines().size(); line++) {
      DeclarationGraph.Line it = graph.lines().get(line);
      linesOf.computeIfAbsent(key(it.project(), it.name()), _ -> new BitSet()).set(line);
      ofLines.add(category(line, classifier));
    }
    categories = List.copyOf(ofLines);
    alone = sizes.sums(graph.everything(), new BitSet());
  }

  /// The costs of a lock.
  ///
  /// @param sources in the order of preference
  static LockCosts of(Lockfile lock, Classifier classifier, List<SizeSource> sources) {
    return new LockCosts(lock, classifier, sources);
  }

  private String key(String project, String name) {
    return project + "\0" + graph.lock().ecosystem().normalize(name);
  }

  /// What a line is for: the package that it asks for, under its real name.
  private Category category(int line, Classifier classifier) {
    Lockfile.Node target = graph.lock().packages().get(graph.targets(line).nextSetBit(0));
    return target.origin().isThirdParty()
        ? classifier.classify(graph.lock().ecosystem(), target.name()).category()
        : Category.PRODUCTION;
  }

  LockScopes scopes() {
    return scopes;
  }

  /// Whether a project declares a name and the lock has it.
  boolean has(String project, String name) {
    return linesOf.containsKey(key(project, name));
  }

  /// The lock.
  public Lockfile lock() {
    return graph.lock();
  }

  /// The lock with the bytes of its packages.
  ///
  /// @param file whether it was read from a lock file; else it is what is installed
  public PricedLock priced(boolean file) {
    return sizes.priced(file);
  }

  /// What the bytes count; null where no size is known.
  public Size.@Nullable Basis basis() {
    return sizes.basis();
  }

  /// Why sizes are not known, for people: of all packages, or of those that are missing.
  public String missing() {
    return sizes.missing();
  }

  /// What kept sizes from being known.
  List<Issue> issues() {
    return sizes.issues();
  }

  /// Everything that the lock installs.
  public Freed everything() {
    return sizes.freed(graph.everything().reached());
  }

  /// What a plain production install of the lock brings.
  public Freed production() {
    return sizes.freed(graph.production().reached());
  }

  /// What goes when nothing of a category is declared any more, also where others need it.
  public Freed withoutDeclared(Category category) {
    return sizes.freed(graph.everything().lostWithoutLines(lines(List.of(category))));
  }

  /// What a plain production install does not bring any more when nothing of some categories is
  /// declared.
  public Freed productionWithoutDeclared(Collection<Category> excluded) {
    return sizes.freed(graph.production().lostWithoutLines(lines(excluded)));
  }

  private BitSet lines(Collection<Category> some) {
    BitSet lines = new BitSet();
    for (int line = 0; line < categories.size(); line++) {
      lines.set(line, some.contains(categories.get(line)));
    }
    return lines;
  }

  /// What a declared name costs, and its bytes.
  record Price(Cost cost, Size size) {}

  /// What a declared name of a project costs.
  ///
  /// @param project folder relative to that of the lock
  Price price(String project, String name) {
    BitSet lines = lines(project, name);
    BitSet targets = targets(lines);
    DeclarationView.Packages lost = graph.everything().lostWithoutLines(lines);
    BitSet staying = (BitSet) targets.clone();
    staying.andNot(lost.copies());
    Cost cost =
        new Cost(
            sizes.freed(lost),
            sizes.freed(graph.production().lostWithoutLines(lines)),
            staying.isEmpty() ? List.of() : keptBy(lines, staying));
    return new Price(cost, sizes.size(targets, lost));
  }

  private BitSet lines(String project, String name) {
    return linesOf.getOrDefault(key(project, name), new BitSet());
  }

  private BitSet targets(BitSet lines) {
    BitSet targets = new BitSet();
    lines.stream().forEach(line -> targets.or(graph.targets(line)));
    return targets;
  }

  /// What needs packages for another reason than that they are there.
  private List<String> keptBy(BitSet lines, BitSet targets) {
    BitSet lost = graph.everything().lostWithout(lines, targets).copies();
    BitSet reached = graph.everything().reached().copies();
    TreeSet<String> keepers = new TreeSet<>();
    for (int copy = targets.nextSetBit(0); copy >= 0; copy = targets.nextSetBit(copy + 1)) {
      for (int by : scopes.requiredBy(copy)) {
        if (reached.get(by) && !lost.get(by)) {
          keepers.add(lock().packages().get(by).name());
        }
      }
      BitSet others = graph.linesAt(copy);
      others.andNot(lines);
      others.stream().forEach(line -> keepers.add(projectName(graph.lines().get(line))));
    }
    return List.copyOf(keepers);
  }

  private static String projectName(DeclarationGraph.Line line) {
    return line.project().isEmpty() ? "the project of the lock" : "project " + line.project();
  }

  /// The bytes of a package with all its copies; null where they are not known.
  ///
  /// @param row index in [DeclarationGraph#rows()]
  @Nullable Long ownBytes(int row) {
    return sizes.ownBytes(row);
  }

  /// What goes when a package itself goes.
  ///
  /// @param row index in [DeclarationGraph#rows()]
  Freed dominated(int row) {
    List<Integer> copies = graph.rows().get(row).copies();
    if (copies.size() == 1) {
      return alone.byCopy(copies.getFirst());
    }
    BitSet one = new BitSet();
    one.set(row);
    return sizes.freed(graph.everything().lostWithoutRows(one));
  }

  /// The rows that go when one of them goes, itself among them.
  BitSet lostWithout(int row) {
    BitSet one = new BitSet();
    one.set(row);
    return graph.everything().lostWithoutRows(one).rows();
  }

  /// Why the packages of a name are here, also those that are declared under it.
  public List<Explanation> explain(String name) {
    return new Explainer(this).explain(name);
  }

  DeclarationGraph graph() {
    return graph;
  }
}

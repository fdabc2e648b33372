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
import java.util.function.IntPredicate;
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

  /// What goes with each line and with each copy alone: of all that the lock has, and of what a
  /// plain production install brings.
  private final CopySizes.Sums alone;

  private final CopySizes.Sums aloneInProduction;

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
    alone = sizes.sums(graph.everything());
    aloneInProduction = sizes.sums(graph.production());
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
    BitSet lines = linesOf.getOrDefault(key(project, name), new BitSet());
    BitSet targets = new BitSet();
    lines.stream().forEach(line -> targets.or(graph.targets(line)));
    return lines.cardinality() == 1
        ? priceOfLine(lines.nextSetBit(0), targets)
        : priceOfLines(lines, targets);
  }

  /// Nearly every name is one line, and what goes with that is known.
  private Price priceOfLine(int line, BitSet targets) {
    BitSet staying = (BitSet) targets.clone();
    targets.stream().filter(copy -> alone.alone().goesWithLine(copy, line)).forEach(staying::clear);
    BitSet lines = new BitSet();
    lines.set(line);
    Freed lost = alone.byLine(line);
    Cost cost = new Cost(lost, aloneInProduction.byLine(line), keptBy(lines, targets, staying));
    return new Price(
        cost, sizes.size(targets, lost, () -> graph.everything().lostWithoutLines(lines)));
  }

  private Price priceOfLines(BitSet lines, BitSet targets) {
    DeclarationView.Packages lost = graph.everything().lostWithoutLines(lines);
    BitSet staying = (BitSet) targets.clone();
    staying.andNot(lost.copies());
    Freed everywhere = sizes.freed(lost);
    Cost cost =
        new Cost(
            everywhere,
            sizes.freed(graph.production().lostWithoutLines(lines)),
            keptBy(lines, targets, staying));
    return new Price(cost, sizes.size(targets, everywhere, () -> lost));
  }

  /// What needs packages that stay for another reason than that they are there.
  private List<String> keptBy(BitSet lines, BitSet targets, BitSet staying) {
    if (staying.isEmpty()) {
      return List.of();
    }
    IntPredicate lost = lostWith(lines, targets, staying);
    TreeSet<String> keepers = new TreeSet<>();
    for (int copy = staying.nextSetBit(0); copy >= 0; copy = staying.nextSetBit(copy + 1)) {
      for (int by : scopes.requiredBy(copy)) {
        if (graph.everything().reaches(by) && !lost.test(by)) {
          keepers.add(lock().packages().get(by).name());
        }
      }
      BitSet others = graph.linesAt(copy);
      others.andNot(lines);
      others.stream().forEach(line -> keepers.add(projectName(graph.lines().get(line))));
    }
    return List.copyOf(keepers);
  }

  /// Which copies go with lines and some of what they ask for. What one line brings through one
  /// copy only goes with that copy.
  private IntPredicate lostWith(BitSet lines, BitSet targets, BitSet out) {
    if (lines.cardinality() == 1 && targets.cardinality() == 1) {
      int target = out.nextSetBit(0);
      return copy -> alone.alone().goesWithCopy(copy, target);
    }
    BitSet lost = graph.everything().lostWithout(lines, out).copies();
    return lost::get;
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
    if (graph.copyCount(row) == 1) {
      return alone.byCopy(graph.copy(row, 0));
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

  /// What the lock's packages hang on.
  public DeclarationGraph graph() {
    return graph;
  }
}

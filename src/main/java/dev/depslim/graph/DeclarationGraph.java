package dev.depslim.graph;

import dev.depslim.model.Ecosystem;
import dev.depslim.model.Lockfile;
import dev.depslim.model.Lockfile.Direct;
import dev.depslim.model.Lockfile.Edge;
import dev.depslim.model.Lockfile.Node;
import dev.depslim.model.Lockfile.Root;
import dev.depslim.model.Scope;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The packages of a lock below the declarations that ask for them, seen twice: with every
/// declaration, and as a plain production install brings them.
///
/// Three kinds of nodes hang below each other. A *line* is what one project of the lock declares
/// under one name; lines are the roots. A *copy* is a package of [Lockfile#packages()]. A *row* is
/// a third-party package of one name and version; each of its copies leads to it, so it is lost
/// when all of them are.
///
/// An optional peer keeps nothing: without the declaration the next lock drops it. A production
/// install of the lock as it is has it all the same.
///
/// What a member of a workspace needs hangs on its own lines, also for whoever needs the member: a
/// line that is removed leads nowhere.
public final class DeclarationGraph {
  /// What a project declares under one name. Of a name that it declares for production and not,
  /// there are two lines.
  ///
  /// @param project folder of the project relative to that of the lock, `""` for its own
  /// @param name as declared
  /// @param production whether a plain production install follows it
  public record Line(String project, String name, boolean production) {}

  /// A third-party package.
  ///
  /// @param copies indexes in [Lockfile#packages()], ascending
  public record Row(String name, @Nullable String version, List<Integer> copies) {
    public Row {
      copies = List.copyOf(copies);
    }
  }

  private static final int[] NONE = {};

  private final Lockfile lock;
  private final List<Line> lines = new ArrayList<>();

  /// Of each line the copies that it asks for.
  private final List<int[]> targets = new ArrayList<>();

  /// Copy → the lines that ask for it.
  private final Map<Integer, int[]> linesAt = new HashMap<>();

  private final Map<Line, Integer> lineOf = new HashMap<>();

  /// The copies of row r are those from `rowStart[r]`: locks may have a hundred thousand rows.
  private int[] rowStart = {0};

  private int[] rowCopies = NONE;
  private final List<Row> rows = new Rows();
  private final int[] rowOf;

  /// Own node of the lock → the lines of the project that it is, as [#linesByTarget] has them.
  private final Map<Integer, Map<Integer, int[]>> members = new HashMap<>();

  private final DeclarationView everything;
  private final DeclarationView production;

  private DeclarationGraph(Lockfile lock) {
    this.lock = lock;
    this.rowOf = new int[lock.packages().size()];
    findRows();
    for (Root root : lock.flat() ? List.<Root>of() : lock.roots()) {
      root.direct().forEach(direct -> addLine(root, direct));
    }
    findMembers();
    everything = view(false);
    production = view(true);
  }

  /// The graph of a lock. Of a lock that does not say what is declared, or not which package needs
  /// which, what nobody needs is there for its own sake, and there are no lines.
  public static DeclarationGraph of(Lockfile lock) {
    return new DeclarationGraph(lock);
  }

  /// Whether a plain production install follows a declaration of this scope.
  public static boolean inProduction(Ecosystem ecosystem, Scope scope) {
    return switch (scope) {
      case RUNTIME, PEER -> true;
      case OPTIONAL -> ecosystem == Ecosystem.NPM;
      case DEV, TEST, BUILD -> false;
    };
  }

  /// The lock that it was made of.
  public Lockfile lock() {
    return lock;
  }

  /// All lines, by project and in the order of the lock.
  public List<Line> lines() {
    return Collections.unmodifiableList(lines);
  }

  /// The numbers of the lines that meet a condition.
  public BitSet lines(Predicate<Line> condition) {
    BitSet found = new BitSet();
    for (int line = 0; line < lines.size(); line++) {
      found.set(line, condition.test(lines.get(line)));
    }
    return found;
  }

  /// The copies that a line asks for.
  public BitSet targets(int line) {
    BitSet found = new BitSet();
    for (int copy : targets.get(line)) {
      found.set(copy);
    }
    return found;
  }

  /// The lines that ask for a copy.
  public BitSet linesAt(int copy) {
    BitSet found = new BitSet();
    for (int line : linesAt.getOrDefault(copy, NONE)) {
      found.set(line);
    }
    return found;
  }

  /// The third-party packages, sorted by name and version.
  public List<Row> rows() {
    return rows;
  }

  /// The copies of a row, ascending.
  public int[] copies(int row) {
    return Arrays.copyOfRange(rowCopies, rowStart[row], rowStart[row + 1]);
  }

  /// How many copies a row has.
  public int copyCount(int row) {
    return rowStart[row + 1] - rowStart[row];
  }

  /// One of the copies of a row, counted from 0.
  public int copy(int row, int index) {
    return rowCopies[rowStart[row] + index];
  }

  /// The row of a copy; -1 for what is the user's own.
  public int rowOf(int copy) {
    return rowOf[copy];
  }

  /// Whether a copy is a project of the lock itself: what it needs hangs on its lines.
  public boolean isMember(int copy) {
    return members.containsKey(copy);
  }

  /// With every declaration.
  public DeclarationView everything() {
    return everything;
  }

  /// As a plain production install brings it: the production lines, nothing for development and
  /// nothing that markers keep from where the project runs.
  public DeclarationView production() {
    return production;
  }

  private void findRows() {
    Arrays.fill(rowOf, -1);
    List<Node> nodes = lock.packages();
    Integer[] sorted =
        IntStream.range(0, nodes.size())
            .filter(copy -> nodes.get(copy).origin().isThirdParty())
            .boxed()
            .toArray(Integer[]::new);
    Arrays.sort(sorted, (a, b) -> compare(nodes.get(a), nodes.get(b)));
    rowCopies = new int[sorted.length];
    int[] starts = new int[sorted.length + 1];
    int count = 0;
    for (int i = 0; i < sorted.length; i++) {
      if (i == 0 || !isSame(nodes.get(sorted[i - 1]), nodes.get(sorted[i]))) {
        starts[count++] = i;
      }
      rowCopies[i] = sorted[i];
      rowOf[sorted[i]] = count - 1;
    }
    starts[count] = sorted.length;
    rowStart = Arrays.copyOf(starts, count + 1);
  }

  /// Rows are made when they are asked for.
  private final class Rows extends AbstractList<Row> {
    @Override
    public int size() {
      return rowStart.length - 1;
    }

    @Override
    public Row get(int row) {
      Node first = lock.packages().get(copy(row, 0));
      return new Row(first.name(), first.version(), Arrays.stream(copies(row)).boxed().toList());
    }
  }

  private static boolean isSame(Node a, Node b) {
    return compare(a, b) == 0;
  }

  /// By name and version.
  private static int compare(Node a, Node b) {
    int names = a.name().compareTo(b.name());
    return names != 0 ? names : String.valueOf(a.version()).compareTo(String.valueOf(b.version()));
  }

  private void addLine(Root root, Direct direct) {
    Line wanted = line(root, direct);
    Integer line = lineOf.get(wanted);
    if (line == null) {
      line = lines.size();
      lineOf.put(wanted, line);
      lines.add(new Line(root.path(), direct.name(), wanted.production()));
      targets.add(NONE);
    }
    int[] known = targets.get(line);
    int[] more = with(known, direct.target());
    if (more.length > known.length) {
      targets.set(line, more);
      linesAt.put(direct.target(), with(linesAt.getOrDefault(direct.target(), NONE), line));
    }
  }

  /// Some numbers and one more, each once.
  private static int[] with(int[] some, int one) {
    for (int known : some) {
      if (known == one) {
        return some;
      }
    }
    int[] more = Arrays.copyOf(some, some.length + 1);
    more[some.length] = one;
    return more;
  }

  /// The key of a line: spellings of one name are one line.
  private Line line(Root root, Direct direct) {
    return new Line(
        root.path(),
        lock.ecosystem().normalize(direct.name()),
        inProduction(lock.ecosystem(), direct.scope()));
  }

  /// Finds the nodes that the projects are themselves: the one that is placed at the folder, or all
  /// choices of extras of the one that the lock names.
  private void findMembers() {
    Map<String, List<Integer>> byPath = new HashMap<>();
    Map<String, List<Integer>> byName = new HashMap<>();
    for (int copy = 0; copy < lock.packages().size(); copy++) {
      Node node = lock.packages().get(copy);
      if (!node.origin().isThirdParty()) {
        byName.computeIfAbsent(node.name(), _ -> new ArrayList<>()).add(copy);
        if (node.path() != null && !node.path().isEmpty()) {
          byPath.computeIfAbsent(node.path(), _ -> new ArrayList<>()).add(copy);
        }
      }
    }
    for (Root root : lock.roots()) {
      List<Integer> found =
          root.node() < 0
              ? byPath.getOrDefault(root.path(), List.of())
              : byName.getOrDefault(lock.packages().get(root.node()).name(), List.of());
      if (!found.isEmpty()) {
        Map<Integer, int[]> lines = linesByTarget(root);
        found.forEach(copy -> members.put(copy, lines));
      }
    }
  }

  private DeclarationView view(boolean onlyProduction) {
    int copies = lock.packages().size();
    int lineStart = copies + rows.size();
    DependencyGraph.Builder builder = DependencyGraph.builder(lineStart + lines.size());
    for (int row = 0; row < rows.size(); row++) {
      for (int i = rowStart[row]; i < rowStart[row + 1]; i++) {
        builder.need(rowCopies[i], copies + row);
      }
    }
    for (int line = 0; line < lines.size(); line++) {
      for (int copy : targets.get(line)) {
        if (!onlyProduction || !isElsewhere(copy)) {
          builder.need(lineStart + line, copy);
        }
      }
      if (!onlyProduction || lines.get(line).production()) {
        builder.root(lineStart + line);
      }
    }
    for (int copy = 0; copy < copies; copy++) {
      Map<Integer, int[]> member = members.get(copy);
      for (Edge edge : lock.packages().get(copy).edges()) {
        if (onlyProduction
            ? !isForDevelopment(edge.scope()) && !isElsewhere(edge.target())
            : !edge.wish()) {
          int[] through =
              member == null ? NONE : member.getOrDefault(asked(edge.target(), edge.scope()), NONE);
          if (through.length == 0) {
            builder.need(copy, edge.target());
          }
          for (int line : through) {
            builder.need(copy, lineStart + line);
          }
        }
      }
    }
    if (lock.roots().isEmpty() || lock.flat()) {
      builder.rootsWhereNobodyNeeds(declared(onlyProduction));
    }
    return new DeclarationView(builder.build(), this);
  }

  /// The copies of a lock without lines, by what the lock itself says of their scope.
  private BitSet declared(boolean onlyProduction) {
    BitSet found = new BitSet();
    for (int copy = 0; copy < lock.packages().size(); copy++) {
      Scope scope = lock.packages().get(copy).declared();
      boolean brought = scope == null || inProduction(lock.ecosystem(), scope);
      found.set(copy, !onlyProduction || (brought && !isElsewhere(copy)));
    }
    return found;
  }

  private boolean isElsewhere(int copy) {
    return lock.packages().get(copy).elsewhere();
  }

  private static boolean isForDevelopment(Scope scope) {
    return switch (scope) {
      case DEV, TEST, BUILD -> true;
      case RUNTIME, OPTIONAL, PEER -> false;
    };
  }

  /// The lines of a project by what they ask for: its package and whether for development.
  private Map<Integer, int[]> linesByTarget(Root root) {
    Map<Integer, int[]> found = new HashMap<>();
    for (Direct direct : root.direct()) {
      Integer line = lineOf.get(line(root, direct));
      if (line != null) {
        int asked = asked(direct.target(), direct.scope());
        found.put(asked, with(found.getOrDefault(asked, NONE), line));
      }
    }
    return found;
  }

  private static int asked(int target, Scope scope) {
    return 2 * target + (isForDevelopment(scope) ? 1 : 0);
  }
}

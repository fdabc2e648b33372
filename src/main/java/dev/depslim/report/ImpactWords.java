package dev.depslim.report;

import dev.depslim.model.Category;
import dev.depslim.model.Explanation;
import dev.depslim.model.Freed;
import dev.depslim.model.Impact;
import dev.depslim.model.Impact.Cause;
import dev.depslim.model.Impact.CauseKind;
import dev.depslim.model.Impact.DeclarationChange;
import dev.depslim.model.Impact.Ledger;
import dev.depslim.model.Impact.PackageChange;
import dev.depslim.model.Impact.PackageState;
import dev.depslim.model.Scope;
import dev.depslim.model.Size;
import dev.depslim.model.Snapshot.Declared;
import dev.depslim.model.Snapshot.FindingState;
import dev.depslim.model.Snapshot.Section;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The impact of a change in words, the same for every format.
final class ImpactWords {
  private static final int FEW = 3;

  private ImpactWords() {}

  /// One cause in production and in everything that the locks resolve; null where it does nothing.
  record Row(@Nullable Cause production, @Nullable Cause everything) {
    /// The one that says more.
    Cause cause() {
      Cause any = production != null ? production : everything;
      if (any == null) {
        throw new IllegalStateException("a row without a cause");
      }
      return any;
    }
  }

  /// The causes, those that change most in production first.
  static List<Row> rows(Impact impact) {
    Map<String, Row> rows = new LinkedHashMap<>();
    impact.production().causes().forEach(it -> rows.put(key(it), new Row(it, null)));
    for (Cause it : impact.everything().causes()) {
      Row known = rows.get(key(it));
      rows.put(key(it), new Row(known == null ? null : known.production(), it));
    }
    List<Row> sorted = new ArrayList<>(rows.values());
    sorted.sort(
        Comparator.comparingLong((Row row) -> -weight(row.production()))
            .thenComparingLong(row -> -weight(row.everything()))
            .thenComparing(row -> row.cause().kind() == CauseKind.LOCKED_ANEW));
    return sorted;
  }

  private static String key(Cause cause) {
    return cause.ecosystem().id() + " " + cause.declared();
  }

  private static long weight(@Nullable Cause cause) {
    if (cause == null) {
      return 0;
    }
    Long bytes = cause.bytes();
    long packages = cause.gained().packages() + cause.lost().packages();
    if (bytes == null) {
      return cause.kind() == CauseKind.LOCKED_ANEW ? 0 : packages;
    }
    return (Math.abs(bytes) << 10) + Math.min(1023, packages);
  }

  /// Such as `+214.0 MB`; the packages that come and go where bytes are not known.
  static String change(@Nullable Cause cause) {
    if (cause == null) {
      return "0";
    }
    return cause.bytes() == null ? packages(cause.gained(), cause.lost()) : signed(cause.bytes());
  }

  /// How many causes say something by themselves: those that change at least a hundredth of what
  /// the first one does, as many as fit the screen.
  static int telling(List<Row> rows, int screen) {
    int count = 0;
    while (count < rows.size()
        && count < screen
        && (count < FEW || 100 * size(rows.get(count)) >= size(rows.getFirst()))) {
      count++;
    }
    return count;
  }

  private static long size(Row row) {
    return Math.max(weight(row.production()), weight(row.everything()));
  }

  /// What causes that are not shown do together, such as `, together +1.2 MB in production`.
  static String together(List<Row> rows) {
    long production = 0;
    boolean known = false;
    for (Row row : rows) {
      Long bytes = row.production() == null ? null : row.production().bytes();
      known |= bytes != null;
      production += bytes == null ? 0 : bytes;
    }
    return known ? ", together " + signed(production) + " in production" : "";
  }

  /// Findings about packages that one declaration brings, as one; the others alone.
  record Found(FindingState first, List<FindingState> all) {
    /// What it is about and what to do.
    String message() {
      if (all.size() == 1) {
        return first.message();
      }
      List<String> names = all.stream().map(it -> ImpactWords.name(it.subject())).toList();
      return Words.few(names, FEW) + " come with " + first.broughtBy();
    }
  }

  /// Findings grouped by the declaration to change.
  static List<Found> grouped(List<FindingState> findings) {
    Map<String, List<FindingState>> groups = new LinkedHashMap<>();
    for (FindingState it : findings) {
      String key =
          it.broughtBy() == null
              ? "one " + groups.size()
              : it.rule() + " " + it.location().path() + " " + it.broughtBy();
      groups.computeIfAbsent(key, _ -> new ArrayList<>()).add(it);
    }
    List<Found> found = new ArrayList<>();
    groups.values().forEach(all -> found.add(new Found(all.getFirst(), List.copyOf(all))));
    return found;
  }

  /// The name of a package in a package URL.
  private static String name(String subject) {
    int at = subject.lastIndexOf('@');
    String without = subject.startsWith("pkg:") && at > 0 ? subject.substring(0, at) : subject;
    return without.substring(without.indexOf('/') + 1).replace("%40", "@");
  }

  /// Such as `+37 −2 packages`.
  static String packages(Freed gained, Freed lost) {
    List<String> parts = new ArrayList<>();
    if (gained.packages() > 0) {
      parts.add("+" + Words.number(gained.packages()));
    }
    if (lost.packages() > 0) {
      parts.add("−" + Words.number(lost.packages()));
    }
    int all = gained.packages() + lost.packages();
    return parts.isEmpty() ? "0" : String.join(" ", parts) + " " + Words.plural(all, "package");
  }

  /// Bytes with their sign.
  static String signed(long bytes) {
    return bytes == 0 ? "0" : (bytes > 0 ? "+" : "−") + Bytes.text(Math.abs(bytes));
  }

  /// What the headline says of production or of everything, such as `+214.0 MB in production: torch
  /// 2.3.0 through sentence-transformers`.
  private static String headline(Ledger ledger, String where) {
    Long bytes = ledger.bytes();
    Cause first = ledger.causes().isEmpty() ? null : ledger.causes().getFirst();
    if (bytes != null) {
      return signed(bytes) + " " + where + (first == null ? "" : ": " + what(first));
    }
    boolean gone = first != null && first.gained().packages() == 0;
    return counts(ledger)
        + " "
        + where
        + (first == null ? "" : ", most by " + what(first) + (gone ? " (removed)" : ""));
  }

  /// The answer in one line.
  static String title(Impact impact) {
    Ledger production = impact.production();
    Ledger all = impact.everything();
    if (isStill(production)) {
      return isStill(all)
          ? "no package comes, goes or changes"
          : "production stays as it is; " + headline(all, "outside of it");
    }
    return headline(production, "in production");
  }

  private static boolean isStill(Ledger ledger) {
    Long bytes = ledger.bytes();
    return ledger.added() + ledger.removed() + ledger.updated() == 0
        && (bytes == null || bytes == 0);
  }

  /// Such as `37 packages added, 2 removed, 12 updated`.
  static String counts(Ledger ledger) {
    return counts(ledger.added(), ledger.removed(), ledger.updated());
  }

  static String counts(int added, int removed, int updated) {
    List<String> parts = new ArrayList<>();
    count(parts, added, "added");
    count(parts, removed, "removed");
    count(parts, updated, "updated");
    return parts.isEmpty() ? "no package changed" : String.join(", ", parts);
  }

  private static void count(List<String> parts, int number, String word) {
    if (number > 0) {
      String what = parts.isEmpty() ? Words.count(number, "package") : Words.number(number);
      parts.add(what + " " + word);
    }
  }

  /// The package that stands for a cause and what it comes through.
  static String what(Cause cause) {
    if (cause.way().isEmpty()) {
      return declared(cause);
    }
    Explanation.Item last = cause.way().getLast();
    String name = last.name() + (last.version() == null ? "" : " " + last.version());
    if (cause.kind() == CauseKind.LOCKED_ANEW) {
      if (last.bytes() == null) {
        return "locked anew";
      }
      String through = cause.way().size() == 1 ? "" : " through " + cause.way().getFirst().name();
      return name + through + ", locked anew";
    }
    boolean itself =
        cause.declared().size() == 1 && cause.declared().getFirst().equals(last.name());
    return itself || (cause.declared().size() == 1 && cause.way().size() == 1)
        ? name
        : name + " through " + declared(cause);
  }

  private static String declared(Cause cause) {
    return cause.declared().isEmpty()
        ? "locked anew"
        : Words.few(cause.declared(), FEW) + (cause.declared().size() > 1 ? " together" : "");
  }

  /// Why, for people.
  static String why(Impact impact, Cause cause) {
    return switch (cause.kind()) {
      case ADDED -> place(impact, cause, "declared new");
      case REMOVED -> place(impact, cause, "not declared any more");
      case CHANGED -> place(impact, cause, "declared otherwise");
      case TOGETHER -> "none of these declarations does it alone";
      case LOCKED_ANEW -> "without a change of a declaration";
    };
  }

  private static String place(Impact impact, Cause cause, String words) {
    for (DeclarationChange it : impact.declarations()) {
      if (it.ecosystem() == cause.ecosystem() && it.name().equals(cause.declared().getFirst())) {
        String detail = it.change() == Impact.Change.CHANGED ? ": " + changed(it) : "";
        return words + ", " + where(it) + detail;
      }
    }
    return words + " in the lock";
  }

  /// Where a declaration stands, or stood.
  static String where(DeclarationChange it) {
    Declared any = it.after() != null ? it.after() : it.before();
    return any == null || any.sections().isEmpty()
        ? it.project()
        : Where.line(main(any).location());
  }

  private static Section main(Declared declared) {
    return declared.sections().getFirst();
  }

  /// What changed about a declaration, such as `^1.2 → ^2.0, dev → runtime`.
  static String changed(DeclarationChange it) {
    Declared before = it.before();
    Declared after = it.after();
    if (before == null || after == null) {
      Declared any = after != null ? after : before;
      return any == null ? "" : constraint(any) + " " + sections(any);
    }
    List<String> parts = new ArrayList<>();
    if (!before.constraint().equals(after.constraint())) {
      parts.add(constraint(before) + " → " + constraint(after));
    }
    if (!sections(before).equals(sections(after))) {
      parts.add(sections(before) + " → " + sections(after));
    }
    return parts.isEmpty() ? "another marker or file" : String.join(", ", parts);
  }

  private static String constraint(Declared declared) {
    return declared.constraint().isEmpty() ? "any version" : declared.constraint();
  }

  static String sections(Declared declared) {
    return Words.and(
        declared.sections().stream()
            .map(section -> section.group() == null ? section.scope().id() : section.group())
            .distinct()
            .toList());
  }

  /// The versions of a package before and after, and what else changed about it.
  static String versions(PackageChange it) {
    PackageState before = it.before();
    PackageState after = it.after();
    if (before == null || after == null) {
      PackageState any = after != null ? after : before;
      return any == null ? "" : versions(any);
    }
    List<String> parts = new ArrayList<>();
    if (!before.versions().equals(after.versions())) {
      parts.add(versions(before) + " → " + versions(after));
    } else {
      parts.add(versions(after));
    }
    if (before.inProduction() != after.inProduction()) {
      parts.add(after.inProduction() ? "now in production" : "no more in production");
    } else if (before.scope() != after.scope()) {
      parts.add(scope(before.scope()) + " → " + scope(after.scope()));
    }
    if (before.category() != after.category()) {
      parts.add(before.category().id() + " → " + after.category().id());
    }
    return String.join(", ", parts);
  }

  private static String scope(Scope scope) {
    return scope.id();
  }

  private static String versions(PackageState state) {
    List<String> named = state.versions().stream().filter(it -> !it.isEmpty()).toList();
    return named.isEmpty() ? "no version" : Words.few(named, FEW);
  }

  /// The bytes that a package grows by; null where not known.
  static @Nullable Long bytes(PackageChange it) {
    PackageState before = it.before();
    PackageState after = it.after();
    Long from = before == null ? (Long) 0L : before.bytes();
    Long to = after == null ? (Long) 0L : after.bytes();
    return from == null || to == null ? null : (Long) (to - from);
  }

  /// What a package is for, after the change.
  static Category category(PackageChange it) {
    PackageState any = it.after() != null ? it.after() : it.before();
    return any == null ? Category.PRODUCTION : any.category();
  }

  static boolean inProduction(PackageChange it) {
    PackageState any = it.after() != null ? it.after() : it.before();
    return any != null && any.inProduction();
  }

  /// What the bytes are, and of how many packages they are known; why not where they are not.
  static String basis(Ledger ledger) {
    Size.Basis basis = ledger.basis();
    String reason = ledger.reason();
    if (basis == null) {
      return "bytes are not known"
          + (reason == null ? "" : ": " + reason)
          + "; packages are counted instead";
    }
    Freed after = ledger.after();
    String known =
        after.known() == after.packages()
            ? ""
            : ", known for "
                + Words.number(after.known())
                + " of "
                + Words.count(after.packages(), "package");
    return SizeNotes.what(basis) + known + (reason == null ? "" : "; " + reason);
  }
}

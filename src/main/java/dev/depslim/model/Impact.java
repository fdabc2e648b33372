package dev.depslim.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a change does: an analysis compared with an earlier one.
///
/// @param against what it is compared with: `folder` or `report`
/// @param production what a plain production install brings, before and after
/// @param everything what the locks resolve, before and after
/// @param declarations that were added, removed or changed, by project and name
/// @param packages that were, by lock and name
/// @param fresh findings that were not there before; lines and versions do not count
/// @param fixed findings that are not there any more
/// @param notes what else a reader has to know, for people
public record Impact(
    String against,
    Ledger production,
    Ledger everything,
    List<DeclarationChange> declarations,
    List<PackageChange> packages,
    List<Snapshot.FindingState> fresh,
    List<Snapshot.FindingState> fixed,
    List<String> notes) {
  public Impact {
    declarations = List.copyOf(declarations);
    packages = List.copyOf(packages);
    fresh = List.copyOf(fresh);
    fixed = List.copyOf(fixed);
    notes = List.copyOf(notes);
  }

  /// What became of something.
  public enum Change {
    ADDED,
    REMOVED,
    CHANGED;

    /// The name used in reports.
    public String id() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /// A declared dependency, before and after; null where it is not declared.
  ///
  /// @param project path of the project
  public record DeclarationChange(
      String project,
      Ecosystem ecosystem,
      String name,
      Change change,
      Snapshot.@Nullable Declared before,
      Snapshot.@Nullable Declared after) {}

  /// The packages of one name in one lock, before and after; null where there are none.
  public record PackageChange(
      String lockfile,
      Ecosystem ecosystem,
      String name,
      Change change,
      @Nullable PackageState before,
      @Nullable PackageState after) {}

  /// The packages of one name in one lock.
  ///
  /// @param versions sorted; of a package without one, an empty string
  /// @param scope the strongest
  /// @param bytes on the basis of the ledgers; null where not known
  public record PackageState(
      List<String> versions,
      Scope scope,
      Category category,
      boolean inProduction,
      @Nullable Long bytes) {
    public PackageState {
      versions = List.copyOf(versions);
    }
  }

  /// Packages and bytes before and after, by category, and who causes the difference.
  ///
  /// @param basis what the bytes of both sides count; null where they cannot be compared
  /// @param reason why bytes, or some of them, are not compared, for people; null where all are
  /// @param added names that were not there before
  /// @param removed names that are not there any more
  /// @param updated names of other versions than before
  /// @param byCategory in the order of [Category]
  /// @param causes the largest difference first; their differences add up to the whole
  public record Ledger(
      Size.@Nullable Basis basis,
      @Nullable String reason,
      Freed before,
      Freed after,
      int added,
      int removed,
      int updated,
      Map<Category, Pair> byCategory,
      List<Cause> causes) {
    public Ledger {
      causes = List.copyOf(causes);
    }

    /// The bytes that it grows by, as far as they are known on both sides; null where none are.
    public @Nullable Long bytes() {
      return difference(before, after);
    }
  }

  /// Packages before and after.
  public record Pair(Freed before, Freed after) {
    /// The bytes that it grows by, as far as they are known on both sides; null where none are.
    public @Nullable Long bytes() {
      return difference(before, after);
    }
  }

  private static @Nullable Long difference(Freed before, Freed after) {
    Long from = before.bytes();
    Long to = after.bytes();
    return from == null && to == null
        ? null
        : (Long) ((to == null ? 0 : to) - (from == null ? 0 : from));
  }

  /// Why packages come and go.
  public enum CauseKind {
    /// A declaration that was added.
    ADDED,
    /// A declaration that was removed.
    REMOVED,
    /// A declaration that was changed: its constraint, section or marker.
    CHANGED,
    /// Several of these together: one of them alone would not do it.
    TOGETHER,
    /// No declaration: the lock was made anew, or what it resolves needs something else.
    LOCKED_ANEW;

    /// The name used in reports, such as `locked-anew`.
    public String id() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
  }

  /// What one change of declarations does.
  ///
  /// @param declared the names, sorted; empty for [CauseKind#LOCKED_ANEW]
  /// @param added names of packages that come with it
  /// @param removed names that go
  /// @param updated names that are there before and after, in other versions
  /// @param gained packages of name and version that come, those of other versions among them
  /// @param lost packages of name and version that go
  /// @param bytes that it grows by; null where not known
  /// @param way from a declared package to the largest that comes or goes; empty where none does
  public record Cause(
      CauseKind kind,
      Ecosystem ecosystem,
      List<String> declared,
      int added,
      int removed,
      int updated,
      Freed gained,
      Freed lost,
      @Nullable Long bytes,
      List<Explanation.Item> way) {
    public Cause {
      declared = List.copyOf(declared);
      way = List.copyOf(way);
    }
  }
}

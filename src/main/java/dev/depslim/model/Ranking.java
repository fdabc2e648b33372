package dev.depslim.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which declarations hold most of what is installed, and which have to go so that nothing
/// forbidden is.
///
/// @param production whether it is about a plain production install; else about everything, for
///   nothing is declared for production
/// @param basis what bytes are counted; null where packages are counted instead
/// @param whole all that is installed on that basis
/// @param first few declarations that hold much together, the one that frees most alone first
/// @param together what goes when all of `first` go
/// @param percent that this is of the whole, in bytes or else in packages
/// @param declarations every declaration with what it frees alone, the largest first
/// @param removals for each forbidden package that comes with others, what has to go
/// @param allRemovals declarations that have to go so that all of those packages go, sorted
/// @param allRemoved what goes with those
public record Ranking(
    boolean production,
    Size.@Nullable Basis basis,
    Freed whole,
    List<Ranked> first,
    Freed together,
    @Nullable Double percent,
    List<Ranked> declarations,
    List<Removal> removals,
    List<Holder> allRemovals,
    Freed allRemoved) {
  public Ranking {
    first = List.copyOf(first);
    declarations = List.copyOf(declarations);
    removals = List.copyOf(removals);
    allRemovals = List.copyOf(allRemovals);
  }

  /// A declaration.
  ///
  /// @param project path of the project
  public record Holder(Ecosystem ecosystem, String project, String name, Location location)
      implements Comparable<Holder> {
    @Override
    public int compareTo(Holder other) {
      int byProject = project.compareTo(other.project);
      return byProject != 0 ? byProject : name.compareTo(other.name);
    }
  }

  /// A declaration and what it holds.
  ///
  /// @param constraint as written
  /// @param alone what goes when it alone goes
  public record Ranked(Holder holder, String constraint, Category category, Freed alone) {}

  /// The fewest declarations that have to go so that a package goes.
  ///
  /// @param subject package URL
  /// @param holders sorted; empty where no declaration brings it
  /// @param freed what goes with them
  public record Removal(
      String subject, String name, String lockfile, List<Holder> holders, Freed freed) {
    public Removal {
      holders = List.copyOf(holders);
    }
  }
}

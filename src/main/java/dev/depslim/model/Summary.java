package dev.depslim.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The figures of a whole analysis.
///
/// @param declared declared dependencies over all projects
/// @param byCategory in the order of [Category]
/// @param guesses declared dependencies that no rule knows
/// @param unresolvedProjects projects without a lock, whose resolved figures are not known
/// @param savings what leaving the excluded categories out saves
public record Summary(
    int declared,
    Map<Category, Figures> byCategory,
    int guesses,
    int resolvedGuesses,
    int unresolvedProjects,
    Savings savings) {

  /// The figures of one category.
  ///
  /// @param declared declared dependencies
  /// @param resolved resolved packages, dev ones included
  /// @param retainedBytes null where no size is known
  /// @param inProduction declared dependencies of a production scope
  public record Figures(
      int declared, int resolved, @Nullable Long retainedBytes, int inProduction) {}

  /// What would be saved.
  ///
  /// @param packages resolved production packages that only excluded declarations bring
  /// @param bytes null where no size is known
  /// @param percent of the known bytes; null where no size is known
  public record Savings(int packages, @Nullable Long bytes, @Nullable Double percent) {}
}

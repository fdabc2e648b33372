package dev.depslim.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The figures of a whole analysis.
///
/// Bytes of different bases are never added up: those of the categories and of the savings are of
/// the first of `sizes`, and packages are counted whatever is known of their bytes.
///
/// @param declared declared dependencies over all projects
/// @param byCategory in the order of [Category]
/// @param guesses declared dependencies that no rule knows
/// @param unresolvedProjects projects without a lock, whose resolved figures are not known
/// @param savings what leaving the excluded categories out saves
/// @param sizes the bases that sizes are known on, the one that knows most packages first; images
///   before all
public record Summary(
    int declared,
    Map<Category, Figures> byCategory,
    int guesses,
    int resolvedGuesses,
    int unresolvedProjects,
    Savings savings,
    List<Known> sizes) {
  public Summary {
    sizes = List.copyOf(sizes);
  }

  /// A summary without any size.
  public Summary(
      int declared,
      Map<Category, Figures> byCategory,
      int guesses,
      int resolvedGuesses,
      int unresolvedProjects,
      Savings savings) {
    this(declared, byCategory, guesses, resolvedGuesses, unresolvedProjects, savings, List.of());
  }

  /// The figures of one category.
  ///
  /// @param declared declared dependencies
  /// @param resolved resolved packages, dev ones included
  /// @param retainedBytes bytes that go when nothing of the category is declared; null where no
  ///   size is known
  /// @param retainedPackages packages that go then; null where no lock says
  /// @param inProduction declared dependencies of a production scope
  public record Figures(
      int declared,
      int resolved,
      @Nullable Long retainedBytes,
      @Nullable Integer retainedPackages,
      int inProduction) {}

  /// What would be saved.
  ///
  /// @param packages packages that a production install does not bring without the excluded
  ///   declarations
  /// @param bytes null where no size is known
  /// @param percent of the bytes known in production; null where no size is known
  public record Savings(int packages, @Nullable Long bytes, @Nullable Double percent) {}

  /// What is known of the sizes on one basis.
  ///
  /// @param packages how many packages there are
  /// @param known of how many of them the size is known
  /// @param bytes of those together
  public record Known(Size.Basis basis, int packages, int known, long bytes) {}
}

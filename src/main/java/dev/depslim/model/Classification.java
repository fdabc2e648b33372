package dev.depslim.model;

import org.jspecify.annotations.Nullable;

/// What a package is for, and which rule said so.
///
/// @param category the primary category
/// @param label the finer name, `category/what`
/// @param rule id of the rule that decided, or null where none matched
/// @param confidence certain by exact name, likely by a pattern, guess without a rule
/// @param reason what the rule says of its packages, for people
public record Classification(
    Category category, String label, @Nullable String rule, Confidence confidence, String reason) {
  /// What a package is taken for when no rule knows it.
  public static final Classification UNKNOWN =
      new Classification(
          Category.PRODUCTION, "production/lib", null, Confidence.GUESS, "no rule knows this name");
}

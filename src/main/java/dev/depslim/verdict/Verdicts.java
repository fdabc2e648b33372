package dev.depslim.verdict;

import dev.depslim.model.Category;
import dev.depslim.model.Classification;
import dev.depslim.model.Confidence;
import dev.depslim.model.DeclaredDependency;
import dev.depslim.model.Usage;
import dev.depslim.model.Verdict;
import java.util.List;

/// What should become of a declared dependency.
///
/// While usage is not measured, nothing is dropped or moved: a package of a category that does not
/// belong into production is up for review, and the reason says what is missing.
public final class Verdicts {
  private Verdicts() {}

  /// The verdict on a dependency.
  public static Verdict of(
      List<DeclaredDependency> declarations, Classification classification, Usage usage) {
    boolean production = declarations.stream().anyMatch(DeclaredDependency::inProduction);
    if (!production) {
      return new Verdict(
          Verdict.Action.KEEP,
          Confidence.CERTAIN,
          List.of("declared for " + declarations.getFirst().scope().id() + ", not for production"));
    }
    if (classification.category() == Category.PRODUCTION) {
      return new Verdict(
          Verdict.Action.KEEP,
          weaker(classification.confidence(), Confidence.LIKELY),
          List.of(classification.reason(), usageReason(usage)));
    }
    return new Verdict(
        Verdict.Action.REVIEW,
        weaker(classification.confidence(), Confidence.LIKELY),
        List.of(
            "declared for production and "
                + classification.category().id()
                + ": "
                + classification.reason(),
            usageReason(usage)));
  }

  private static String usageReason(Usage usage) {
    return switch (usage) {
      case Usage.Imported imported -> "imported at " + imported.sites().getFirst().location();
      case Usage.Referenced referenced ->
          "referenced at " + referenced.sites().getFirst().location();
      case Usage.NotSeen notSeen -> "not seen in " + notSeen.searched();
      case Usage.Undetermined undetermined -> undetermined.reason();
    };
  }

  private static Confidence weaker(Confidence a, Confidence b) {
    return a.compareTo(b) >= 0 ? a : b;
  }
}

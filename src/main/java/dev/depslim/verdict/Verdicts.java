package dev.depslim.verdict;

import dev.depslim.model.Category;
import dev.depslim.model.Classification;
import dev.depslim.model.Confidence;
import dev.depslim.model.DeclaredDependency;
import dev.depslim.model.Dependency;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.Scope;
import dev.depslim.model.Usage;
import dev.depslim.model.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What should become of a declared dependency, for every report and for the plan of `minimize`.
///
/// While usage is not measured, only coding agents go of themselves: a package of another category
/// that does not belong into production is up for review, and the reason says what is missing. What
/// the user writes counts for more: a category of the written list goes, and what the policy allows
/// stays.
public final class Verdicts {
  /// What the policy allows in production.
  public interface Allowances {
    /// Nothing is allowed.
    Allowances NONE = (_, _, _) -> null;

    /// Why a package is allowed, or null where it is not.
    @Nullable String reason(Ecosystem ecosystem, String packageName, Classification classification);
  }

  private final Set<Category> excluded;
  private final boolean written;
  private final Allowances allowances;

  /// @param excluded categories that production shall not hold
  /// @param written whether the user wrote that list; the default only asks for reviews, but for
  ///   coding agents
  public Verdicts(Iterable<Category> excluded, boolean written, Allowances allowances) {
    List<Category> all = new ArrayList<>();
    excluded.forEach(all::add);
    this.excluded = Set.copyOf(all);
    this.written = written;
    this.allowances = allowances;
  }

  /// Verdicts after the default list, with nothing allowed.
  public static Verdicts byDefault() {
    return new Verdicts(
        List.of(
            Category.DEV, Category.CODING_AGENT, Category.HEAVY_ML, Category.BROWSER_AUTOMATION),
        false,
        Allowances.NONE);
  }

  /// The verdict on a dependency: what should become of its declaration.
  public Verdict of(
      Ecosystem ecosystem,
      List<DeclaredDependency> declarations,
      Classification classification,
      Usage usage) {
    boolean production = declarations.stream().anyMatch(DeclaredDependency::inProduction);
    if (!production) {
      DeclaredDependency first = declarations.getFirst();
      String why =
          first.elsewhere()
              ? elsewhere(first)
              : "declared for " + first.scope().id() + ", not for production";
      return new Verdict(Verdict.Action.KEEP, Confidence.CERTAIN, List.of(why));
    }
    if (classification.category() == Category.PRODUCTION) {
      return new Verdict(
          Verdict.Action.KEEP,
          weaker(classification.confidence(), Confidence.LIKELY),
          List.of(classification.reason(), usageReason(usage)));
    }
    String allowed =
        allowances.reason(ecosystem, declarations.getFirst().packageName(), classification);
    return allowed == null
        ? unwanted(classification, usage)
        : new Verdict(
            Verdict.Action.KEEP,
            Confidence.CERTAIN,
            List.of(what(classification), "the policy allows it: " + allowed));
  }

  private Verdict unwanted(Classification classification, Usage usage) {
    Category category = classification.category();
    boolean listed = excluded.contains(category);
    if (written && listed) {
      return new Verdict(
          category == Category.DEV ? Verdict.Action.MOVE_TO_DEV : Verdict.Action.DROP,
          classification.confidence(),
          List.of(
              what(classification),
              "the written list excludes " + category.id(),
              usageReason(usage)));
    }
    if (category == Category.CODING_AGENT) {
      return listed
          ? new Verdict(
              Verdict.Action.DROP,
              weaker(classification.confidence(), Confidence.LIKELY),
              List.of(
                  what(classification),
                  "coding agents help those who write the application",
                  usageReason(usage)))
          : new Verdict(
              Verdict.Action.KEEP,
              classification.confidence(),
              List.of(what(classification), "the written list does not exclude coding-agent"));
    }
    return new Verdict(
        Verdict.Action.REVIEW,
        weaker(classification.confidence(), Confidence.LIKELY),
        List.of(what(classification), usageReason(usage)));
  }

  private static String what(Classification classification) {
    return "declared for production and "
        + classification.category().id()
        + ": "
        + classification.reason();
  }

  /// What a slim form does with a dependency: the verdict on its declaration where production
  /// installs it; what is declared for development only is dropped, and what is installed on demand
  /// stays declared.
  public static Verdict inSlimForm(Dependency dependency) {
    if (dependency.inProduction()) {
      return isDeclaredTwice(dependency) ? declaredTwice(dependency) : dependency.verdict();
    }
    for (DeclaredDependency declaration : dependency.declarations()) {
      String stays = onDemand(declaration);
      if (stays != null) {
        return new Verdict(Verdict.Action.KEEP, Confidence.CERTAIN, List.of(stays));
      }
    }
    DeclaredDependency first = dependency.declarations().getFirst();
    String where = first.group() == null ? first.scope().id() : first.group();
    return new Verdict(
        Verdict.Action.DROP,
        Confidence.CERTAIN,
        List.of("declared for development only (" + where + ")"));
  }

  /// Why a declaration that no plain production install follows stays all the same, or null.
  private static @Nullable String onDemand(DeclaredDependency declaration) {
    if (declaration.elsewhere() && declaration.scope() == Scope.RUNTIME) {
      return elsewhere(declaration);
    }
    return switch (declaration.scope()) {
      case OPTIONAL ->
          "declared by the extra "
              + (declaration.group() == null ? "of the project" : declaration.group())
              + ", which is installed only where it is asked for";
      case PEER -> "an optional peer, which is not installed of itself";
      case BUILD -> "needed to build the project, not installed with it";
      case RUNTIME, DEV, TEST -> null;
    };
  }

  private static String elsewhere(DeclaredDependency declaration) {
    return "its marker never holds in a container of this project: " + declaration.marker();
  }

  private static boolean isDeclaredTwice(Dependency dependency) {
    return dependency.ecosystem() == Ecosystem.NPM
        && dependency.declarations().stream().anyMatch(d -> d.scope() == Scope.RUNTIME)
        && dependency.declarations().stream().anyMatch(d -> d.scope() == Scope.DEV);
  }

  /// npm takes it for one of development, and production never had it: a tool stays out, all else
  /// is a hole that the slim form mends.
  private static Verdict declaredTwice(Dependency dependency) {
    Verdict verdict = dependency.verdict();
    List<String> reasons = new ArrayList<>(verdict.reasons());
    reasons.add("declared in devDependencies too: npm ci --omit=dev leaves it out of the original");
    boolean tool =
        verdict.action() == Verdict.Action.REVIEW
            && dependency.classification().category() == Category.DEV;
    return tool
        ? new Verdict(Verdict.Action.MOVE_TO_DEV, verdict.confidence(), reasons)
        : new Verdict(verdict.action(), verdict.confidence(), reasons);
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

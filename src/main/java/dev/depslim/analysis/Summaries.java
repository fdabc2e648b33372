package dev.depslim.analysis;

import dev.depslim.model.Category;
import dev.depslim.model.Confidence;
import dev.depslim.model.Dependency;
import dev.depslim.model.ImageReport;
import dev.depslim.model.Project;
import dev.depslim.model.ResolvedPackage;
import dev.depslim.model.Summary;
import dev.depslim.project.LockCosts;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Counts over all projects, and what their locks and images say of bytes.
final class Summaries {
  private Summaries() {}

  private static final class Count {
    int declared;
    int resolved;
    int inProduction;
  }

  static Summary of(
      List<Project> projects,
      List<LockCosts> costs,
      List<ImageReport> images,
      List<Category> excluded) {
    Map<Category, Count> counts = new EnumMap<>(Category.class);
    for (Category category : Category.values()) {
      counts.put(category, new Count());
    }
    int declared = 0;
    int guesses = 0;
    int resolvedGuesses = 0;
    int unresolved = 0;
    for (Project project : projects) {
      boolean locked = !project.lockfiles().isEmpty() || isResolved(project);
      unresolved += locked || project.dependencies().isEmpty() ? 0 : 1;
      for (Dependency dependency : project.dependencies()) {
        declared++;
        guesses += isGuess(dependency.classification().confidence());
        add(counts.get(dependency.classification().category()), dependency);
      }
      for (ResolvedPackage resolved : project.resolved()) {
        resolvedGuesses += isGuess(resolved.classification().confidence());
        Count count = counts.get(resolved.classification().category());
        if (count != null) {
          count.resolved++;
        }
      }
    }
    KnownSizes sizes = KnownSizes.of(costs, images);
    Map<Category, Summary.Figures> figures = new EnumMap<>(Category.class);
    for (Map.Entry<Category, Count> entry : counts.entrySet()) {
      Count count = entry.getValue();
      figures.put(
          entry.getKey(),
          new Summary.Figures(
              count.declared,
              count.resolved,
              count.declared == 0 ? null : sizes.bytesWithout(entry.getKey()),
              costs.isEmpty() ? null : (Integer) sizes.packagesWithout(entry.getKey()),
              count.inProduction));
    }
    return new Summary(
        declared,
        figures,
        guesses,
        resolvedGuesses,
        unresolved,
        sizes.savings(excluded),
        sizes.known());
  }

  private static void add(@Nullable Count count, Dependency dependency) {
    if (count != null) {
      count.declared++;
      count.inProduction += dependency.inProduction() ? 1 : 0;
    }
  }

  /// A workspace member is resolved by the lock of its root.
  private static boolean isResolved(Project project) {
    return project.dependencies().stream().anyMatch(dependency -> dependency.version() != null);
  }

  private static int isGuess(Confidence confidence) {
    return confidence == Confidence.GUESS ? 1 : 0;
  }
}

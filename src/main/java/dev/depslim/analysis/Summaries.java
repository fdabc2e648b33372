package dev.depslim.analysis;

import dev.depslim.model.Category;
import dev.depslim.model.Confidence;
import dev.depslim.model.Dependency;
import dev.depslim.model.Project;
import dev.depslim.model.ResolvedPackage;
import dev.depslim.model.Size;
import dev.depslim.model.Summary;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Adds up the figures of all projects.
final class Summaries {
  private Summaries() {}

  private static final class Count {
    int declared;
    int resolved;
    int inProduction;
    long retained;
    boolean measured;
  }

  static Summary of(List<Project> projects, List<Category> excluded) {
    Map<Category, Count> counts = new EnumMap<>(Category.class);
    for (Category category : Category.values()) {
      counts.put(category, new Count());
    }
    int declared = 0;
    int guesses = 0;
    int resolvedGuesses = 0;
    int unresolved = 0;
    int savedPackages = 0;
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
        Category category = resolved.classification().category();
        Count count = counts.get(category);
        if (count != null) {
          count.resolved++;
        }
        savedPackages += resolved.inProduction() && excluded.contains(category) ? 1 : 0;
      }
    }
    Map<Category, Summary.Figures> figures = new EnumMap<>(Category.class);
    Long saved = null;
    long known = 0;
    for (Map.Entry<Category, Count> entry : counts.entrySet()) {
      Count count = entry.getValue();
      Long retained = count.measured ? (Long) count.retained : null;
      if (retained != null) {
        known += retained;
        if (excluded.contains(entry.getKey())) {
          saved = saved == null ? retained : (Long) (saved + retained);
        }
      }
      figures.put(
          entry.getKey(),
          new Summary.Figures(count.declared, count.resolved, retained, count.inProduction));
    }
    Double percent = saved == null || known == 0 ? null : (Double) (100.0 * saved / known);
    return new Summary(
        declared,
        figures,
        guesses,
        resolvedGuesses,
        unresolved,
        new Summary.Savings(savedPackages, saved, percent));
  }

  private static void add(@Nullable Count count, Dependency dependency) {
    if (count == null) {
      return;
    }
    count.declared++;
    count.inProduction += dependency.inProduction() ? 1 : 0;
    if (dependency.size() instanceof Size.Measured measured) {
      count.measured = true;
      count.retained += measured.ownBytes();
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

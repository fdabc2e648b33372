package dev.depslim.model;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A way to speak of packages in a policy: a category, a label, or `ecosystem/name-glob`.
public sealed interface PackageSelector {
  /// The selector as the user wrote it.
  String text();

  /// Whether it speaks of the package.
  boolean selects(Ecosystem ecosystem, String name, Classification classification);

  /// All packages of a category.
  record OfCategory(String text, Category category) implements PackageSelector {
    @Override
    public boolean selects(Ecosystem ecosystem, String name, Classification classification) {
      return classification.category() == category;
    }
  }

  /// All packages of a label such as `dev/lint`.
  record OfLabel(String text) implements PackageSelector {
    @Override
    public boolean selects(Ecosystem ecosystem, String name, Classification classification) {
      return classification.label().equals(text);
    }
  }

  /// Packages of an ecosystem by name.
  record ByName(String text, Ecosystem ecosystem, Glob glob) implements PackageSelector {
    @Override
    public boolean selects(Ecosystem of, String name, Classification classification) {
      return of == ecosystem && glob.matches(ecosystem.normalize(name));
    }
  }

  /// The selector that a text means, or null where it is none.
  static @Nullable PackageSelector parse(String text) {
    Category category = Category.named(text).orElse(null);
    if (category != null) {
      return new OfCategory(text, category);
    }
    int slash = text.indexOf('/');
    if (slash <= 0 || slash == text.length() - 1) {
      return null;
    }
    Ecosystem ecosystem = Ecosystem.named(text.substring(0, slash)).orElse(null);
    if (ecosystem != null) {
      String glob = text.substring(slash + 1).toLowerCase(Locale.ROOT);
      return new ByName(
          text,
          ecosystem,
          new Glob(ecosystem == Ecosystem.PYPI ? ecosystem.normalize(glob) : glob));
    }
    return Category.ofLabel(text).isPresent() ? new OfLabel(text) : null;
  }
}

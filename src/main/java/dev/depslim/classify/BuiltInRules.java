package dev.depslim.classify;

import dev.depslim.model.Ecosystem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/// The rule sets that depslim brings: one resource per ecosystem under `rules/`.
public final class BuiltInRules {
  /// The ecosystems that have a built-in set.
  public static final List<Ecosystem> ECOSYSTEMS =
      List.of(Ecosystem.NPM, Ecosystem.PYPI, Ecosystem.DEB, Ecosystem.APK);

  private BuiltInRules() {}

  /// The set of an ecosystem; empty for one without rules.
  public static RuleSet of(Ecosystem ecosystem) {
    if (!ECOSYSTEMS.contains(ecosystem)) {
      return new RuleSet("built-in/" + ecosystem.id(), List.of(), List.of());
    }
    String resource = "/rules/" + ecosystem.id() + ".yml";
    try (InputStream in = BuiltInRules.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the built-in rules " + resource + " are not in the jar");
      }
      return RuleFile.read("built-in/" + ecosystem.id() + ".yml", in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

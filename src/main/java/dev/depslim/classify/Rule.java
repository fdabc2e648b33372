package dev.depslim.classify;

import dev.depslim.model.Category;
import dev.depslim.model.Classification;
import dev.depslim.model.Confidence;
import dev.depslim.model.Ecosystem;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One rule of a rule set.
///
/// @param id unique in its set, such as `test/runners`
/// @param label `category/what`; empty for a rule that hands names over
/// @param reason for people
/// @param names exact names, normalised
/// @param patterns globs, families and tokens
/// @param except what the patterns (never the exact names) leave alone
/// @param handOver names that another ecosystem's rules decide, or null
/// @param line where the rule begins
public record Rule(
    String id,
    Ecosystem ecosystem,
    String label,
    String reason,
    Set<String> names,
    List<NamePattern> patterns,
    List<NamePattern> except,
    @Nullable HandOver handOver,
    int line) {
  public Rule {
    names = Set.copyOf(names);
    patterns = List.copyOf(patterns);
    except = List.copyOf(except);
  }

  /// Names that begin with a prefix are, without it, names of another ecosystem.
  public record HandOver(String prefix, Ecosystem as) {}

  boolean matches(NamePattern.Name name) {
    return anyMatches(patterns, name) && !anyMatches(except, name);
  }

  boolean hands(NamePattern.Name name) {
    return handOver != null
        && name.text.length() > handOver.prefix().length()
        && name.text.startsWith(handOver.prefix())
        && !anyMatches(except, name);
  }

  Classification classification(Confidence confidence) {
    Category category = Category.ofLabel(label).orElseThrow();
    return new Classification(category, label, id, confidence, reason);
  }

  private static boolean anyMatches(List<NamePattern> patterns, NamePattern.Name name) {
    for (NamePattern pattern : patterns) {
      if (pattern.matches(name)) {
        return true;
      }
    }
    return false;
  }
}

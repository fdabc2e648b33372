package dev.depslim.classify;

import dev.depslim.model.Ecosystem;
import dev.depslim.model.Issue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The rules of one file, in its order.
public final class RuleSet {
  private final String source;
  private final List<Rule> rules;
  private final List<Issue> issues;
  private final Map<Ecosystem, Map<String, Rule>> exact = new HashMap<>();
  private final Map<Ecosystem, PatternIndex> patterns = new HashMap<>();

  /// @param source path of the file, or the name of a built-in set
  /// @param issues what was wrong with it; a rule with an error is not among the rules
  RuleSet(String source, List<Rule> rules, List<Issue> issues) {
    this.source = source;
    this.rules = List.copyOf(rules);
    this.issues = List.copyOf(issues);
    for (Ecosystem ecosystem : Ecosystem.values()) {
      Map<String, Rule> names = new HashMap<>();
      for (Rule rule : this.rules) {
        if (rule.ecosystem() == ecosystem) {
          for (String name : rule.names()) {
            names.putIfAbsent(name, rule);
          }
        }
      }
      exact.put(ecosystem, names);
      patterns.put(
          ecosystem,
          new PatternIndex(
              this.rules.stream()
                  .filter(rule -> rule.ecosystem() == ecosystem)
                  .filter(rule -> !rule.patterns().isEmpty() || rule.handOver() != null)
                  .toList()));
    }
  }

  /// Path of the file, or the name of a built-in set.
  public String source() {
    return source;
  }

  /// The rules in the order of the file.
  public List<Rule> rules() {
    return rules;
  }

  /// What was wrong with the file.
  public List<Issue> issues() {
    return issues;
  }

  /// The same set without some exact names; patterns stay. It shows how much is knowledge of
  /// families and how much is a list.
  public RuleSet withoutNames(Ecosystem ecosystem, Set<String> normalized) {
    List<Rule> kept =
        rules.stream()
            .map(rule ->
                rule.ecosystem() != ecosystem
                    ? rule
                    : new Rule(
                        rule.id(),
                        rule.ecosystem(),
                        rule.label(),
                        rule.reason(),
                        rule.names().stream()
                            .filter(name -> !normalized.contains(name))
                            .collect(java.util.stream.Collectors.toSet()),
                        rule.patterns(),
                        rule.except(),
                        rule.handOver(),
                        rule.line()))
            .toList();
    return new RuleSet(source, kept, issues);
  }

  @Nullable Rule exact(Ecosystem ecosystem, String normalized) {
    return java.util.Objects.requireNonNull(exact.get(ecosystem)).get(normalized);
  }

  /// The rules that have more than exact names.
  PatternIndex patterns(Ecosystem ecosystem) {
    return java.util.Objects.requireNonNull(patterns.get(ecosystem));
  }
}

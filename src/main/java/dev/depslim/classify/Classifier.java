package dev.depslim.classify;

import dev.depslim.model.Classification;
import dev.depslim.model.Confidence;
import dev.depslim.model.Ecosystem;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Decides what packages are for.
///
/// Users' sets are asked first, the last one named before the others, then the built-in set of the
/// ecosystem, which is read in the background or when it is first needed. Within a set an exact
/// name decides; else the first rule in the order of the file whose patterns match. A name that no
/// set knows is [Classification#UNKNOWN]. Not safe for use by several threads.
public final class Classifier {
  private final List<RuleSet> users;
  private final Function<Ecosystem, RuleSet> builtIn;
  private final Map<Ecosystem, RuleSet> loaded = new EnumMap<>(Ecosystem.class);
  private final Map<Ecosystem, Map<String, Classification>> known = new EnumMap<>(Ecosystem.class);

  /// @param users the users' sets, the strongest last
  public Classifier(List<RuleSet> users) {
    this(users, new LoadedRules(List.of(Ecosystem.NPM, Ecosystem.PYPI)));
  }

  Classifier(List<RuleSet> users, Function<Ecosystem, RuleSet> builtIn) {
    this.users = users.reversed();
    this.builtIn = builtIn;
  }

  /// What the package is for.
  ///
  /// @param name in any spelling of its ecosystem
  public Classification classify(Ecosystem ecosystem, String name) {
    String normal = ecosystem.normalize(name);
    Map<String, Classification> memo = known.computeIfAbsent(ecosystem, _ -> new HashMap<>());
    Classification result = memo.get(normal);
    if (result == null) {
      result = decide(ecosystem, normal);
      memo.put(normal, result);
    }
    return result;
  }

  private Classification decide(Ecosystem ecosystem, String normal) {
    NamePattern.Name name = new NamePattern.Name(normal);
    for (RuleSet set : users) {
      Classification found = ask(set, ecosystem, name);
      if (found != null) {
        return found;
      }
    }
    if (ecosystem == Ecosystem.CONDA) {
      return likely(classify(Ecosystem.PYPI, normal), Ecosystem.PYPI);
    }
    Classification found = ask(builtIn(ecosystem), ecosystem, name);
    return found == null ? Classification.UNKNOWN : found;
  }

  /// What the rules of another ecosystem say, where they say something.
  private static Classification likely(Classification there, Ecosystem of) {
    return there.rule() == null
        ? Classification.UNKNOWN
        : new Classification(
            there.category(),
            there.label(),
            of.id() + ":" + there.rule(),
            Confidence.LIKELY,
            there.reason());
  }

  private RuleSet builtIn(Ecosystem ecosystem) {
    RuleSet set = loaded.get(ecosystem);
    if (set == null) {
      set = builtIn.apply(ecosystem);
      loaded.put(ecosystem, set);
    }
    return set;
  }

  private @Nullable Classification ask(RuleSet set, Ecosystem ecosystem, NamePattern.Name name) {
    Rule exact = set.exact(ecosystem, name.text);
    if (exact != null) {
      return exact.classification(Confidence.CERTAIN);
    }
    PatternIndex patterns = set.patterns(ecosystem);
    BitSet candidates = patterns.candidates(name);
    for (int i = candidates.nextSetBit(0); i >= 0; i = candidates.nextSetBit(i + 1)) {
      Rule rule = patterns.rule(i);
      if (rule.hands(name)) {
        Classification there = handOver(rule, name);
        if (there != null) {
          return there;
        }
      } else if (rule.matches(name)) {
        return rule.classification(Confidence.LIKELY);
      }
    }
    return null;
  }

  /// What another ecosystem's rules say of the name without the prefix, if they know it.
  private @Nullable Classification handOver(Rule rule, NamePattern.Name name) {
    Rule.HandOver handOver = java.util.Objects.requireNonNull(rule.handOver());
    Classification there = classify(handOver.as(), name.text.substring(handOver.prefix().length()));
    return there.rule() == null ? null : likely(there, handOver.as());
  }
}

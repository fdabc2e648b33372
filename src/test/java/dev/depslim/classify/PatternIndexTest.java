package dev.depslim.classify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.depslim.model.Ecosystem;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/// Which rule decides must not depend on how it is found.
class PatternIndexTest {
  private static final int NAMES = 4_000;

  @Test
  void sameRulesMatchAsWhenEachIsAsked() {
    int matched = 0;
    for (Ecosystem ecosystem : List.of(Ecosystem.NPM, Ecosystem.PYPI, Ecosystem.DEB)) {
      List<Rule> rules =
          BuiltInRules.of(ecosystem).rules().stream()
              .filter(rule -> rule.ecosystem() == ecosystem)
              .toList();
      PatternIndex index = new PatternIndex(rules);
      for (String text : names(rules)) {
        NamePattern.Name name = new NamePattern.Name(text);
        BitSet expected = new BitSet();
        for (int i = 0; i < rules.size(); i++) {
          expected.set(i, rules.get(i).hands(name) || rules.get(i).matches(name));
        }
        BitSet found = index.candidates(name);
        found.and(expected);
        assertEquals(expected, found, text);
        matched += expected.cardinality();
      }
    }
    assertTrue(matched > NAMES / 2, "names that match nothing show nothing: " + matched);
  }

  /// Names made of the words of the rules, put together as packages are named.
  private static List<String> names(List<Rule> rules) {
    List<String> words = new ArrayList<>(List.of("a", "core", "x2", "utils", ""));
    for (Rule rule : rules) {
      rule.names().stream().sorted().limit(3).forEach(words::add);
      for (NamePattern pattern : rule.patterns()) {
        switch (pattern) {
          case NamePattern.Family family -> words.add(family.word());
          case NamePattern.Tokens tokens -> words.addAll(tokens.words());
          case NamePattern.Wildcard wildcard ->
              words.add(wildcard.glob().pattern().replace("*", "any").replace('?', 'y'));
        }
      }
    }
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(6);
    List<String> names = new ArrayList<>(words);
    List<String> joints = List.of("-", ".", "_", "/", "-js-", "");
    while (names.size() < NAMES) {
      String name = any(words, random);
      for (int i = random.nextInt(3); i > 0; i--) {
        name += any(joints, random) + any(words, random);
      }
      names.add(random.nextInt(4) == 0 ? "@" + name : name);
    }
    return names;
  }

  private static String any(List<String> from, RandomGenerator random) {
    return from.get(random.nextInt(from.size()));
  }
}

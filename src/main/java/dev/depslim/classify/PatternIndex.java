package dev.depslim.classify;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Finds the rules of a set whose patterns may match a name, so that a name that no rule knows is
/// not held against each of some hundred patterns. What it finds is still to be matched.
final class PatternIndex {
  private final List<Rule> rules;

  /// Rules by a word that the name must have as its npm scope, or at its begin or end.
  private final Map<String, BitSet> byFamily = new HashMap<>();

  /// Characters of the longest word of those: a longer piece of a name is none of them.
  private int longestFamily;

  /// Rules by a word that must stand in the name.
  private final Map<String, BitSet> byToken = new HashMap<>();

  /// Literals by the two characters that a name must begin with, or end with, to have them.
  private final Map<Integer, List<Literal>> atBegin = new HashMap<>();

  private final Map<Integer, List<Literal>> atEnd = new HashMap<>();
  private final List<Literal> anywhere = new ArrayList<>();

  /// Rules that can match any name.
  private final BitSet always = new BitSet();

  /// A text that must stand in the name.
  private record Literal(String text, int rule) {}

  /// @param rules in the order in which they are asked
  PatternIndex(List<Rule> rules) {
    this.rules = rules;
    for (int i = 0; i < rules.size(); i++) {
      Rule rule = rules.get(i);
      if (rule.handOver() != null) {
        literal(rule.handOver().prefix() + "*", i);
      }
      for (NamePattern pattern : rule.patterns()) {
        add(pattern, i);
      }
    }
  }

  private void add(NamePattern pattern, int rule) {
    switch (pattern) {
      case NamePattern.Family family -> {
        set(byFamily, family.word(), rule);
        longestFamily = Math.max(longestFamily, family.word().length());
      }
      case NamePattern.Tokens tokens -> set(byToken, tokens.words().getFirst(), rule);
      case NamePattern.Wildcard wildcard -> literal(wildcard.glob().pattern(), rule);
    }
  }

  /// A glob by what is quickest to look for: its begin, its end, or the longest text in it.
  private void literal(String glob, int rule) {
    String begin = run(glob, 0);
    int last = Math.max(glob.lastIndexOf('*'), glob.lastIndexOf('?'));
    String end = glob.substring(last + 1);
    if (begin.length() > 1) {
      atBegin.computeIfAbsent(two(begin, 0), _ -> new ArrayList<>()).add(new Literal(begin, rule));
    } else if (end.length() > 1) {
      atEnd
          .computeIfAbsent(two(end, end.length() - 2), _ -> new ArrayList<>())
          .add(new Literal(end, rule));
    } else {
      String longest = "";
      for (int at = 0; at < glob.length(); at++) {
        String run = run(glob, at);
        longest = run.length() > longest.length() ? run : longest;
        at += run.length();
      }
      if (longest.isEmpty()) {
        always.set(rule);
      } else {
        anywhere.add(new Literal(longest, rule));
      }
    }
  }

  private static int two(String text, int at) {
    return text.charAt(at) << 16 | text.charAt(at + 1);
  }

  /// What stands in a glob from a place to the next `*` or `?`.
  private static String run(String glob, int from) {
    int end = from;
    while (end < glob.length() && glob.charAt(end) != '*' && glob.charAt(end) != '?') {
      end++;
    }
    return glob.substring(from, end);
  }

  private static void set(Map<String, BitSet> index, String word, int rule) {
    index.computeIfAbsent(word, _ -> new BitSet()).set(rule);
  }

  Rule rule(int index) {
    return rules.get(index);
  }

  /// Indexes of the rules that may match, all that do among them; to be asked in their order.
  BitSet candidates(NamePattern.Name name) {
    BitSet found = (BitSet) always.clone();
    String text = name.text;
    if (text.length() > 1) {
      for (Literal literal : atBegin.getOrDefault(two(text, 0), List.of())) {
        found.set(literal.rule, found.get(literal.rule) || text.startsWith(literal.text));
      }
      for (Literal literal : atEnd.getOrDefault(two(text, text.length() - 2), List.of())) {
        found.set(literal.rule, found.get(literal.rule) || text.endsWith(literal.text));
      }
    }
    for (Literal literal : anywhere) {
      found.set(literal.rule, found.get(literal.rule) || text.contains(literal.text));
    }
    for (String token : name.tokens()) {
      take(byToken, token, found);
    }
    families(text, found);
    return found;
  }

  private void families(String text, BitSet found) {
    int start = 0;
    if (text.startsWith("@")) {
      int slash = text.indexOf('/');
      if (slash > 0) {
        family(text, 1, slash, found);
      }
      start = slash + 1;
    }
    family(text, start, text.length(), found);
    for (int i = start; i < text.length(); i++) {
      if (NamePattern.Family.isSeparator(text.charAt(i))) {
        family(text, start, i, found);
        family(text, i + 1, text.length(), found);
      }
    }
  }

  private void family(String text, int from, int to, BitSet found) {
    if (to - from <= longestFamily) {
      take(byFamily, text.substring(from, to), found);
    }
  }

  private static void take(Map<String, BitSet> index, String word, BitSet found) {
    BitSet rules = index.get(word);
    if (rules != null) {
      found.or(rules);
    }
  }
}

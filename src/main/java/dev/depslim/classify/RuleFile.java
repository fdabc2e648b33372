package dev.depslim.classify;

import dev.depslim.model.Category;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.Glob;
import dev.depslim.model.Issue;
import dev.depslim.model.Location;
import dev.depslim.syntax.SyntaxException;
import dev.depslim.syntax.Tree;
import dev.depslim.syntax.Yaml;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads a rule set; every mistake is an issue with line and column, and the other rules count.
/// `docs/classification.md` describes the format.
public final class RuleFile {
  private static final Set<String> RULE_KEYS =
      Set.of(
          "id",
          "ecosystem",
          "label",
          "reason",
          "names",
          "globs",
          "families",
          "tokens",
          "except",
          "prefix",
          "as");
  private static final Set<String> FILE_KEYS = Set.of("version", "ecosystem", "rules");

  private final String source;
  private final List<Issue> issues = new ArrayList<>();
  private final List<Rule> rules = new ArrayList<>();
  private final Set<String> ids = new HashSet<>();
  private final Map<String, String> owners = new HashMap<>();

  private RuleFile(String source) {
    this.source = source;
  }

  /// The rules of a file.
  ///
  /// @param source how the file is called in messages
  public static RuleSet read(String source, byte[] bytes) {
    RuleFile file = new RuleFile(source);
    try {
      file.document(Yaml.parse(bytes));
    } catch (SyntaxException e) {
      file.issues.add(
          Issue.error(
              new Location(source, e.line(), e.column()),
              "not a rule set: " + e.getMessage() + "; correct the YAML"));
    }
    return new RuleSet(source, file.rules, file.issues);
  }

  private void document(Tree tree) {
    if (!(tree instanceof Tree.Mapping file)) {
      error(tree.line(), tree.column(), "expected a mapping with the keys version and rules");
      return;
    }
    for (Tree.Member member : file.members()) {
      if (!FILE_KEYS.contains(member.name())) {
        unknown(member, FILE_KEYS);
      }
    }
    Tree.Member version = file.member("version");
    if (version != null
        && !(version.value() instanceof Tree.Scalar scalar && scalar.text().equals("1"))) {
      error(version.value().line(), version.value().column(), "only version 1 is known");
    }
    Ecosystem ecosystem = ecosystem(file, "ecosystem");
    Tree list = file.get("rules");
    if (!(list instanceof Tree.Sequence sequence)) {
      Tree at = list == null ? file : list;
      error(at.line(), at.column(), "expected a list of rules under 'rules'");
      return;
    }
    for (Tree item : sequence.items()) {
      if (item instanceof Tree.Mapping rule) {
        rule(rule, ecosystem);
      } else {
        error(item.line(), item.column(), "a rule is a mapping with at least id, label and names");
      }
    }
  }

  private void rule(Tree.Mapping rule, @Nullable Ecosystem fileEcosystem) {
    int errorsBefore = issues.size();
    for (Tree.Member member : rule.members()) {
      if (!RULE_KEYS.contains(member.name())) {
        unknown(member, RULE_KEYS);
      }
    }
    Ecosystem own = ecosystem(rule, "ecosystem");
    Ecosystem ecosystem = own == null ? fileEcosystem : own;
    if (ecosystem == null) {
      error(
          rule.line(),
          rule.column(),
          "no ecosystem: add 'ecosystem: npm' (or pypi, deb, apk) to the rule or to the file");
    }
    String id = text(rule, "id");
    if (id == null) {
      error(rule.line(), rule.column(), "a rule needs an id, such as 'id: ours/tools'");
    } else if (!ids.add(ecosystem + " " + id)) {
      error(rule.line(), rule.column(), "the id '" + id + "' is taken by a rule above");
    }
    Rule.HandOver handOver = handOver(rule);
    String label = label(rule, handOver != null);
    if (ecosystem == null || id == null || label == null) {
      return;
    }
    Set<String> names = names(rule, ecosystem, id);
    List<NamePattern> patterns = new ArrayList<>();
    words(rule, "globs")
        .forEach(glob -> patterns.add(new NamePattern.Wildcard(new Glob(lower(glob)))));
    words(rule, "families").forEach(word -> patterns.add(new NamePattern.Family(lower(word))));
    phrases(rule).forEach(phrase -> patterns.add(NamePattern.Tokens.of(phrase)));
    List<NamePattern> except = new ArrayList<>();
    words(rule, "except")
        .forEach(glob -> except.add(new NamePattern.Wildcard(new Glob(lower(glob)))));
    if (names.isEmpty()
        && patterns.isEmpty()
        && handOver == null
        && issues.size() == errorsBefore) {
      error(
          rule.line(),
          rule.column(),
          "the rule matches nothing: give names, globs, families or tokens");
    }
    if (issues.size() == errorsBefore) {
      String reason = text(rule, "reason");
      rules.add(
          new Rule(
              id,
              ecosystem,
              label,
              reason == null ? label : reason,
              names,
              patterns,
              except,
              handOver,
              rule.line()));
    }
  }

  private Rule.@Nullable HandOver handOver(Tree.Mapping rule) {
    String prefix = text(rule, "prefix");
    Tree.Member as = rule.member("as");
    if (prefix == null && as == null) {
      return null;
    }
    Ecosystem target = ecosystem(rule, "as");
    if (prefix == null || target == null) {
      error(
          rule.line(),
          rule.column(),
          "'prefix' and 'as' go together: prefix: python3- and as: pypi");
      return null;
    }
    return new Rule.HandOver(lower(prefix), target);
  }

  private @Nullable String label(Tree.Mapping rule, boolean handsOver) {
    Tree.Member member = rule.member("label");
    if (handsOver) {
      return "";
    }
    String label = text(rule, "label");
    if (member == null || label == null) {
      error(rule.line(), rule.column(), "a rule needs a label, such as 'label: dev/test'");
      return null;
    }
    if (Category.ofLabel(label).isEmpty() || label.endsWith("/")) {
      error(
          member.value().line(),
          member.value().column(),
          "'"
              + label
              + "' is of no category: a label begins with production, dev, coding-agent, heavy-ml"
              + " or browser-automation, as in dev/lint");
      return null;
    }
    return label.contains("/") ? label : label + "/other";
  }

  private Set<String> names(Tree.Mapping rule, Ecosystem ecosystem, String id) {
    Set<String> names = new LinkedHashSet<>();
    Tree.Member member = rule.member("names");
    for (String name : words(rule, "names")) {
      String normal = ecosystem.normalize(name);
      String owner = owners.putIfAbsent(ecosystem + " " + normal, id);
      if (owner != null && member != null) {
        error(
            member.line(),
            member.column(),
            "'" + name + "' stands in the rules " + owner + " and " + id + ": keep one");
      } else if (name.indexOf('*') >= 0 && member != null) {
        error(member.line(), member.column(), "'" + name + "' is a glob: put it under 'globs'");
      }
      names.add(normal);
    }
    return names;
  }

  /// Items of a list, or the words of a text.
  private List<String> words(Tree.Mapping rule, String key) {
    Tree tree = rule.get(key);
    return switch (tree) {
      case null -> List.of();
      case Tree.Scalar scalar when scalar.kind() == Tree.Kind.NULL -> List.of();
      case Tree.Scalar scalar -> List.of(scalar.text().trim().split("\\s+"));
      case Tree.Sequence sequence -> texts(sequence);
      case Tree.Mapping mapping -> {
        error(mapping.line(), mapping.column(), "'" + key + "' is a list of names");
        yield List.of();
      }
    };
  }

  /// Items of a list; a single text is one phrase.
  private List<String> phrases(Tree.Mapping rule) {
    return rule.get("tokens") instanceof Tree.Scalar scalar
        ? List.of(scalar.text())
        : words(rule, "tokens");
  }

  private List<String> texts(Tree.Sequence sequence) {
    List<String> out = new ArrayList<>();
    for (Tree item : sequence.items()) {
      if (item instanceof Tree.Scalar scalar && scalar.kind() != Tree.Kind.NULL) {
        out.add(scalar.text().trim());
      } else {
        error(item.line(), item.column(), "expected a name here");
      }
    }
    return out;
  }

  private @Nullable String text(Tree.Mapping mapping, String key) {
    Tree tree = mapping.get(key);
    if (tree == null) {
      return null;
    }
    if (tree instanceof Tree.Scalar scalar && !scalar.text().isBlank()) {
      return scalar.text().trim();
    }
    error(tree.line(), tree.column(), "'" + key + "' is a text");
    return null;
  }

  private @Nullable Ecosystem ecosystem(Tree.Mapping mapping, String key) {
    String id = text(mapping, key);
    if (id == null) {
      return null;
    }
    Ecosystem ecosystem = Ecosystem.named(id).orElse(null);
    Tree.Member member = mapping.member(key);
    if (ecosystem == null && member != null) {
      error(
          member.value().line(),
          member.value().column(),
          "unknown ecosystem '" + id + "': use npm, pypi, deb or apk");
    }
    return ecosystem;
  }

  private void unknown(Tree.Member member, Set<String> known) {
    error(member.line(), member.column(), member.unknownAmong(known));
  }

  private void error(int line, int column, String message) {
    issues.add(Issue.error(new Location(source, line, column), message));
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}

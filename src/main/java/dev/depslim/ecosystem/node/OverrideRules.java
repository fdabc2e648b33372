package dev.depslim.ecosystem.node;

import dev.depslim.syntax.JsonNode;
import dev.depslim.syntax.JsonNode.JsonLeaf;
import dev.depslim.syntax.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A rule of `overrides` with the rules inside it (Arborist, `OverrideSet`): what is required below
/// a package of this name gets other versions.
final class OverrideRules {
  private static final String SELF = ".";
  private static final String ANY = "*";

  private final @Nullable OverrideRules parent;
  private final String key;
  private final String name;

  /// The range of requirements that the rule is for.
  private final String of;

  /// What they get instead, `*` to leave them as they are.
  private final String value;

  private final Map<String, OverrideRules> children = new LinkedHashMap<>();

  private OverrideRules(
      @Nullable OverrideRules parent, String key, String name, String of, String value) {
    this.parent = parent;
    this.key = key;
    this.name = name;
    this.of = of;
    this.value = value;
  }

  /// The rules of a package.json.
  static OverrideRules of(JsonObject overrides) {
    OverrideRules rules = new OverrideRules(null, "", "", ANY, ANY);
    rules.read(overrides);
    return rules;
  }

  private void read(JsonObject overrides) {
    for (JsonObject.Member member : overrides.members()) {
      if (!member.name().equals(SELF) && !NpmMeta.isComment(member.name())) {
        OverrideRules child = rule(member.name(), member.value());
        children.put(child.key, child);
        if (member.value() instanceof JsonObject nested) {
          child.read(nested);
        }
      }
    }
  }

  private OverrideRules rule(String text, JsonNode content) {
    int at = text.indexOf('@', 1);
    String of = at < 0 ? "" : text.substring(at + 1);
    of = of.isEmpty() ? ANY : of;
    @Nullable String stated =
        content instanceof JsonObject nested
            ? nested.string(SELF)
            : content instanceof JsonLeaf leaf && leaf.isString() ? leaf.value() : null;
    if (stated == null) {
      stated = of;
    } else if (stated.isEmpty()) {
      stated = ANY;
    }
    return new OverrideRules(this, text, at < 0 ? text : text.substring(0, at), of, stated);
  }

  /// Gives every requirement of the tree the rules that hold for it.
  static void spread(OverrideRules rules, NpmNode root) {
    root.overrides = rules;
    Deque<NpmNode> queue = new ArrayDeque<>();
    queue.add(root);
    int steps = 0;
    while (!queue.isEmpty() && steps++ < 1_000_000) {
      NpmNode node = queue.remove();
      OverrideRules here = node.overrides;
      if (here == null) {
        continue;
      }
      if (node.link) {
        enter(node.target, here, queue);
        continue;
      }
      for (NpmEdge edge : node.edges()) {
        edge.overrides = here.forEdge(edge);
        enter(edge.to, edge.overrides, queue);
      }
    }
  }

  /// Of several rules that lead to one package the most specific one holds.
  private static void enter(@Nullable NpmNode node, OverrideRules rules, Deque<NpmNode> queue) {
    if (node == null || node.isRoot()) {
      return;
    }
    OverrideRules next = node.overrides == null ? rules : moreSpecific(node.overrides, rules);
    if (next != node.overrides) {
      node.overrides = next;
      queue.add(node);
    }
  }

  private static OverrideRules moreSpecific(OverrideRules first, OverrideRules second) {
    for (OverrideRules at = second; at != null; at = at.parent) {
      if (at == first) {
        return second;
      }
    }
    return first;
  }

  /// The rule for a requirement, else these rules themselves.
  private OverrideRules forEdge(NpmEdge edge) {
    for (OverrideRules rule : holding().values()) {
      if (rule.name.equals(edge.name) && rule.isFor(edge)) {
        return rule;
      }
    }
    return this;
  }

  private boolean isFor(NpmEdge edge) {
    if (of.equals(ANY)) {
      return true;
    }
    NpmSpec spec = NpmSpec.parse(edge.stated);
    String range =
        switch (spec.type()) {
          case RANGE, VERSION, ALIAS -> spec.constraint();
          case GIT -> GitSource.of(edge.stated).range();
          case TAG, REMOTE, FILE, DIRECTORY, WORKSPACE, LINK, CATALOG, PATCH, JSR, EXEC, INVALID ->
              of;
        };
    if (range == null) {
      return false;
    }
    SemRange wanted = SemRange.parse(range);
    SemRange ours = SemRange.parse(of);
    return wanted == null || ours != null && wanted.intersects(ours);
  }

  /// The rules that hold here: those inside, then those around, the nearest of one key first.
  private Map<String, OverrideRules> holding() {
    Map<String, OverrideRules> rules = new LinkedHashMap<>();
    for (OverrideRules at = this; at != null; at = at.parent) {
      at.children.forEach(rules::putIfAbsent);
      if (at.parent != null) {
        rules.putIfAbsent(at.key, at);
      }
    }
    return rules;
  }

  /// Whether the rule replaces what a package of this name is required as.
  boolean replaces(String required) {
    return parent != null && name.equals(required) && !value.equals(ANY);
  }

  /// What a requirement gets instead; `$name` stands for what the root asks for.
  String value() {
    return value;
  }

  /// The range of requirements that the rule is for.
  String appliesTo() {
    return of;
  }
}

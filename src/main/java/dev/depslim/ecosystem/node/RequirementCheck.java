package dev.depslim.ecosystem.node;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whether what lies in a tree is what a requirement asks for (Arborist, `Edge.satisfiedBy` and
/// `depValid`).
final class RequirementCheck {
  private final NpmTree tree;

  /// A large lock asks for the same few versions again and again.
  private final Map<String, NpmSpec> specs = new HashMap<>();

  private final Map<String, Optional<SemRange>> ranges = new HashMap<>();

  RequirementCheck(NpmTree tree) {
    this.tree = tree;
  }

  /// What the requirement asks for after `overrides`.
  String wanted(NpmEdge edge) {
    OverrideRules rule = edge.overrides;
    if (rule == null || !rule.replaces(edge.name)) {
      return edge.stated;
    }
    if (!rule.value().startsWith("$")) {
      return rule.value();
    }
    String name = rule.value().substring(1);
    String spec = tree.root().meta.referred(name);
    spec = spec == null ? edge.from.meta.referred(name) : spec;
    return spec == null ? rule.value() : spec;
  }

  /// Whether `to` of the requirement is what it asks for; false where it finds nothing.
  boolean isSatisfied(NpmEdge edge) {
    return isSatisfied(edge, edge.to);
  }

  /// Whether a package is what the requirement asks for; false for none.
  boolean isSatisfied(NpmEdge edge, @Nullable NpmNode to) {
    if (to == null || !to.name.equals(edge.name)) {
      return false;
    }
    OverrideRules rule = edge.overrides;
    boolean overridden =
        rule != null
            && rule.replaces(edge.name)
            && !to.hasShrinkwrap
            && !to.inBundle
            && !to.inShrinkwrap();
    if (!overridden || rule == null) {
      return isValid(to, edge.stated, edge);
    }
    if (isValid(to, wanted(edge), edge)) {
      return true;
    }
    // a version that the rule is not for may stay
    return isValid(to, edge.stated, edge) && !isValid(to, rule.appliesTo(), edge);
  }

  private boolean isValid(NpmNode to, String spec, NpmEdge edge) {
    return matches(to, spec, edge) || edge.accepted != null && matches(to, edge.accepted, edge);
  }

  private boolean matches(NpmNode to, String spec, NpmEdge edge) {
    NpmSpec parsed = specs.computeIfAbsent(spec.isEmpty() ? "*" : spec, NpmSpec::parse);
    return switch (parsed.type()) {
      case RANGE, VERSION -> isInRange(to.version(), parsed.constraint());
      case ALIAS -> matches(to, parsed.constraint(), edge);
      case TAG -> {
        String resolved = to.resolved;
        yield resolved != null && NpmSpec.parse(resolved).type() == NpmSpec.Type.REMOTE;
      }
      case REMOTE -> parsed.constraint().equals(to.resolved);
      case GIT -> isSameRepository(to, parsed.constraint(), edge);
      case FILE ->
          !to.link
              && to.resolved != null
              && Locations.resolve("", Locations.ofFile(to.resolved)).equals(place(parsed, edge));
      case DIRECTORY ->
          to.link && to.target != null && to.target.location.equals(place(parsed, edge));
      case WORKSPACE, LINK, CATALOG, PATCH, JSR, EXEC, INVALID -> false;
    };
  }

  private static String place(NpmSpec spec, NpmEdge edge) {
    return Locations.resolve(edge.from.location, Locations.ofFile(spec.constraint()));
  }

  private boolean isInRange(@Nullable String version, String range) {
    String text = range.strip();
    if (text.isEmpty() || text.equals("*")) {
      return true;
    }
    SemVersion parsed = version == null ? null : SemVersion.parse(version);
    return parsed != null
        && ranges
            .computeIfAbsent(text, one -> Optional.ofNullable(SemRange.parse(one)))
            .filter(wanted -> wanted.test(parsed))
            .isPresent();
  }

  private boolean isSameRepository(NpmNode to, String spec, NpmEdge edge) {
    if (to.resolved == null) {
      return false;
    }
    GitSource wanted = GitSource.of(spec);
    GitSource locked = GitSource.of(to.resolved);
    if (!wanted.repository().equals(locked.repository())) {
      return false;
    }
    if (wanted.range() != null) {
      return SemRange.satisfies(to.version(), wanted.range());
    }
    if (wanted.isCommit()) {
      return Objects.equals(wanted.committish(), locked.committish());
    }
    // a branch or tag cannot be compared with the commit, but with what was asked for at that time
    String before = edge.from.locked.referred(edge.name);
    if (before == null || NpmSpec.parse(before).type() != NpmSpec.Type.GIT) {
      return true;
    }
    return Objects.equals(GitSource.of(before).committish(), wanted.committish());
  }
}

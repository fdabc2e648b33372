package dev.depslim.policy;

import dev.depslim.model.Confidence;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.Issue;
import dev.depslim.model.Location;
import dev.depslim.model.PackageSelector;
import dev.depslim.model.Severity;
import dev.depslim.syntax.SyntaxException;
import dev.depslim.syntax.Tree;
import dev.depslim.syntax.Yaml;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads a `.depslim.yml`; every mistake is an issue with line and column, and the other keys
/// count. `docs/config.schema.json` describes the format.
public final class PolicyFile {
  private static final Set<String> KEYS =
      Set.of(
          "version",
          "rules",
          "entrypoints",
          "production",
          "images",
          "budgets",
          "ignore",
          "fail-on",
          "min-confidence",
          "baseline",
          "registries");

  /// Keys that are read and checked for their name and not acted on, with what they will do.
  private static final Map<String, String> LATER =
      Map.of(
          "entrypoints", "usage is not measured yet",
          "budgets", "size budgets are not checked yet",
          "baseline", "baselines are not read yet");

  private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s/@?#]+(/[^\\s@?#]*)?");

  private final String path;
  private final List<Issue> issues = new ArrayList<>();

  private PolicyFile(String path) {
    this.path = path;
  }

  /// What the file says.
  ///
  /// @param path as shown to people
  public static Policy read(String path, byte[] bytes) {
    PolicyFile file = new PolicyFile(path);
    try {
      if (Yaml.parse(bytes) instanceof Tree.Mapping mapping) {
        return file.policy(mapping);
      }
      file.error(1, 1, "expected keys such as 'version: 1' and 'production:'");
    } catch (SyntaxException e) {
      file.error(e.line(), e.column(), "not YAML: " + e.getMessage());
    }
    return file.policy(new Tree.Mapping(List.of(), 1, 1));
  }

  private Policy policy(Tree.Mapping file) {
    Map<String, String> later = new TreeMap<>();
    for (Tree.Member member : file.members()) {
      if (!KEYS.contains(member.name())) {
        unknown(member, KEYS);
      } else if (LATER.containsKey(member.name())) {
        later.put(member.name(), LATER.get(member.name()));
      }
    }
    if (file.get("version") instanceof Tree version && !text(version).equals("1")) {
      error(version.line(), version.column(), "only 'version: 1' is known");
    }
    Tree.Mapping production = mapping(file, "production");
    List<PackageSelector> forbid = Policy.selectors(Policy.DEFAULT_FORBID);
    List<Policy.Allowance> allow = List.of();
    if (production != null) {
      for (Tree.Member member : production.members()) {
        if (!Set.of("forbid", "allow").contains(member.name())) {
          unknown(member, Set.of("forbid", "allow"));
        }
      }
      if (production.get("forbid") != null) {
        forbid = forbid(production);
      }
      allow = allow(production);
    }
    List<Policy.ImagePolicy> images = images(file, later);
    return new Policy(
        path,
        strings(file, "rules"),
        strings(file, "entrypoints"),
        forbid,
        allow,
        ignore(file),
        images,
        choice(file, "fail-on", Severity.values(), Severity.ERROR),
        choice(file, "min-confidence", Confidence.values(), Confidence.CERTAIN),
        registries(file),
        later.entrySet().stream().map(e -> e.getKey() + ": " + e.getValue()).toList(),
        issues);
  }

  private List<PackageSelector> forbid(Tree.Mapping production) {
    List<PackageSelector> out = new ArrayList<>();
    Tree value = production.get("forbid");
    if (!(value instanceof Tree.Sequence sequence)) {
      if (value != null) {
        error(value.line(), value.column(), "'forbid' is a list, such as [dev, coding-agent]");
      }
      return Policy.selectors(Policy.DEFAULT_FORBID);
    }
    for (Tree item : sequence.items()) {
      PackageSelector selector = selector(item);
      if (selector != null) {
        out.add(selector);
      }
    }
    return out;
  }

  private List<Policy.Allowance> allow(Tree.Mapping production) {
    List<Policy.Allowance> out = new ArrayList<>();
    for (Tree item : items(production, "allow")) {
      if (!(item instanceof Tree.Mapping entry)) {
        error(
            item.line(),
            item.column(),
            "an allowance is {package: pypi/numpy, reason: \"…\", expires: 2027-06-30}");
        continue;
      }
      Set<String> known = Set.of("package", "reason", "expires");
      for (Tree.Member member : entry.members()) {
        if (!known.contains(member.name())) {
          unknown(member, known);
        }
      }
      Tree name = entry.get("package");
      PackageSelector selector = name == null ? null : selector(name);
      if (name == null) {
        error(entry.line(), entry.column(), "an allowance needs 'package', such as pypi/numpy");
      }
      String reason = entry.string("reason");
      if (reason == null || reason.isBlank()) {
        error(
            entry.line(), entry.column(), "an allowance needs a 'reason' for those who come later");
      }
      LocalDate expires = date(entry);
      if (selector != null && reason != null) {
        out.add(new Policy.Allowance(selector, reason, expires, at(entry)));
      }
    }
    return out;
  }

  private @Nullable LocalDate date(Tree.Mapping entry) {
    Tree value = entry.get("expires");
    if (value == null) {
      return null;
    }
    try {
      return LocalDate.parse(text(value));
    } catch (DateTimeParseException _) {
      error(
          value.line(), value.column(), "'" + text(value) + "' is no date: write it as 2027-06-30");
      return null;
    }
  }

  private List<Policy.Ignore> ignore(Tree.Mapping file) {
    List<Policy.Ignore> out = new ArrayList<>();
    for (Tree item : items(file, "ignore")) {
      String rule = item instanceof Tree.Mapping entry ? entry.string("rule") : null;
      if (!(item instanceof Tree.Mapping entry) || rule == null) {
        error(
            item.line(),
            item.column(),
            "an ignored finding is {rule: unused-dependency, package: pypi/uvloop, reason: \"…\"}");
        continue;
      }
      Tree name = entry.get("package");
      PackageSelector selector = name == null ? null : selector(name);
      if (name != null && selector == null) {
        continue;
      }
      String reason = entry.string("reason");
      if (reason == null || reason.isBlank()) {
        error(entry.line(), entry.column(), "an ignored finding needs a 'reason'");
        continue;
      }
      out.add(new Policy.Ignore(rule, selector, reason, at(entry)));
    }
    return out;
  }

  private List<Policy.ImagePolicy> images(Tree.Mapping file, Map<String, String> later) {
    List<Policy.ImagePolicy> out = new ArrayList<>();
    Set<String> known = Set.of("ref", "dockerfile", "target", "base", "budgets");
    for (Tree item : items(file, "images")) {
      String ref = item instanceof Tree.Mapping entry ? entry.string("ref") : null;
      if (!(item instanceof Tree.Mapping entry) || ref == null) {
        error(item.line(), item.column(), "an image needs 'ref', such as 'ref: shop:latest'");
        continue;
      }
      for (Tree.Member member : entry.members()) {
        if (!known.contains(member.name())) {
          unknown(member, known);
        } else if (!Set.of("ref", "base").contains(member.name())) {
          later.put("images." + member.name(), "accepted, and not acted on yet");
        }
      }
      out.add(new Policy.ImagePolicy(ref, entry.string("base")));
    }
    return out;
  }

  private Map<Ecosystem, String> registries(Tree.Mapping file) {
    Map<Ecosystem, String> out = new EnumMap<>(Ecosystem.class);
    Tree.Mapping named = mapping(file, "registries");
    Map<String, Ecosystem> known = Map.of("npm", Ecosystem.NPM, "pypi", Ecosystem.PYPI);
    for (Tree.Member member : named == null ? List.<Tree.Member>of() : named.members()) {
      Ecosystem ecosystem = known.get(member.name());
      String address = text(member.value());
      if (ecosystem == null) {
        unknown(member, known.keySet());
      } else if (!ADDRESS.matcher(address).matches()) {
        error(
            member.value().line(),
            member.value().column(),
            "a registry is an address such as https://registry.example/, without a user or"
                + " password: those belong into the settings of the client");
      } else {
        out.put(ecosystem, address);
      }
    }
    return out;
  }

  private @Nullable PackageSelector selector(Tree item) {
    PackageSelector selector = PackageSelector.parse(text(item));
    if (selector == null) {
      error(
          item.line(),
          item.column(),
          "'"
              + text(item)
              + "' is no category (dev, coding-agent, heavy-ml, browser-automation), no label"
              + " (dev/lint) and no package (npm/puppeteer*, pypi/numpy)");
    }
    return selector;
  }

  private <E extends Enum<E>> E choice(Tree.Mapping file, String key, E[] values, E otherwise) {
    Tree value = file.get(key);
    if (value == null) {
      return otherwise;
    }
    List<String> names = new ArrayList<>();
    for (E candidate : values) {
      String name = candidate.name().toLowerCase(Locale.ROOT);
      names.add(name);
      if (name.equals(text(value))) {
        return candidate;
      }
    }
    error(
        value.line(),
        value.column(),
        "'" + text(value) + "' is no value of " + key + ": use " + String.join(", ", names));
    return otherwise;
  }

  private Tree.@Nullable Mapping mapping(Tree.Mapping file, String key) {
    Tree value = file.get(key);
    if (value != null && !(value instanceof Tree.Mapping)) {
      error(value.line(), value.column(), "'" + key + "' has keys of its own below it");
    }
    return file.mapping(key);
  }

  private List<Tree> items(Tree.Mapping file, String key) {
    Tree value = file.get(key);
    if (value instanceof Tree.Sequence sequence) {
      return sequence.items();
    }
    boolean empty = value instanceof Tree.Scalar scalar && scalar.kind() == Tree.Kind.NULL;
    if (value != null && !empty) {
      error(value.line(), value.column(), "'" + key + "' is a list");
    }
    return List.of();
  }

  private List<String> strings(Tree.Mapping file, String key) {
    return items(file, key).stream().map(PolicyFile::text).toList();
  }

  private static String text(Tree tree) {
    return tree instanceof Tree.Scalar scalar ? scalar.text() : "";
  }

  private Location at(Tree tree) {
    return new Location(path, tree.line(), tree.column());
  }

  private void unknown(Tree.Member member, Set<String> known) {
    error(member.line(), member.column(), member.unknownAmong(known));
  }

  private void error(int line, int column, String message) {
    issues.add(Issue.error(new Location(path, line, column), message));
  }
}

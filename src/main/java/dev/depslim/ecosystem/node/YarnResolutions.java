package dev.depslim.ecosystem.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The field `resolutions` of a package.json: versions that win over what packages ask for (Yarn's
/// selective dependency resolutions).
///
/// A pattern is a name (`a`, `**/a`), may name who requires it (`b/a`, `**/b/**/a`), and from Yarn
/// 2 on the range that is replaced (`a@npm:^1.0.0`).
record YarnResolutions(List<Rule> rules) {
  /// @param parent who must require it, or null for all
  /// @param range the range that is replaced, or null for all
  private record Rule(@Nullable String parent, String name, @Nullable String range, String value) {}

  YarnResolutions {
    rules = List.copyOf(rules);
  }

  static YarnResolutions of(Map<String, String> resolutions) {
    List<Rule> rules = new ArrayList<>(resolutions.size());
    resolutions.forEach((pattern, value) -> rules.add(rule(pattern, value.strip())));
    return new YarnResolutions(rules);
  }

  /// What a requirement is replaced by, or null where it stays.
  ///
  /// @param parent name of the package that requires
  /// @param range as the package states it
  @Nullable String find(String parent, String name, String range) {
    for (Rule rule : rules) {
      boolean matches =
          rule.name.equals(name)
              && (rule.parent == null || rule.parent.equals(parent))
              && (rule.range == null || sameRange(rule.range, range));
      if (matches) {
        return rule.value;
      }
    }
    return null;
  }

  private static boolean sameRange(String a, String b) {
    return plain(a).equals(plain(b));
  }

  private static String plain(String range) {
    return range.startsWith("npm:") ? range.substring("npm:".length()) : range;
  }

  private static Rule rule(String pattern, String value) {
    List<String> names = new ArrayList<>();
    // the range may hold slashes
    int at = pattern.indexOf('@', pattern.startsWith("@") ? 1 : 0);
    while (at > 0 && pattern.charAt(at - 1) == '/') {
      at = pattern.indexOf('@', at + 1);
    }
    String path = at < 0 ? pattern : pattern.substring(0, at);
    String scope = "";
    for (String segment : path.split("/", -1)) {
      if (segment.startsWith("@")) {
        scope = segment + "/";
      } else {
        if (!segment.equals("**") && !segment.isEmpty()) {
          names.add(scope + segment);
        }
        scope = "";
      }
    }
    String name = names.isEmpty() ? pattern : names.getLast();
    String parent = names.size() > 1 ? names.get(names.size() - 2) : null;
    return new Rule(parent, name, at < 0 ? null : pattern.substring(at + 1), value);
  }
}

package dev.depslim.report;

import dev.depslim.model.Classification;
import dev.depslim.model.Finding;
import dev.depslim.model.PolicyResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A package that must not be in production, as the text reports show it.
///
/// @param where path and line of the declaration or of the lock's entry
/// @param broughtBy name, path and line of the declaration that brings a transitive one, or null
record Forbidden(
    String name,
    String purl,
    String where,
    Classification classification,
    @Nullable String broughtBy) {
  /// Id of the findings that this is about.
  static final String RULE = "forbidden-in-production";

  /// A declaration with the forbidden packages that it is or brings.
  ///
  /// @param declared the declared package itself, where it is forbidden
  /// @param brought the others, in the order of the report
  record Group(@Nullable Forbidden declared, List<Forbidden> brought) {
    Group {
      brought = List.copyOf(brought);
    }

    /// The package that the group is shown by.
    Forbidden head() {
      return declared == null ? brought.getFirst() : declared;
    }

    /// The others.
    List<String> others() {
      return brought.stream()
          .filter(other -> other != head())
          .map(Forbidden::name)
          .distinct()
          .toList();
    }
  }

  /// The package of a finding, or null where the finding is of another kind.
  static @Nullable Forbidden of(Finding finding) {
    Finding.PackageRef about = finding.about();
    if (about == null || !finding.rule().equals(RULE)) {
      return null;
    }
    String by = about.broughtBy();
    if (by != null && about.broughtFrom() != null) {
      by += " " + Where.line(about.broughtFrom());
    }
    return new Forbidden(
        about.name(),
        finding.subject(),
        Where.line(finding.location()),
        about.classification(),
        by);
  }

  /// The package of a breach, or null where the breach is of another kind.
  static @Nullable Forbidden of(PolicyResult.Breach breach) {
    Classification classification = breach.classification();
    if (classification == null || !breach.rule().equals(RULE)) {
      return null;
    }
    return new Forbidden(
        breach.name(),
        breach.subject(),
        Where.line(breach.location()),
        classification,
        breach.broughtBy());
  }

  /// How a policy names it: `npm/puppeteer` for `pkg:npm/puppeteer@22.0.0`.
  String selector() {
    String type = purl.substring(purl.indexOf(':') + 1);
    int slash = type.indexOf('/');
    return slash < 0 ? name : type.substring(0, slash + 1) + name;
  }

  /// The file and line to change.
  String toChange() {
    int space = broughtBy == null ? -1 : broughtBy.indexOf(' ');
    return broughtBy == null || space < 0 ? where : broughtBy.substring(space + 1);
  }

  /// Name of the declared package that brings it, or null.
  @Nullable String bringer() {
    int space = broughtBy == null ? -1 : broughtBy.indexOf(' ');
    return broughtBy == null || space < 0 ? broughtBy : broughtBy.substring(0, space);
  }

  /// The packages by the declaration to change: declared ones first, then those that bring most.
  ///
  /// @param single whether each package is a group of its own
  static List<Group> groups(List<Forbidden> packages, boolean single) {
    Map<String, Forbidden> declared = new LinkedHashMap<>();
    Map<String, List<Forbidden>> brought = new LinkedHashMap<>();
    for (Forbidden one : packages) {
      if (one.broughtBy == null) {
        declared.putIfAbsent(one.name + " " + one.where, one);
      } else {
        String key = single ? one.broughtBy + " " + one.name + " " + one.where : one.broughtBy;
        brought.computeIfAbsent(key, _ -> new ArrayList<>()).add(one);
      }
    }
    List<Group> groups = new ArrayList<>();
    for (Map.Entry<String, Forbidden> entry : declared.entrySet()) {
      List<Forbidden> others = brought.remove(entry.getKey());
      groups.add(new Group(entry.getValue(), others == null ? List.of() : others));
    }
    brought.values().forEach(others -> groups.add(new Group(null, others)));
    groups.sort(
        Comparator.comparing((Group group) -> group.declared() == null)
            .thenComparing(group -> -group.brought().size()));
    return groups;
  }
}

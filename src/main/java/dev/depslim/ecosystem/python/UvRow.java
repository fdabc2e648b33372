package dev.depslim.ecosystem.python;

import dev.depslim.model.Ecosystem;
import dev.depslim.model.Location;
import dev.depslim.syntax.Tree;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a pyproject.toml asks for, or the copy of it in a uv.lock, row by row.
///
/// @param place `project.dependencies`, `extra x`, `group x` or the name of another list
/// @param name normalised
/// @param specifier in one spelling; null where a source other than a registry makes it void
/// @param marker as written, without the extra that it is for; null where there is none
/// @param source what kind of source it has: `git`, `url`, `path` or `workspace`; null for a
///   registry
/// @param text as people read it
record UvRow(
    String place,
    String name,
    Set<String> extras,
    @Nullable Set<String> specifier,
    @Nullable String marker,
    @Nullable String source,
    String text,
    Location location) {
  static final String MAIN = "project.dependencies";

  private static final Pattern EXTRA = Pattern.compile("extra\\s*==\\s*['\"]([^'\"]+)['\"]");

  /// The place of an extra.
  static String extra(String name) {
    return "extra " + Ecosystem.PYPI.normalize(name);
  }

  /// The place of a group.
  static String group(String name) {
    return "group " + Ecosystem.PYPI.normalize(name);
  }

  /// The row of a requirement in a manifest, or null where it is none.
  ///
  /// @param sources `[tool.uv.sources]`, by normalised name
  static @Nullable UvRow of(String place, Tree item, String path, Map<String, Tree> sources) {
    if (!(item instanceof Tree.Scalar scalar) || scalar.kind() != Tree.Kind.STRING) {
      return null;
    }
    try {
      Requirement requirement = Requirement.parse(Text.strip(scalar.text()));
      String name = requirement.normalizedName();
      String source = source(sources.get(name));
      if (requirement.url() != null) {
        source = requirement.url().startsWith("git+") ? "git" : "url";
      }
      return new UvRow(
          place,
          name,
          extras(requirement.extras()),
          source == null ? specifier(requirement.specifier()) : null,
          requirement.markerText(),
          source,
          Text.strip(scalar.text()),
          new Location(path, scalar.line(), scalar.column()));
    } catch (RequirementSyntaxException _) {
      return null;
    }
  }

  /// The rows of an entry in a lock; of one with a marker for extras one for each of them.
  ///
  /// @param place where no marker says an extra
  static List<UvRow> of(String place, Tree.Mapping entry, String path) {
    String name = entry.string("name");
    if (name == null) {
      return List.of();
    }
    String marker = entry.string("marker");
    String specifier = entry.string("specifier");
    VersionSpecifier parsed = VersionSpecifier.parse(specifier == null ? "" : specifier);
    Tree.Sequence extras = entry.sequence("extras");
    String source = null;
    for (String key : List.of("git", "url", "path", "directory", "editable", "virtual")) {
      if (source == null && entry.get(key) != null) {
        source = key.equals("git") || key.equals("url") ? key : "path";
      }
    }
    Set<String> places = new LinkedHashSet<>();
    if (marker != null && place.equals(MAIN)) {
      Matcher found = EXTRA.matcher(marker);
      while (found.find()) {
        places.add(extra(found.group(1)));
      }
    }
    if (places.isEmpty()) {
      places.add(place);
    }
    String text =
        name
            + (extras == null ? "" : "[" + String.join(",", extras.strings()) + "]")
            + (specifier == null ? "" : specifier)
            + (marker == null ? "" : " ; " + marker);
    List<UvRow> out = new ArrayList<>();
    for (String one : places) {
      out.add(
          new UvRow(
              one,
              Ecosystem.PYPI.normalize(name),
              extras(extras == null ? List.of() : extras.strings()),
              source != null || parsed == null ? null : specifier(parsed),
              marker,
              source,
              text,
              Location.of(path, entry.line())));
    }
    return out;
  }

  private static Set<String> extras(List<String> extras) {
    Set<String> out = new TreeSet<>();
    extras.forEach(extra -> out.add(Ecosystem.PYPI.normalize(extra)));
    return out;
  }

  private static Set<String> specifier(VersionSpecifier specifier) {
    Set<String> out = new TreeSet<>();
    for (VersionSpecifier.Clause clause : specifier.clauses()) {
      boolean wild = clause.version().endsWith(".*");
      String text =
          wild ? clause.version().substring(0, clause.version().length() - 2) : clause.version();
      Version version = clause.operator().equals("===") ? null : Version.parse(text);
      boolean zerosCount = wild || clause.operator().equals("~=");
      Version plain = version == null || zerosCount ? version : version.withoutTrailingZeros();
      out.add(clause.operator() + (plain == null ? text : plain) + (wild ? ".*" : ""));
    }
    return out;
  }

  private static @Nullable String source(@Nullable Tree source) {
    Tree.Mapping table = source instanceof Tree.Mapping mapping ? mapping : null;
    if (source instanceof Tree.Sequence list && !list.items().isEmpty()) {
      table = list.items().getFirst() instanceof Tree.Mapping first ? first : null;
    }
    if (table == null) {
      return null;
    }
    if (table.get("git") != null) {
      return "git";
    }
    if (table.get("url") != null) {
      return "url";
    }
    return table.get("path") != null || table.isTrue("workspace") ? "path" : null;
  }

  /// Rows by place and name.
  static Map<String, List<UvRow>> byPlace(List<UvRow> rows) {
    Map<String, List<UvRow>> out = new LinkedHashMap<>();
    Set<String> seen = new HashSet<>();
    for (UvRow row : rows) {
      if (seen.add(row.key() + "\0" + row.text)) {
        out.computeIfAbsent(row.key(), _ -> new ArrayList<>()).add(row);
      }
    }
    return out;
  }

  /// What tells rows apart that may be compared.
  String key() {
    return place + "\0" + name;
  }
}

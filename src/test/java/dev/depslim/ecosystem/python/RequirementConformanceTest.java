package dev.depslim.ecosystem.python;

import dev.depslim.Conformance;
import dev.depslim.model.Ecosystem;
import dev.depslim.syntax.Toml;
import dev.depslim.syntax.Tree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Compares names, versions, specifiers, requirements, markers and dependency groups with what the
/// reference implementation says.
class RequirementConformanceTest {
  @Test
  void requirements() throws IOException {
    compare(
        "pep508.jsonl",
        "requirement",
        one -> {
          Requirement requirement = Requirement.parse(Vectors.text(one.input()));
          return describe(
              requirement.name(),
              requirement.normalizedName(),
              List.copyOf(new TreeSet<>(requirement.extras())),
              requirement.specifier().normalized(),
              clauses(requirement.specifier()),
              requirement.url(),
              requirement.marker());
        },
        map ->
            describe(
                map.string("name"),
                map.string("normalizedName"),
                strings(map, "extras"),
                map.string("specifier"),
                clauses(map),
                Vectors.textOrNull(map.get("url")),
                Vectors.textOrNull(map.get("marker"))));
  }

  @Test
  void markers() throws IOException {
    compare(
        "pep508.jsonl",
        "marker",
        one -> Marker.parse(Vectors.text(one.input())).toString(),
        map -> String.valueOf(map.string("normalized")));
  }

  @Test
  void evaluations() throws IOException {
    Conformance suite = Conformance.of("pep508.jsonl", "evaluate");
    List<Vectors.Case> cases = Vectors.cases("pep508.jsonl", "evaluate");
    for (Vectors.Case one : cases) {
      Tree.Mapping input = Vectors.mapping(one.input());
      Map<String, String> environment = new HashMap<>();
      Map<String, Set<String>> sets = new HashMap<>();
      for (Tree.Member member : Vectors.mapping(Vectors.present(input.get("env"))).members()) {
        if (member.value() instanceof Tree.Sequence list) {
          sets.put(member.name(), new HashSet<>(list.strings()));
        } else {
          environment.put(member.name(), Vectors.text(member.value()));
        }
      }
      switch (Vectors.text(input.get("context"))) {
        case "metadata" -> environment.putIfAbsent("extra", "");
        case "lock_file" -> {
          sets.putIfAbsent("extras", Set.of());
          sets.putIfAbsent("dependency_groups", Set.of());
        }
        default -> {}
      }
      String found;
      try {
        found =
            String.valueOf(
                Marker.parse(Vectors.text(input.get("marker"))).holds(environment, sets));
      } catch (UndefinedMarkerException e) {
        found = e.isName() ? "undefined-name" : "undefined-comparison";
      } catch (RequirementSyntaxException e) {
        found = "syntax: " + e.getMessage();
      }
      String wanted =
          one.expected() instanceof Tree.Mapping error
              ? Vectors.text(error.get("error"))
              : Vectors.text(one.expected());
      suite.check(one.id() + " " + one.input(), wanted, found);
    }
    suite.settle();
  }

  @Test
  void versions() throws IOException {
    compare(
        "pep440.jsonl",
        "version",
        one -> {
          @Nullable Version version = Version.parse(Vectors.text(one.input()));
          if (version == null) {
            throw new RequirementSyntaxException(0, "no version");
          }
          return describe(
              version,
              version.withoutLocal(),
              version.base(),
              version.epoch(),
              version.release(),
              version.preKind(),
              version.pre(),
              version.post(),
              version.dev(),
              version.local(),
              version.dev() != null,
              version.isPostRelease(),
              version.isPreRelease());
        },
        map -> {
          Tree.@Nullable Sequence pre = map.sequence("pre");
          return describe(
              map.string("normalized"),
              map.string("public"),
              map.string("base"),
              Vectors.text(map.get("epoch")),
              texts(map.get("release")),
              pre == null ? null : Vectors.text(pre.items().getFirst()),
              pre == null ? null : Vectors.text(pre.items().getLast()),
              Vectors.textOrNull(map.get("post")),
              Vectors.textOrNull(map.get("dev")),
              Vectors.textOrNull(map.get("local")),
              map.isTrue("isDev"),
              map.isTrue("isPost"),
              map.isTrue("isPre"));
        });
  }

  @Test
  void orderOfVersions() throws IOException {
    Conformance suite = Conformance.of("pep440.jsonl", "compare");
    List<Vectors.Case> cases = Vectors.cases("pep440.jsonl", "compare");
    for (Vectors.Case one : cases) {
      List<String> pair = ((Tree.Sequence) one.input()).strings();
      int order =
          Objects.requireNonNull(Version.parse(pair.getFirst()))
              .compareTo(Objects.requireNonNull(Version.parse(pair.getLast())));
      suite.check(
          one.id() + " " + one.input(),
          Vectors.text(one.expected()),
          order < 0 ? "<" : order > 0 ? ">" : "=");
    }
    suite.settle();
  }

  @Test
  void specifiers() throws IOException {
    compare(
        "pep440.jsonl",
        "specifier",
        one -> {
          @Nullable VersionSpecifier specifier = VersionSpecifier.parse(Vectors.text(one.input()));
          if (specifier == null) {
            throw new RequirementSyntaxException(0, "no specifier");
          }
          return describe(
              specifier.normalized(),
              clauses(specifier),
              specifier.namesPreRelease() ? "true" : null);
        },
        map ->
            describe(
                map.string("normalized"),
                clauses(map),
                Vectors.textOrNull(map.get("prereleases"))));
  }

  @Test
  void containment() throws IOException {
    Conformance suite = Conformance.of("pep440.jsonl", "contains");
    List<Vectors.Case> cases = Vectors.cases("pep440.jsonl", "contains");
    for (Vectors.Case one : cases) {
      Tree.Mapping input = Vectors.mapping(one.input());
      VersionSpecifier specifier =
          Objects.requireNonNull(VersionSpecifier.parse(Vectors.text(input.get("spec"))));
      @Nullable String pre = Vectors.textOrNull(input.get("prereleases"));
      @Nullable Boolean allowed = pre == null ? null : Boolean.valueOf(pre);
      if (input.isTrue("installed")) {
        allowed = true;
      }
      boolean found = specifier.contains(Vectors.text(input.get("version")), allowed);
      suite.check(
          one.id() + " " + one.input(), Vectors.text(one.expected()), String.valueOf(found));
    }
    suite.settle();
  }

  @Test
  void filtering() throws IOException {
    Conformance suite = Conformance.of("pep440.jsonl", "filter");
    for (Vectors.Case one : Vectors.cases("pep440.jsonl", "filter")) {
      Tree.Mapping input = Vectors.mapping(one.input());
      VersionSpecifier specifier =
          Objects.requireNonNull(VersionSpecifier.parse(Vectors.text(input.get("spec"))));
      @Nullable String pre = Vectors.textOrNull(input.get("prereleases"));
      suite.check(
          one.id() + " " + one.input(),
          texts(one.expected()),
          specifier.filter(
              texts(input.get("versions")), pre == null ? null : Boolean.valueOf(pre)));
    }
    suite.settle();
  }

  @Test
  void namesOfWheels() throws IOException {
    fileNames("wheelFileName", WheelName::parse);
  }

  @Test
  void namesOfSourceArchives() throws IOException {
    fileNames("sdistFileName", WheelName::source);
  }

  private static void fileNames(String operation, Function<String, @Nullable WheelName> parse)
      throws IOException {
    compare(
        "pep503-735-751.jsonl",
        operation,
        one -> {
          @Nullable WheelName found = parse.apply(Vectors.text(one.input()));
          if (found == null) {
            throw new RequirementSyntaxException(0, "no name of an archive");
          }
          return describe(found.name(), found.version(), found.build(), found.tags());
        },
        map ->
            describe(
                map.string("name"),
                map.string("version"),
                texts(map.get("build")),
                texts(map.get("tags"))));
  }

  @Test
  void selectionFromLocks() throws IOException {
    Conformance suite = Conformance.of("pep503-735-751.jsonl", "pylockSelect");
    for (Vectors.Case one : Vectors.cases("pep503-735-751.jsonl", "pylockSelect")) {
      Tree.Mapping input = Vectors.mapping(one.input());
      Map<String, String> environment = new HashMap<>();
      for (Tree.Member member : Vectors.mapping(Vectors.present(input.get("env"))).members()) {
        environment.put(member.name(), Vectors.text(member.value()));
      }
      PylockSelection found =
          PylockSelection.of(
              Toml.parse(Vectors.text(input.get("toml")).getBytes(StandardCharsets.UTF_8)),
              environment,
              new HashSet<>(strings(input, "tags")),
              new HashSet<>(strings(input, "extras")),
              input.get("groups") instanceof Tree.Sequence
                  ? new HashSet<>(strings(input, "groups"))
                  : null);
      String wanted =
          Vectors.isError(one.expected())
              ? "error " + Vectors.mapping(one.expected()).string("error")
              : ((Tree.Sequence) one.expected())
                  .items().stream()
                      .map(Vectors::mapping)
                      .map(row ->
                          row.string("name")
                              + " "
                              + Vectors.textOrNull(row.get("version"))
                              + " "
                              + row.string("kind"))
                      .toList()
                      .toString();
      suite.check(
          one.id() + " " + one.input(),
          wanted,
          found.problem() != null
              ? "error "
                  + found.problem().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-')
              : found.taken().stream()
                  .map(row -> row.name() + " " + row.version() + " " + row.kind())
                  .toList()
                  .toString());
    }
    suite.settle();
  }

  @Test
  void names() throws IOException {
    compare(
        "pep503-735-751.jsonl",
        "name",
        one -> {
          String name = Vectors.text(one.input());
          String normalized = Ecosystem.PYPI.normalize(name);
          boolean valid = Text.isName(name);
          return describe(normalized, valid, valid && normalized.equals(name));
        },
        map -> describe(map.string("normalized"), map.isTrue("valid"), map.isTrue("isNormalized")));
  }

  @Test
  void groups() throws IOException {
    Conformance suite = Conformance.of("pep503-735-751.jsonl", "groups");
    List<Vectors.Case> cases = Vectors.cases("pep503-735-751.jsonl", "groups");
    for (Vectors.Case one : cases) {
      Tree.Mapping input = Vectors.mapping(one.input());
      DependencyGroups groups =
          new DependencyGroups(Vectors.mapping(Vectors.present(input.get("groups"))));
      DependencyGroups.Resolved resolved = groups.resolve(strings(input, "names"));
      TreeSet<String> problems = new TreeSet<>();
      resolved
          .problems()
          .forEach(
              p -> problems.add(p.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-')));
      String wanted =
          one.expected() instanceof Tree.Mapping error
              ? "error " + texts(error.get("error"))
              : texts(one.expected()).toString();
      suite.check(
          one.id() + " " + one.input(),
          wanted,
          problems.isEmpty() ? resolved.requirements().toString() : "error " + problems);
    }
    suite.settle();
  }

  private static void compare(
      String file,
      String operation,
      Function<Vectors.Case, String> found,
      Function<Tree.Mapping, String> wanted)
      throws IOException {
    Conformance suite = Conformance.of(file, operation);
    List<Vectors.Case> cases = Vectors.cases(file, operation);
    for (Vectors.Case one : cases) {
      String result;
      try {
        result = found.apply(one);
      } catch (RequirementSyntaxException e) {
        result = "error";
      }
      suite.check(
          one.id() + " " + one.input(),
          Vectors.isError(one.expected()) ? "error" : wanted.apply(Vectors.mapping(one.expected())),
          result);
    }
    suite.settle();
  }

  private static String describe(@Nullable Object... parts) {
    StringBuilder out = new StringBuilder();
    for (Object part : parts) {
      out.append(part).append(" | ");
    }
    return out.toString();
  }

  private static String clauses(VersionSpecifier specifier) {
    List<String> out = new ArrayList<>();
    specifier.sorted().forEach(clause -> out.add(clause.operator() + " " + clause.version()));
    return out.toString();
  }

  private static String clauses(Tree.Mapping map) {
    List<String> out = new ArrayList<>();
    Tree.@Nullable Sequence list = map.sequence("clauses");
    if (list != null) {
      for (Tree pair : list.items()) {
        out.add(String.join(" ", texts(pair)));
      }
    }
    return out.toString();
  }

  private static List<String> strings(Tree.Mapping map, String name) {
    return texts(map.get(name));
  }

  private static List<String> texts(@Nullable Tree tree) {
    List<String> out = new ArrayList<>();
    if (tree instanceof Tree.Sequence list) {
      list.items().forEach(item -> out.add(Vectors.text(item)));
    }
    return out;
  }
}

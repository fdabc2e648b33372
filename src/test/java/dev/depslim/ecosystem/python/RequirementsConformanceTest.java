package dev.depslim.ecosystem.python;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.depslim.Conformance;
import dev.depslim.ecosystem.python.RequirementsEntry.Kind;
import dev.depslim.model.Issue;
import dev.depslim.model.Manifest;
import dev.depslim.syntax.Tree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Compares every requirement that pip reads (file, line, name, extras, specifier, marker, URL,
/// editable, constraint, hashes, settings), every error of a line (kind, file, line), and the
/// options of all files together.
///
/// Where pip stops at an error, depslim goes on: then its requirements only begin with those of
/// pip, and the error must be among its problems, wherever it stands. Constraint files declare
/// nothing, so the one rule that is about them (no editables) is not compared.
class RequirementsConformanceTest {
  private static final Set<String> STOPS =
      Set.of("cycle", "missing-file", "missing-constraint-file", "encoding", "option");

  @Test
  void everyRequirementFileIsReadAsPipReadsIt() throws IOException {
    Conformance suite = Conformance.of("pip-requirements.jsonl", "requirementsFile");
    for (Vectors.Case one : Vectors.cases("pip-requirements.jsonl", "requirementsFile")) {
      suite.meet(one.id());
      try {
        compare(one);
      } catch (AssertionError e) {
        suite.miss(one.id(), String.valueOf(e.getMessage()));
      }
    }
    suite.settle();
  }

  private static void compare(Vectors.Case one) {
    Walk walk = new Walk(one);
    walk.walk(Vectors.text(Vectors.mapping(one.input()).get("root")), false, new LinkedHashSet<>());
    Tree.Mapping expected = Vectors.mapping(one.expected());
    List<String> wanted = new ArrayList<>();
    for (Tree row : items(expected, "requirements")) {
      wanted.add(describe(Vectors.mapping(row)));
    }
    Set<String> lines = new TreeSet<>();
    Set<String> stops = new TreeSet<>();
    for (Tree row : items(expected, "errors")) {
      Tree.Mapping error = Vectors.mapping(row);
      String kind = Vectors.text(error.get("kind"));
      if (STOPS.contains(kind)) {
        stops.add(kind);
      } else if (!one.id().endsWith("constraint-editable")) {
        lines.add(
            kind + " " + Vectors.text(error.get("file")) + ":" + Vectors.text(error.get("line")));
      }
    }
    List<String> found = walk.requirements;
    if (!stops.isEmpty() && found.size() > wanted.size()) {
      found = found.subList(0, wanted.size());
    }
    if (one.id().endsWith("constraint-editable")) {
      found = List.of();
    }
    assertEquals(wanted, found, "requirements");
    assertEquals(stops, walk.stops, "errors at which pip stops");
    if (stops.isEmpty()) {
      assertEquals(lines, walk.errors, "errors of lines");
      assertEquals(
          options(Vectors.mapping(Vectors.present(expected.get("options")))),
          walk.options(),
          "options");
    }
  }

  private static List<Tree> items(Tree.Mapping map, String name) {
    Tree.@Nullable Sequence list = map.sequence(name);
    return list == null ? List.of() : list.items();
  }

  private static Map<String, Object> options(Tree.Mapping expected) {
    Map<String, Object> out = new TreeMap<>();
    for (Tree.Member member : expected.members()) {
      out.put(
          member.name(),
          member.value() instanceof Tree.Sequence list
              ? list.strings()
              : Boolean.valueOf(Vectors.text(member.value())));
    }
    return out;
  }

  private static String describe(Tree.Mapping row) {
    List<String> extras = new ArrayList<>();
    items(row, "extras").forEach(extra -> extras.add(Vectors.text(extra)));
    List<String> hashes = new ArrayList<>();
    items(row, "hashes").forEach(hash -> hashes.add(Vectors.text(hash)));
    Map<String, String> settings = new TreeMap<>();
    if (row.get("configSettings") instanceof Tree.Mapping map) {
      map.members().forEach(member -> settings.put(member.name(), Vectors.text(member.value())));
    }
    return line(
        Vectors.text(row.get("file")) + ":" + Vectors.text(row.get("line")),
        Vectors.textOrNull(row.get("name")),
        new TreeSet<>(extras),
        String.valueOf(Vectors.textOrNull(row.get("specifier"))).replace("null", ""),
        Vectors.textOrNull(row.get("marker")),
        Vectors.textOrNull(row.get("url")),
        row.isTrue("editable"),
        row.isTrue("constraint"),
        new TreeSet<>(hashes),
        settings);
  }

  private static String line(@Nullable Object... parts) {
    StringBuilder out = new StringBuilder();
    for (Object part : parts) {
      out.append(part).append(" | ");
    }
    return out.toString();
  }

  /// Follows `-r` and `-c` in pip's order.
  private static final class Walk {
    private final MemoryFiles files = new MemoryFiles();
    private final Map<String, String> environment = new HashMap<>();
    private final List<String> requirements = new ArrayList<>();
    private final Set<String> errors = new TreeSet<>();
    private final Set<String> stops = new TreeSet<>();
    private final Map<String, Object> options = new TreeMap<>();
    private final Set<String> noBinary = new TreeSet<>();
    private final Set<String> onlyBinary = new TreeSet<>();
    private final List<String> indexes = new ArrayList<>();
    private final List<String> links = new ArrayList<>();
    private boolean noIndex;

    Walk(Vectors.Case one) {
      Tree.Mapping input = Vectors.mapping(one.input());
      for (Tree.Member file : Vectors.mapping(Vectors.present(input.get("files"))).members()) {
        Tree.Mapping content = Vectors.mapping(file.value());
        @Nullable String text = content.string("text");
        files.with(
            file.name(),
            text == null
                ? Base64.getDecoder().decode(Vectors.text(content.get("base64")))
                : text.getBytes(StandardCharsets.UTF_8));
      }
      if (input.get("env") instanceof Tree.Mapping env) {
        env.members().forEach(m -> environment.put(m.name(), Vectors.text(m.value())));
      }
      options.put("indexReplaced", false);
      options.put("preferBinary", false);
      options.put("requireHashes", false);
      for (String list : List.of("allReleases", "onlyFinal", "trustedHosts")) {
        options.put(list, new ArrayList<String>());
      }
    }

    void walk(String path, boolean constraint, Set<String> above) {
      Manifest manifest = new RequirementsFile(environment).read(files.file(path), files);
      for (Issue issue : manifest.issues()) {
        if (issue.message().contains("includes this file again")) {
          stops.add("cycle");
        }
      }
      if (!above.add(path)) {
        return;
      }
      for (RequirementsEntry entry :
          RequirementsParser.parse(files.file(path), files, environment)) {
        switch (entry) {
          case RequirementsEntry.Package found -> add(found, path, constraint);
          case RequirementsEntry.Include include ->
              walk(include.path(), include.constraint(), above);
          case RequirementsEntry.Options found -> fold(found.options(), path);
          case RequirementsEntry.Problem problem -> problem(problem, path);
        }
      }
      above.remove(path);
    }

    private void problem(RequirementsEntry.Problem problem, String path) {
      String kind = problem.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
      if (STOPS.contains(kind)) {
        stops.add(kind);
      } else if (problem.kind() != Kind.IGNORED) {
        errors.add(kind + " " + path + ":" + problem.line());
      }
    }

    private void add(RequirementsEntry.Package found, String path, boolean constraint) {
      if (!found.accepted()) {
        return;
      }
      @Nullable String url = found.url();
      if (found.path() != null) {
        url =
            "file://${ROOT}"
                + (found.path().isEmpty() ? "" : "/")
                + found.path().replace(" ", "%20");
      }
      Map<String, String> settings = new TreeMap<>();
      for (String setting : found.options().all("config-settings")) {
        int equals = setting.indexOf('=');
        settings.put(setting.substring(0, equals), setting.substring(equals + 1));
      }
      requirements.add(
          line(
              path + ":" + found.line(),
              found.name(),
              new TreeSet<>(found.extras()),
              found.specifier().normalized(),
              found.marker(),
              url,
              found.editable(),
              constraint,
              new TreeSet<>(found.options().all("hash")),
              settings));
    }

    @SuppressWarnings("unchecked")
    private void fold(RequirementsOptions found, String path) {
      Map<String, String> lists =
          Map.of(
              "all-releases",
              "allReleases",
              "only-final",
              "onlyFinal",
              "trusted-host",
              "trustedHosts");
      lists.forEach((option, name) -> {
        for (String value : found.all(option)) {
          ((List<String>) held(options.get(name))).addAll(List.of(value.split(",")));
        }
      });
      if (found.first("pre") != null) {
        ((List<String>) held(options.get("allReleases"))).add(":all:");
      }
      Map<String, String> flags = new LinkedHashMap<>();
      flags.put("prefer-binary", "preferBinary");
      flags.put("require-hashes", "requireHashes");
      flags.forEach((option, name) -> {
        if (found.first(option) != null) {
          options.put(name, true);
        }
      });
      found.all("no-binary").forEach(v -> exclude(v, noBinary, onlyBinary));
      found.all("only-binary").forEach(v -> exclude(v, onlyBinary, noBinary));
      if (found.first("no-index") != null) {
        noIndex = true;
        indexes.clear();
        options.put("indexReplaced", true);
      }
      if (!noIndex && !found.all("index-url").isEmpty()) {
        indexes.clear();
        indexes.add(found.all("index-url").getLast());
        options.put("indexReplaced", true);
      }
      if (!noIndex) {
        indexes.addAll(found.all("extra-index-url"));
      }
      for (String link : found.all("find-links")) {
        @Nullable String local = Paths.resolve(Paths.folder(path), link);
        links.add(local != null && files.exists(local) ? "${ROOT}/" + link : link);
      }
    }

    private static void exclude(String value, Set<String> into, Set<String> other) {
      for (String name : value.split(",")) {
        if (name.equals(":all:")) {
          other.clear();
          into.clear();
        }
        into.add(name);
        other.remove(name);
      }
    }

    Map<String, Object> options() {
      Map<String, Object> out = new TreeMap<>(options);
      out.put("noBinary", List.copyOf(noBinary));
      out.put("onlyBinary", List.copyOf(onlyBinary));
      out.put("indexUrls", List.copyOf(indexes));
      out.put("findLinks", List.copyOf(links));
      return out;
    }
  }

  private static Object held(@Nullable Object value) {
    if (value == null) {
      throw new IllegalStateException("no such option");
    }
    return value;
  }
}

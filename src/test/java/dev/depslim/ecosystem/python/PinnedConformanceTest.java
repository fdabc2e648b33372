package dev.depslim.ecosystem.python;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.depslim.ecosystem.SlimForm;
import dev.depslim.model.DeclaredDependency;
import dev.depslim.model.DepslimException.InvalidInput;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.Scope;
import dev.depslim.syntax.SyntaxException;
import dev.depslim.syntax.Toml;
import dev.depslim.syntax.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Walks the raw tables of every lock of a folder, one environment at a time, and compares what it
/// reaches with the lines of the written file whose markers hold there.
class PinnedConformanceTest {
  private static final String FILE = "requirements-minimal.txt";

  @Test
  void uvLocksArePinnedToWhatEachEnvironmentReaches() throws IOException {
    assertTrue(compareAll("uv", false) >= 9, "too few locks could be compared");
  }

  @Test
  void theSameHoldsWithoutEverySecondDependency() throws IOException {
    assertTrue(compareAll("uv", true) >= 9, "too few locks could be compared");
  }

  @Test
  void poetryLocksArePinnedToWhatEachEnvironmentReaches() throws IOException {
    assertTrue(compareAll("poetry", false) >= 2, "too few locks could be compared");
    assertTrue(compareAll("poetry", true) >= 2, "too few locks could be compared");
  }

  private static int compareAll(String kind, boolean drop) throws IOException {
    List<String> wrong = new ArrayList<>();
    int compared = 0;
    List<Path> folders;
    try (Stream<Path> list = Files.list(Vectors.folder().resolve("locks").resolve(kind))) {
      folders = list.sorted().toList();
    }
    for (Path folder : folders) {
      Path manifest = folder.resolve("pyproject.toml");
      Path lock = folder.resolve(kind + ".lock");
      if (!Files.exists(manifest)) {
        continue;
      }
      Plans plans =
          new Plans()
              .and("pyproject.toml", Files.readAllBytes(manifest))
              .and(kind + ".lock", Files.readAllBytes(lock));
      TreeSet<String> dropped = new TreeSet<>();
      for (DeclaredDependency one :
          new PyprojectToml()
              .read(plans.files().file("pyproject.toml"), plans.files())
              .dependencies()) {
        if (drop && one.scope() == Scope.RUNTIME && one.name().hashCode() % 2 == 0) {
          dropped.add(Ecosystem.PYPI.normalize(one.name()));
        }
      }
      plans.drop(dropped.toArray(String[]::new));
      SlimForm form;
      try {
        form = plans.form();
      } catch (InvalidInput e) {
        continue; // the placeholders and the broken locks of the folder
      }
      if (!Plans.names(form).contains(FILE)) {
        continue;
      }
      compared++;
      assertEquals(List.of(), plans.differences(form), folder.toString());
      Walk walk = new Walk(kind, plans, dropped);
      for (Map<String, String> environment : environments()) {
        if (walk.supports(environment)) {
          Set<String> wanted = walk.reached(environment);
          Set<String> found = written(form, environment);
          if (!wanted.equals(found)) {
            wrong.add(folder.getFileName() + " " + environment + differ(wanted, found));
          }
        }
      }
    }
    assertEquals(List.of(), wrong.subList(0, Math.min(5, wrong.size())));
    return compared;
  }

  private static String differ(Set<String> wanted, Set<String> found) {
    TreeSet<String> missing = new TreeSet<>(wanted);
    missing.removeAll(found);
    TreeSet<String> more = new TreeSet<>(found);
    more.removeAll(wanted);
    return " missing " + missing + " unexpected " + more;
  }

  private static List<Map<String, String>> environments() {
    List<Map<String, String>> out = new ArrayList<>();
    for (String python : List.of("3.8.10", "3.9.0", "3.10.4", "3.11.9", "3.12.0", "3.13.1")) {
      for (String[] host :
          new String[][] {
            {"posix", "linux", "Linux", "x86_64"},
            {"posix", "linux", "Linux", "aarch64"},
            {"posix", "darwin", "Darwin", "arm64"},
            {"nt", "win32", "Windows", "AMD64"}
          }) {
        for (String implementation : List.of("CPython", "PyPy")) {
          Map<String, String> one = new HashMap<>();
          one.put("python_full_version", python);
          one.put("python_version", python.substring(0, python.lastIndexOf('.')));
          one.put("implementation_version", python);
          one.put("os_name", host[0]);
          one.put("sys_platform", host[1]);
          one.put("platform_system", host[2]);
          one.put("platform_machine", host[3]);
          one.put("platform_release", "6.1");
          one.put("platform_version", "1");
          one.put("platform_python_implementation", implementation);
          one.put("implementation_name", implementation.toLowerCase(java.util.Locale.ROOT));
          one.put("extra", "");
          out.add(one);
        }
      }
    }
    return out;
  }

  private static Set<String> written(SlimForm form, Map<String, String> environment) {
    Set<String> out = new TreeSet<>();
    for (String line : Plans.requirements(form, FILE)) {
      if (line.startsWith("-") || line.startsWith(".")) {
        continue;
      }
      Requirement requirement = Requirement.parse(line);
      @Nullable Marker marker = requirement.marker();
      if (marker == null || marker.holds(environment, Map.of())) {
        out.add(
            requirement.normalizedName()
                + (requirement.url() == null ? " " + requirement.specifier() : " @"));
      }
    }
    return out;
  }

  /// The raw tables of a lock.
  private static final class Walk {
    private final boolean uv;
    private final Tree.Mapping root;
    private final List<Tree.Mapping> entries = new ArrayList<>();
    private final List<DeclaredDependency> declared;
    private final Set<String> dropped;
    private final String project;

    Walk(String kind, Plans plans, Set<String> dropped) throws SyntaxException {
      this.uv = kind.equals("uv");
      this.dropped = dropped;
      this.root = Toml.parse(plans.files().file(kind + ".lock").bytes());
      this.declared =
          new PyprojectToml()
              .read(plans.files().file("pyproject.toml"), plans.files())
              .dependencies();
      @Nullable String name = PyprojectToml.projectName("pyproject.toml", plans.files());
      this.project = Ecosystem.PYPI.normalize(String.valueOf(name));
      for (Tree item : list(root.get("package"))) {
        entries.add((Tree.Mapping) item);
      }
    }

    boolean supports(Map<String, String> environment) {
      Tree.@Nullable Mapping metadata = root.mapping("metadata");
      @Nullable String text =
          uv
              ? root.string("requires-python")
              : metadata == null ? null : metadata.string("python-versions");
      @Nullable PoetryConstraint versions = text == null ? null : PoetryConstraint.parse(text);
      return versions == null
          || versions.allows(String.valueOf(environment.get("python_full_version")));
    }

    Set<String> reached(Map<String, String> environment) {
      Deque<String> waiting = new ArrayDeque<>();
      Set<String> seen = new TreeSet<>();
      if (uv) {
        for (int i = 0; i < entries.size(); i++) {
          Tree.@Nullable Mapping source = entries.get(i).mapping("source");
          boolean own =
              source != null
                  && (".".equals(source.string("editable"))
                      || ".".equals(source.string("virtual")));
          if (own) {
            follow(entries.get(i).get("dependencies"), environment, "", true, waiting, seen);
          }
        }
      } else {
        declared.forEach(one -> start(one, environment, waiting, seen));
      }
      while (!waiting.isEmpty()) {
        String[] place = waiting.remove().split("\\|", -1);
        Tree.Mapping entry = entries.get(Integer.parseInt(place[0]));
        if (uv) {
          Tree.@Nullable Mapping extras = entry.mapping("optional-dependencies");
          @Nullable Tree needs =
              place[1].isEmpty()
                  ? entry.get("dependencies")
                  : extras == null ? null : extras.get(place[1]);
          follow(needs, environment, place[1], false, waiting, seen);
        } else {
          followPoetry(entry, environment, place[1], waiting, seen);
        }
      }
      Set<String> out = new TreeSet<>();
      for (String place : seen) {
        Tree.Mapping entry = entries.get(Integer.parseInt(place.split("\\|", -1)[0]));
        Tree.@Nullable Mapping source = entry.mapping("source");
        boolean folder =
            source != null
                && (source.get("editable") != null
                    || source.get("virtual") != null
                    || source.get("directory") != null
                    || "directory".equals(source.string("type")));
        boolean address =
            source != null
                && (source.get("git") != null
                    || (source.get("url") != null && !"legacy".equals(source.string("type"))));
        String name = Ecosystem.PYPI.normalize(String.valueOf(entry.string("name")));
        if (!folder) {
          out.add(address ? name + " @" : name + " ==" + entry.string("version"));
        }
      }
      return out;
    }

    private void start(
        DeclaredDependency one,
        Map<String, String> environment,
        Deque<String> waiting,
        Set<String> seen) {
      boolean holds =
          one.marker() == null || Marker.parse(one.marker()).holds(environment, Map.of());
      String name = Ecosystem.PYPI.normalize(one.name());
      if (one.scope() == Scope.RUNTIME && holds && !dropped.contains(name)) {
        for (int i = 0; i < entries.size(); i++) {
          if (Ecosystem.PYPI
              .normalize(String.valueOf(entries.get(i).string("name")))
              .equals(name)) {
            reach(i, one.extras(), environment, waiting, seen);
          }
        }
      }
    }

    private void follow(
        @Nullable Tree needs,
        Map<String, String> environment,
        String extra,
        boolean first,
        Deque<String> waiting,
        Set<String> seen) {
      Map<String, String> with = new HashMap<>(environment);
      with.put("extra", extra);
      for (Tree item : list(needs)) {
        Tree.Mapping need = (Tree.Mapping) item;
        @Nullable String marker = need.string("marker");
        String name = String.valueOf(need.string("name"));
        if ((first && dropped.contains(name))
            || (marker != null && !Marker.parse(marker).holds(with, Map.of()))) {
          continue;
        }
        for (int i = 0; i < entries.size(); i++) {
          Tree.Mapping entry = entries.get(i);
          @Nullable String version = need.string("version");
          if (name.equals(entry.string("name"))
              && (version == null || version.equals(entry.string("version")))) {
            @Nullable Tree extras = need.get("extra");
            reach(
                i,
                extras instanceof Tree.Sequence names ? names.strings() : List.of(),
                environment,
                waiting,
                seen);
          }
        }
      }
    }

    private void followPoetry(
        Tree.Mapping entry,
        Map<String, String> environment,
        String extra,
        Deque<String> waiting,
        Set<String> seen) {
      Tree.@Nullable Mapping needs = entry.mapping("dependencies");
      Map<String, String> with = new HashMap<>(environment);
      with.put("extra", extra);
      for (Tree.Member need : needs == null ? List.<Tree.Member>of() : needs.members()) {
        for (PoetryRequest request : PoetryRequest.of(need.value())) {
          Tree.@Nullable Mapping table = request.table();
          @Nullable String marker = table == null ? null : table.string("markers");
          boolean optional = request.optional();
          if (optional == extra.isEmpty()
              || (optional && !inExtra(entry, extra, need.name()))
              || (marker != null && !Marker.parse(marker).holds(with, Map.of()))) {
            continue;
          }
          for (int i = 0; i < entries.size(); i++) {
            if (Ecosystem.PYPI
                    .normalize(String.valueOf(entries.get(i).string("name")))
                    .equals(Ecosystem.PYPI.normalize(need.name()))
                && request.allows(entries.get(i).string("version"))) {
              reach(i, List.copyOf(request.extras()), environment, waiting, seen);
            }
          }
        }
      }
    }

    private static boolean inExtra(Tree.Mapping entry, String extra, String name) {
      Tree.@Nullable Mapping extras = entry.mapping("extras");
      for (Tree.Member one : extras == null ? List.<Tree.Member>of() : extras.members()) {
        if (Ecosystem.PYPI.normalize(one.name()).equals(extra)) {
          for (String text : ((Tree.Sequence) one.value()).strings()) {
            String bare = text.replaceAll("[\\s(\\[;<>=!~].*", "");
            if (Ecosystem.PYPI.normalize(bare).equals(Ecosystem.PYPI.normalize(name))) {
              return true;
            }
          }
        }
      }
      return false;
    }

    private void reach(
        int index,
        List<String> extras,
        Map<String, String> environment,
        Deque<String> waiting,
        Set<String> seen) {
      Tree.Mapping entry = entries.get(index);
      @Nullable String own = entry.string("markers");
      if (project.equals(entry.string("name"))
          || (own != null && !Marker.parse(own).holds(environment, Map.of()))) {
        return;
      }
      List<String> all = new ArrayList<>(List.of(""));
      extras.forEach(extra -> all.add(Ecosystem.PYPI.normalize(extra)));
      for (String extra : all) {
        if (seen.add(index + "|" + extra)) {
          waiting.add(index + "|" + extra);
        }
      }
    }

    private static List<Tree> list(@Nullable Tree tree) {
      return tree instanceof Tree.Sequence sequence ? sequence.items() : List.of();
    }
  }
}

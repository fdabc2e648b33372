package dev.depslim.ecosystem.python;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.depslim.Conformance;
import dev.depslim.ecosystem.LockfileReader;
import dev.depslim.graph.LockScopes;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.Lockfile;
import dev.depslim.model.Scope;
import dev.depslim.model.Severity;
import dev.depslim.syntax.Json;
import dev.depslim.syntax.Toml;
import dev.depslim.syntax.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Compares every lock of a folder with what an independent reader says of it: format, packages
/// with version, dev and optional, own packages, direct names by scope, and sizes.
class LockConformanceTest {
  @Test
  void everyUvLockIsReadExactly() throws IOException {
    compareAll("uv", new UvLock());
  }

  @Test
  void everyPoetryLockIsReadExactly() throws IOException {
    compareAll("poetry", new PoetryLock());
  }

  @Test
  void everyPdmLockIsReadExactly() throws IOException {
    compareAll("pdm", new PdmLock());
  }

  @Test
  void everyPipfileLockIsReadExactly() throws IOException {
    compareAll("pipfile", new PipfileLock());
  }

  @Test
  void everyPylockIsReadExactly() throws IOException {
    compareAll("pylock", new PylockToml());
  }

  private static String fileName(String kind) {
    return switch (kind) {
      case "pipfile" -> "Pipfile.lock";
      case "pylock" -> "pylock.toml";
      default -> kind + ".lock";
    };
  }

  private static void compareAll(String kind, LockfileReader reader) throws IOException {
    Conformance suite = Conformance.of("locks/" + kind, "lock");
    List<Path> folders;
    try (Stream<Path> list = Files.list(Vectors.folder().resolve("locks").resolve(kind))) {
      folders = list.sorted().toList();
    }
    for (Path folder : folders) {
      String id = folder.getFileName().toString();
      suite.meet(id);
      Tree.Mapping expected =
          (Tree.Mapping) Json.parse(Files.readAllBytes(folder.resolve("expected.json")));
      MemoryFiles files = new MemoryFiles();
      for (String name : List.of("pyproject.toml", "Pipfile", fileName(kind))) {
        if (Files.exists(folder.resolve(name))) {
          files.with(name, Files.readAllBytes(folder.resolve(name)));
        }
      }
      Lockfile lock = reader.read(files.file(fileName(kind)), files);
      try {
        if (Vectors.isError(expected)) {
          assertEquals(List.of(), lock.packages());
          assertEquals(
              List.of(Severity.ERROR), lock.issues().stream().map(i -> i.severity()).toList());
          assertTrue(lock.issues().getFirst().location().line() > 0, "the error has a line");
        } else {
          compare(expected, lock, kind, pdmGroups(kind, files));
        }
      } catch (AssertionError e) {
        suite.miss(id, String.valueOf(e.getMessage()));
      }
    }
    suite.settle();
  }

  private static String groups(String kind, Tree.Mapping row) {
    return kind.equals("pdm") ? " groups=" + new TreeSet<>(strings(row, "groups")) : "";
  }

  /// Name and version → groups, as the reader of the format takes them from each entry.
  private static Map<String, TreeSet<String>> pdmGroups(String kind, MemoryFiles files) {
    Map<String, TreeSet<String>> out = new TreeMap<>();
    if (kind.equals("pdm")) {
      Tree.Mapping root = Toml.parse(files.file("pdm.lock").bytes());
      for (Tree item : list(root, "package")) {
        Tree.Mapping entry = Vectors.mapping(item);
        out.computeIfAbsent(
                entry.string("name") + " " + entry.string("version"), _ -> new TreeSet<>())
            .addAll(PdmLock.groups(entry));
      }
    }
    return out;
  }

  private static void compare(
      Tree.Mapping expected, Lockfile lock, String kind, Map<String, TreeSet<String>> groups) {
    assertEquals(
        List.of(),
        lock.issues().stream().filter(i -> i.severity() == Severity.ERROR).toList(),
        "issues");
    assertEquals(Vectors.textOrNull(expected.get("format")), lock.format(), "format");
    Map<String, String> wanted = new TreeMap<>();
    for (Tree row : list(expected, "packages")) {
      Tree.Mapping one = Vectors.mapping(row);
      wanted.put(
          Vectors.text(one.get("name")) + " " + Vectors.textOrNull(one.get("version")),
          "dev="
              + Vectors.textOrNull(one.get("dev"))
              + " optional="
              + Vectors.textOrNull(one.get("optional"))
              + groups(kind, one));
    }
    LockScopes scopes = LockScopes.of(lock);
    Map<String, @Nullable Scope> best = new TreeMap<>();
    TreeSet<String> own = new TreeSet<>();
    long bytes = 0;
    for (int i = 0; i < lock.packages().size(); i++) {
      Lockfile.Node node = lock.packages().get(i);
      if (!node.origin().isThirdParty()) {
        own.add(node.name());
        continue;
      }
      String key = node.name() + " " + node.version();
      @Nullable Scope scope = kind.equals("uv") ? scopes.scope(i) : node.declared();
      best.merge(key, scope == null ? Scope.PEER : scope, LockConformanceTest::stronger);
      bytes += node.compressedBytes() == null ? 0 : node.compressedBytes();
    }
    Map<String, String> found = new TreeMap<>();
    best.forEach((key, scope) -> found.put(key, flags(scope, kind, lock)));
    if (kind.equals("pdm")) {
      groups.forEach((key, names) -> found.merge(key, " groups=" + names, String::concat));
    }
    assertEquals(wanted, found, "packages");
    if (kind.equals("uv") || kind.equals("pylock")) {
      assertEquals(new TreeSet<>(strings(expected, "ownPackages")), own, "own packages");
    }
    if (kind.equals("uv")) {
      long largest = Long.parseLong(Vectors.text(expected.get("largestFilesBytes")));
      assertEquals(largest > 0, bytes > 0, "sizes of " + largest + " bytes at most");
      direct(expected, lock);
    }
  }

  /// PEER stands for "nothing is said".
  private static Scope stronger(Scope a, Scope b) {
    List<Scope> order = List.of(Scope.RUNTIME, Scope.OPTIONAL, Scope.DEV, Scope.PEER);
    return order.indexOf(a) < order.indexOf(b) ? a : b;
  }

  private static String flags(@Nullable Scope scope, String kind, Lockfile lock) {
    boolean silent = scope == Scope.PEER || scope == null;
    if (kind.equals("pylock")) {
      return "dev=null optional=null"; // that it tells by its markers is tested elsewhere
    }
    if (kind.equals("pdm") || kind.equals("pipfile")) {
      return "dev=" + (scope == Scope.DEV) + " optional=null";
    }
    if (kind.equals("poetry")) {
      return "dev="
          + (silent ? null : scope == Scope.DEV)
          + " optional="
          + (scope == Scope.OPTIONAL);
    }
    return "dev="
        + (lock.roots().isEmpty() ? null : scope == Scope.DEV)
        + " optional="
        + (lock.roots().isEmpty() ? null : scope == Scope.OPTIONAL);
  }

  private static void direct(Tree.Mapping expected, Lockfile lock) {
    Map<String, TreeSet<String>> wanted = new TreeMap<>();
    Tree.Mapping byScope = Vectors.mapping(Vectors.present(expected.get("directByScope")));
    for (Tree.Member member : byScope.members()) {
      wanted.put(member.name(), new TreeSet<>(((Tree.Sequence) member.value()).strings()));
    }
    Map<String, TreeSet<String>> found = new TreeMap<>();
    for (String name : List.of("dev", "optional", "prod")) {
      found.put(name, new TreeSet<>());
    }
    for (Lockfile.Root root : lock.roots()) {
      for (Lockfile.Direct one : root.direct()) {
        String key = one.scope() == Scope.RUNTIME ? "prod" : one.scope().id();
        TreeSet<String> names = found.get(key);
        assertTrue(names != null, key);
        names.add(Ecosystem.PYPI.normalize(one.name()));
      }
    }
    assertEquals(wanted, found, "direct by scope");
  }

  private static List<Tree> list(Tree.Mapping map, String name) {
    Tree.@Nullable Sequence list = map.sequence(name);
    return list == null ? List.of() : list.items();
  }

  private static List<String> strings(Tree.Mapping map, String name) {
    Tree.@Nullable Sequence list = map.sequence(name);
    return list == null ? List.of() : list.strings();
  }
}

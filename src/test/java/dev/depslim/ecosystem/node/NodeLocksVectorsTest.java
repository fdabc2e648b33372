package dev.depslim.ecosystem.node;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.depslim.Conformance;
import dev.depslim.ecosystem.LockfileReader;
import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.ecosystem.SourceFile;
import dev.depslim.graph.LockScopes;
import dev.depslim.model.Lockfile;
import dev.depslim.model.Lockfile.Node;
import dev.depslim.model.Origin;
import dev.depslim.model.Scope;
import dev.depslim.model.Severity;
import dev.depslim.syntax.Json;
import dev.depslim.syntax.Tree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// The locks of pnpm among the conformance vectors: names, versions, flags, direct dependencies,
/// own packages, format and unreadable files of all.
class NodeLocksVectorsTest {
  /// Direct names whose target is in no entry of the lock: cut or mistyped by hand. They are an
  /// issue and no edge.
  private static final Map<String, List<String>> WITHOUT_ENTRY =
      Map.of(
          "pnpm-pnpm11-lockfile-fs-test-fixtures-2", List.of("foo"),
          "pnpm-pnpm11-utils-assert-store-test-fixture-project", List.of("is-positive"),
          "scalibr-commits", List.of("my-bitbucket-package"),
          "scalibr-exotic", List.of("@typescript-eslint/types"),
          "scalibr-multiple-versions-v9", List.of("aws-sdk"),
          "scalibr-peer-dependencies-advanced", List.of("typescript"));

  @Test
  void everyPnpmLockReadsAsExpected() throws IOException {
    compareAll("pnpm", new PnpmLock());
  }

  @Test
  void everyLockOfYarnOneReadsAsExpected() throws IOException {
    compareAll("yarn-classic", new YarnLock());
  }

  @Test
  void everyLockOfLaterYarnReadsAsExpected() throws IOException {
    compareAll("yarn-berry", new YarnLock());
  }

  @Test
  void everyBunLockReadsAsExpected() throws IOException {
    compareAll("bun", new BunLock());
  }

  private static void compareAll(String kind, LockfileReader reader) throws IOException {
    Conformance suite = Conformance.of("locks/" + kind, "lock");
    for (Path folder : folders(kind)) {
      Tree.Mapping expected =
          (Tree.Mapping) Json.parse(Files.readAllBytes(folder.resolve("expected.json")));
      Folder files = new Folder(folder);
      String name = String.valueOf(expected.string("lock"));
      assertTrue(reader.reads(name, files), folder + " is not read");
      Lockfile lock =
          reader.read(new SourceFile(name, Files.readAllBytes(folder.resolve(name))), files);
      List<String> wrong = new ArrayList<>();
      String id = folder.getFileName().toString();
      compare(wrong, id, expected, lock);
      suite.meet(id);
      wrong.forEach(how -> suite.miss(id, how));
    }
    suite.settle();
  }

  private static void compare(List<String> wrong, String id, Tree.Mapping expected, Lockfile lock) {
    boolean hasError = lock.issues().stream().anyMatch(i -> i.severity() == Severity.ERROR);
    check(wrong, id + " error", expected.get("error") != null, hasError);
    if (expected.get("error") != null) {
      check(wrong, id + " line", true, lock.issues().getFirst().location().line() > 0);
      return;
    }
    check(wrong, id + " format", number(text(expected.get("format"))), number(lock.format()));
    check(wrong, id + " packages", packagesExpected(expected), packages(expected, lock));
    check(wrong, id + " flags", flagsExpected(expected), flags(expected, lock));
    if (expected.get("direct") instanceof Tree.Sequence direct) {
      TreeSet<String> names = new TreeSet<>(direct.strings());
      names.removeAll(WITHOUT_ENTRY.getOrDefault(id, List.of()));
      check(wrong, id + " direct", names, direct(lock));
    }
    if (expected.get("ownPackages") instanceof Tree.Sequence own) {
      TreeSet<String> wanted = new TreeSet<>();
      for (Tree item : own.items()) {
        wanted.add(String.valueOf(((Tree.Mapping) item).string("name")));
      }
      TreeSet<String> ours = new TreeSet<>();
      for (Node node : lock.packages()) {
        if (node.origin() == Origin.WORKSPACE) {
          ours.add(node.name());
        }
      }
      check(wrong, id + " own", wanted, ours);
    }
  }

  /// `5` and `5.0` are one format; a lock without one has format 0 in the vectors of pnpm.
  private static String number(@Nullable String format) {
    if (format == null || format.equals("0.0") || format.equals("null")) {
      return "none";
    }
    return format.endsWith(".0") ? format.substring(0, format.length() - 2) : format;
  }

  private static TreeSet<String> direct(Lockfile lock) {
    TreeSet<String> names = new TreeSet<>();
    lock.roots().forEach(root -> root.direct().forEach(one -> names.add(one.name())));
    return names;
  }

  private static TreeSet<String> packagesExpected(Tree.Mapping expected) {
    TreeSet<String> out = new TreeSet<>();
    for (Tree.Mapping row : rows(expected)) {
      out.add(key(row));
    }
    return out;
  }

  private static TreeSet<String> packages(Tree.Mapping expected, Lockfile lock) {
    TreeSet<String> out = new TreeSet<>();
    for (Node node : lock.packages()) {
      if (node.origin().isThirdParty()) {
        out.add(node.name() + " " + node.version());
      }
    }
    return out;
  }

  private static Map<String, String> flagsExpected(Tree.Mapping expected) {
    Map<String, String> out = new TreeMap<>();
    for (Tree.Mapping row : rows(expected)) {
      if (!text(row.get("dev")).equals("null")) {
        out.put(key(row), "dev=" + text(row.get("dev")) + " optional=" + text(row.get("optional")));
      }
    }
    return out;
  }

  private static Map<String, String> flags(Tree.Mapping expected, Lockfile lock) {
    LockScopes scopes = LockScopes.of(lock);
    Map<String, boolean[]> all = new TreeMap<>();
    for (int i = 0; i < lock.packages().size(); i++) {
      Node node = lock.packages().get(i);
      if (node.origin().isThirdParty()) {
        boolean[] flags =
            all.computeIfAbsent(
                node.name() + " " + node.version(), _ -> new boolean[] {true, true});
        Scope declared = node.declared();
        // formats that state flags are held to them, the others to what their edges say
        // what nothing reaches is not installed for production either
        boolean dev = scopes.onlyDev(i) || scopes.scope(i) == null;
        flags[0] &= declared == null ? dev : declared == Scope.DEV;
        flags[1] &= declared == null ? scopes.onlyOptional(i) : declared == Scope.OPTIONAL;
      }
    }
    Map<String, String> out = new TreeMap<>();
    Map<String, String> wanted = flagsExpected(expected);
    all.forEach((key, flags) -> {
      if (wanted.containsKey(key)) {
        out.put(key, "dev=" + flags[0] + " optional=" + flags[1]);
      }
    });
    return out;
  }

  private static List<Tree.Mapping> rows(Tree.Mapping expected) {
    Tree.Sequence packages = expected.sequence("packages");
    return packages == null
        ? List.of()
        : packages.items().stream().map(Tree.Mapping.class::cast).toList();
  }

  private static String key(Tree.Mapping row) {
    return text(row.get("name")) + " " + text(row.get("version"));
  }

  private static String text(@Nullable Tree tree) {
    return tree instanceof Tree.Scalar scalar ? scalar.text() : "null";
  }

  private static List<Path> folders(String kind) throws IOException {
    String vectors = System.getenv("DEPSLIM_VECTORS");
    Assumptions.assumeTrue(
        vectors != null, "DEPSLIM_VECTORS is not set: the folder of the conformance vectors");
    try (Stream<Path> all = Files.list(Path.of(vectors, "locks", kind))) {
      return all.sorted().toList();
    }
  }

  private static void check(List<String> wrong, String what, Object expected, Object actual) {
    if (!expected.equals(actual)) {
      wrong.add(what + ": " + difference(expected, actual));
    }
  }

  private static String difference(Object expected, Object actual) {
    if (expected instanceof Map<?, ?> all && actual instanceof Map<?, ?> ours) {
      return difference(new TreeSet<>(entries(all)), new TreeSet<>(entries(ours)));
    }
    if (expected instanceof TreeSet<?> all && actual instanceof TreeSet<?> ours) {
      List<Object> missing = new ArrayList<>(all);
      missing.removeAll(ours);
      List<Object> surplus = new ArrayList<>(ours);
      surplus.removeAll(all);
      return "missing " + missing + ", surplus " + surplus;
    }
    return "expected " + expected + " but was " + actual;
  }

  private static List<String> entries(Map<?, ?> map) {
    return map.entrySet().stream().map(e -> e.getKey() + " " + e.getValue()).toList();
  }

  private record Folder(Path root) implements ProjectFiles {
    @Override
    public byte @Nullable [] read(String path) {
      try {
        return exists(path) ? Files.readAllBytes(root.resolve(path)) : null;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public boolean exists(String path) {
      return Files.isRegularFile(root.resolve(path));
    }
  }
}

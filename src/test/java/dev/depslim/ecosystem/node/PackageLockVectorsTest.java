package dev.depslim.ecosystem.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.depslim.Conformance;
import dev.depslim.ecosystem.ProjectFiles;
import dev.depslim.ecosystem.SourceFile;
import dev.depslim.graph.LockScopes;
import dev.depslim.model.Lockfile;
import dev.depslim.model.Origin;
import dev.depslim.model.Severity;
import dev.depslim.syntax.Json;
import dev.depslim.syntax.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// The locks of npm among the conformance vectors: names, versions, flags, own packages, direct
/// dependencies, format and unreadable files of all; flags recomputed over our own edges of those
/// whose flags agree with their edges.
class PackageLockVectorsTest {
  @Test
  void everyLockReadsAsExpected() throws IOException {
    Conformance suite = Conformance.of("locks/npm", "lock");
    for (Path folder : folders()) {
      Tree.Mapping expected = expected(folder);
      Lockfile lock = read(folder, expected);
      String id = folder.getFileName().toString();
      List<String> wrong = new ArrayList<>();
      compare(wrong, id, folder, expected, lock);
      suite.meet(id);
      wrong.forEach(how -> suite.miss(id, how));
    }
    suite.settle();
  }

  private static void compare(
      List<String> wrong, String id, Path folder, Tree.Mapping expected, Lockfile lock)
      throws IOException {
    if ("unreadable".equals(expected.string("error"))) {
      check(wrong, id + " packages", 0, lock.packages().size());
      check(wrong, id + " errors", 1, lock.issues().size());
      check(wrong, id + " severity", Severity.ERROR, lock.issues().getFirst().severity());
      return;
    }
    check(wrong, id + " issues", List.of(), lock.issues());
    String format = expected.get("format") instanceof Tree.Scalar scalar ? scalar.text() : "none";
    check(wrong, id + " format", format, String.valueOf(lock.format()));
    check(wrong, id + " own", ownExpected(expected), own(lock));
    check(wrong, id + " packages", packagesExpected(expected), packages(folder, expected));
    check(wrong, id + " entries", entriesExpected(expected), entries(folder, expected));
    checkDirect(wrong, id, expected, lock);
  }

  @Test
  void flagsFollowFromTheEdges() throws IOException {
    Conformance suite = Conformance.of("locks/npm", "flags recomputed");
    for (Path folder : folders()) {
      Tree.Mapping expected = expected(folder);
      if (!expected.isTrue("flagsRecomputed")) {
        continue;
      }
      List<String> wrong = new ArrayList<>();
      Lockfile lock = read(folder, expected);
      LockScopes scopes = LockScopes.of(lock);
      Map<String, Integer> byPath = new HashMap<>();
      for (int i = 0; i < lock.packages().size(); i++) {
        byPath.put(lock.packages().get(i).path(), i);
      }
      for (Tree item : sequence(expected, "entries").items()) {
        Tree.Mapping entry = (Tree.Mapping) item;
        String path = entry.string("path");
        Integer index = byPath.get(path);
        String at = folder.getFileName() + " " + path + " ";
        if (index == null) {
          wrong.add(at + "is missing");
          continue;
        }
        check(wrong, at + "reached", !entry.isTrue("extraneous"), scopes.scope(index) != null);
        if (entry.isTrue("extraneous")) {
          continue;
        }
        check(wrong, at + "dev", entry.isTrue("dev"), scopes.onlyDev(index));
        check(wrong, at + "optional", entry.isTrue("optional"), scopes.onlyOptional(index));
        check(wrong, at + "devOptional", entry.isTrue("devOptional"), scopes.devOrOptional(index));
      }
      String id = folder.getFileName().toString();
      suite.meet(id);
      wrong.forEach(how -> suite.miss(id, how));
    }
    suite.settle();
  }

  private static void checkDirect(
      List<String> wrong, String id, Tree.Mapping expected, Lockfile lock) {
    if (!(expected.get("direct") instanceof Tree.Sequence names)) {
      check(wrong, id + " roots", List.of(), lock.roots());
      return;
    }
    // what the lock lacks is direct to the vectors and no node of ours
    Set<String> inLock = new TreeSet<>();
    for (Tree entry : sequence(expected, "entries").items()) {
      inLock.add(((Tree.Mapping) entry).string("path"));
    }
    Set<String> declared = new TreeSet<>(names.strings());
    Set<String> ours = new TreeSet<>();
    for (Lockfile.Direct direct : lock.roots().getFirst().direct()) {
      ours.add(direct.name());
    }
    Set<String> missing = new TreeSet<>(declared);
    missing.removeAll(ours);
    check(wrong, id + " declared", true, declared.containsAll(ours));
    missing.removeIf(name -> !inLock.contains("node_modules/" + name));
    check(wrong, id + " direct but not seen", Set.of(), missing);
  }

  private static List<String> own(Lockfile lock) {
    return lock.packages().stream()
        .filter(node -> node.origin() == Origin.WORKSPACE)
        .map(node -> node.name() + " " + node.path() + " " + node.version())
        .sorted()
        .toList();
  }

  private static List<String> ownExpected(Tree.Mapping expected) {
    return rows(expected, "ownPackages", "name", "path", "version");
  }

  private static List<String> packagesExpected(Tree.Mapping expected) {
    return rows(expected, "packages", "name", "version", "dev", "optional");
  }

  private static List<String> packages(Path folder, Tree.Mapping expected) throws IOException {
    Map<String, boolean[]> flags = new HashMap<>();
    Lockfile lock = read(folder, expected);
    int index = 0;
    for (PackageLock.Copy copy : copies(folder, expected)) {
      Lockfile.Node node = lock.packages().get(index++);
      if (copy.own()) {
        continue;
      }
      assertEquals(copy.name(), node.name());
      String source = node.version() == null ? copy.resolved() : null;
      boolean[] all =
          flags.computeIfAbsent(
              node.name() + " " + node.version() + "|" + source, _ -> new boolean[] {true, true});
      all[0] &= copy.dev();
      all[1] &= copy.optional();
    }
    return flags.entrySet().stream()
        .map(e ->
            e.getKey().substring(0, e.getKey().lastIndexOf('|'))
                + " "
                + e.getValue()[0]
                + " "
                + e.getValue()[1])
        .sorted()
        .toList();
  }

  private static List<String> entries(Path folder, Tree.Mapping expected) throws IOException {
    return copies(folder, expected).stream()
        .filter(copy -> !copy.own())
        .map(copy ->
            String.join(
                " ",
                copy.path(),
                copy.name(),
                copy.version(),
                Boolean.toString(copy.dev()),
                Boolean.toString(copy.optional()),
                Boolean.toString(copy.devOptional()),
                Boolean.toString(copy.extraneous())))
        .sorted()
        .toList();
  }

  private static List<String> entriesExpected(Tree.Mapping expected) {
    return rows(
        expected,
        "entries",
        "path",
        "name",
        "version",
        "dev",
        "optional",
        "devOptional",
        "extraneous");
  }

  private static List<String> rows(Tree.Mapping expected, String key, String... fields) {
    List<String> rows = new ArrayList<>();
    for (Tree item : sequence(expected, key).items()) {
      Tree.Mapping row = (Tree.Mapping) item;
      List<String> cells = new ArrayList<>();
      for (String field : fields) {
        String text = row.get(field) instanceof Tree.Scalar scalar ? scalar.text() : "false";
        cells.add(text);
      }
      rows.add(String.join(" ", cells));
    }
    return rows.stream().sorted().toList();
  }

  private static Tree.Sequence sequence(Tree.Mapping expected, String key) {
    Tree.Sequence sequence = expected.sequence(key);
    return sequence == null ? new Tree.Sequence(List.of(), 0, 0) : sequence;
  }

  private static List<PackageLock.Copy> copies(Path folder, Tree.Mapping expected)
      throws IOException {
    return PackageLock.readInstalled(source(folder, expected)).copies();
  }

  private static Lockfile read(Path folder, Tree.Mapping expected) throws IOException {
    return new PackageLock().read(source(folder, expected), new Folder(folder));
  }

  private static SourceFile source(Path folder, Tree.Mapping expected) throws IOException {
    String name = expected.string("lock");
    assertTrue(name != null, folder + " names no lock");
    return new SourceFile(name, Files.readAllBytes(folder.resolve(name)));
  }

  private static Tree.Mapping expected(Path folder) throws IOException {
    return (Tree.Mapping) Json.parse(Files.readAllBytes(folder.resolve("expected.json")));
  }

  private static List<Path> folders() throws IOException {
    String vectors = System.getenv("DEPSLIM_VECTORS");
    Assumptions.assumeTrue(
        vectors != null, "DEPSLIM_VECTORS is not set: the folder of the conformance vectors");
    try (Stream<Path> all = Files.list(Path.of(vectors, "locks", "npm"))) {
      return all.sorted().toList();
    }
  }

  private static void check(List<String> wrong, String what, Object expected, Object actual) {
    if (expected instanceof List<?> all && actual instanceof List<?> ours) {
      List<Object> missing = new ArrayList<>(all);
      ours.forEach(missing::remove);
      List<Object> surplus = new ArrayList<>(ours);
      all.forEach(surplus::remove);
      if (!missing.isEmpty() || !surplus.isEmpty()) {
        wrong.add(what + ": missing " + missing + ", surplus " + surplus);
      }
    } else if (!expected.equals(actual)) {
      wrong.add(what + ": expected " + expected + " but was " + actual);
    }
  }

  private record Folder(Path root) implements ProjectFiles {
    @Override
    public byte @Nullable [] read(String path) {
      try {
        return exists(path) ? Files.readAllBytes(root.resolve(path)) : null;
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }

    @Override
    public boolean exists(String path) {
      return Files.isRegularFile(root.resolve(path));
    }
  }
}

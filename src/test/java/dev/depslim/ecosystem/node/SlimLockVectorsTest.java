package dev.depslim.ecosystem.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.depslim.syntax.Json;
import dev.depslim.syntax.JsonObject;
import dev.depslim.syntax.JsonText;
import dev.depslim.syntax.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// The locks of npm among the conformance vectors: flags follow from the tree, pruning takes
/// nothing that is needed, and what is left is accepted.
class SlimLockVectorsTest {
  private static final List<String> FLAGS =
      List.of("extraneous", "peer", "dev", "optional", "devOptional");

  @Test
  void flagsFollowFromTheTree() throws IOException {
    List<String> wrong = new ArrayList<>();
    int compared = 0;
    for (Path folder : folders()) {
      JsonObject packages = packages(folder);
      if (packages == null || !expected(folder).isTrue("flagsRecomputed")) {
        continue;
      }
      NpmTree tree = tree(packages, folder);
      for (NpmNode node : tree.nodes()) {
        JsonObject entry = packages.object(node.location);
        if (node.link || entry == null || !Locations.isInModules(node.location)) {
          continue; // of folders of the user the vectors say no flags
        }
        compared++;
        String stated = flags(entry);
        if (!stated.equals(flags(node)) && !differsInPeersOnly(entry, node)) {
          wrong.add(
              folder.getFileName() + " " + node.location + ": " + stated + ", " + flags(node));
        }
      }
    }
    assertEquals(List.of(), wrong);
    assertTrue(compared > 900, "only " + compared + " entries");
  }

  @Test
  void whereNothingGoesTheLockStaysAsItIs() throws IOException {
    int compared = 0;
    for (Path folder : folders()) {
      JsonText text = text(folder);
      JsonObject packages = packages(text);
      if (packages == null || !expected(folder).isTrue("flagsRecomputed")) {
        continue;
      }
      if (text.toString().contains("\"extraneous\"")) {
        continue; // what is superfluous goes even where nothing else does
      }
      NpmTree tree = tree(packages, folder);
      boolean settled =
          tree.nodes().stream()
              .allMatch(node ->
                  node.isRoot()
                      || node.link
                      || !node.extraneous
                          && flags(node).equals(flags(packages.object(node.location))));
      if (settled) {
        String before = text.toString();
        SlimLock.prune((JsonObject) text.root(), tree, Map.of(), true);
        assertEquals(before, text.toString(), folder.toString());
        compared++;
      }
    }
    assertTrue(compared > 20, "only " + compared + " locks");
  }

  @Test
  void prunedLocksAreAcceptedWhereTheOriginalIs() throws IOException {
    int accepted = 0;
    int mirrors = 0;
    for (Path folder : folders()) {
      JsonText text = text(folder);
      JsonObject packages = packages(text);
      if (packages == null || !LockValidation.of(tree(packages, folder)).isEmpty()) {
        continue;
      }
      Map<String, NpmMeta> manifests = new HashMap<>();
      for (NpmNode node : tree(packages, folder).nodes()) {
        if (node.isRoot() || !Locations.isInModules(node.location)) {
          manifests.put(node.location, withoutDevelopment(node.meta));
        }
      }
      NpmTree slim = NpmTree.of(packages, manifests, NpmSettings.NONE);
      DepFlags.compute(slim);
      JsonObject lock = (JsonObject) text.root();
      boolean mirrored =
          lock.get("dependencies") != null
              && LockMirror.placed(lock).equals(LockMirror.mirrored(lock));
      SlimLock.prune(lock, slim, manifests, true);
      if (mirrored) {
        mirrors++;
        assertEquals(LockMirror.placed(lock), LockMirror.mirrored(lock), folder.toString());
      }
      JsonText again = JsonText.parse(text.bytes());
      JsonObject pruned = packages(again);
      assertTrue(pruned != null);
      assertEquals(
          List.of(),
          LockValidation.of(NpmTree.of(pruned, manifests, NpmSettings.NONE)),
          folder.toString());
      assertEquals(List.of(), LockValidation.of(tree(pruned, folder)), folder.toString());
      NpmTree own = tree(pruned, folder);
      for (NpmNode node : own.nodes()) {
        NpmNode before = slim.at(node.location);
        assertTrue(before != null && !node.extraneous, folder + " " + node.location);
        assertEquals(flags(before), flags(node), folder + " " + node.location);
      }
      accepted++;
    }
    assertTrue(accepted > 40, "only " + accepted + " locks");
    assertTrue(mirrors > 20, "only " + mirrors + " locks with a mirror");
  }

  private static NpmMeta withoutDevelopment(NpmMeta meta) {
    return new NpmMeta(
        meta.name(),
        meta.version(),
        meta.dependencies(),
        meta.optional(),
        meta.peers(),
        meta.optionalPeers(),
        Map.of(),
        meta.accept(),
        meta.bundled(),
        meta.workspaces(),
        meta.overrides());
  }

  /// Versions of npm before 11 reckon peers otherwise, and take an optional peer for a requirement.
  private static boolean differsInPeersOnly(JsonObject entry, NpmNode node) {
    if (node.extraneous) {
      return entry.isTrue("peer") && entry.isTrue("optional");
    }
    return !entry.isTrue("extraneous")
        && entry.isTrue("dev") == node.dev
        && entry.isTrue("optional") == node.optional
        && entry.isTrue("devOptional") == node.devOptional;
  }

  private static String flags(@Nullable JsonObject entry) {
    return entry == null
        ? "no entry"
        : String.join(" ", FLAGS.stream().filter(entry::isTrue).toList());
  }

  /// As npm writes them: what nothing requires has no other flag.
  private static String flags(NpmNode node) {
    if (node.extraneous) {
      return "extraneous";
    }
    List<String> flags = new ArrayList<>();
    boolean[] set = {node.peer, node.dev, node.optional, node.devOptional};
    for (int i = 0; i < set.length; i++) {
      if (set[i]) {
        flags.add(FLAGS.get(i + 1));
      }
    }
    return String.join(" ", flags);
  }

  private static NpmTree tree(JsonObject packages, Path folder) throws IOException {
    NpmTree tree = NpmTree.of(packages, members(packages, folder), NpmSettings.NONE);
    DepFlags.compute(tree);
    return tree;
  }

  /// The user's folders as the lock describes them; their names are those of their package.json.
  private static Map<String, NpmMeta> members(JsonObject packages, Path folder) throws IOException {
    Map<String, NpmMeta> members = new HashMap<>();
    for (String location : packages.names()) {
      JsonObject entry = packages.object(location);
      if (!Locations.isInModules(location) && entry != null) {
        NpmMeta meta = NpmMeta.of(entry);
        Path manifest = folder.resolve(location).resolve("package.json");
        if (!Locations.isOutside(location) && Files.exists(manifest)) {
          JsonText text = JsonText.parse(Files.readAllBytes(manifest));
          meta = named(meta, NpmMeta.of((JsonObject) text.root()).name());
        }
        members.put(location, meta);
      }
    }
    return members;
  }

  private static NpmMeta named(NpmMeta meta, @Nullable String name) {
    return new NpmMeta(
        name == null ? meta.name() : name,
        meta.version(),
        meta.dependencies(),
        meta.optional(),
        meta.peers(),
        meta.optionalPeers(),
        meta.development(),
        meta.accept(),
        meta.bundled(),
        meta.workspaces(),
        meta.overrides());
  }

  private static @Nullable JsonObject packages(Path folder) throws IOException {
    return packages(text(folder));
  }

  private static @Nullable JsonObject packages(JsonText text) {
    return text.root() instanceof JsonObject lock ? lock.object("packages") : null;
  }

  private static JsonText text(Path folder) throws IOException {
    Tree.Mapping expected = expected(folder);
    if (expected.get("error") != null) {
      return JsonText.parse(new byte[] {'{', '}'});
    }
    return JsonText.parse(Files.readAllBytes(folder.resolve(expected.string("lock"))));
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
}

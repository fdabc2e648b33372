package dev.depslim.ecosystem.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.depslim.ecosystem.SourceFile;
import dev.depslim.graph.LockScopes;
import dev.depslim.model.Issue;
import dev.depslim.model.Lockfile;
import dev.depslim.model.Lockfile.Edge;
import dev.depslim.model.Lockfile.Node;
import dev.depslim.model.Origin;
import dev.depslim.model.Scope;
import dev.depslim.model.Severity;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class PackageLockTest {
  private static final String LOCK =
      """
      {
        "name": "shop",
        "lockfileVersion": 3,
        "packages": {
          "": {
            "name": "shop",
            "dependencies": { "a": "1", "alias": "npm:real@1", "both": "1" },
            "devDependencies": { "d": "1", "both": "1" },
            "optionalDependencies": { "o": "1" },
            "workspaces": ["apps/*"]
          },
          "apps/web": {
            "name": "@shop/web",
            "version": "0.1.0",
            "dependencies": { "b": "2" },
            "devDependencies": { "d": "1" }
          },
          "apps/web/node_modules/b": { "version": "2.0.0", "resolved": "https://npmjs.example/b/-/b-2.0.0.tgz" },
          "lib": { "version": "0.2.0", "dependencies": { "b": "1" } },
          "node_modules/@shop/web": { "resolved": "apps/web", "link": true },
          "node_modules/a": {
            "version": "1.0.0",
            "resolved": "https://npmjs.example/a/-/a-1.0.0.tgz",
            "dependencies": { "b": "1" },
            "peerDependencies": { "p": "1", "absent": "1" },
            "peerDependenciesMeta": { "absent": { "optional": true } }
          },
          "node_modules/a/node_modules/b": { "version": "1.5.0", "inBundle": true },
          "node_modules/alias": { "name": "real", "version": "1.0.0" },
          "node_modules/b": { "version": "1.0.0", "dev": true },
          "node_modules/both": { "version": "1.0.0", "dev": true },
          "node_modules/d": { "version": "1.0.0", "dev": true, "dependencies": { "b": "1", "lib": "file:lib" } },
          "node_modules/lib": { "resolved": "lib", "link": true },
          "node_modules/o": { "version": "1.0.0", "optional": true, "resolved": "git+ssh://git@git.example/o/o.git#0123" },
          "node_modules/p": { "version": "1.0.0", "peer": true, "resolved": "https://cdn.example/p.tgz" }
        }
      }
      """;

  @Test
  void everyCopyIsAPackageAndEveryFolderOfTheUserIsOwn() {
    Lockfile lock = read("package-lock.json", LOCK);
    assertEquals(List.of(), lock.issues());
    assertEquals("3", lock.format());
    assertEquals(
        List.of(
            "@shop/web 0.1.0 WORKSPACE RUNTIME apps/web",
            "b 2.0.0 REGISTRY RUNTIME apps/web/node_modules/b",
            "lib 0.2.0 WORKSPACE RUNTIME lib",
            "a 1.0.0 REGISTRY RUNTIME node_modules/a",
            "b 1.5.0 REGISTRY RUNTIME node_modules/a/node_modules/b",
            "real 1.0.0 REGISTRY RUNTIME node_modules/alias",
            "b 1.0.0 REGISTRY DEV node_modules/b",
            "both 1.0.0 REGISTRY DEV node_modules/both",
            "d 1.0.0 REGISTRY DEV node_modules/d",
            "o 1.0.0 GIT OPTIONAL node_modules/o",
            "p 1.0.0 URL RUNTIME node_modules/p"),
        lock.packages().stream()
            .map(n ->
                n.name()
                    + " "
                    + n.version()
                    + " "
                    + n.origin()
                    + " "
                    + n.declared()
                    + " "
                    + n.path())
            .toList());
    assertEquals(12, lock.packages().getFirst().line());
  }

  @Test
  void requirementsAreFoundByWalkingUp() {
    Lockfile lock = read("package-lock.json", LOCK);
    assertEquals(
        List.of("node_modules/a/node_modules/b RUNTIME", "node_modules/p PEER"),
        edges(lock, "node_modules/a"));
    assertEquals(List.of("node_modules/b RUNTIME", "lib RUNTIME"), edges(lock, "node_modules/d"));
    assertEquals(
        List.of("apps/web/node_modules/b RUNTIME", "node_modules/d DEV"), edges(lock, "apps/web"));
    assertEquals(List.of("node_modules/b RUNTIME"), edges(lock, "lib"));
  }

  @Test
  void theRootAndTheMembersOfTheWorkspaceAreRoots() {
    Lockfile lock = read("package-lock.json", LOCK);
    assertEquals(
        List.of(
            ": a node_modules/a RUNTIME dependencies",
            ": alias node_modules/alias RUNTIME dependencies",
            ": both node_modules/both DEV devDependencies",
            ": d node_modules/d DEV devDependencies",
            ": o node_modules/o OPTIONAL optionalDependencies",
            "apps/web: b apps/web/node_modules/b RUNTIME dependencies",
            "apps/web: d node_modules/d DEV devDependencies"),
        direct(lock));
  }

  @Test
  void scopesFollowFromTheEdges() {
    Lockfile lock = read("package-lock.json", LOCK);
    LockScopes scopes = LockScopes.of(lock);
    assertEquals(Scope.RUNTIME, scopes.scope(index(lock, "node_modules/p")));
    assertEquals(Scope.DEV, scopes.scope(index(lock, "node_modules/b")));
    assertEquals(Scope.DEV, scopes.scope(index(lock, "node_modules/both")));
    assertEquals(Scope.OPTIONAL, scopes.scope(index(lock, "node_modules/o")));
    assertTrue(scopes.isDirect(index(lock, "node_modules/d")));
    assertFalse(scopes.isDirect(index(lock, "node_modules/p")));
  }

  @Test
  void versionOneIsReadWithTheManifestBesideIt() {
    String text =
        """
        {
          "lockfileVersion": 1,
          "requires": true,
          "dependencies": {
            "a": {
              "version": "1.0.0",
              "requires": { "b": "^1.0.0", "o": "*" },
              "dependencies": { "b": { "version": "1.2.0", "bundled": true } }
            },
            "b": { "version": "2.0.0", "dev": true },
            "alias": { "version": "npm:@s/real@3.0.0" },
            "g": { "version": "github:owner/g#0123456" },
            "lib": { "version": "file:lib", "requires": { "b": "2" } },
            "o": { "version": "1.0.0", "optional": true },
            "t": { "version": "https://npmjs.example/t/-/t-1.1.1.tgz" },
            "v": { "version": "file:vendor/v-1.0.0.tgz" }
          }
        }
        """;
    Texts files =
        new Texts(
            Map.of(
                "app/package.json",
                "{\"dependencies\":{\"a\":\"1\"},\"devDependencies\":{\"b\":\"2\"}}"));
    Lockfile lock = new PackageLock().read(Texts.file("app/package-lock.json", text), files);
    assertEquals(List.of(), lock.issues());
    assertEquals(
        List.of(
            "a 1.0.0 REGISTRY RUNTIME",
            "b 1.2.0 REGISTRY RUNTIME",
            "b 2.0.0 REGISTRY DEV",
            "@s/real 3.0.0 REGISTRY RUNTIME",
            "g null GIT RUNTIME",
            "lib null WORKSPACE RUNTIME",
            "o 1.0.0 REGISTRY OPTIONAL",
            "t 1.1.1 REGISTRY RUNTIME",
            "v null FILE RUNTIME"),
        lock.packages().stream()
            .map(n -> n.name() + " " + n.version() + " " + n.origin() + " " + n.declared())
            .toList());
    assertEquals(
        List.of("node_modules/a/node_modules/b RUNTIME", "node_modules/o OPTIONAL"),
        edges(lock, "node_modules/a"));
    // npm writes what a linked folder develops with among its "requires", and flags it
    assertEquals(List.of("node_modules/b DEV"), edges(lock, "lib"));
    assertEquals(
        List.of(
            ": a node_modules/a RUNTIME dependencies", ": b node_modules/b DEV devDependencies"),
        direct(lock));
  }

  @Test
  void versionOneWithoutAManifestSaysNothingOfDirect() {
    Lockfile lock =
        read(
            "package-lock.json",
            "{\"lockfileVersion\":1,\"dependencies\":{\"a\":{\"version\":\"1.0.0\"}}}");
    assertEquals(List.of(), lock.roots());
    assertEquals(Scope.RUNTIME, LockScopes.of(lock).scope(0));
  }

  @Test
  void packagesWinOverTheirMirrorWhateverTheOrder() {
    String packages = "\"packages\":{\"\":{},\"node_modules/a\":{\"version\":\"2.0.0\"}}";
    String mirror =
        "\"dependencies\":{\"a\":{\"version\":\"1.0.0\"},\"b\":{\"version\":\"1.0.0\"}}";
    for (String text :
        List.of("{" + packages + "," + mirror + "}", "{" + mirror + "," + packages + "}")) {
      Lockfile lock = read("package-lock.json", text);
      assertEquals(List.of("2.0.0"), lock.packages().stream().map(Node::version).toList());
    }
  }

  @Test
  void theHiddenLockIsReadWithItsFlags() {
    String text =
        """
        {
          "name": "shop",
          "lockfileVersion": 3,
          "packages": {
            "node_modules/a": { "version": "1.0.0" },
            "node_modules/b": { "version": "1.0.0", "devOptional": true, "peer": true },
            "node_modules/c": { "version": "1.0.0", "extraneous": true }
          }
        }
        """;
    PackageLock.Installed installed =
        PackageLock.readInstalled(Texts.file("node_modules/.package-lock.json", text));
    assertEquals(List.of(), installed.issues());
    assertEquals(3, installed.copies().size());
    assertTrue(installed.copies().get(1).devOptional());
    assertTrue(installed.copies().get(1).peer());
    assertTrue(installed.copies().get(2).extraneous());
    assertFalse(installed.copies().get(0).dev());
  }

  @Test
  void aMergeConflictIsNamedAsSuch() {
    Lockfile lock =
        read("package-lock.json", "{\n<<<<<<< HEAD\n  \"lockfileVersion\": 3,\n=======\n}");
    assertEquals(List.of(), lock.packages());
    Issue issue = lock.issues().getFirst();
    assertEquals(Severity.ERROR, issue.severity());
    assertEquals(2, issue.location().line());
    assertTrue(issue.message().contains("merge conflict"), issue.message());
  }

  @Test
  void whatIsNoLockIsOneError() {
    for (String text :
        List.of(
            "",
            "not json",
            "[]",
            "{}",
            "{\"name\":\"x\"}",
            "{\"packages\":{",
            "{\"packages\":{}} }")) {
      Lockfile lock = read("package-lock.json", text);
      assertEquals(List.of(), lock.packages(), text);
      assertEquals(1, lock.issues().size(), text);
      assertEquals(Severity.ERROR, lock.issues().getFirst().severity(), text);
    }
  }

  @Test
  void anEntryThatIsNoObjectIsAnIssueAndTheRestCounts() {
    Lockfile lock =
        read(
            "package-lock.json",
            """
            {
              "lockfileVersion": 9,
              "packages": {
                "node_modules/a": "1.0.0",
                "node_modules/b": { "version": 1, "dependencies": ["x"] }
              }
            }
            """);
    assertEquals(List.of("b"), lock.packages().stream().map(Node::name).toList());
    assertNull(lock.packages().getFirst().version());
    assertEquals(
        List.of(
            "package-lock.json:2:22: warning: lockfileVersion 9 is not known: read like version 3",
            "package-lock.json:4:23: error: the entry \"node_modules/a\" must be an object; it does"
                + " not count"),
        lock.issues().stream().map(Issue::toString).toList());
  }

  @Test
  void ofAPathThatStandsTwiceTheLastEntryCounts() {
    Lockfile lock =
        read(
            "package-lock.json",
            "{\"packages\":{\"node_modules/a\":{\"version\":\"1.0.0\"},"
                + "\"node_modules/a\":{\"version\":\"2.0.0\"}}}");
    assertEquals(List.of("2.0.0"), lock.packages().stream().map(Node::version).toList());
  }

  @Test
  void aLinkToAFolderThatIsNotDescribedIsOwn() {
    Lockfile lock =
        read(
            "package-lock.json",
            "{\"packages\":{\"\":{\"dependencies\":{\"lib\":\"file:../lib\"}},"
                + "\"node_modules/lib\":{\"resolved\":\"../lib\",\"link\":true}}}");
    assertEquals(Origin.WORKSPACE, lock.packages().getFirst().origin());
    assertEquals(List.of(": lib ../lib RUNTIME dependencies"), direct(lock));
  }

  @Test
  void peersAreNoRequirementsWithLegacyPeerDeps() {
    Texts files = new Texts(Map.of(".npmrc", "audit=false\nlegacy-peer-deps = true\n"));
    Lockfile lock = new PackageLock().read(Texts.file("package-lock.json", LOCK), files);
    assertEquals(List.of("node_modules/a/node_modules/b RUNTIME"), edges(lock, "node_modules/a"));
    assertNull(LockScopes.of(lock).scope(index(lock, "node_modules/p")));
  }

  @Test
  void aRootWithVeryManyRequirementsKeepsTheLaterKind() {
    StringBuilder all = new StringBuilder();
    StringBuilder entries = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      all.append(i == 0 ? "" : ",").append("\"p").append(i).append("\":\"1\"");
      entries.append(",\"node_modules/p").append(i).append("\":{\"version\":\"1.0.0\"}");
    }
    Lockfile lock =
        read(
            "package-lock.json",
            "{\"packages\":{\"\":{\"devDependencies\":{\"p150\":\"1\"},\"dependencies\":{"
                + all
                + "}}"
                + entries
                + "}}");
    assertEquals(200, lock.roots().getFirst().direct().size());
    LockScopes scopes = LockScopes.of(lock);
    assertEquals(Scope.DEV, scopes.scope(index(lock, "node_modules/p150")));
    assertEquals(Scope.RUNTIME, scopes.scope(index(lock, "node_modules/p151")));
  }

  /// Cuts and changes bytes at random places; whatever comes out, reading it ends with a result.
  @Test
  void damagedTextNeverThrows() {
    long seed = 20_260_101L;
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    byte[] whole = LOCK.getBytes(StandardCharsets.UTF_8);
    for (int round = 0; round < 3_000; round++) {
      byte[] bytes = Arrays.copyOf(whole, 1 + random.nextInt(whole.length));
      bytes = random.nextBoolean() ? whole.clone() : bytes;
      for (int change = random.nextInt(4); change >= 0; change--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      String what = "seed " + seed + " round " + round;
      SourceFile file = new SourceFile("package-lock.json", bytes);
      Lockfile lock = new PackageLock().read(file, Texts.NONE);
      assertEquals(lock.packages().size(), PackageLock.readInstalled(file).copies().size(), what);
      LockScopes.of(lock);
      new PackageJson().read(new SourceFile("package.json", bytes), Texts.NONE);
    }
  }

  @Test
  void aShrinkwrapHidesTheLockBesideIt() {
    PackageLock reader = new PackageLock();
    Texts both = new Texts(Map.of("a/npm-shrinkwrap.json", "{}", "a/package-lock.json", "{}"));
    assertTrue(reader.reads("a/npm-shrinkwrap.json", both));
    assertFalse(reader.reads("a/package-lock.json", both));
    assertTrue(reader.reads("package-lock.json", both));
    assertFalse(reader.reads("my-package-lock.json", both));
  }

  private static Lockfile read(String path, String text) {
    return new PackageLock().read(Texts.file(path, text), Texts.NONE);
  }

  private static int index(Lockfile lock, String path) {
    for (int i = 0; i < lock.packages().size(); i++) {
      if (path.equals(lock.packages().get(i).path())) {
        return i;
      }
    }
    throw new AssertionError(path + " is not in the lock");
  }

  private static List<String> edges(Lockfile lock, String path) {
    List<String> out = new ArrayList<>();
    for (Edge edge : lock.packages().get(index(lock, path)).edges()) {
      out.add(lock.packages().get(edge.target()).path() + " " + edge.scope());
    }
    return out;
  }

  private static List<String> direct(Lockfile lock) {
    List<String> out = new ArrayList<>();
    for (Lockfile.Root root : lock.roots()) {
      for (Lockfile.Direct direct : root.direct()) {
        out.add(
            root.path()
                + ": "
                + direct.name()
                + " "
                + lock.packages().get(direct.target()).path()
                + " "
                + direct.scope()
                + " "
                + direct.group());
      }
    }
    return out;
  }
}

package dev.depslim.ecosystem.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.depslim.ecosystem.SourceFile;
import dev.depslim.model.Lockfile;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BunLockTest {
  private static final String LOCK =
      """
      {
        // a comment
        "lockfileVersion": 1,
        "workspaces": {
          "": {
            "name": "shop",
            "dependencies": { "a": "^1.0.0", "alias": "npm:@s/real@3", "web": "workspace:*" },
            "devDependencies": { "d": "1", },
            "optionalDependencies": { "o": "1" },
            "peerDependencies": { "p": "*", "absent": "*" },
            "optionalPeers": ["absent"],
          },
          "apps/web": {
            "name": "web",
            "version": "1.2.3",
            "dependencies": { "b": "^2.0.0" },
          },
        },
        "catalog": { "z": "1" },
        "packages": {
          "a": ["a@1.0.0", "", { "dependencies": { "@s/c": "1", "b": "^1.0.0" }, "peerDependencies": { "d": "*" }, "optionalPeers": ["d"] }, "sha512-x=="],
          "@s/c": ["@s/c@1.0.0", "", { "dependencies": { "b": "^3.0.0" } }, "sha512-x=="],
          "@s/c/b": ["b@3.0.0", "", {}, "sha512-x=="],
          "alias": ["@s/real@3.0.0", "", {}, "sha512-x=="],
          "b": ["b@1.0.0", "", {}, "sha512-x=="],
          "d": ["d@1.0.0", "", { "dependencies": { "repo": "github:o/repo" } }, "sha512-x=="],
          "o": ["o@1.0.0", "", { "os": "darwin" }, "sha512-x=="],
          "p": ["p@1.0.0", "", {}, "sha512-x=="],
          "repo": ["repo@github:o/repo#abc", {}, "o-repo-abc"],
          "web": ["web@workspace:apps/web"],
          "web/b": ["b@2.0.0", "", {}, "sha512-x=="],
        },
      }
      """;

  @Test
  void requirementsFindTheNearestCopy() {
    Lockfile lock = read(LOCK);
    assertEquals(List.of(), LockText.issues(lock));
    assertEquals("1", lock.format());
    assertEquals(
        List.of(
            ": a>a@1.0.0/runtime alias>@s/real@3.0.0/runtime web>web@1.2.3/runtime d>d@1.0.0/dev"
                + " o>o@1.0.0/optional p>p@1.0.0/peer",
            "apps/web: b>b@2.0.0/runtime"),
        LockText.roots(lock));
    assertEquals(List.of("b@3.0.0/runtime"), LockText.edges(lock, "@s/c"));
    assertEquals(List.of("b@2.0.0/runtime"), LockText.edges(lock, "web"));
  }

  @Test
  void scopesFollowFromTheEdges() {
    assertEquals(
        List.of(
            "@s/c 1.0.0 runtime",
            "@s/real 3.0.0 runtime",
            "a 1.0.0 runtime",
            "b 1.0.0 runtime",
            "b 2.0.0 runtime",
            "b 3.0.0 runtime",
            // bun installs an optional peer of what production needs where it is locked
            "d 1.0.0 optional",
            "o 1.0.0 optional",
            "p 1.0.0 runtime",
            "repo null optional git"),
        LockText.packages(read(LOCK)));
    assertEquals(List.of("web 1.2.3 at apps/web"), LockText.own(read(LOCK)));
  }

  @Test
  void oddEntriesAreNamedAndTheRestIsRead() {
    Lockfile lock =
        read(
            """
            {"lockfileVersion": "x", "workspaces": {"": {"dependencies": {"a": "1", "b": "1"}}},
             "packages": {"a": ["a@1.0.0", "", {}], "c": {}, "d": ["d"]}}
            """);
    assertEquals(
        List.of(
            "bun.lock:1: warning: the lock has no entry for b: bring it up to date with 'bun"
                + " install'",
            "bun.lock:1:21: warning: lockfileVersion is not a number: read by what the file"
                + " contains",
            "bun.lock:2:46: error: the entry \"c\" must be a list that begins with name@version; it"
                + " does not count: write it anew with 'bun install --lockfile-only'",
            "bun.lock:2:55: error: the entry \"d\" must be a list that begins with name@version; it"
                + " does not count: write it anew with 'bun install --lockfile-only'"),
        LockText.issues(lock));
    assertEquals(List.of("a 1.0.0 runtime"), LockText.packages(lock));
  }

  @Test
  void whatIsNoLockIsOneErrorWithItsPlace() {
    assertOneError("", "bun.lock:1:1: error: not valid JSON: the file is empty");
    assertOneError("{}", "bun.lock:1:1: error: not a lock file of bun");
    assertOneError("{\"packages\": {", "bun.lock:1:15: error: not valid JSON");
    assertOneError("{\0}", "bun.lock:1:");
    assertOneError(
        "{\n<<<<<<< HEAD\n}", "bun.lock:2:1: error: the lock has merge conflict markers");
  }

  @Test
  void truncatedLocksNeverFail() {
    byte[] whole = LOCK.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < whole.length; i++) {
      new BunLock().read(new SourceFile("bun.lock", Arrays.copyOf(whole, i)), Texts.NONE);
    }
  }

  @Test
  void theBinaryFormIsNamedWithItsRemedy() {
    SourceFile file = new SourceFile("app/bun.lockb", new byte[] {1, 2, 3});
    assertEquals(
        List.of(
            "app/bun.lockb: error: a binary lock file, which is not read: what it resolves is not"
                + " known; write it as text with 'bun install --save-text-lockfile'"),
        LockText.issues(new BunLockb().read(file, Texts.NONE)));
    assertEquals(
        List.of("app/bun.lockb: warning: bun.lock beside it is read instead: delete this file"),
        LockText.issues(new BunLockb().read(file, new Texts(Map.of("app/bun.lock", "{}")))));
  }

  private static void assertOneError(String text, String begins) {
    Lockfile lock = read(text);
    assertEquals(1, lock.issues().size());
    String message = lock.issues().getFirst().toString();
    assertTrue(message.startsWith(begins), message);
  }

  private static Lockfile read(String text) {
    return new BunLock().read(Texts.file("bun.lock", text), Texts.NONE);
  }
}

package dev.depslim.ecosystem.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.depslim.ecosystem.SourceFile;
import dev.depslim.model.Lockfile;
import dev.depslim.model.Scope;
import dev.depslim.model.Severity;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class PnpmLockTest {
  private static final String NINE =
      """
      lockfileVersion: '9.0'

      settings:
        autoInstallPeers: true

      overrides:
        d: 1.0.0

      importers:

        .:
          dependencies:
            a:
              specifier: ^1.0.0
              version: 1.0.0(p@2.0.0)
            alias:
              specifier: npm:@s/real@^3
              version: '@s/real@3.0.0'
            p:
              specifier: 'catalog:'
              version: 2.0.0
          devDependencies:
            d:
              specifier: 1.0.0
              version: 1.0.0
            shop-web:
              specifier: workspace:*
              version: link:apps/web

        apps/web:
          dependencies:
            archive:
              specifier: https://files.example/archive.tgz
              version: https://files.example/archive.tgz
            copied:
              specifier: file:../../lib
              version: file:lib(p@2.0.0)
            repo:
              specifier: github:o/repo
              version: https://codeload.github.com/o/repo/tar.gz/abc(patch_hash=12)
            shop-api:
              specifier: workspace:*
              version: file:apps/api
            outside:
              specifier: link:../../../other
              version: link:../../../other
          optionalDependencies:
            o:
              specifier: ^1.0.0
              version: 1.0.0

        apps/api: {}

      packages:

        '@s/real@3.0.0':
          resolution: {integrity: sha512-x==}

        a@1.0.0:
          resolution: {integrity: sha512-x==}
          peerDependencies:
            p: '*'

        archive@https://files.example/archive.tgz:
          resolution: {tarball: https://files.example/archive.tgz}
          version: 0.5.0

        b@1.0.0:
          resolution: {integrity: sha512-x==}

        copied@file:lib:
          resolution: {directory: lib, type: directory}

        d@1.0.0:
          resolution: {integrity: sha512-x==}

        o@1.0.0:
          resolution: {integrity: sha512-x==}

        p@2.0.0:
          resolution: {integrity: sha512-x==}

        repo@https://codeload.github.com/o/repo/tar.gz/abc:
          resolution: {tarball: https://codeload.github.com/o/repo/tar.gz/abc}
          version: 0.1.0

        shop-api@file:apps/api:
          resolution: {directory: apps/api, type: directory}

      snapshots:

        '@s/real@3.0.0': {}

        a@1.0.0(p@2.0.0):
          dependencies:
            b: 1.0.0
            p: 2.0.0

        archive@https://files.example/archive.tgz: {}

        b@1.0.0: {}

        copied@file:lib(p@2.0.0):
          dependencies:
            p: 2.0.0

        d@1.0.0:
          optionalDependencies:
            o: 1.0.0

        o@1.0.0: {}

        p@2.0.0: {}

        repo@https://codeload.github.com/o/repo/tar.gz/abc(patch_hash=12): {}

        shop-api@file:apps/api: {}
      """;

  @Test
  void everyImporterIsARoot() {
    Lockfile lock = read(NINE);
    assertEquals(List.of(), LockText.issues(lock));
    assertEquals("9.0", lock.format());
    assertEquals(
        List.of(
            ": a>a@1.0.0/runtime alias>@s/real@3.0.0/runtime p>p@2.0.0/runtime d>d@1.0.0/dev"
                + " shop-web>@shop/web@1.2.3/dev",
            "apps/web: archive>archive@0.5.0/runtime copied>copied@4.0.0/runtime"
                + " repo>repo@0.1.0/runtime shop-api>shop-api@null/runtime"
                + " outside>other@null/runtime o>o@1.0.0/optional",
            "apps/api:"),
        LockText.roots(lock));
  }

  @Test
  void whatIsLinkedOrAProjectIsTheUsersOwn() {
    assertEquals(
        List.of(
            "@shop/web 1.2.3 at apps/web",
            "api null at apps/api",
            "other null at ../other",
            "shop-api null at null"),
        LockText.own(read(NINE)));
  }

  @Test
  void scopesFollowFromTheEdges() {
    assertEquals(
        List.of(
            "@s/real 3.0.0 runtime",
            "a 1.0.0 runtime",
            "archive 0.5.0 runtime url",
            "b 1.0.0 runtime",
            "copied 4.0.0 runtime file",
            "d 1.0.0 dev",
            "o 1.0.0 optional",
            "p 2.0.0 runtime",
            "repo 0.1.0 runtime git"),
        LockText.packages(read(NINE)));
    assertEquals(List.of("b@1.0.0/runtime", "p@2.0.0/peer"), LockText.edges(read(NINE), "a"));
  }

  @Test
  void linesAreThoseOfTheEntries() {
    Lockfile lock = read(NINE);
    int line =
        lock.packages().stream()
            .filter(node -> node.name().equals("b"))
            .mapToInt(Lockfile.Node::line)
            .findFirst()
            .orElse(0);
    assertEquals("  b@1.0.0:", NINE.split("\n", -1)[line - 1]);
  }

  @Test
  void formatSixKeepsFlagsAndSlashes() {
    Lockfile lock =
        read(
            """
            lockfileVersion: '6.0'

            dependencies:
              a:
                specifier: ^1
                version: 1.0.0(@s/p@2.0.0)
              alias:
                specifier: npm:real@1
                version: /real@1.0.0
              repo:
                specifier: github:o/repo
                version: github.com/o/repo/abc

            devDependencies:
              '@s/p':
                specifier: '2'
                version: 2.0.0

            packages:

              /@s/p@2.0.0:
                resolution: {integrity: sha512-x==}
                dev: true

              /a@1.0.0(@s/p@2.0.0):
                resolution: {integrity: sha512-x==}
                peerDependencies:
                  '@s/p': '*'
                dependencies:
                  '@s/p': 2.0.0
                  b: npmjs.example/b@1.0.0
                dev: false

              npmjs.example/b@1.0.0:
                resolution: {integrity: sha512-x==}
                dev: false
                optional: true

              /real@1.0.0:
                resolution: {integrity: sha512-x==}
                dev: false

              github.com/o/repo/abc:
                resolution: {tarball: https://codeload.github.com/o/repo/tar.gz/abc}
                name: repo
                version: 0.1.0
                dev: false
            """);
    assertEquals(List.of(), LockText.issues(lock));
    assertEquals(
        List.of(
            "@s/p 2.0.0 runtime",
            "a 1.0.0 runtime",
            "b 1.0.0 runtime",
            "real 1.0.0 runtime",
            "repo 0.1.0 runtime git"),
        LockText.packages(lock));
    assertEquals(
        List.of(Scope.DEV, Scope.RUNTIME, Scope.OPTIONAL, Scope.RUNTIME, Scope.RUNTIME),
        lock.packages().stream().map(Lockfile.Node::declared).toList());
  }

  @Test
  void formatFiveSeparatesVersionsBySlashes() {
    Lockfile lock =
        read(
            """
            lockfileVersion: 5.4
            specifiers:
              a: ^1
              alias: npm:@s/real@1
              linked: link:../x
            dependencies:
              a: 1.0.0_p@2.0.0
              alias: /@s/real/1.0.0
              linked: link:../x
            packages:
              /@s/real/1.0.0:
                resolution: {integrity: sha512-x==}
                dev: false
              /a/1.0.0_p@2.0.0:
                resolution: {integrity: sha512-x==}
                dependencies:
                  p: 2.0.0
                bundledDependencies:
                - c
                dev: false
              /p/2.0.0:
                resolution: {integrity: sha512-x==}
                dev: false
            """);
    assertEquals(List.of(), LockText.issues(lock));
    assertEquals("5.4", lock.format());
    assertEquals(
        List.of("@s/real 1.0.0 runtime", "a 1.0.0 runtime", "p 2.0.0 runtime"),
        LockText.packages(lock));
    assertEquals(
        List.of(": a>a@1.0.0/runtime alias>@s/real@1.0.0/runtime linked>x@null/runtime"),
        LockText.roots(lock));
  }

  @Test
  void ofSeveralDocumentsTheLastIsThatOfTheProjects() {
    Lockfile lock =
        read(
            """
            ---
            lockfileVersion: '9.0'
            importers:
              .:
                packageManagerDependencies:
                  pnpm: {specifier: 11.0.0, version: 11.0.0}
            packages:
              pnpm@11.0.0:
                resolution: {integrity: sha512-x==}
            snapshots:
              pnpm@11.0.0: {}

            ---
            lockfileVersion: '9.0'
            importers:
              .:
                dependencies:
                  a: {specifier: 1.0.0, version: 1.0.0}
            packages:
              a@1.0.0:
                resolution: {integrity: sha512-x==}
            snapshots:
              a@1.0.0: {}
            """);
    assertEquals(List.of("a 1.0.0 runtime"), LockText.packages(lock));
    assertEquals(List.of(), LockText.issues(lock));
  }

  @Test
  void oddEntriesAreNamedAndTheRestIsRead() {
    Lockfile lock =
        read(
            """
            lockfileVersion: '9.0'
            importers:
              .:
                dependencies:
                  a: {specifier: 1.0.0, version: 1.0.0}
                  absent: {specifier: 1.0.0, version: 1.0.0}
                  empty: {specifier: 1.0.0}
              web: nothing
            packages: [1]
            snapshots:
              a@1.0.0: {}
              a@1.0.0: {}
              odd: {}
              list@1.0.0: [x]
            """);
    assertEquals(
        List.of(
            "pnpm-lock.yaml:6: warning: \"absent\" resolves to 1.0.0, for which the lock has no"
                + " entry: write it anew with 'pnpm install --lockfile-only'",
            "pnpm-lock.yaml:7:7: error: \"empty\" has no version; it does not count: write it anew"
                + " with 'pnpm install --lockfile-only'",
            "pnpm-lock.yaml:8:8: error: the entry \"web\" must be a mapping; it does not count:"
                + " write it anew with 'pnpm install --lockfile-only'",
            "pnpm-lock.yaml:9:11: error: \"packages\" must be a mapping; nothing in it counts:"
                + " write it anew with 'pnpm install --lockfile-only'",
            "pnpm-lock.yaml:11:3: warning: \"a@1.0.0\" stands here and again in line 12, which"
                + " counts; pnpm refuses the file: write it anew with 'pnpm install"
                + " --lockfile-only'",
            "pnpm-lock.yaml:13:3: error: the key \"odd\" tells no package and version; it does not"
                + " count: write the lock anew with 'pnpm install --lockfile-only'",
            "pnpm-lock.yaml:14:15: error: the entry \"list@1.0.0\" must be a mapping; it does not"
                + " count: write it anew with 'pnpm install --lockfile-only'"),
        LockText.issues(lock));
    assertEquals(List.of("a 1.0.0 runtime"), LockText.packages(lock));
  }

  @Test
  void whatIsNoLockIsOneErrorWithItsPlace() {
    assertOneError("this is no lock!", "pnpm-lock.yaml:1:1: error: not a lock file of pnpm");
    assertOneError("a: [b\n", "pnpm-lock.yaml:2:1: error: not valid YAML");
    assertOneError("a: b\n\0\n", "pnpm-lock.yaml:2:1: error: not valid YAML: the character U+0000");
    assertOneError(
        "lockfileVersion: '9.0'\n<<<<<<< HEAD\na: b\n=======\na: c\n>>>>>>> main\n",
        "pnpm-lock.yaml:2:1: error: the lock has merge conflict markers");
    assertOneError("a: " + "[".repeat(100_000), "pnpm-lock.yaml:1:");
    assertOneError(
        "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "pnpm-lock.yaml:2:8: error: not valid YAML");
  }

  @Test
  void truncatedAndChangedLocksNeverFail() {
    byte[] whole = NINE.getBytes(StandardCharsets.UTF_8);
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
    Assertions.assertTimeout(
        Duration.ofSeconds(30),
        () -> {
          for (int i = 0; i < whole.length; i += 3) {
            byte[] part = Arrays.copyOf(whole, i);
            read(part);
            byte[] changed = whole.clone();
            changed[i] = (byte) random.nextInt(256);
            read(changed);
          }
        });
  }

  private static void assertOneError(String text, String begins) {
    Lockfile lock = read(text);
    assertEquals(1, lock.issues().size(), text);
    assertEquals(Severity.ERROR, lock.issues().getFirst().severity());
    String message = lock.issues().getFirst().toString();
    assertTrue(message.startsWith(begins), message);
    assertEquals(List.of(), lock.packages());
  }

  private static Lockfile read(String text) {
    return read(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Lockfile read(byte[] bytes) {
    return new PnpmLock()
        .read(
            new SourceFile("pnpm-lock.yaml", bytes),
            new Texts(
                Map.of(
                    "apps/web/package.json",
                    "{\"name\": \"@shop/web\", \"version\": \"1.2.3\"}",
                    "lib/package.json",
                    "{\"name\": \"copied\", \"version\": \"4.0.0\"}")));
  }
}

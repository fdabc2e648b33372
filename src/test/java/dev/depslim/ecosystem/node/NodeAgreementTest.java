package dev.depslim.ecosystem.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.depslim.ecosystem.LockfileReader;
import dev.depslim.ecosystem.SourceFile;
import dev.depslim.model.Confidence;
import dev.depslim.model.Disagreement;
import dev.depslim.model.Disagreement.Outcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What differs between manifests and locks of Node. What the package managers themselves say of
/// the same edits was measured: docs/rules.md.
class NodeAgreementTest {
  private static final String MANIFEST =
      """
      {
        "name": "shop",
        "dependencies": {"ms": "^2.1.0"},
        "devDependencies": {"once": "^1.4.0"}
      }
      """;

  private static final String NPM_LOCK =
      """
      {
        "name": "shop",
        "lockfileVersion": 3,
        "packages": {
          "": {
            "name": "shop",
            "dependencies": {"ms": "^2.1.0"},
            "devDependencies": {"once": "^1.4.0"}
          },
          "node_modules/ms": {"version": "2.1.3"},
          "node_modules/once": {
            "version": "1.4.0",
            "dev": true,
            "dependencies": {"wrappy": "1"}
          },
          "node_modules/wrappy": {"version": "1.0.2", "dev": true}
        }
      }
      """;

  private final Map<String, String> files = new HashMap<>(Map.of("package.json", MANIFEST));

  @Test
  void copyOfTheManifestIsNoDisagreement() {
    assertEquals(List.of(), npm());
  }

  @Test
  void lockWithoutManifestIsNotCompared() {
    files.remove("package.json");
    assertEquals(List.of(), npm());
  }

  @Test
  void npmRefusesARangeThatTheLockedVersionIsOutOf() {
    edit("^2.1.0", "^1.0.0");
    Disagreement only = npm().getFirst();
    assertEquals(Outcome.REFUSES, only.outcome());
    assertEquals("ms", only.name());
    assertEquals("package.json:3:20", only.location().toString());
    assertEquals(
        "package.json asks for ^1.0.0 in dependencies, package-lock.json was made for ^2.1.0 in"
            + " dependencies",
        only.what());
    assertEquals("npm install --package-lock-only", only.repair());
  }

  @Test
  void npmAcceptsWhatTheLockedVersionsSatisfy() {
    edit("^2.1.0", "^2.1.1");
    assertEquals(List.of("ms FOLLOWS_MANIFEST"), rows(npm()));
    edit("\"ms\": \"^2.1.1\"", "");
    assertEquals(List.of("ms FOLLOWS_MANIFEST"), rows(npm()));
    files.put("package.json", MANIFEST.replace("devDependencies", "optionalDependencies"));
    assertEquals(List.of("once FOLLOWS_MANIFEST"), rows(npm()));
  }

  @Test
  void npmRefusesWhatIsNotLocked() {
    edit("\"ms\": \"^2.1.0\"", "\"ms\": \"^2.1.0\", \"new\": \"^1.0.0\"");
    assertEquals(List.of("new REFUSES"), rows(npm()));
  }

  @Test
  void changedOverrideIsTheOverridesFault() {
    edit("\"name\": \"shop\",", "\"overrides\": {\"wrappy\": \"1.0.1\"},");
    Disagreement only = npm().getFirst();
    assertEquals("wrappy REFUSES", rows(npm()).getFirst());
    assertEquals(2, only.location().line());
  }

  @Test
  void memberOfTheWorkspaceMustBeKnown() {
    edit("\"name\": \"shop\",", "\"workspaces\": [\"packages/*\"],");
    files.put("packages/lib/package.json", "{\"name\": \"@shop/lib\"}");
    assertEquals(List.of("@shop/lib REFUSES"), rows(npm()));
  }

  @Test
  void versionOneIsComparedByVersionsAndMarks() {
    String lock =
        """
        {"lockfileVersion": 1, "dependencies": {
          "ms": {"version": "2.1.3", "dev": true},
          "once": {"version": "1.0.0"}}}
        """;
    assertEquals(
        List.of("ms FOLLOWS_MANIFEST", "once REFUSES"),
        rows(read(new PackageLock(), "package-lock.json", lock)));
  }

  @Test
  void packagesThatLernaLinksAreNotMissed() {
    edit("\"ms\": \"^2.1.0\"", "\"ms\": \"^2.1.0\", \"@shop/lib\": \"^1.0.0\"");
    files.put("packages/lib/package.json", "{\"name\": \"@shop/lib\"}");
    assertEquals(List.of("@shop/lib REFUSES"), rows(npm()));
    files.put("lerna.json", "{}");
    assertEquals(List.of(), npm());
  }

  @Test
  void lockInsideAMemberIsNeverLookedAt() {
    files.put(
        "packages/lib/package.json", "{\"name\": \"lib\", \"dependencies\": {\"ms\": \"^1.0.0\"}}");
    assertEquals(
        List.of("ms REFUSES", "once FOLLOWS_MANIFEST"),
        rows(read(new PackageLock(), "packages/lib/package-lock.json", NPM_LOCK)));
    files.put("package.json", "{\"workspaces\": [\"packages/*\"]}");
    assertEquals(
        List.of(), rows(read(new PackageLock(), "packages/lib/package-lock.json", NPM_LOCK)));
  }

  private static final String PNPM_LOCK =
      """
      lockfileVersion: '9.0'
      settings:
        autoInstallPeers: true
        excludeLinksFromLockfile: false
      catalogs:
        default:
          once:
            specifier: ^1.4.0
            version: 1.4.0
      overrides:
        ms: 2.1.2
      importers:
        .:
          dependencies:
            ms:
              specifier: 2.1.2
              version: 2.1.2
          devDependencies:
            once:
              specifier: 'catalog:'
              version: 1.4.0
      packages:
        ms@2.1.2: {}
        once@1.4.0: {}
      snapshots:
        ms@2.1.2: {}
        once@1.4.0: {}
      """;

  private List<String> pnpm() {
    return rows(read(new PnpmLock(), "pnpm-lock.yaml", PNPM_LOCK));
  }

  @Test
  void overridesCatalogsAndPeersAreWhatPnpmLocks() {
    files.put(
        "package.json",
        """
        {"devDependencies": {"once": "catalog:"}, "peerDependencies": {"ms": "^2.0.0"}}
        """);
    files.put("pnpm-workspace.yaml", "overrides:\n  ms: 2.1.2\ncatalog:\n  once: ^1.4.0\n");
    assertEquals(List.of(), pnpm());
    files.put("pnpm-workspace.yaml", "overrides:\n  ms: 2.1.3\ncatalog:\n  once: ^1.3.0\n");
    assertEquals(List.of("ms REFUSES", "once REFUSES"), pnpm());
    files.put("pnpm-workspace.yaml", "catalog:\n  once: ^1.4.0\n");
    assertEquals(List.of("ms REFUSES"), pnpm());
  }

  /// As pnpm 9 writes it with `shared-workspace-lockfile=false`: the overrides of the member's own
  /// package.json.
  @Test
  void membersWithLocksOfTheirOwnHaveSettingsOfTheirOwn() {
    files.put(".npmrc", "shared-workspace-lockfile=false\n");
    files.put("package.json", "{\"pnpm\": {\"overrides\": {\"braces@<3.0.3\": \">=3.0.3\"}}}");
    files.put("pnpm-workspace.yaml", "packages:\n  - web/\n");
    files.put(
        "web/package.json",
        """
        {"dependencies": {"ms": "^2.0.0"}, "devDependencies": {"once": "catalog:"},
         "pnpm": {"overrides": {"ms": "2.1.2"}}}
        """);
    assertEquals(List.of(), rows(read(new PnpmLock(), "web/pnpm-lock.yaml", PNPM_LOCK)));
    files.put("web/package.json", "{\"dependencies\": {\"ms\": \"^2.0.0\"}}");
    assertEquals(1, read(new PnpmLock(), "web/pnpm-lock.yaml", PNPM_LOCK).size());
  }

  @Test
  void pnpmComparesTextsAndSections() {
    files.put("pnpm-workspace.yaml", "overrides:\n  ms: 2.1.2\ncatalog:\n  once: ^1.4.0\n");
    files.put(
        "package.json",
        """
        {"dependencies": {"ms": "^2.0.0", "once": "catalog:", "new": "1"}}
        """);
    assertEquals(List.of("once REFUSES", "new REFUSES"), pnpm());
  }

  @Test
  void hookOfPnpmMakesADisagreementLikelyOnly() {
    files.put("package.json", "{\"dependencies\": {}}");
    files.put("pnpm-workspace.yaml", "overrides:\n  ms: 2.1.2\ncatalog:\n  once: ^1.4.0\n");
    files.put(".pnpmfile.cjs", "");
    List<Disagreement> found = read(new PnpmLock(), "pnpm-lock.yaml", PNPM_LOCK);
    assertEquals(2, found.size());
    assertEquals(Confidence.LIKELY, found.getFirst().confidence());
  }

  @Test
  void oldFormatOfPnpmHasSpecifiersApart() {
    String lock =
        """
        lockfileVersion: 5.4
        specifiers:
          ms: ^2.1.0
          once: ^1.4.0
        dependencies:
          ms: 2.1.3
        devDependencies:
          once: 1.4.0
        packages:
          /ms/2.1.3: {dev: false}
          /once/1.4.0: {dev: true}
        """;
    assertEquals(List.of(), rows(read(new PnpmLock(), "pnpm-lock.yaml", lock)));
    edit("^1.4.0", "^1.3.0");
    assertEquals(List.of("once REFUSES"), rows(read(new PnpmLock(), "pnpm-lock.yaml", lock)));
  }

  private static final String YARN_LOCK =
      """
      # yarn lockfile v1


      ms@^2.1.0:
        version "2.1.3"

      once@^1.4.0:
        version "1.4.0"
        dependencies:
          wrappy "1"

      wrappy@1:
        version "1.0.2"
      """;

  private List<String> yarn() {
    return rows(read(new YarnLock(), "yarn.lock", YARN_LOCK));
  }

  @Test
  void yarnNeedsAKeyForEveryRangeWhateverTheSection() {
    assertEquals(List.of(), yarn());
    edit("devDependencies", "optionalDependencies");
    assertEquals(List.of(), yarn());
    edit("^2.1.0", "^2.1.1");
    assertEquals(List.of("ms REFUSES"), yarn());
    edit("\"dependencies\"", "\"resolutions\": {\"**/ms\": \"2.1.3\"}, \"dependencies\"");
    assertEquals(List.of(), yarn());
  }

  @Test
  void yarnAcceptsWhatNobodyAsksForAnyMore() {
    edit("\"once\": \"^1.4.0\"", "");
    assertEquals(List.of("once FOLLOWS_MANIFEST"), yarn());
  }

  @Test
  void laterYarnLocksEveryProjectInOneList() {
    String lock =
        """
        __metadata:
          version: 8

        "ms@npm:^2.1.0":
          version: 2.1.3
          resolution: "ms@npm:2.1.3"

        "once@npm:^1.4.0":
          version: 1.4.0
          resolution: "once@npm:1.4.0"

        "shop@workspace:.":
          version: 0.0.0-use.local
          resolution: "shop@workspace:."
          dependencies:
            ms: "npm:^2.1.0"
            once: "npm:^1.4.0"
        """;
    assertEquals(List.of(), rows(read(new YarnLock(), "yarn.lock", lock)));
    edit("\"ms\": \"^2.1.0\"", "\"ms\": \"^2.1.1\", \"new\": \"1\"");
    edit("\"once\": \"^1.4.0\"", "");
    assertEquals(
        List.of("ms REFUSES", "new REFUSES", "once REFUSES"),
        rows(read(new YarnLock(), "yarn.lock", lock)));
  }

  @Test
  void laterYarnLocksPeersAndWhatIsOptional() {
    String lock =
        """
        __metadata:
          version: 8

        "ms@npm:^2.1.0":
          version: 2.1.3
          resolution: "ms@npm:2.1.3"

        "shop@workspace:.":
          version: 0.0.0-use.local
          resolution: "shop@workspace:."
          dependencies:
            ms: "npm:^2.1.0"
          peerDependencies:
            react: ^18
        """;
    String manifest =
        "{\"SECTION\": {\"ms\": \"^2.1.0\"}, \"peerDependencies\": {\"react\": \"^18\"}}";
    files.put("package.json", manifest.replace("SECTION", "devDependencies"));
    assertEquals(List.of(), rows(read(new YarnLock(), "yarn.lock", lock)));
    files.put("package.json", manifest.replace("SECTION", "optionalDependencies"));
    assertEquals(List.of("ms REFUSES"), rows(read(new YarnLock(), "yarn.lock", lock)));
    files.put("package.json", manifest.replace("SECTION", "dependencies").replace("^18", "^19"));
    assertEquals(List.of("react REFUSES"), rows(read(new YarnLock(), "yarn.lock", lock)));
  }

  @Test
  void yarnOneDoesNotCompareMembers() {
    edit("\"name\": \"shop\",", "\"workspaces\": [\"packages/*\"],");
    files.put("packages/lib/package.json", "{\"dependencies\": {\"ms\": \"^1.0.0\"}}");
    assertEquals(List.of("ms FOLLOWS_MANIFEST"), yarn());
  }

  @Test
  void bunAcceptsWhatTheLockedPackagesSatisfy() {
    String lock =
        """
        {"lockfileVersion": 1,
         "workspaces": {"": {"dependencies": {"ms": "^2.1.0"}, "devDependencies": {"once": "^1.4.0"}}},
         "packages": {"ms": ["ms@2.1.3", "", {}, ""], "once": ["once@1.4.0", "", {}, ""]}}
        """;
    edit("^2.1.0", "^2.1.1");
    edit("devDependencies", "optionalDependencies");
    assertEquals(
        List.of("once FOLLOWS_MANIFEST", "ms FOLLOWS_MANIFEST"),
        rows(read(new BunLock(), "bun.lock", lock)));
    edit("^2.1.1", "^1.0.0");
    assertEquals(
        List.of("once FOLLOWS_MANIFEST", "ms REFUSES"),
        rows(read(new BunLock(), "bun.lock", lock)));
  }

  @Test
  void bunCopiesTheSections() {
    String lock =
        """
        {
          "lockfileVersion": 1,
          "workspaces": {
            "": {
              "name": "shop",
              "dependencies": {"ms": "^2.1.0"},
              "devDependencies": {"once": "^1.4.0"},
            },
          },
          "packages": {
            "ms": ["ms@2.1.3", "", {}, ""],
            "once": ["once@1.4.0", "", {}, ""],
          }
        }
        """;
    assertEquals(List.of(), rows(read(new BunLock(), "bun.lock", lock)));
    edit("\"devDependencies\": {\"once\": \"^1.4.0\"}", "\"overrides\": {\"ms\": \"2.1.3\"}");
    assertEquals(
        List.of("once REFUSES", "ms REFUSES"), rows(read(new BunLock(), "bun.lock", lock)));
  }

  private List<Disagreement> npm() {
    return read(new PackageLock(), "package-lock.json", NPM_LOCK);
  }

  private List<Disagreement> read(LockfileReader reader, String path, String text) {
    SourceFile file = Texts.file(path, text);
    return reader.read(file, new Texts(files)).disagreements();
  }

  private static List<String> rows(List<Disagreement> found) {
    return found.stream().map(one -> one.name() + " " + one.outcome()).toList();
  }

  private void edit(String from, String to) {
    String text = files.get("package.json");
    if (text == null || !text.contains(from)) {
      throw new IllegalArgumentException("nothing to replace: " + from);
    }
    files.put("package.json", text.replace(from, to));
  }
}

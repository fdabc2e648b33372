package dev.depslim.ecosystem.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.depslim.ecosystem.FakeImageFiles;
import dev.depslim.ecosystem.InstalledPackages.Installed;
import dev.depslim.ecosystem.InstalledPackages.Need;
import dev.depslim.ecosystem.InstalledPackages.Result;
import dev.depslim.ecosystem.InstalledPackages.Trait;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class NodeModulesTest {
  private static String manifest(String name, String version, String rest) {
    return "{\"name\":\"" + name + "\",\"version\":\"" + version + "\"" + rest + "}";
  }

  private static String requires(String... names) {
    return ",\"dependencies\":{"
        + List.of(names).stream().map(n -> "\"" + n + "\":\"*\"").collect(Collectors.joining(","))
        + "}";
  }

  private static Result read(FakeImageFiles files) {
    return files.readBy(new NodeModules());
  }

  private static Set<String> found(Result result) {
    return result.packages().stream()
        .map(p -> p.name() + "@" + p.version())
        .collect(Collectors.toSet());
  }

  private static Set<String> edges(Result result) {
    return result.needs().stream()
        .map(n -> path(result, n.from()) + " -> " + path(result, n.anyOf()[0]))
        .collect(Collectors.toSet());
  }

  private static String path(Result result, int index) {
    return result.packages().get(index).path();
  }

  private static Installed at(Result result, String path) {
    return result.packages().stream().filter(p -> p.path().equals(path)).findFirst().orElseThrow();
  }

  @Test
  void aPackageIsAFolderBelowNodeModulesWithNameAndVersion() {
    Result result =
        read(
            new FakeImageFiles()
                .file("app/node_modules/a/package.json", manifest("a", "1.0.0", ""))
                .file("app/node_modules/a/dist/esm/package.json", "{\"type\":\"module\"}")
                .file("app/node_modules/a/test/x/package.json", manifest("x", "9.9.9", ""))
                .file("app/node_modules/stub/package.json", "{\"type\":\"module\"}")
                .file("app/node_modules/@s/b/package.json", manifest("@s/b", "2.0.0", ""))
                .file("app/node_modules/a/node_modules/c/package.json", manifest("c", "3.0.0", ""))
                .file("app/node_modules/.bin/package.json", manifest("bin", "1.0.0", "")));
    assertEquals(Set.of("a@1.0.0", "@s/b@2.0.0", "c@3.0.0"), found(result));
  }

  @Test
  void requirementsAreFoundByWalkingUp() {
    Result result =
        read(
            new FakeImageFiles()
                .file("app/node_modules/a/package.json", manifest("a", "1.0.0", requires("c", "b")))
                .file("app/node_modules/b/package.json", manifest("b", "1.0.0", requires("c")))
                .file("app/node_modules/c/package.json", manifest("c", "1.0.0", requires("no")))
                .file(
                    "app/node_modules/a/node_modules/c/package.json", manifest("c", "2.0.0", "")));
    assertEquals(
        Set.of(
            "app/node_modules/a -> app/node_modules/a/node_modules/c",
            "app/node_modules/a -> app/node_modules/b",
            "app/node_modules/b -> app/node_modules/c"),
        edges(result));
  }

  @Test
  void optionalPeersAreNotRequired() {
    String peers =
        ",\"peerDependencies\":{\"b\":\"*\",\"c\":\"*\"},"
            + "\"peerDependenciesMeta\":{\"c\":{\"optional\":true},\"d\":{\"x\":{}}}";
    Result result =
        read(
            new FakeImageFiles()
                .file("node_modules/a/package.json", manifest("a", "1.0.0", peers))
                .file("node_modules/b/package.json", manifest("b", "1.0.0", ""))
                .file("node_modules/c/package.json", manifest("c", "1.0.0", "")));
    assertEquals(Set.of("node_modules/a -> node_modules/b"), edges(result));
  }

  @Test
  void pnpmLinksLeadToTheStore() {
    String store = "app/node_modules/.pnpm/";
    FakeImageFiles files =
        new FakeImageFiles()
            .file("app/package.json", manifest("app", "1.0.0", requires("a")))
            .link("app/node_modules/a", ".pnpm/a@1.0.0/node_modules/a")
            .file(
                store + "a@1.0.0/node_modules/a/package.json",
                manifest("a", "1.0.0", requires("@s/b")))
            .link(store + "a@1.0.0/node_modules/@s/b", "../../../@s+b@2.0.0/node_modules/@s/b")
            .file(
                store + "@s+b@2.0.0/node_modules/@s/b/package.json", manifest("@s/b", "2.0.0", ""));
    Result result = read(files);
    assertEquals(Set.of("a@1.0.0", "@s/b@2.0.0"), found(result));
    assertEquals(
        Set.of(store + "a@1.0.0/node_modules/a -> " + store + "@s+b@2.0.0/node_modules/@s/b"),
        edges(result));
    assertEquals(true, at(result, store + "a@1.0.0/node_modules/a").direct());
    assertEquals(false, at(result, store + "@s+b@2.0.0/node_modules/@s/b").direct());
  }

  @Test
  void theApplicationsManifestTellsWhatIsDirect() {
    Result result =
        read(
            new FakeImageFiles()
                .file(
                    "app/package.json",
                    manifest("app", "1.0.0", requires("a") + ",\"devDependencies\":{\"b\":\"1\"}"))
                .file("app/packages/w/package.json", manifest("w", "1.0.0", requires("c")))
                .file("app/node_modules/a/package.json", manifest("a", "1.0.0", ""))
                .file("app/node_modules/b/package.json", manifest("b", "1.0.0", ""))
                .file("app/node_modules/c/package.json", manifest("c", "1.0.0", ""))
                .file("app/node_modules/d/package.json", manifest("d", "1.0.0", ""))
                .file("srv/node_modules/e/package.json", manifest("e", "1.0.0", "")));
    assertEquals(true, at(result, "app/node_modules/a").direct());
    assertEquals(true, at(result, "app/node_modules/b").direct());
    assertEquals(true, at(result, "app/node_modules/c").direct());
    assertEquals(false, at(result, "app/node_modules/d").direct());
    assertEquals(null, at(result, "srv/node_modules/e").direct());
  }

  @Test
  void npmAndWhatLiesInItAreBaseTools() {
    String global = "usr/local/lib/node_modules/";
    Result result =
        read(
            new FakeImageFiles()
                .file(global + "npm/package.json", manifest("npm", "11.0.0", ""))
                .file(
                    global + "npm/node_modules/semver/package.json",
                    manifest("semver", "7.0.0", ""))
                .file(global + "pm2/package.json", manifest("pm2", "6.0.0", ""))
                .file("opt/yarn-v1.22.22/package.json", manifest("yarn", "1.22.22", "")));
    assertTrue(at(result, global + "npm").is(Trait.BASE_TOOL));
    assertTrue(at(result, global + "npm/node_modules/semver").is(Trait.BASE_TOOL));
    assertTrue(at(result, "opt/yarn-v1.22.22").is(Trait.BASE_TOOL));
    assertEquals(Set.of(), at(result, global + "pm2").traits());
    assertEquals(true, at(result, global + "pm2").direct());
  }

  @Test
  void npmsOwnLockfileInTheImageTellsWhatIsForDevelopment() {
    Result result =
        read(
            new FakeImageFiles()
                .file(
                    "app/node_modules/.package-lock.json",
                    "{\"packages\":{\"node_modules/a\":{\"dev\":true},\"node_modules/b\":{}}}")
                .file("app/node_modules/a/package.json", manifest("a", "1.0.0", ""))
                .file("app/node_modules/b/package.json", manifest("b", "1.0.0", "")));
    assertEquals(Set.of(Trait.DEV), at(result, "app/node_modules/a").traits());
    assertEquals(Set.of(), at(result, "app/node_modules/b").traits());
  }

  @Test
  void whatLaterLayersDeletedIsFoundAsRemoved() {
    Result result =
        read(
            new FakeImageFiles()
                .deleted("node_modules/a/package.json", manifest("a", "1.0.0", requires("b")))
                .file("node_modules/b/package.json", manifest("b", "1.0.0", requires("a"))));
    assertEquals(Set.of(Trait.REMOVED), at(result, "node_modules/a").traits());
    assertEquals(List.of(), result.needs());
  }

  @Test
  void archivesArePackagesOnlyBesideAMapOfThem() {
    FakeImageFiles files =
        new FakeImageFiles()
            .file("app/.yarn/cache/@ts-eslint-parser-npm-8.0.0-beta.1-0123456789-10c0.zip", "PK")
            .file("app/.yarn/cache/ms-npm-2.1.3-81ff3cfac1-8.zip", "PK");
    assertEquals(Set.of(), found(read(files)));
    files.file(
        "app/.pnp.cjs",
        "\"./.yarn/cache/@ts-eslint-parser-npm-8.0.0-beta.1-0123456789-10c0.zip"
            + "/node_modules/@ts-eslint/parser/\"");
    assertEquals(Set.of("@ts-eslint/parser@8.0.0-beta.1", "ms@2.1.3"), found(read(files)));
  }

  @Test
  void aBrokenManifestIsAnIssueAndTheRestGoesOn() {
    Result result =
        read(
            new FakeImageFiles()
                .file("node_modules/a/package.json", "{\"name\":\"a\",\n oops")
                .file("node_modules/b/package.json", manifest("b", "1.0.0", "")));
    assertEquals(Set.of("b@1.0.0"), found(result));
    assertEquals("node_modules/a/package.json", result.issues().getFirst().location().path());
    assertEquals(2, result.issues().getFirst().location().line());
  }

  @Test
  void debianKeepsItsOwnModules() {
    NodeModules reader = new NodeModules();
    assertTrue(!reader.wants("usr/share/nodejs/semver", "package.json"));
    assertTrue(reader.wants("app/node_modules/a", "package.json"));
    assertTrue(!reader.wants("app/node_modules/a/dist", "package.json"));
    assertTrue(!reader.wants("app/node_modules/@s/a/dist", "package.json"));
    assertTrue(reader.wants("app/node_modules/a/node_modules/@s/b", "package.json"));
    List<Need> none = List.of();
    assertEquals(none, read(new FakeImageFiles()).needs());
  }
}

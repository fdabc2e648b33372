package dev.depslim.ecosystem.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.depslim.ecosystem.node.LockValidation.Problem;
import dev.depslim.ecosystem.node.LockValidation.Rule;
import dev.depslim.syntax.JsonObject;
import dev.depslim.syntax.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What npm 11 says of edits to a manifest or its lock.
class LockValidationTest {
  private static final String MANIFEST =
      """
      {"dependencies": {"a": "^1.0.0"}, "devDependencies": {"t": "^1.0.0"}}
      """;
  private static final String ROOT =
      "'': {'dependencies': {'a': '^1.0.0'}, 'devDependencies': {'t': '^1.0.0'}}";
  private static final String A =
      "'node_modules/a': {'version': '1.2.0', 'dependencies': {'b': '1'},"
          + " 'optionalDependencies': {'fsevents': '2'}}";
  private static final String B = "'node_modules/b': {'version': '1.0.0'}";
  private static final String FSEVENTS =
      "'node_modules/fsevents': {'version': '2.3.3', 'optional': true, 'os': ['darwin']}";
  private static final String T = "'node_modules/t': {'version': '1.0.0', 'dev': true}";

  @Test
  void theLockAsItIsIsAccepted() {
    assertEquals(List.of(), rules(MANIFEST, ROOT, A, B, FSEVENTS, T));
  }

  @Test
  void developmentMayGoFromTheManifestAlone() {
    assertEquals(List.of(), rules("{'dependencies': {'a': '^1.0.0'}}", ROOT, A, B, FSEVENTS, T));
  }

  @Test
  void entriesMayGoWithWhatRequiresThem() {
    assertEquals(List.of(), rules("{'dependencies': {'a': '^1.0.0'}}", ROOT, A, B, FSEVENTS));
    assertEquals(
        List.of(),
        rules(
            "{'dependencies': {'a': '^1.0.0'}}",
            "'': {'dependencies': {'a': '^1.0.0'}}",
            A,
            B,
            FSEVENTS));
  }

  @Test
  void entriesOfDevelopmentMustStayWhileTheManifestRequiresThem() {
    assertEquals(List.of(Rule.MISSING), rules(MANIFEST, ROOT, A, B, FSEVENTS));
  }

  @Test
  void anotherRangeMustStillHoldTheVersion() {
    assertEquals(
        List.of(Rule.INVALID), rules("{'dependencies': {'a': '^2.0.0'}}", ROOT, A, B, FSEVENTS));
    assertEquals(List.of(), rules("{'dependencies': {'a': '>=1 <2'}}", ROOT, A, B, FSEVENTS));
  }

  @Test
  void aMissingEntryIsFoundAtAnyDepth() {
    assertEquals(List.of(Rule.MISSING), rules(MANIFEST, ROOT, A, FSEVENTS, T));
  }

  @Test
  void whatIsForAnotherPlatformMustStay() {
    assertEquals(List.of(Rule.MISSING), rules(MANIFEST, ROOT, A, B, T));
  }

  @Test
  void whatNothingRequiresMayStay() {
    assertEquals(
        List.of(),
        rules(
            MANIFEST,
            ROOT,
            A,
            B,
            FSEVENTS,
            T,
            "'node_modules/left': {'version': '1.0.0', 'dependencies': {'gone': '1'}}"));
  }

  @Test
  void overridesMustHold() {
    assertEquals(
        List.of(Rule.INVALID),
        rules("{'dependencies': {'a': '^1.0.0'}, 'overrides': {'b': '2'}}", ROOT, A, B, FSEVENTS));
    assertEquals(
        List.of(),
        rules(
            "{'dependencies': {'a': '^1.0.0'}, 'overrides': {'b@^2': '3', 'x': {'b': '2'}}}",
            ROOT,
            A,
            B,
            FSEVENTS));
    assertEquals(
        List.of(Rule.INVALID),
        rules(
            "{'dependencies': {'a': '^1.0.0'}, 'overrides': {'a': {'b': '2'}}}",
            ROOT,
            A,
            B,
            FSEVENTS));
    assertEquals(
        List.of(),
        rules(
            "{'dependencies': {'a': '^1.0.0'}, 'overrides': {'a': {'.': '1.2.0', 'b': '1.0.0'}}}"
                .replace("'.': '1.2.0', ", ""),
            ROOT,
            A,
            B,
            FSEVENTS));
  }

  @Test
  void anOverrideOfWhatTheRootRequiresMustBeTheSame() {
    assertEquals(
        List.of(Rule.OVERRIDE),
        rules(
            "{'dependencies': {'a': '^1.0.0'}, 'overrides': {'a': '1.2.0'}}",
            ROOT,
            A,
            B,
            FSEVENTS));
    assertEquals(
        List.of(),
        rules(
            "{'dependencies': {'a': '^1.0.0'}, 'overrides': {'a': '$a', 'b': '1'}}",
            ROOT,
            A,
            B,
            FSEVENTS));
  }

  @Test
  void peersAreRequiredUnlessTheyAreOptionalOrSwitchedOff() {
    String peer =
        "'node_modules/a': {'version': '1.2.0', 'peerDependencies': {'p': '1', 'q': '1'},"
            + " 'peerDependenciesMeta': {'q': {'optional': true}}}";
    String manifest = "{'dependencies': {'a': '^1.0.0'}}";
    assertEquals(List.of(Rule.MISSING), rules(manifest, ROOT, peer));
    assertEquals(
        List.of(),
        rules(
            manifest,
            ROOT,
            peer,
            "'node_modules/p': {'version': '1.0.0'}",
            "'node_modules/q': {'version': '2.0.0'}"));
    assertEquals(
        List.of(Rule.INVALID),
        rules(manifest, ROOT, peer, "'node_modules/p': {'version': '2.0.0'}"));
    assertEquals(
        List.of(Rule.PEER_LOCAL),
        rules(manifest, ROOT, peer, "'node_modules/a/node_modules/p': {'version': '1.0.0'}"));
    assertEquals(
        List.of(),
        validate(
            new NpmSettings(Map.of("legacy-peer-deps", "true")), manifest, Map.of(), ROOT, peer));
  }

  @Test
  void whatAPackageBringsItselfIsNotLookedFor() {
    assertEquals(
        List.of(),
        rules(
            "{'dependencies': {'a': '^1.0.0'}}",
            ROOT,
            "'node_modules/a': {'version': '1.0.0', 'dependencies': {'b': '1'},"
                + " 'bundleDependencies': ['b']}"));
  }

  @Test
  void otherSpecsAreComparedWithTheirSource() {
    String manifest =
        """
        {'dependencies': {
          'alias': 'npm:real@^2', 'tag': 'latest', 'empty': '', 'tar': 'https://x.example/a.tgz',
          'hub': 'owner/repo', 'ssh': 'git+ssh://git@github.com/o/r.git#semver:^1',
          'own': 'git+https://git.example/r.git#v1', 'file': 'file:lib/f.tgz', 'dir': 'file:lib/d'
        }}
        """;
    String commit = "#0123456789012345678901234567890123456789'";
    String[] entries = {
      "'': " + manifest.strip(),
      "'lib/d': {'version': '1.0.0'}",
      "'node_modules/alias': {'name': 'real', 'version': '2.1.0'}",
      "'node_modules/tag': {'version': '9.0.0', 'resolved': 'https://npmjs.example/t/-/t-9.tgz'}",
      "'node_modules/empty': {'version': '1.0.0-rc.1'}",
      "'node_modules/tar': {'version': '1.0.0', 'resolved': 'https://x.example/a.tgz'}",
      "'node_modules/hub': {'version': '1.0.0',"
          + " 'resolved': 'git+ssh://git@github.com/owner/repo.git"
          + commit
          + "}",
      "'node_modules/ssh': {'version': '1.1.0',"
          + " 'resolved': 'git+ssh://git@github.com/o/r.git"
          + commit
          + "}",
      "'node_modules/own': {'version': '1.1.0',"
          + " 'resolved': 'git+https://git.example/r.git"
          + commit
          + "}",
      "'node_modules/file': {'version': '1.0.0', 'resolved': 'file:lib/f.tgz'}",
      "'node_modules/dir': {'resolved': 'lib/d', 'link': true}"
    };
    assertEquals(List.of(), rules(manifest, entries));
    assertEquals(
        List.of(
            Rule.INVALID,
            Rule.INVALID,
            Rule.INVALID,
            Rule.INVALID,
            Rule.INVALID,
            Rule.INVALID,
            Rule.INVALID,
            Rule.UNSUPPORTED),
        rules(
                manifest
                    .replace("real@^2", "real@^3")
                    .replace("a.tgz'", "b.tgz'")
                    .replace("owner/repo", "owner/other")
                    .replace("semver:^1", "semver:^2")
                    .replace("#v1", "#v2")
                    .replace("f.tgz", "g.tgz")
                    .replace("lib/d'", "lib/e'")
                    .replace("'empty': ''", "'empty': 'workspace:*'"),
                entries)
            .stream()
            .sorted()
            .toList());
  }

  @Test
  void aTagNeedsAnAddressInTheLock() {
    assertEquals(
        List.of(Rule.INVALID),
        rules(
            "{'dependencies': {'tag': 'next'}}",
            "'': {'dependencies': {'tag': 'next'}}",
            "'node_modules/tag': {'version': '1.0.0'}"));
  }

  @Test
  void aLinkMustLeadToAFolderOfTheLock() {
    assertEquals(
        List.of(Rule.LINK),
        rules(
            "{'dependencies': {'d': 'file:d'}}",
            "'': {'dependencies': {'d': 'file:d'}}",
            "'node_modules/d': {'resolved': 'd', 'link': true}"));
  }

  @Test
  void ofMembersOnlyTheirOwnRequirementsAreLookedAt() {
    String manifest = "{'workspaces': ['packages/*']}";
    Map<String, String> member = Map.of("packages/m", "{'name': 'm', 'dependencies': {'x': '1'}}");
    String[] entries = {
      "'': {'workspaces': ['packages/*']}",
      "'node_modules/m': {'resolved': 'packages/m', 'link': true}",
      "'packages/m': {'name': 'm', 'dependencies': {'x': '1'}}",
      "'node_modules/x': {'version': '1.0.0', 'dependencies': {'gone': '1'}}"
    };
    assertEquals(List.of(), validate(NpmSettings.NONE, manifest, member, entries));
    assertEquals(
        List.of(Rule.MISSING),
        validate(
            NpmSettings.NONE,
            manifest,
            Map.of("packages/m", "{'name': 'm', 'devDependencies': {'new': '1'}}"),
            entries));
    assertEquals(
        List.of(Rule.MISSING),
        validate(
            NpmSettings.NONE,
            manifest,
            Map.of("packages/new", "{'name': 'new'}", "packages/m", "{'name': 'm'}"),
            entries));
  }

  private static List<Rule> rules(String manifest, String... entries) {
    return validate(NpmSettings.NONE, manifest, Map.of(), entries);
  }

  private static List<Rule> validate(
      NpmSettings settings, String manifest, Map<String, String> folders, String... entries) {
    Map<String, NpmMeta> manifests = new LinkedHashMap<>();
    manifests.put("", NpmMeta.of(object(manifest)));
    folders.forEach((location, text) -> manifests.put(location, NpmMeta.of(object(text))));
    JsonObject packages = object(NpmWriterTest.lock(entries)).object("packages");
    NpmTree tree =
        NpmTree.of(packages == null ? JsonObject.empty() : packages, manifests, settings);
    return LockValidation.of(tree).stream().map(Problem::rule).toList();
  }

  private static JsonObject object(String text) {
    byte[] bytes = text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return (JsonObject) JsonText.parse(bytes).root();
  }
}

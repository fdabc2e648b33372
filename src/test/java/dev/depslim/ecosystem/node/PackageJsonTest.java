package dev.depslim.ecosystem.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.depslim.model.DeclaredDependency;
import dev.depslim.model.Issue;
import dev.depslim.model.Manifest;
import dev.depslim.model.Origin;
import dev.depslim.model.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

class PackageJsonTest {
  @Test
  void everySectionHasItsScopeAndPosition() {
    Manifest manifest =
        read(
            """
            {
              "name": "shop",
              "dependencies": { "express": "^4.18.0" },
              "devDependencies": {
                "vitest": "~1.2"
              },
              "optionalDependencies": { "fsevents": "*" },
              "peerDependencies": { "react": ">=17", "vue": "3" },
              "peerDependenciesMeta": { "vue": { "optional": true } },
              "bundledDependencies": ["express"]
            }
            """);
    assertEquals(List.of(), manifest.issues());
    assertEquals("shop", manifest.name());
    assertEquals(
        List.of(
            "express ^4.18.0 RUNTIME dependencies null app/package.json:3:21",
            "vitest ~1.2 DEV devDependencies null app/package.json:5:5",
            "fsevents * OPTIONAL optionalDependencies null app/package.json:7:29",
            "react >=17 PEER peerDependencies null app/package.json:8:25",
            "vue 3 PEER peerDependencies optional app/package.json:8:42"),
        manifest.dependencies().stream()
            .map(d ->
                String.join(
                    " ",
                    d.name(),
                    d.constraint(),
                    d.scope().name(),
                    d.group(),
                    d.marker(),
                    d.location().toString()))
            .toList());
  }

  @Test
  void anAliasNamesThePackageBehindIt() {
    DeclaredDependency alias = only("\"lodash-4\": \"npm:lodash@^4.17.0\"");
    assertEquals("lodash-4", alias.name());
    assertEquals("lodash", alias.packageName());
    assertEquals("^4.17.0", alias.constraint());
    assertEquals(Origin.REGISTRY, alias.origin());
  }

  @Test
  void theSpecTellsTheOrigin() {
    assertEquals(Origin.REGISTRY, only("\"a\": \"\"").origin());
    assertEquals(Origin.REGISTRY, only("\"a\": \"next\"").origin());
    assertEquals(Origin.REGISTRY, only("\"a\": \">=1 <2 || ^3\"").origin());
    assertEquals(Origin.REGISTRY, only("\"a\": \"catalog:react18\"").origin());
    assertEquals(Origin.GIT, only("\"a\": \"github:owner/repo\"").origin());
    assertEquals(Origin.GIT, only("\"a\": \"owner/repo#593c9d\"").origin());
    assertEquals(Origin.GIT, only("\"a\": \"git+ssh://git@git.example/o/r.git\"").origin());
    assertEquals(Origin.URL, only("\"a\": \"https://cdn.example/a-0.20.3/a-0.20.3.tgz\"").origin());
    assertEquals(Origin.URL, only("\"a\": \"https://pkg.example/o/r/cli?66c7b9bc\"").origin());
    assertEquals(Origin.FILE, only("\"a\": \"file:vendor/a-1.0.0.tgz\"").origin());
    assertEquals(Origin.WORKSPACE, only("\"a\": \"file:../a\"").origin());
    assertEquals(Origin.WORKSPACE, only("\"a\": \"link:../a\"").origin());
    assertEquals(Origin.WORKSPACE, only("\"a\": \"portal:../a\"").origin());
    assertEquals(Origin.WORKSPACE, only("\"a\": \"workspace:^\"").origin());
  }

  @Test
  void theNameOfAPatchedPackageIsKnown() {
    DeclaredDependency patched = only("\"a\": \"patch:real@npm%3A1.0.0#./real.patch\"");
    assertEquals("real", patched.packageName());
    assertEquals(Origin.REGISTRY, patched.origin());
  }

  @Test
  void whiteSpaceAroundASpecDoesNotCount() {
    assertEquals("1.2.3", only("\"a\": \" 1.2.3\\n\"").constraint());
    assertEquals("", only("\"a\": \"\"").constraint());
  }

  @Test
  void commentKeysAreNoPackages() {
    Manifest manifest =
        read(
            """
            {
              "//": "about",
              "dependencies": { "//": "pinned, see the changelog", "// b": ["x"], "a": "1" }
            }
            """);
    assertEquals(List.of(), manifest.issues());
    assertEquals(List.of("a"), names(manifest));
  }

  @Test
  void lastOfDuplicateKeysWins() {
    Manifest manifest =
        read(
            """
            {
              "dependencies": {
                "a": "1",
                "b": "1",
                "a": "2"
              }
            }
            """);
    assertEquals(List.of("b", "a"), names(manifest));
    assertEquals("2", manifest.dependencies().getLast().constraint());
    assertEquals(
        List.of(
            "app/package.json:3:5: warning: \"a\" stands here and again in line 5, which wins:"
                + " remove one of them"),
        texts(manifest.issues()));
  }

  @Test
  void aSectionThatStandsTwiceCountsOnce() {
    Manifest manifest =
        read(
            """
            { "dependencies": { "a": "1" },
              "dependencies": { "b": "1" } }
            """);
    assertEquals(List.of("b"), names(manifest));
    assertEquals(1, manifest.issues().size());
    assertEquals(Severity.WARNING, manifest.issues().getFirst().severity());
    assertEquals(1, manifest.issues().getFirst().location().line());
  }

  @Test
  void whatCannotBeReadIsAnIssueAndTheRestCounts() {
    Manifest manifest =
        read(
            """
            {
              "dependencies": ["a"],
              "devDependencies": {
                "b": 1,
                ".c": "1",
                "d": "not a tag",
                "e": "1"
              },
              "workspaces": ["apps/*", 3]
            }
            """);
    assertEquals(List.of("d", "e"), names(manifest));
    assertEquals(List.of("apps/*"), manifest.workspaces());
    assertEquals(
        List.of(
            "app/package.json:2:19: error: \"dependencies\" must be an object of names and"
                + " versions; nothing in it counts",
            "app/package.json:4:10: error: the version of \"b\" must be a string, such as"
                + " \"^1.2.3\"",
            "app/package.json:5:5: error: \".c\" is not the name of a package: a name does not"
                + " begin with '.'; rename it",
            "app/package.json:6:10: error: \"not a tag\" is neither a version range nor a tag;"
                + " correct it",
            "app/package.json:9:28: error: a workspace must be a string, such as \"apps/*\""),
        texts(manifest.issues()));
  }

  @Test
  void brokenJsonIsOneErrorWithItsPosition() {
    Manifest manifest =
        read(
            """
            {
              "scripts": {
                "lint": "eslint",
              },
              "dependencies": { "a": "1" }
            }
            """);
    assertEquals(List.of(), manifest.dependencies());
    assertEquals(1, manifest.issues().size());
    Issue issue = manifest.issues().getFirst();
    assertEquals(Severity.ERROR, issue.severity());
    assertEquals(4, issue.location().line());
    assertTrue(issue.location().column() > 0);
    assertTrue(issue.message().contains("not valid JSON"), issue.message());
  }

  @Test
  void utf16IsReadAndSaidToBeWrong() {
    String text = "{\"dependencies\": {\"a\": \"1\"}}";
    for (java.nio.charset.Charset charset :
        List.of(
            java.nio.charset.StandardCharsets.UTF_16, java.nio.charset.StandardCharsets.UTF_16LE)) {
      Manifest manifest =
          new PackageJson()
              .read(
                  new dev.depslim.ecosystem.SourceFile("package.json", text.getBytes(charset)),
                  Texts.NONE);
      assertEquals(List.of("a"), names(manifest));
      assertEquals(
          List.of(
              "package.json:1:1: error: this is UTF-16, which npm cannot read: save it as UTF-8"),
          texts(manifest.issues()));
    }
  }

  @Test
  void aFileWithoutAnObjectIsAnError() {
    for (String text : List.of("", "[]", "\"x\"", "null")) {
      Manifest manifest = read(text);
      assertEquals(1, manifest.issues().size(), text);
      assertEquals(Severity.ERROR, manifest.issues().getFirst().severity(), text);
    }
  }

  @Test
  void aRepositoryThatNpmTakesForAFolderIsNamed() {
    Manifest manifest = read("{\"dependencies\": {\"a\": \"git@git.example:o/r.git\"}}");
    assertEquals(Origin.GIT, manifest.dependencies().getFirst().origin());
    assertTrue(manifest.issues().getFirst().message().contains("git+ssh://"));
  }

  @Test
  void workspacesStandInAListOrInAnObject() {
    assertEquals(List.of("a", "b/*"), read("{\"workspaces\":[\"a\",\"b/*\"]}").workspaces());
    assertEquals(
        List.of("a"),
        read("{\"workspaces\":{\"packages\":[\"a\"],\"nohoist\":[\"**\"]}}").workspaces());
  }

  @Test
  void unknownKeysDoNotMatter() {
    Manifest manifest =
        read("{\"allowScripts\": {\"@s/sqlite@15.1.6\": true}, \"dependencies\": {\"a\": \"1\"}}");
    assertEquals(List.of(), manifest.issues());
    assertEquals(List.of("a"), names(manifest));
  }

  @Test
  void whatIsOnlyTooMuchForUsIsNotCalledBroken() {
    String deep = "{\"x\": " + "[".repeat(600) + "]".repeat(600) + "}";
    String number = "{\n\"x\": " + "9".repeat(5_000) + "}";
    assertEquals(
        List.of(
            "app/package.json:1:507: error: nested deeper than 500 levels: nothing in the file"
                + " counts; make it simpler"),
        texts(read(deep).issues()));
    assertEquals(
        List.of(
            "app/package.json:2: error: a name, text or number that is too long: nothing in the"
                + " file counts; make it simpler"),
        texts(read(number).issues()));
  }

  @Test
  void theFileNameTellsTheFormat() {
    PackageJson reader = new PackageJson();
    assertTrue(reader.reads("package.json"));
    assertTrue(reader.reads("apps/web/package.json"));
    assertFalse(reader.reads("my-package.json"));
    assertFalse(reader.reads("package.json5"));
  }

  private static DeclaredDependency only(String row) {
    Manifest manifest = read("{\"dependencies\": {" + row + "}}");
    assertEquals(List.of(), manifest.issues());
    assertEquals(1, manifest.dependencies().size());
    return manifest.dependencies().getFirst();
  }

  private static Manifest read(String text) {
    return new PackageJson().read(Texts.file("app/package.json", text), Texts.NONE);
  }

  private static List<String> names(Manifest manifest) {
    return manifest.dependencies().stream().map(DeclaredDependency::name).toList();
  }

  private static List<String> texts(List<Issue> issues) {
    return issues.stream().map(Issue::toString).toList();
  }
}

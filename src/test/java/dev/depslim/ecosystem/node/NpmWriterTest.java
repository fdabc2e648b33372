package dev.depslim.ecosystem.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.depslim.ecosystem.SlimForm;
import dev.depslim.ecosystem.SlimForm.Installed;
import dev.depslim.ecosystem.TrialInstall;
import dev.depslim.model.DepslimException;
import dev.depslim.model.Verdict;
import dev.depslim.syntax.JsonObject;
import dev.depslim.syntax.JsonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpmWriterTest {
  private static final String MANIFEST = "package-production.json";
  private static final String LOCK = "package-lock.production.json";

  @Test
  void theManifestKeepsEverythingButWhatGoes() {
    SlimForm form =
        NpmProject.of(
                "package.json",
                """
                {
                \t"name" : "app",
                \t"//": "a comment",
                \t"files": ["a", "b"],
                \t"dependencies": {
                \t\t"//": "kept",
                \t\t"b": "^1.0.0",
                \t\t"a": "2"
                \t},
                \t"optionalDependencies": {"o": "1"},
                \t"peerDependencies": {"p": "*", "a": ">=2"},
                \t"peerDependenciesMeta": {"p": {"optional": true}},
                \t"bundledDependencies": ["a", "b"],
                \t"devDependencies": {"d": "1"},
                \t"jest": {"verbose": 1e0}
                }
                """)
            .slim("a", "o", "d");
    assertEquals(
        """
        {
        \t"name" : "app",
        \t"//": "a comment",
        \t"files": ["a", "b"],
        \t"dependencies": {
        \t\t"//": "kept",
        \t\t"b": "^1.0.0"
        \t},
        \t"peerDependencies": {"p": "*"},
        \t"peerDependenciesMeta": {"p": {"optional": true}},
        \t"bundledDependencies": ["b"],
        \t"jest": {"verbose": 1e0},
        \t"excludedDependencies" : {
        \t\t"production": {
        \t\t\t"a": {
        \t\t\t\t"version": "2",
        \t\t\t\t"reason": "the test says so"
        \t\t\t},
        \t\t\t"o": {
        \t\t\t\t"version": "1",
        \t\t\t\t"reason": "the test says so"
        \t\t\t}
        \t\t},
        \t\t"dev": {
        \t\t\t"d": {
        \t\t\t\t"version": "1",
        \t\t\t\t"reason": "the test says so"
        \t\t\t}
        \t\t}
        \t}
        }
        """,
        NpmProject.text(form, MANIFEST));
    assertFalse(form.complete());
    assertTrue(form.notes().getFirst().contains("no package-lock.json"), form.notes().toString());
    assertEquals(List.of(), new NpmWriter().trials(plan(), form, NpmProject.of(), (_, _) -> null));
    assertEquals(List.of("npm install --omit=dev"), new NpmWriter().commands(form));
  }

  @Test
  void lastOfDuplicateKeysWinsAndIsSaid() {
    SlimForm form =
        NpmProject.of(
                "package.json",
                """
                {"dependencies": {"x": "1"}, "dependencies": {"a": "1", "b": "1", "a": "2"}}
                """)
            .slim();
    assertEquals(
        "{\"dependencies\": {\"b\": \"1\", \"a\": \"2\"}}\n", NpmProject.text(form, MANIFEST));
    assertEquals(2, form.notes().stream().filter(note -> note.contains("stands twice")).count());
  }

  @Test
  void whatProductionImportsMovesThere() {
    NpmProject project =
        NpmProject.of(
            "package.json",
            "{\"devDependencies\": {\"b\": \"^2\", \"z\": \"1\"}, \"dependencies\": {\"a\": \"1\","
                + " \"c\": \"1\"}}",
            "package-lock.json",
            lock(
                "'': {'dependencies': {'a': '1', 'c': '1'},"
                    + " 'devDependencies': {'b': '^2', 'z': '1'}}",
                "'node_modules/a': {'version': '1.0.0'}",
                "'node_modules/b': {'version': '2.0.0', 'dev': true}",
                "'node_modules/c': {'version': '1.0.0'}",
                "'node_modules/z': {'version': '1.0.0', 'dev': true}"));
    SlimForm form =
        new NpmWriter().slim(project.planWith(Map.of("b", Verdict.Action.MOVE_TO_PROD)), project);
    JsonObject slim = object(NpmProject.text(form, MANIFEST));
    assertEquals(List.of("a", "b", "c"), names(slim, "dependencies"));
    assertNull(slim.get("devDependencies"));
    assertEquals(
        lock(
            "'': {'dependencies': {'a': '1', 'b': '^2', 'c': '1'}}",
            "'node_modules/a': {'version': '1.0.0'}",
            "'node_modules/b': {'version': '2.0.0'}",
            "'node_modules/c': {'version': '1.0.0'}"),
        NpmProject.text(form, LOCK));
  }

  @Test
  void anEntryStaysAsLongAsSomethingRequiresIt() {
    SlimForm form =
        NpmProject.of(
                "package.json",
                """
                {"dependencies": {"a": "1", "b": "1", "dev-too": "1"},
                 "devDependencies": {"dev-too": "1", "t": "1"}}
                """,
                "package-lock.json",
                lock(
                    "'': {'dependencies': {'a': '1', 'b': '1', 'dev-too': '1'},"
                        + " 'devDependencies': {'dev-too': '1', 't': '1'}}",
                    "'node_modules/a': {'version': '1.0.0', 'dependencies': {'s': '1'}}",
                    "'node_modules/b': {'version': '1.0.0', 'dependencies': {'n': '2', 's': '1'}}",
                    "'node_modules/b/node_modules/n': {'version': '2.0.0'}",
                    "'node_modules/dev-too': {'version': '1.0.0', 'dev': true}",
                    "'node_modules/n': {'version': '1.0.0', 'dev': true}",
                    "'node_modules/o': {'version': '1.0.0', 'devOptional': true}",
                    "'node_modules/s': {'version': '1.0.0',"
                        + " 'optionalDependencies': {'o': '1', 'win': '1'}}",
                    "'node_modules/t': {'version': '1.0.0', 'dev': true,"
                        + " 'dependencies': {'n': '1', 'o': '1'}}",
                    "'node_modules/win': {'version': '1.0.0', 'optional': true, 'os': ['win32']}"))
            .slim("b");
    assertEquals(
        lock(
            "'': {'dependencies': {'a': '1', 'dev-too': '1'}}",
            "'node_modules/a': {'version': '1.0.0', 'dependencies': {'s': '1'}}",
            "'node_modules/dev-too': {'version': '1.0.0'}",
            "'node_modules/o': {'version': '1.0.0', 'optional': true}",
            "'node_modules/s': {'version': '1.0.0',"
                + " 'optionalDependencies': {'o': '1', 'win': '1'}}",
            "'node_modules/win': {'version': '1.0.0', 'optional': true, 'os': ['win32']}"),
        NpmProject.text(form, LOCK));
    assertEquals(
        List.of(
            new Installed("a", "1.0.0", "node_modules/a", false),
            new Installed("dev-too", "1.0.0", "node_modules/dev-too", false),
            new Installed("o", "1.0.0", "node_modules/o", true),
            new Installed("s", "1.0.0", "node_modules/s", false),
            new Installed("win", "1.0.0", "node_modules/win", true)),
        form.installs());
    assertEquals(
        List.of("node_modules/b", "node_modules/b/node_modules/n"),
        form.removed().stream().map(Installed::path).toList());
  }

  @Test
  void optionalPeersOfDevelopmentGo() {
    SlimForm form =
        NpmProject.of(
                "package.json",
                "{\"dependencies\": {\"a\": \"1\"}, \"devDependencies\": {\"typescript\": \"5\"}}",
                "package-lock.json",
                lock(
                    "'': {'dependencies': {'a': '1'}, 'devDependencies': {'typescript': '5'}}",
                    "'node_modules/a': {'version': '1.0.0',"
                        + " 'peerDependencies': {'typescript': '*'},"
                        + " 'peerDependenciesMeta': {'typescript': {'optional': true}}}",
                    "'node_modules/typescript': {'version': '5.0.0', 'devOptional': true}"))
            .slim();
    assertEquals(List.of("node_modules/a"), form.installs().stream().map(Installed::path).toList());
    // npm ci --omit=dev brings it from the original
    assertEquals(
        List.of("node_modules/typescript"), form.removed().stream().map(Installed::path).toList());
  }

  @Test
  void requiredPeersStayAndBecomePeers() {
    SlimForm form =
        NpmProject.of(
                "package.json",
                "{\"dependencies\": {\"a\": \"1\"}, \"devDependencies\": {\"p\": \"1\"}}",
                "package-lock.json",
                lock(
                    "'': {'dependencies': {'a': '1'}, 'devDependencies': {'p': '1'}}",
                    "'node_modules/a': {'version': '1.0.0', 'peerDependencies': {'p': '*'}}",
                    "'node_modules/p': {'version': '1.0.0'}"))
            .slim();
    assertTrue(
        NpmProject.text(form, LOCK)
            .contains("\"node_modules/p\": {\"version\": \"1.0.0\", \"peer\": true}"),
        NpmProject.text(form, LOCK));
  }

  @Test
  void aReferenceOfOverridesBecomesItsTextWhereItsDeclarationGoes() {
    SlimForm form =
        NpmProject.of(
                "package.json",
                """
                {"dependencies": {"a": "1", "b": "2"}, "devDependencies": {"t": "~5.1"},
                 "overrides": {"t": "$t", "a": {"b": "$b", "t": "$t"}, "gone": "1"}}
                """)
            .slim();
    assertTrue(
        NpmProject.text(form, MANIFEST)
            .contains(
                "\"overrides\": {\"t\": \"~5.1\", \"a\": {\"b\": \"$b\", \"t\": \"~5.1\"},"
                    + " \"gone\": \"1\"}"),
        NpmProject.text(form, MANIFEST));
  }

  @Test
  void aliasesAreKnownByTheirFolder() {
    SlimForm form =
        NpmProject.of(
                "package.json",
                "{\"dependencies\": {\"old\": \"npm:a@^1\", \"a\": \"^2\", \"z\": \"1\"}}",
                "package-lock.json",
                lock(
                    "'': {'dependencies': {'old': 'npm:a@^1', 'a': '^2', 'z': '1'}}",
                    "'node_modules/a': {'version': '2.0.0'}",
                    "'node_modules/old': {'name': 'a', 'version': '1.5.0'}",
                    "'node_modules/z': {'version': '1.0.0'}"))
            .slim("a", "z");
    assertEquals(List.of(new Installed("a", "1.5.0", "node_modules/old", false)), form.installs());
  }

  @Test
  void aWorkspaceHasOneFormWithAManifestForEachMember() throws IOException {
    NpmProject shop = shop("package-lock.json");
    SlimForm form = shop.slim("left", "rimraf");
    assertEquals(
        Set.of(MANIFEST, "packages/web/" + MANIFEST, "packages/jobs/" + MANIFEST, LOCK),
        new TreeSet<>(form.files().stream().map(SlimForm.SlimFile::name).toList()));
    JsonObject packages = packages(form);
    assertNull(packages.get("node_modules/nodemon"));
    assertNull(packages.get("node_modules/rimraf"));
    assertNull(packages.get("node_modules/left"));
    assertEquals("5.9.3", at(packages, "node_modules/typescript").string("version"));
    assertTrue(at(packages, "node_modules/fsevents").isTrue("optional"));
    assertNull(at(packages, "packages/jobs").get("devDependencies"));
    assertTrue(at(packages, "node_modules/@shop/web").isTrue("link"));

    JsonObject root = object(NpmProject.text(form, MANIFEST));
    assertEquals("^5.5.0", at(root, "overrides").string("typescript"));
    assertEquals(List.of("start"), names(root, "scripts"));
    JsonObject web = object(NpmProject.text(form, "packages/web/" + MANIFEST));
    assertEquals(List.of("start"), names(web, "scripts"));
    assertEquals(
        Map.of(
            "package.json",
            MANIFEST,
            "packages/web/package.json",
            "packages/web/" + MANIFEST,
            "packages/jobs/package.json",
            "packages/jobs/" + MANIFEST,
            "package-lock.json",
            LOCK),
        new NpmWriter().trials(shop.plan(), form, shop, (_, _) -> null).getFirst().files());
  }

  @Test
  void theMirrorOfVersionTwoSaysTheSameAsItsPackages() throws IOException {
    SlimForm form = shop("package-lock.v2.json").slim("left", "rimraf");
    JsonObject lock = object(NpmProject.text(form, LOCK));
    Map<String, String> placed = LockMirror.placed(lock);
    assertEquals(placed, LockMirror.mirrored(lock));
    assertTrue(placed.size() > 60, placed.size() + " places");
  }

  @Test
  void aShrinkwrapStaysOne() {
    NpmProject project =
        NpmProject.of(
            "package.json",
            "{\"dependencies\": {\"a\": \"1\"}}",
            "npm-shrinkwrap.json",
            lock("'': {'dependencies': {'a': '1'}}", "'node_modules/a': {'version': '1.0.0'}"));
    SlimForm form = project.slim();
    assertEquals(
        lock("'': {'dependencies': {'a': '1'}}", "'node_modules/a': {'version': '1.0.0'}"),
        NpmProject.text(form, "npm-shrinkwrap.production.json"));
    TrialInstall trial =
        new NpmWriter().trials(project.plan(), form, project, (_, _) -> null).getFirst();
    assertEquals("npm-shrinkwrap.production.json", trial.files().get("npm-shrinkwrap.json"));
  }

  @Test
  void aLockThatDoesNotBelongToItsManifestIsRefused() {
    NpmProject project =
        NpmProject.of(
            "package.json",
            "{\n  \"dependencies\": {\n    \"a\": \"^2\"\n  }\n}",
            "package-lock.json",
            lock("'': {'dependencies': {'a': '^1'}}", "'node_modules/a': {'version': '1.0.0'}"));
    String message =
        String.valueOf(
            assertThrows(DepslimException.InvalidInput.class, () -> project.slim()).getMessage());
    assertEquals(
        "package-lock.json: 'npm ci' refuses it, for it does not belong to package.json: a is"
            + " required as ^2 by package.json and locked as 1.0.0 (Invalid) at package.json:3:5;"
            + " run 'npm install' and commit the lock, then run again",
        message);
  }

  @Test
  void aLockOfVersionOneIsRefused() {
    NpmProject project =
        NpmProject.of(
            "package.json",
            "{\"dependencies\": {\"a\": \"1\"}}",
            "package-lock.json",
            "{\"lockfileVersion\": 1, \"dependencies\": {\"a\": {\"version\": \"1.0.0\"}}}");
    String message =
        String.valueOf(
            assertThrows(DepslimException.InvalidInput.class, () -> project.slim()).getMessage());
    assertTrue(message.contains("lock version 1"), message);
    assertTrue(message.contains("npm install --package-lock-only"), message);
  }

  @Test
  void aTrialGetsLocalArchivesAndTheSettingsThatMatter() {
    NpmProject project =
        NpmProject.of(
            "package.json",
            "{\"dependencies\": {\"a\": \"file:vendor/a.tgz\"}}",
            ".npmrc",
            "; ours\nlegacy-peer-deps = true\n@acme:registry=https://npmjs.example/\n"
                + "//npmjs.example/:_authToken=${TOKEN}\ngit=./evil\n",
            "package-lock.json",
            lock(
                "'': {'dependencies': {'a': 'file:vendor/a.tgz'}}",
                "'node_modules/a': {'version': '1.0.0', 'resolved': 'file:vendor/a.tgz',"
                    + " 'peerDependencies': {'nowhere': '1'}}"));
    SlimForm form = project.slim();
    TrialInstall trial =
        new NpmWriter().trials(project.plan(), form, project, (_, _) -> null).getFirst();
    assertEquals(Map.of("vendor/a.tgz", "vendor/a.tgz"), trial.originals());
    assertEquals(
        List.of(
            "npm",
            "ci",
            "--omit=dev",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--legacy-peer-deps=true",
            "--@acme:registry=https://npmjs.example/"),
        trial.command());
  }

  @Test
  void whatATrialInstalledIsReadFromItsFolders(@TempDir Path folder) throws IOException {
    put(folder, "node_modules/a", "{\"name\": \"a\", \"version\": \"1.0.0\"}");
    put(folder, "node_modules/a/node_modules/@s/b", "{\"name\": \"@s/b\", \"version\": \"2.0.0\"}");
    put(folder, "node_modules/old", "{\"name\": \"a\", \"version\": \"0.1.0\"}");
    put(folder, "node_modules/a/test/node_modules/fixture", "{\"name\": \"x\"}");
    put(folder, "node_modules/.cache/x", "{\"name\": \"x\"}");
    put(folder, "packages/web/node_modules/c", "{\"name\": \"c\", \"version\": \"3.0.0\"}");
    put(folder, "packages/web", "{\"name\": \"web\", \"version\": \"1.0.0\"}");
    Files.createSymbolicLink(folder.resolve("node_modules/web"), Path.of("../packages/web"));
    TrialInstall trial =
        new TrialInstall(
            "npm ci",
            List.of("npm", "ci"),
            Map.of("package.json", MANIFEST, "packages/web/package.json", "packages/web/x"),
            Map.of(),
            Map.of());
    assertEquals(
        List.of(
            new Installed("a", "1.0.0", "node_modules/a", false),
            new Installed("@s/b", "2.0.0", "node_modules/a/node_modules/@s/b", false),
            new Installed("a", "0.1.0", "node_modules/old", false),
            new Installed("c", "3.0.0", "packages/web/node_modules/c", false)),
        new NpmWriter().installed(trial, folder, ""));
  }

  private static void put(Path root, String folder, String manifest) throws IOException {
    Files.createDirectories(root.resolve(folder));
    Files.writeString(root.resolve(folder).resolve("package.json"), manifest);
  }

  private static dev.depslim.model.MinimizePlan.ProjectPlan plan() {
    return NpmProject.of("package.json", "{}").plan();
  }

  private static NpmProject shop(String lock) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    for (String name :
        List.of("package.json", "packages/web/package.json", "packages/jobs/package.json")) {
      texts.put(name, resource(name));
    }
    texts.put("package-lock.json", resource(lock));
    return new NpmProject(texts);
  }

  private static String resource(String name) throws IOException {
    try (var in = NpmWriterTest.class.getResourceAsStream("/npm/shop/" + name)) {
      assertTrue(in != null, name);
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static JsonObject packages(SlimForm form) {
    JsonObject packages = object(NpmProject.text(form, LOCK)).object("packages");
    assertTrue(packages != null);
    return packages;
  }

  private static JsonObject object(String text) {
    return (JsonObject) JsonText.parse(text.getBytes(StandardCharsets.UTF_8)).root();
  }

  private static JsonObject at(JsonObject object, String name) {
    JsonObject found = object.object(name);
    assertTrue(found != null, name + " is not there");
    return found;
  }

  private static List<String> names(JsonObject object, String section) {
    JsonObject rows = object.object(section);
    return rows == null ? List.of() : rows.names();
  }

  /// A lock of version 3 on few lines; `'` stands for `"`.
  static String lock(String... entries) {
    return ("{'lockfileVersion': 3, 'requires': true, 'packages': {\n  "
            + String.join(",\n  ", entries)
            + "\n}}\n")
        .replace('\'', '"');
  }
}

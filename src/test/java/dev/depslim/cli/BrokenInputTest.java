package dev.depslim.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.depslim.syntax.Json;
import dev.depslim.syntax.Tree;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What files that nobody should write lead to; a sound project lies beside them.
class BrokenInputTest {
  @TempDir Path folder;

  @BeforeEach
  void soundProject() throws IOException {
    write("sound/package.json", "{\"dependencies\": {\"express\": \"^4\"}}");
  }

  @Test
  void malformedJsonSaysWhere() throws IOException {
    write("a/package.json", "{\n  \"dependencies\": {\n    \"b\" \"2\"\n  }\n}\n");
    assertError("a/package.json:3:9: error: not valid JSON", "':' after the name");
  }

  @Test
  void commentsAndTrailingCommasOfJsonAreNamed() throws IOException {
    write("a/package.json", "{\n// no\n}");
    write("b/package.json", "{\"dependencies\": {\"a\": \"1\",}}");
    assertError("a/package.json:2:", "a comment, which JSON does not have");
    assertError("b/package.json:1:28: error: ", "a comma stands before '}'");
  }

  @Test
  void conflictMarkersAreNamed() throws IOException {
    write("a/package.json", "{\n<<<<<<< HEAD\n\"name\": \"a\"\n}");
    write("b/requirements.txt", "flask\n<<<<<<< HEAD\nredis\n=======\n>>>>>>> main\nrich\n");
    assertError("a/package.json:2:1: error: ", "a merge conflict marker");
    for (int line : List.of(2, 4, 5)) {
      assertError("b/requirements.txt:" + line + ":1: error: ", "a merge conflict marker");
    }
    assertEquals(List.of("flask", "redis", "rich"), declared("b"));
  }

  @Test
  void lastOfDuplicateKeysWins() throws IOException {
    write("a/package.json", "{\"dependencies\": {\n\"x\": \"1\",\n\"x\": \"2\"}}");
    Run run = Run.of("check", folder.toString(), "--format", "json");
    assertEquals(0, run.exit(), run.out());
    assertIssue(run, "a/package.json:2:1: warning: ", "again in line 3, which wins");
    assertTrue(run.out().contains("\"constraint\": \"2\""), run.out());
  }

  @Test
  void lastOfDuplicateEntriesOfALockWins() throws IOException {
    String manifest = "{\"dependencies\": {\"koa\": \"^1.0.0\"}}";
    for (String name : List.of("npm3", "npm1", "yarn1", "yarn4", "bun")) {
      write(name + "/package.json", manifest);
    }
    write(
        "npm3/package-lock.json",
        "{\"lockfileVersion\": 3, \"packages\": {\"\": {\"dependencies\": {\"koa\": \"^1.0.0\"}},\n"
            + "\"node_modules/koa\": {\"version\": \"1.0.0\"},\n"
            + "\"node_modules/koa\": {\"version\": \"1.0.1\"}}}");
    write(
        "npm1/package-lock.json",
        "{\"lockfileVersion\": 1, \"dependencies\": {\n"
            + "\"koa\": {\"version\": \"1.0.0\"},\n\"koa\": {\"version\": \"1.0.1\"}}}");
    write(
        "yarn1/yarn.lock",
        "# yarn lockfile v1\nkoa@^1.0.0:\n  version \"1.0.0\"\nkoa@^1.0.0:\n  version \"1.0.1\"\n");
    write(
        "yarn4/yarn.lock",
        "__metadata:\n  version: 8\n"
            + "\"koa@npm:^1.0.0\":\n  version: 1.0.0\n  resolution: \"koa@npm:1.0.0\"\n"
            + "\"koa@npm:^1.0.0\":\n  version: 1.0.1\n  resolution: \"koa@npm:1.0.1\"\n");
    write(
        "bun/bun.lock",
        "{\"lockfileVersion\": 1, \"workspaces\": {\"\": {\"dependencies\": {\"koa\":"
            + " \"^1.0.0\"}}},\"packages\": {\n"
            + "\"koa\": [\"koa@1.0.0\", \"\", {}, \"\"],\n"
            + "\"koa\": [\"koa@1.0.1\", \"\", {}, \"\"]}}");
    Run run = analyze();
    assertIssue(run, "npm3/package-lock.json:2: warning: ", "again in line 3, which counts");
    assertIssue(run, "npm1/package-lock.json:2: warning: ", "again in line 3, which counts");
    assertIssue(run, "yarn1/yarn.lock:2:1: warning: ", "again in line 4, which counts");
    assertIssue(run, "yarn4/yarn.lock:3:1: warning: ", "again in line 6, which counts");
    assertIssue(run, "bun/bun.lock:2: warning: ", "again in line 3, which counts");
    assertFalse(run.out().contains("\"version\": \"1.0.0\""), run.out());
  }

  @Test
  void duplicateKeysOfPythonFilesSayWhere() throws IOException {
    write("a/setup.cfg", "[options]\ninstall_requires = flask\ninstall_requires = rich\n");
    assertError("a/setup.cfg:3:1: error: ", "stands in line 2 already");
    write("b/Pipfile", "[packages]\nflask = '*'\n");
    write(
        "b/Pipfile.lock",
        "{\"default\": {\n\"flask\": {\"version\": \"==1\"},\n\"flask\": {\"version\": \"==2\"}}}");
    assertIssue(analyze(), "b/Pipfile.lock:2:1: warning: ", "again in line 3, which counts");
  }

  @Test
  void duplicateTomlKeySaysWhere() throws IOException {
    write("a/pyproject.toml", "[project]\nname = \"x\"\nname = \"y\"\n");
    assertError("a/pyproject.toml:3:1: error: ", "the key 'name' stands in line 2 already");
  }

  @Test
  void requirementsInUtf16AreRead() throws IOException {
    write("a/requirements.txt", "\ufeffflask==3.0\nredis\n", StandardCharsets.UTF_16LE);
    assertEquals(0, check().exit());
    assertEquals(List.of("flask", "redis"), declared("a"));
  }

  @Test
  void restOfTheFileIsReadAfterAWrongLine() throws IOException {
    write("a/requirements.txt", "flask\nname=1.0\nredis\n");
    assertError("a/requirements.txt:2:5: error: ", "write '=='");
    assertEquals(List.of("flask", "redis"), declared("a"));
  }

  @Test
  void includesInACircleAreNamedOnce() throws IOException {
    write("a/requirements.txt", "flask\n-r more.txt\n");
    write("a/more.txt", "redis\n-r requirements.txt\n");
    assertError("a/more.txt:2:1: error: ", "includes this file again");
    assertEquals(List.of("flask", "redis"), declared("a"));
  }

  @Test
  void includesThatLeadNowhereOrOutAreNamed() throws IOException {
    write("a/requirements.txt", "flask\n-r nowhere.txt\n-r ../../../../../../etc/passwd\n");
    assertError("a/requirements.txt:2:1: error: ", "nowhere.txt does not exist");
    assertError("a/requirements.txt:3:1: error: ", "outside of the analysed folder");
    assertEquals(List.of("flask"), declared("a"));
  }

  @Test
  void foldersAndLinksNamedLikeAManifestAreNone() throws IOException {
    Files.createDirectories(folder.resolve("a/package.json"));
    Files.createDirectories(folder.resolve("b"));
    Files.createSymbolicLink(folder.resolve("b/package.json"), Path.of("nowhere"));
    assertEquals(0, check().exit());
    assertEquals(List.of(), declared("a"));
  }

  @Test
  void emptyFilesAreNoCrash() throws IOException {
    for (String name :
        List.of(
            "package.json",
            "package-lock.json",
            "requirements.txt",
            "pyproject.toml",
            "uv.lock",
            "poetry.lock")) {
      write("a/" + name, "");
    }
    assertError("a/package.json:1:1: error: ", "the file is empty");
    assertError("a/package-lock.json:1:1: error: ", "the file is empty");
  }

  @Test
  void deepNestingIsRefusedWithItsPlace() throws IOException {
    write("a/package.json", "[".repeat(100_000));
    write("b/pyproject.toml", "x = " + "[".repeat(20_000));
    assertError("a/package.json:1:", "nested deeper than 500 levels");
    assertError("b/pyproject.toml:1:505: error: ", "nested deeper than 500 levels");
  }

  @Test
  void longSingleLineIsRead() throws IOException {
    write(
        "a/package.json",
        "{\"readme\": \"" + "x".repeat(20 << 20) + "\", \"dependencies\": {\"koa\": \"^2\"}}");
    assertEquals(0, check().exit());
    assertEquals(List.of("koa"), declared("a"));
  }

  @Test
  void tenThousandRequirementsAreRead() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 10_000; i++) {
      text.append("package-").append(i).append("==1.").append(i).append('\n');
    }
    write("a/requirements.txt", text.toString());
    assertEquals(10_000, declared("a").size());
  }

  @Test
  void unknownLockVersionsAreReadAndNamed() throws IOException {
    write("a/package.json", "{\"dependencies\": {\"koa\": \"^2\"}}");
    write(
        "a/package-lock.json",
        """
        {"lockfileVersion": 99, "packages": {
          "": {"dependencies": {"koa": "^2"}}, "node_modules/koa": {"version": "2.1.0"}}}
        """);
    Run run = check();
    assertEquals(0, run.exit(), run.out());
    assertIssue(run, "a/package-lock.json:1:", "lockfileVersion 99 is not known");
    assertTrue(analyze().out().contains("\"version\": \"2.1.0\""));
  }

  @Test
  void halfALockIsAnErrorAndItsManifestCounts() throws IOException {
    write("a/package.json", "{\"dependencies\": {\"koa\": \"^2\"}}");
    write("a/package-lock.json", "{\"lockfileVersion\": 3, \"packages\": {\"\": {");
    assertError("a/package-lock.json:1:", "the text ends too early");
    assertEquals(List.of("koa"), declared("a"));
  }

  @Test
  void nothingButBrokenFilesIsUnreadable() throws IOException {
    write("broken/package.json", "{");
    String alone = folder.resolve("broken").toString();
    for (String[] command :
        List.of(
            new String[] {"analyze", alone},
            new String[] {"check", alone},
            new String[] {"check", alone, "--allow-unreadable"})) {
      Run run = Run.of(command);
      assertEquals(3, run.exit(), run.out());
      assertTrue(run.err().contains("package.json:1:"), run.err());
      assertTrue(run.err().contains("mend them first"), run.err());
    }
  }

  @Test
  void documentIsWrittenWhereNothingIsFound() throws IOException {
    Files.createDirectories(folder.resolve("empty"));
    for (String command : List.of("analyze", "check")) {
      Run run = Run.of(command, folder.resolve("empty").toString(), "--format", "json");
      assertEquals(3, run.exit());
      assertTrue(run.out().contains("\"projects\": []"), run.out());
      assertIssue(run, ".: error: ", "no package.json");
    }
  }

  /// Analysis goes on, the gate does not open unless told to, and the issue says what and where.
  private void assertError(String place, String message) {
    Run analysis = analyze();
    assertEquals(0, analysis.exit(), analysis.err());
    assertIssue(analysis, place, message);
    assertEquals(3, check().exit());
    assertEquals(0, Run.of("check", folder.toString(), "--allow-unreadable").exit());
    assertFalse(analysis.out().contains(folder.toString()), analysis.out());
  }

  private static void assertIssue(Run run, String place, String message) {
    List<String> issues = new ArrayList<>();
    for (Tree item : items(document(run), "issues")) {
      Tree.Mapping issue = (Tree.Mapping) item;
      issues.add(
          issue.string("path")
              + position(issue.get("line"))
              + position(issue.get("column"))
              + ": "
              + issue.string("severity")
              + ": "
              + issue.string("message"));
    }
    assertTrue(
        issues.stream().anyMatch(text -> text.startsWith(place) && text.contains(message)),
        () -> place + " … " + message + " is not in\n" + String.join("\n", issues));
  }

  private static String position(@org.jspecify.annotations.Nullable Tree number) {
    return number instanceof Tree.Scalar scalar && !scalar.text().equals("0")
        ? ":" + scalar.text()
        : "";
  }

  private List<String> declared(String project) {
    List<String> names = new ArrayList<>();
    for (Tree item : items(document(analyze()), "projects")) {
      if (item instanceof Tree.Mapping found && project.equals(found.string("path"))) {
        items(found, "dependencies")
            .forEach(dependency -> names.add(((Tree.Mapping) dependency).string("name")));
      }
    }
    return names;
  }

  private static Tree.Mapping document(Run run) {
    return (Tree.Mapping) Json.parse(run.out().getBytes(StandardCharsets.UTF_8));
  }

  private static List<Tree> items(Tree.Mapping mapping, String name) {
    return java.util.Objects.requireNonNull(mapping.sequence(name), name).items();
  }

  private Run analyze() {
    return Run.of("analyze", folder.toString(), "--format", "json");
  }

  private Run check() {
    return Run.of("check", folder.toString(), "--format", "json");
  }

  private void write(String path, String text) throws IOException {
    write(path, text, StandardCharsets.UTF_8);
  }

  private void write(String path, String text, Charset charset) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text, charset);
  }
}

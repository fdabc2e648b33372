package dev.depslim.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.depslim.syntax.Json;
import dev.depslim.syntax.Tree;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is no plain file, and what cannot be read: nothing waits for it, and the rest is read.
class OddFilesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /// Every name under which a manifest, a lock, or a setting is looked for.
  private static final List<String> NAMES =
      List.of(
          "package.json",
          "package-lock.json",
          "npm-shrinkwrap.json",
          "pnpm-lock.yaml",
          "pnpm-workspace.yaml",
          "yarn.lock",
          "bun.lock",
          "bun.lockb",
          "requirements.txt",
          "requirements.in",
          "pyproject.toml",
          "setup.cfg",
          "setup.py",
          "Pipfile",
          "Pipfile.lock",
          "uv.lock",
          "poetry.lock",
          "pdm.lock",
          "pylock.toml",
          "environment.yml",
          "Dockerfile",
          "Procfile",
          ".python-version",
          ".npmrc",
          ".yarnrc.yml",
          ".gitignore",
          ".depslim.yml",
          "MINIMIZE.md");

  @TempDir Path folder;

  @BeforeEach
  void soundProject() throws IOException {
    write("sound/package.json", "{\"dependencies\": {\"koa\": \"^2\"}}");
    write("sound/requirements.txt", "flask\n");
  }

  @Test
  void nothingWaitsForAPipe() throws Exception {
    for (String name : NAMES) {
      assertEquals(0, new ProcessBuilder("mkfifo", path("odd", name)).start().waitFor());
    }
    Files.createSymbolicLink(folder.resolve("sound/package-lock.json"), Path.of("../odd/Pipfile"));
    write("more/requirements.txt", "rich\n-r ../odd/requirements.txt\n");
    write("more/package.json", "{\"workspaces\": [\"../odd\"], \"dependencies\": {\"ws\": \"8\"}}");
    Run run = patient("analyze", folder.toString(), "--format", "json");
    assertEquals(0, run.exit(), run.err());
    assertEquals(List.of("flask", "koa", "rich", "ws"), declared(run));
    assertTrue(said(run).contains("more/requirements.txt:2:1: error"), () -> run.out());
    for (String command : List.of("check", "minimize")) {
      assertEquals(3, patient(command, folder.toString()).exit(), command);
    }
    assertEquals(0, patient("explain", "koa", folder.toString()).exit());
  }

  /// The settings of the folder that is analysed itself.
  @Test
  void nothingWaitsForAPipeAtTheTop() throws Exception {
    for (String name : List.of(".depslim.yml", ".gitignore", ".npmrc", "Dockerfile")) {
      assertEquals(0, new ProcessBuilder("mkfifo", path("sound", name)).start().waitFor());
    }
    Run run = patient("analyze", folder.resolve("sound").toString(), "--format", "json");
    assertTrue(run.exit() == 0 || run.exit() == 2, run.err());
    assertTrue(run.exit() == 0 || run.err().contains(".depslim.yml"), run.err());
  }

  @Test
  void socketsAreNoFiles() throws Exception {
    List<ServerSocketChannel> sockets = new ArrayList<>();
    try {
      for (String name : List.of("package.json", "uv.lock", "yarn.lock", "setup.py")) {
        ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        sockets.add(socket);
        socket.bind(UnixDomainSocketAddress.of(path("odd", name)));
      }
      Run run = patient("analyze", folder.toString(), "--format", "json");
      assertEquals(0, run.exit(), run.err());
      assertEquals(List.of("flask", "koa"), declared(run));
    } finally {
      for (ServerSocketChannel socket : sockets) {
        socket.close();
      }
    }
  }

  @Test
  void foldersNamedLikeFilesAreFolders() throws IOException {
    for (String name : NAMES) {
      write(
          "odd/" + name + "/package.json",
          "{\"dependencies\": {\"in" + name.length() + "\": \"1\"}}");
    }
    Run run = patient("analyze", folder.toString(), "--format", "json");
    assertEquals(0, run.exit(), run.err());
    assertTrue(declared(run).contains("koa"), run.out());
    assertTrue(declared(run).contains("in" + "package.json".length()), run.out());
  }

  @Test
  void linksInACircleAreNotFollowed() throws IOException {
    Files.createDirectories(folder.resolve("odd/a/b"));
    Files.createSymbolicLink(folder.resolve("odd/a/b/up"), Path.of("../../.."));
    Files.createSymbolicLink(folder.resolve("odd/self"), Path.of("self"));
    Files.createSymbolicLink(folder.resolve("odd/package.json"), Path.of("package-lock.json"));
    Files.createSymbolicLink(folder.resolve("odd/package-lock.json"), Path.of("package.json"));
    Files.createSymbolicLink(folder.resolve("odd/uv.lock"), Path.of("nowhere"));
    Files.createSymbolicLink(folder.resolve("odd/yarn.lock"), Path.of("/etc/hostname"));
    Files.createSymbolicLink(folder.resolve("odd/setup.py"), Path.of("/dev/zero"));
    Files.createSymbolicLink(folder.resolve("odd/setup.cfg"), Path.of("/dev/stdin"));
    write("work/package.json", "{\"workspaces\": [\"**\"], \"dependencies\": {\"ws\": \"8\"}}");
    Files.createSymbolicLink(folder.resolve("work/again"), Path.of("."));
    Files.createSymbolicLink(folder.resolve("work/sound"), Path.of("../sound"));
    Run run = patient("analyze", folder.toString(), "--format", "json");
    assertEquals(0, run.exit(), run.err());
    assertEquals(List.of("flask", "koa", "ws"), declared(run));
    assertEquals(List.of(), said(run));
  }

  /// Who may read everything, such as root, reads these files as well.
  @Test
  void whatMayNotBeReadIsSaid() throws IOException {
    Path closed = write("odd/package.json", "{\"dependencies\": {\"ws\": \"8\"}}");
    Path hidden = write("closed/package.json", "{\"dependencies\": {\"ws\": \"8\"}}").getParent();
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
    Files.setPosixFilePermissions(hidden, PosixFilePermissions.fromString("---------"));
    try {
      Run run = patient("analyze", folder.toString(), "--format", "json");
      assertEquals(0, run.exit(), run.err());
      boolean all = Files.isReadable(closed);
      assertEquals(
          all ? List.of() : List.of("closed: warning", "odd/package.json: error"), said(run));
      assertEquals(
          all ? List.of("flask", "koa", "ws", "ws") : List.of("flask", "koa"), declared(run));
    } finally {
      Files.setPosixFilePermissions(hidden, PosixFilePermissions.fromString("rwx------"));
    }
  }

  @Test
  void veryDeepFoldersAreWalked() throws IOException {
    Path at = folder.resolve("deep");
    for (int i = 0; i < 900; i++) {
      at = at.resolve("d");
    }
    Files.createDirectories(at);
    Files.writeString(at.resolve("package.json"), "{\"dependencies\": {\"ws\": \"8\"}}");
    Run run = patient("analyze", folder.toString(), "--format", "json");
    assertEquals(List.of("flask", "koa", "ws"), declared(run));
  }

  private static Run patient(String... command) {
    return assertTimeoutPreemptively(PATIENCE, () -> Run.of(command), String.join(" ", command));
  }

  private String path(String project, String name) throws IOException {
    return Files.createDirectories(folder.resolve(project)).resolve(name).toString();
  }

  private Path write(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private static List<String> declared(Run run) {
    List<String> names = new ArrayList<>();
    for (Tree project : items(document(run), "projects")) {
      for (Tree one : items((Tree.Mapping) project, "dependencies")) {
        names.add(((Tree.Mapping) one).string("name"));
      }
    }
    return names.stream().sorted().toList();
  }

  /// Issues as `path:line:column: severity`.
  private static List<String> said(Run run) {
    List<String> said = new ArrayList<>();
    for (Tree one : items(document(run), "issues")) {
      Tree.Mapping issue = (Tree.Mapping) one;
      StringBuilder text = new StringBuilder(String.valueOf(issue.string("path")));
      for (String part : List.of("line", "column")) {
        if (issue.get(part) instanceof Tree.Scalar number && !number.text().equals("0")) {
          text.append(':').append(number.text());
        }
      }
      said.add(text.append(": ").append(issue.string("severity")).toString());
    }
    return said;
  }

  private static List<Tree> items(Tree.Mapping mapping, String name) {
    return java.util.Objects.requireNonNull(mapping.sequence(name), name).items();
  }

  private static Tree.Mapping document(Run run) {
    return (Tree.Mapping) Json.parse(run.out().getBytes(StandardCharsets.UTF_8));
  }
}

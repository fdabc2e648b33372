package dev.depslim.ecosystem.python;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.depslim.ecosystem.SourceFile;
import dev.depslim.ecosystem.UserSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PythonClientsTest {
  @TempDir Path home;
  private final Map<String, String> project = new HashMap<>();
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void away() {
    environment.put("XDG_CONFIG_DIRS", home.resolve("machine").toString());
    environment.put("VIRTUAL_ENV", home.resolve("venv").toString());
  }

  private PythonClients of(String kind, String lock) {
    MemoryFiles files = new MemoryFiles();
    project.forEach(files::with);
    return PythonClients.of(
        new UserSettings(environment, home),
        files,
        new SourceFile("app/" + kind, lock.getBytes(StandardCharsets.UTF_8)),
        kind);
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.resolveSibling("."));
    Files.writeString(file, text);
  }

  @Test
  void filesOfPipCountInItsOrder() throws IOException {
    write(home.resolve("machine/pip/pip.conf"), "[global]\nindex-url = https://machine.example\n");
    write(
        home.resolve(".config/pip/pip.conf"),
        """
        [global]
        index_url = https://user.example/simple
        extra-index-url =
            https://one.example/simple
            https://two.example/simple
        [list]
        index-url = https://not.example
        """);
    assertEquals(
        List.of(
            "https://user.example/simple/",
            "https://machine.example/",
            "https://one.example/simple/",
            "https://two.example/simple/"),
        of("poetry.lock", "").indexes().stream().filter(it -> !it.contains("etc")).toList());
    write(home.resolve("venv/pip.conf"), "[install]\nindex-url: https://venv.example/\n");
    environment.put("PIP_INDEX_URL", "https://variable.example");
    assertEquals(
        List.of("https://variable.example/", "https://venv.example/"),
        of("poetry.lock", "").indexes().subList(0, 2));
    environment.put("PIP_CONFIG_FILE", "/dev/null");
    assertEquals(List.of("https://variable.example/"), of("poetry.lock", "").indexes());
  }

  @Test
  void projectsNameIndexesOfTheirOwn() {
    environment.put("PIP_CONFIG_FILE", "/dev/null");
    project.put(
        "app/pyproject.toml",
        """
        [[tool.uv.index]]
        name = "extra"
        url = "https://extra.example/simple"
        [[tool.uv.index]]
        name = "main"
        url = "https://main.example/simple"
        default = true
        [[tool.uv.index]]
        name = "torch"
        url = "https://torch.example/cpu"
        explicit = true
        [[tool.poetry.source]]
        name = "later"
        url = "https://later.example/"
        priority = "supplemental"
        """);
    project.put("uv.toml", "index-url = \"https://above.example\"\n");
    assertEquals(
        List.of(
            "https://main.example/simple/",
            "https://above.example/",
            "https://extra.example/simple/",
            "https://later.example/"),
        of("uv.lock", "").indexes());
  }

  @Test
  void requirementFilesNameIndexesOfTheirOwn() {
    environment.put("PIP_CONFIG_FILE", "/dev/null");
    environment.put("PIP_EXTRA_INDEX_URL", "https://b.example https://c.example");
    environment.put("WORD", "secret");
    PythonClients clients =
        of(
            "requirements.txt",
            "-i https://me:${WORD}@a.example/simple\n--extra-index-url=https://d.example\nx==1\n");
    assertEquals(
        List.of(
            "https://a.example/simple/",
            "https://d.example/",
            "https://b.example/",
            "https://c.example/"),
        clients.indexes());
    assertEquals("credentials for 1 places", clients.credentials().toString());
  }

  @Test
  void secretsComeFromVariablesAndNetrcToo() throws IOException {
    environment.put("PIP_CONFIG_FILE", "/dev/null");
    environment.put("UV_INDEX_OWN_NAME_USERNAME", "me");
    environment.put("UV_INDEX_OWN_NAME_PASSWORD", "word");
    project.put(
        "pyproject.toml",
        "[[tool.uv.index]]\nname = \"own-name\"\nurl = \"https://own.example/simple\"\n");
    write(
        home.resolve(".netrc"),
        "machine one.example login me password word\nmachine two.example\n login me\n");
    assertEquals("credentials for 2 places", of("uv.lock", "").credentials().toString());
  }

  @Test
  void authorityOfPipIsRead() throws IOException {
    UserSettings user = new UserSettings(environment, home);
    write(home.resolve("venv/pip.conf"), "[global]\ncert = /corp.pem\n");
    assertEquals("/corp.pem", PythonTrust.bundle(user));
    environment.put("PIP_CONFIG_FILE", "/dev/null");
    assertNull(PythonTrust.bundle(new UserSettings(environment, home)));
  }
}

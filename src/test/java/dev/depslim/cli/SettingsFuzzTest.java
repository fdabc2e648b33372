package dev.depslim.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Breaks what is read beside manifests and locks: the policy, rule sets, ignore files, settings of
/// npm and the index of git. Whole runs, each twice: they must end as the contract says, and alike.
///
/// `-Ddepslim.fuzz.seconds`, `-Ddepslim.fuzz.seed` and `-Ddepslim.fuzz.only` as for
/// [FormatsFuzzTest].
class SettingsFuzzTest {
  private static final int MAX_EXIT = 3;
  private static final int FEWEST = 20;
  private static final long MAX_MILLIS = 10_000;
  private static final String POLICY = ".depslim.yml";
  private static final String RULES = ".depslim/rules.yml";
  private static final String IGNORE = ".gitignore";
  private static final String NPMRC = ".npmrc";
  private static final String INDEX = ".git/index";

  @TempDir Path folder;

  @Test
  void brokenSettingsEndAsTheContractSays() throws IOException {
    FuzzSeeds seeds = FuzzSeeds.ofProperties();
    Map<String, byte[]> sound = sound();
    sound.forEach(this::write);
    List<String> names = sound.keySet().stream().sorted().toList();
    List<FormatFixture> pieces =
        names.stream().map(name -> new FormatFixture(name, name, sound)).toList();
    seeds.each(
        FEWEST,
        seeds.seconds() / 5,
        (input, random) -> {
          FormatFixture one = pieces.get(random.nextInt(pieces.size()));
          write(one.path(), new Mutator(random, pieces, List.of(one)).mutate(one.content()));
          String[] command =
              one.path().equals(RULES) && random.nextBoolean()
                  ? new String[] {"rules", "validate", folder.resolve(RULES).toString()}
                  : new String[] {"check", folder.toString(), "--format", "json"};
          run(command, one.path() + ", input " + input + " of seed " + seeds.seed());
          write(one.path(), one.content());
        });
  }

  private static void run(String[] command, String what) {
    ThreadMXBean clock = ManagementFactory.getThreadMXBean();
    long start = clock.getCurrentThreadCpuTime();
    Run run = Run.of(command);
    Run again = Run.of(command);
    long millis = (clock.getCurrentThreadCpuTime() - start) / 2_000_000;
    assertTrue(run.exit() >= 0 && run.exit() <= MAX_EXIT, () -> what + ": " + run);
    assertFalse(run.err().contains("internal error"), () -> what + ": " + run.err());
    assertTrue(run.exit() < 2 || !run.err().isBlank() || !run.out().isBlank(), what);
    assertEquals(run, again, what);
    assertTrue(millis < MAX_MILLIS, what + " takes " + millis + " ms");
  }

  private static Map<String, byte[]> sound() throws IOException {
    return Map.of(
        "package.json",
        bytes("{\"dependencies\": {\"koa\": \"^2\", \"puppeteer\": \"22\"}}"),
        POLICY,
        Files.readAllBytes(Path.of("src/test/resources/config/full.yml")),
        RULES,
        rules(),
        IGNORE,
        bytes("# built\n/dist/\n*.log\n!keep.log\n**/tmp/**\ndoc/[a-z]*\\ x\nbuild-[!0-9]/\n"),
        NPMRC,
        bytes("legacy-peer-deps = true\nregistry=https://npmjs.example/\nomit[]=dev\n"),
        INDEX,
        index());
  }

  /// The first rules of a built-in set.
  private static byte[] rules() throws IOException {
    try (InputStream in = SettingsFuzzTest.class.getResourceAsStream("/rules/apk.yml")) {
      return java.util.Objects.requireNonNull(in).readNBytes(3_000);
    }
  }

  /// An index of git, version 2, with one entry and no checksum.
  private static byte[] index() {
    String name = "dist/app.js";
    StringBuilder text = new StringBuilder("DIRC\0\0\0\2\0\0\0\1");
    text.append("\0".repeat(60)).append('\0').append((char) name.length()).append(name);
    text.append("\0".repeat(8 - (62 + name.length()) % 8)).append("x".repeat(20));
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void write(String path, byte[] content) {
    try {
      Path file = folder.resolve(path);
      Files.createDirectories(file.getParent());
      Files.write(file, content);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}

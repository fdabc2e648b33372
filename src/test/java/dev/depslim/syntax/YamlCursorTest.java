package dev.depslim.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.depslim.syntax.YamlTokens.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class YamlCursorTest {
  private static final String LOCK =
      """
      # written by a package manager
      lockfileVersion: '9.0'

      importers:

        .:
          dependencies:
            'a b':
              specifier: ^1.0.0
              version: 1.0.0(c@2.0.0) # a comment
          empty:

        "quoted \\"key\\"": {}

      packages:
        a@1.0.0:
          resolution: {integrity: sha512-x==, tarball: https://npmjs.example/a/-/a-1.0.0.tgz}
          engines: {node: '>= 18', '0': node >= 0.3.6}
          os: [darwin, '!linux']
          cpu:
          - x64
          - arm64
          deprecated: |-
            first line

              indented line
          peers:
            - a
            - 'it''s'
      ? "b@npm:1, b@npm:2"
      :
        version: 1.0.0-\u00e9
      """;

  @Test
  void bothReadersSeeTheSame() {
    assertNull(difference(LOCK));
    assertNull(difference(LOCK.replace("\n", "\r\n")));
    assertNull(difference("---\na: 1\n---\nb:\n  c: 2\n"));
    assertNull(difference("\uFEFFa: 1\n"));
    assertNull(difference("- a\n- {b: [c, {d: e}]}\n"));
    assertNull(difference(""));
    assertNull(difference("# nothing\n"));
    assertNull(difference("---\n"));
    assertNull(difference("a: >-\n  folded\n  text\n\n  more\nb: 1\n"));
    assertNull(difference("a: |\n  x\n\n\nb:\n- c\n"));
  }

  /// What the quick reader takes it must take as the full parser does; what it leaves to that one
  /// costs time only.
  @Test
  void changedTextsAreReadAlikeOrLeftToTheFullParser() {
    long seed = 20260823;
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    String letters = " \n:-#'\"{}[],|>?&*!%@`a1.\\/~";
    int taken = 0;
    for (int round = 0; round < 20_000; round++) {
      StringBuilder text = new StringBuilder(LOCK);
      for (int change = random.nextInt(1, 4); change > 0; change--) {
        int at = random.nextInt(text.length());
        char letter = letters.charAt(random.nextInt(letters.length()));
        switch (random.nextInt(3)) {
          case 0 -> text.deleteCharAt(at);
          case 1 -> text.insert(at, letter);
          default -> text.setCharAt(at, letter);
        }
      }
      byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
      YamlTokens quick = BlockYaml.read(bytes);
      if (quick != null) {
        taken++;
        @Nullable String difference;
        try {
          difference = difference(quick, full(bytes));
        } catch (SyntaxException e) {
          difference = "refused in line " + e.line() + ": " + e.getMessage();
        }
        assertNull(difference, "seed " + seed + ":\n" + text);
      }
    }
    assertTrue(taken > 5_000, "only " + taken + " texts were read quickly");
  }

  @Test
  void locksAreReadQuicklyAndAlike() throws IOException {
    String vectors = System.getenv("DEPSLIM_VECTORS");
    Assumptions.assumeTrue(
        vectors != null, "DEPSLIM_VECTORS is not set: the folder of the conformance vectors");
    List<Path> locks;
    try (Stream<Path> all = Files.walk(Path.of(vectors, "locks"))) {
      locks =
          all.filter(path -> path.endsWith("pnpm-lock.yaml") || path.endsWith("yarn.lock"))
              .filter(path -> !path.toString().contains("yarn-classic"))
              .toList();
    }
    List<String> wrong = new ArrayList<>();
    int quick = 0;
    for (Path lock : locks) {
      byte[] bytes = Files.readAllBytes(lock);
      YamlTokens tokens = BlockYaml.read(bytes);
      if (tokens != null) {
        quick++;
        String difference = difference(tokens, full(bytes));
        if (difference != null) {
          wrong.add(lock + ": " + difference);
        }
      }
    }
    assertEquals(List.of(), wrong);
    assertTrue(quick > locks.size() * 9 / 10, "only " + quick + " of " + locks.size());
  }

  @Test
  void cursorGoesFromFrontToBack() {
    YamlCursor yaml =
        YamlCursor.over("a: 1\nb: {c: [d, e]}\nf: 2\n".getBytes(StandardCharsets.UTF_8));
    assertTrue(yaml.nextDocument());
    assertEquals("a", yaml.enterMapping());
    assertEquals("1", yaml.text());
    assertEquals("b", yaml.nextKey());
    assertEquals(2, yaml.keyLine());
    yaml.skip();
    assertEquals("f", yaml.nextKey());
    assertEquals("2", yaml.text());
    assertNull(yaml.nextKey());
    assertTrue(!yaml.nextDocument());
  }

  @Test
  void aliasesOfCollectionsAreRefused() {
    SyntaxException e =
        assertThrows(
            SyntaxException.class,
            () -> YamlCursor.over("a: &a {b: c}\nd: [*a, *a]\n".getBytes(StandardCharsets.UTF_8)));
    assertEquals(2, e.line());
  }

  @Test
  void deepNestingIsRefused() {
    byte[] deep = ("a: " + "[".repeat(50_000)).getBytes(StandardCharsets.UTF_8);
    SyntaxException e = assertThrows(SyntaxException.class, () -> YamlCursor.over(deep));
    assertEquals(1, e.line());
  }

  @Test
  void scalarAliasesAreTheirText() {
    YamlCursor yaml = YamlCursor.over("a: &x 1\nb: *x\n".getBytes(StandardCharsets.UTF_8));
    assertTrue(yaml.nextDocument());
    assertEquals("a", yaml.enterMapping());
    yaml.skip();
    assertEquals("b", yaml.nextKey());
    assertEquals("1", yaml.text());
  }

  private static @Nullable String difference(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    YamlTokens quick = BlockYaml.read(bytes);
    assertNotNull(quick, "not read quickly: " + text);
    return difference(quick, full(bytes));
  }

  private static YamlTokens full(byte[] bytes) {
    return YamlEvents.read(bytes);
  }

  private static @Nullable String difference(YamlTokens quick, YamlTokens full) {
    for (int i = 0; i < Math.min(quick.size(), full.size()); i++) {
      String at = "line " + quick.line(i) + ": ";
      if (quick.kind(i) != full.kind(i)) {
        return at + quick.kind(i) + " instead of " + full.kind(i);
      }
      if (quick.kind(i) == Kind.SCALAR) {
        String text = quick.text(i);
        if (!text.equals(full.text(i))) {
          return at + text + " instead of " + full.text(i);
        }
        if (!text.isEmpty()
            && (quick.line(i) != full.line(i) || quick.column(i) != full.column(i))) {
          return at + text + " stands in " + full.line(i) + ":" + full.column(i);
        }
      }
    }
    return quick.size() == full.size() ? null : quick.size() + " instead of " + full.size();
  }
}

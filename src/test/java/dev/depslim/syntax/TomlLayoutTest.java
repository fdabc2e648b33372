package dev.depslim.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.depslim.syntax.TomlLayout.Array;
import dev.depslim.syntax.TomlLayout.Header;
import dev.depslim.syntax.TomlLayout.Inline;
import dev.depslim.syntax.TomlLayout.Pair;
import dev.depslim.syntax.TomlLayout.Scalar;
import dev.depslim.syntax.TomlLayout.Statement;
import dev.depslim.syntax.TomlLayout.Value;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TomlLayoutTest {
  private static final String TEXT =
      """
      # first
      a.'b c'."d" = 'x' # why
      [t . u]
        n = [ 1, # one
          "two]", '''thr
      ee''', ]   # end
      [[t.v]]
      s = \"""\\
         a \\"b" \\u00e9\"""
      i = { p = 1979-05-27 07:32:00, "q.r" = [], z.y = true }
      l = 'C:\\new'
      """;

  private static String shown(String text, Value value) {
    return switch (value) {
      case Scalar scalar ->
          scalar.string() == null
              ? text.substring(scalar.start(), scalar.end())
              : '<' + scalar.string() + '>';
      case Array array -> array.items().stream().map(item -> shown(text, item)).toList().toString();
      case Inline inline ->
          inline.pairs().stream()
              .map(pair -> pair.path() + "=" + shown(text, pair.value()))
              .toList()
              .toString();
    };
  }

  private static List<String> shown(String text) {
    List<String> out = new ArrayList<>();
    for (Statement statement : TomlLayout.statements(text)) {
      out.add(
          switch (statement) {
            case Header header -> header.path() + (header.array() ? " list" : "");
            case Pair pair -> pair.path() + " " + shown(text, pair.value());
          });
    }
    return out;
  }

  @Test
  void everyStatementIsFoundWithItsPath() {
    List<String> expected =
        List.of(
            "[a, b c, d] <x>",
            "[t, u]",
            "[t, u, n] [1, <two]>, <thr\nee>]",
            "[t, v] list",
            "[t, v, s] <a \"b\" é>",
            "[t, v, i] [[p]=1979-05-27 07:32:00, [q.r]=[], [z, y]=true]",
            "[t, v, l] <C:\\new>");
    assertEquals(expected, shown(TEXT));
    List<String> windows = shown(TEXT.replace("\n", "\r\n"));
    assertEquals(expected, windows.stream().map(line -> line.replace("\r", "")).toList());
    assertEquals(expected, shown("\uFEFF" + TEXT));
  }

  @Test
  void statementsReachFromTheirFirstCharacterToTheEndOfTheLine() {
    List<Statement> all = TomlLayout.statements(TEXT);
    assertEquals(
        "a.'b c'.\"d\" = 'x' # why\n", TEXT.substring(all.get(0).start(), all.get(0).end()));
    assertEquals(
        "n = [ 1, # one\n    \"two]\", '''thr\nee''', ]   # end\n",
        TEXT.substring(all.get(2).start(), all.get(2).end()));
  }

  @Test
  void emptyAndEndlessTextsHaveAnEnd() {
    assertEquals(List.of(), TomlLayout.statements(""));
    assertEquals(List.of("[a] 1"), shown("a = 1"));
    assertThrows(SyntaxException.class, () -> TomlLayout.statements("a = [1"));
    assertThrows(SyntaxException.class, () -> TomlLayout.statements("a = [}"));
    assertThrows(SyntaxException.class, () -> TomlLayout.statements("a b"));
    assertThrows(SyntaxException.class, () -> TomlLayout.statements("a = 'x"));
  }
}

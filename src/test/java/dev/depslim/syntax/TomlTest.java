package dev.depslim.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TomlTest {
  @Test
  void tablesHeadersAndDottedKeysAreOneTree() {
    String text =
        """
        a.b.c = 1
        a.b.d = "x"
        [a.'q k'."r\\t"]
        e = [1, [2, {f = 3}], # comment
          4,
        ]
        [[l]]
        g = true
        [[l]]
        [l.m]
        h = 1979-05-27 07:32:00Z
        """;
    assertEquals(
        "{a:{b:{c:1,d:'x'},q k:{r\t:{e:[1,[2,{f:3}],4]}}},l:[{g:true},{m:{h:1979-05-27 07:32:00Z}}]}",
        show(parse(text)));
  }

  @Test
  void stringsKeepWhatTheyMean() {
    assertEquals(
        "{a:'\"\\\n\u00e9\u00e9\ud83d\ude00 '}",
        show(parse("a = \"\\\"\\\\\\n\\u00E9é\\U0001F600\\x20\"")));
    assertEquals("{a:'C:\\new'}", show(parse("a = 'C:\\new'")));
    assertEquals(
        "{a:'one two\n\"\"\"'}", show(parse("a = \"\"\"\none \\\n\n   two\n\\\"\"\"\"\"\"")));
    assertEquals("{a:'''x''}", show(parse("a = '''''x''''")));
  }

  @Test
  void numbersAreWrittenPlainly() {
    assertEquals(
        "{a:1000,b:255,c:-17,d:6.5e3,e:-inf,f:18446744073709551616}",
        show(parse("a=1_000\nb=0xff\nc=-17\nd=6.5E+3\ne=-inf\nf=18446744073709551616")));
  }

  @Test
  void everyMistakeHasItsPlace() {
    assertMistake("a = \n", 1, 5, "the end of the line where a value");
    assertMistake("a = 01", 1, 5, "'01' is no value");
    assertMistake("a = 2024-02-30", 1, 5, "no date or time");
    assertMistake("[a]\nb = 1\nb = 2", 3, 1, "the key 'b' stands in line 2 already");
    assertMistake("[a]\n[a]", 2, 2, "the table 'a' stands in line 1 already");
    assertMistake("a = 1\n[a.b]", 2, 2, "'a' in line 1 is no table");
    assertMistake("a = \"x\ny\"", 1, 7, "\" is missing");
    assertMistake("é = 1", 1, 1, "found 'é' where a name should stand");
    assertMistake("\"é😀\" = ?", 1, 9, "found '?' where a value should stand");
    assertMistake("a = [1\n\n 2]", 3, 2, "where , or ] should stand: it begins at 1:5");
    assertMistake("a = \"\0\"", 1, 6, "a NUL byte in a text");
    assertMistake("a = 1 b = 2", 1, 7, "found 'b' where the line should end");
    assertMistake("a = 1\n<<<<<<< HEAD\n", 2, 1, "a merge conflict marker");
    assertMistake("a = \"\\q\"", 1, 6, "an escape that TOML does not know");
    assertMistake("a = " + "[".repeat(10_000), 1, 505, "nested deeper than 500 levels");
    assertMistake("a" + ".a".repeat(10_000) + " = 1", 1, 1003, "nested deeper than 500 levels");
    assertMistake("[a" + ".a".repeat(10_000) + "]", 1, 1004, "nested deeper than 500 levels");
  }

  @Test
  void bytesThatAreNoTextAreRefusedWithTheirPlace() {
    byte[] bytes = "a = 'é'\nb = '?'".getBytes(StandardCharsets.UTF_8);
    bytes[bytes.length - 2] = (byte) 0xff;
    SyntaxException e = assertThrows(SyntaxException.class, () -> Toml.parse(bytes));
    assertEquals("2:6", e.line() + ":" + e.column());
    assertThrows(SyntaxException.class, () -> Toml.read(bytes));
    assertThrows(
        SyntaxException.class, () -> Toml.parse("a = 1".getBytes(StandardCharsets.UTF_16)));
  }

  @Test
  void readingGoesOnBehindAMistake() {
    Toml.Document document =
        Toml.read(
            bytes(
                """
                [project]
                name = "a
                dependencies = [
                  "b",
                  c,
                  "d==1",
                ]
                version = "1"
                version = "2"
                [tool.x
                lost = 1
                [tool.y]
                kept = 1
                """));
    assertEquals(
        "{project:{dependencies:['b','d==1'],version:'2'},tool:{y:{kept:1}}}",
        show(document.root()));
    List<String> places = new ArrayList<>();
    document.problems().forEach(problem -> places.add(problem.line() + ":" + problem.column()));
    assertEquals(List.of("2:10", "5:3", "9:1", "10:8"), places);
  }

  @Test
  void listsAreReadOnBehindAMistake() {
    Toml.Document document =
        Toml.read(
            bytes(
                """
                list = [
                  "x"
                  "y", # a comma is forgotten
                <<<<<<< HEAD
                  "z",
                =======
                  'w', "not closed,
                >>>>>>> other
                  [1, oops],
                ]
                one = ["a", b, "c"]
                open = [
                  "d",
                name = 1
                again = [ ["n"],
                ["m", 1],
                [t]
                kept = 1
                """));
    assertEquals(
        "{list:['x','y','z','w'],open:['d'],name:1,again:[['n'],['m',1]],t:{kept:1}}",
        show(document.root()));
    assertEquals(
        List.of(3, 4, 6, 7, 8, 9, 11, 14, 17),
        document.problems().stream().map(SyntaxException::line).toList());
    assertThrows(SyntaxException.class, () -> parse("list = [\n\"x\"\n\"y\"]"));
  }

  @Test
  void everythingKnowsItsPlace() {
    Tree.Mapping root = parse("\ufeff# first\r\n[t]\r\n  k = 'é' # more\r\nl = [ 'x' ]");
    Tree.Member table = member(root, "t");
    assertEquals("2:2", table.line() + ":" + table.column());
    Tree.Mapping inner = (Tree.Mapping) table.value();
    assertEquals("3:3", member(inner, "k").line() + ":" + member(inner, "k").column());
    assertEquals("3:7", inner.get("k") instanceof Tree.Scalar s ? s.line() + ":" + s.column() : "");
    assertEquals(
        "4:5", inner.get("l") instanceof Tree.Sequence s ? s.line() + ":" + s.column() : "");
  }

  private static Tree.Member member(Tree.Mapping table, String name) {
    return java.util.Objects.requireNonNull(table.member(name), name);
  }

  private static void assertMistake(String text, int line, int column, String message) {
    SyntaxException e = assertThrows(SyntaxException.class, () -> parse(text), text);
    assertEquals(line + ":" + column, e.line() + ":" + e.column(), e.getMessage());
    assertTrue(String.valueOf(e.getMessage()).contains(message), e.getMessage());
  }

  private static Tree.Mapping parse(String text) {
    return Toml.parse(bytes(text));
  }

  private static byte[] bytes(String text) {
    Charset charset = StandardCharsets.UTF_8;
    return text.getBytes(charset);
  }

  private static String show(Tree tree) {
    StringBuilder out = new StringBuilder();
    switch (tree) {
      case Tree.Mapping mapping -> {
        for (Tree.Member member : mapping.members()) {
          out.append(out.isEmpty() ? "" : ",").append(member.name()).append(':');
          out.append(show(member.value()));
        }
        return "{" + out + "}";
      }
      case Tree.Sequence list -> {
        for (Tree item : list.items()) {
          out.append(out.isEmpty() ? "" : ",").append(show(item));
        }
        return "[" + out + "]";
      }
      case Tree.Scalar scalar -> {
        return scalar.kind() == Tree.Kind.STRING ? "'" + scalar.text() + "'" : scalar.text();
      }
    }
  }
}

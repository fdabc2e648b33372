package dev.depslim.cli;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Breaks texts: by bytes, by lines, and by what looks like a value.
///
/// Texts are handled with one character for each byte, so that every byte can come out.
final class Mutator {
  private static final Charset BYTES = StandardCharsets.ISO_8859_1;
  private static final int MAX_LENGTH = 2_000_000;
  private static final Pattern VALUE =
      Pattern.compile(
          "\"(?:[^\"\\\\\\n]|\\\\.)*+\"|'[^'\\n]*+'|\\b\\d[\\w.]*+|\\b(?:true|false|null)\\b"
              + "|\\{\\}|\\[\\]|(?<=[:=] )[\\w@^~<>*][^\\n,]*+");
  private static final Pattern KEY =
      Pattern.compile("(?m)(?:\"[^\"\\n]*+\"|^ *[\\w.@/-]++) *+[:=] *+|(?<=[:=] )[^\\n,]++");
  private static final Pattern WORD = Pattern.compile("[\\w@/.-]{2,}");
  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "false",
          "0",
          "-1",
          "1e999",
          "0x7fffffff",
          "9".repeat(20),
          "9".repeat(5_000),
          "\"\"",
          "''",
          "{}",
          "[]",
          "[[]]",
          "{\"\": {}}",
          "[null]",
          "[1, {}]",
          "{\"a\": null}",
          "1979-05-27T07:32:00Z",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "\"..\"",
          "\"../../..\"",
          "\"npm:\"",
          "\"workspace:*\"",
          "\"file:.\"",
          "\"link:\"",
          "\"*\"",
          "~",
          "");
  private static final List<String> TOKENS =
      List.of(
          "\0",
          "\t",
          "\r",
          "\n",
          "\n\n",
          "\\",
          "\"",
          "'",
          "`",
          "#",
          " #",
          "{",
          "}",
          "[",
          "]",
          "(",
          ")",
          ",",
          ":",
          ": ",
          "=",
          "==",
          " = ",
          "|",
          ">",
          "&a ",
          "*a",
          "<<: *a",
          "- ",
          "? ",
          "! ",
          "!!python/object:os.system ",
          "%",
          "@",
          "/",
          "//",
          "/*",
          "*/",
          "..",
          "../",
          "~",
          "^",
          "$",
          "${X}",
          "-r ",
          "-c ",
          "-e ",
          "--hash=",
          " ; ",
          " @ ",
          "[[package]]\n",
          "[a.b]\n",
          "---\n",
          "...\n",
          "\"\"\"",
          "'''",
          "\u007f",
          "\u0080",
          "\u00ff\u00fe",
          "\u00ef\u00bb\u00bf",
          "\u00e2\u0080\u00a8",
          "\u00ed\u00a0\u0080",
          "\u00f4\u0090\u0080\u0080",
          "__proto__",
          "<<<<<<< HEAD\n",
          "=======\n",
          ">>>>>>> other\n",
          "node_modules/",
          "\u001b[31m");

  private final RandomGenerator random;
  private final List<FormatFixture> others;
  private final List<FormatFixture> alike;
  private final List<UnaryOperator<String>> ways;

  /// @param others where pieces are taken from
  /// @param alike those of the same format
  Mutator(RandomGenerator random, List<FormatFixture> others, List<FormatFixture> alike) {
    this.random = random;
    this.others = others;
    this.alike = alike;
    this.ways =
        List.of(
            this::truncate,
            this::flip,
            this::flip,
            this::deleteSpan,
            this::repeatSpan,
            this::deleteLines,
            this::repeatLines,
            this::moveLine,
            this::insertToken,
            this::insertToken,
            this::insertToken,
            this::insertBytes,
            this::otherValue,
            this::otherValue,
            this::otherValue,
            this::otherWord,
            this::otherWord,
            this::nest,
            this::longRun,
            this::splice,
            this::swapValues,
            this::swapWords,
            this::deleteKey,
            this::section,
            this::section,
            this::cross,
            this::lineEnds,
            this::encode);
  }

  /// The text broken in one to four ways.
  byte[] mutate(byte[] content) {
    String text = new String(content, BYTES);
    for (int left = 1 + random.nextInt(4); left > 0; left--) {
      text = ways.get(random.nextInt(ways.size())).apply(text);
      if (text.length() > MAX_LENGTH) {
        text = text.substring(0, MAX_LENGTH);
      }
    }
    return text.getBytes(BYTES);
  }

  private int place(String text) {
    return random.nextInt(text.length() + 1);
  }

  private <T> T any(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  private String truncate(String text) {
    return text.substring(0, place(text));
  }

  private String flip(String text) {
    if (text.isEmpty()) {
      return text;
    }
    char[] chars = text.toCharArray();
    for (int left = 1 + random.nextInt(3); left > 0; left--) {
      int at = random.nextInt(chars.length);
      chars[at] = (char) ((chars[at] ^ (1 << random.nextInt(8))) & 0xff);
    }
    return new String(chars);
  }

  /// Two places not far from each other, in order.
  private int[] span(String text) {
    int from = place(text);
    return new int[] {from, Math.min(text.length(), from + 1 + random.nextInt(60))};
  }

  private String deleteSpan(String text) {
    int[] span = span(text);
    return text.substring(0, span[0]) + text.substring(span[1]);
  }

  private String repeatSpan(String text) {
    int[] span = span(text);
    String piece = text.substring(span[0], span[1]).repeat(1 + random.nextInt(20));
    int at = random.nextBoolean() ? span[1] : place(text);
    return text.substring(0, at) + piece + text.substring(at);
  }

  private static List<String> lines(String text) {
    return new ArrayList<>(Arrays.asList(text.split("(?<=\n)", -1)));
  }

  private String deleteLines(String text) {
    List<String> lines = lines(text);
    int from = random.nextInt(lines.size());
    lines.subList(from, Math.min(lines.size(), from + 1 + random.nextInt(4))).clear();
    return String.join("", lines);
  }

  private String repeatLines(String text) {
    List<String> lines = lines(text);
    int from = random.nextInt(lines.size());
    int to = Math.min(lines.size(), from + 1 + random.nextInt(8));
    List<String> piece = List.copyOf(lines.subList(from, to));
    lines.addAll(random.nextBoolean() ? to : random.nextInt(lines.size() + 1), piece);
    return String.join("", lines);
  }

  private String moveLine(String text) {
    List<String> lines = lines(text);
    String line = lines.remove(random.nextInt(lines.size()));
    lines.add(random.nextInt(lines.size() + 1), line);
    return String.join("", lines);
  }

  private String insertToken(String text) {
    int at = place(text);
    return text.substring(0, at) + any(TOKENS) + text.substring(at);
  }

  private String insertBytes(String text) {
    byte[] noise = new byte[1 + random.nextInt(8)];
    random.nextBytes(noise);
    int at = place(text);
    return text.substring(0, at) + new String(noise, BYTES) + text.substring(at);
  }

  private List<MatchResult> matches(Pattern pattern, String text) {
    return pattern.matcher(text).results().limit(20_000).toList();
  }

  private String replace(String text, MatchResult match, String by) {
    return text.substring(0, match.start()) + by + text.substring(match.end());
  }

  /// Swaps types: a value becomes another, of any kind, or one of this text.
  private String otherValue(String text) {
    List<MatchResult> values = matches(VALUE, text);
    if (values.isEmpty()) {
      return text;
    }
    return replace(text, any(values), random.nextInt(4) == 0 ? any(values).group() : any(VALUES));
  }

  /// Names meet: what pointed somewhere points back, keys stand twice.
  private String otherWord(String text) {
    List<MatchResult> words = matches(WORD, text);
    return words.isEmpty() ? text : replace(text, any(words), any(words).group());
  }

  private String nest(String text) {
    List<String> openers =
        List.of("[", "{\"a\":", "(", "{a=", "- ", "a:\n", "a.", "{a: ", "[a", "\n[[a]]");
    String opener = any(openers);
    int depth = random.nextInt(5) == 0 ? 10_000 : 1 + random.nextInt(200);
    String deep = opener.repeat(depth);
    if (random.nextBoolean() && "[({".indexOf(opener.charAt(0)) >= 0) {
      deep += "1" + "])}".substring("[({".indexOf(opener.charAt(0))).substring(0, 1).repeat(depth);
    }
    List<MatchResult> values = matches(VALUE, text);
    if (!values.isEmpty() && random.nextBoolean()) {
      return replace(text, any(values), deep);
    }
    int at = place(text);
    return text.substring(0, at) + deep + text.substring(at);
  }

  private String longRun(String text) {
    int at = place(text);
    String run = any(TOKENS).repeat(1_000 + random.nextInt(30_000));
    return text.substring(0, at) + run + text.substring(at);
  }

  private String splice(String text) {
    String other = new String(any(others).content(), BYTES);
    int from = place(other);
    String piece = other.substring(from, Math.min(other.length(), from + random.nextInt(2_000)));
    int at = place(text);
    return text.substring(0, at) + piece + text.substring(at);
  }

  /// Two values of the text change places: where text stood, a map or a list may stand.
  private String swapValues(String text) {
    return swap(text, matches(VALUE, text));
  }

  /// Two names change places.
  private String swapWords(String text) {
    return swap(text, matches(WORD, text));
  }

  private String swap(String text, List<MatchResult> all) {
    if (all.size() < 2) {
      return text;
    }
    MatchResult a = any(all);
    MatchResult b = any(all);
    if (a.start() > b.start()) {
      return swapOrdered(text, b, a);
    }
    return a.start() == b.start() ? text : swapOrdered(text, a, b);
  }

  private static String swapOrdered(String text, MatchResult a, MatchResult b) {
    return text.substring(0, a.start())
        + b.group()
        + text.substring(a.end(), b.start())
        + a.group()
        + text.substring(b.end());
  }

  /// A name goes and its value stays, or the other way round.
  private String deleteKey(String text) {
    List<MatchResult> keys = matches(KEY, text);
    return keys.isEmpty() ? text : replace(text, any(keys), "");
  }

  /// A section, that is a line with all that is indented deeper or follows up to the next of its
  /// kind, goes, stands twice, moves, or changes its depth.
  private String section(String text) {
    List<String> lines = lines(text);
    int from = random.nextInt(lines.size());
    int depth = indent(lines.get(from));
    int to = from + 1;
    while (to < lines.size()
        && (indent(lines.get(to)) > depth || depth == 0 && !isHead(lines.get(to)))) {
      to++;
    }
    List<String> piece = List.copyOf(lines.subList(from, to));
    int at = random.nextInt(lines.size() + 1);
    switch (random.nextInt(4)) {
      case 0 -> lines.subList(from, to).clear();
      case 1 -> lines.addAll(at, piece);
      case 2 -> {
        lines.subList(from, to).clear();
        lines.addAll(Math.min(at, lines.size()), piece);
      }
      default -> lines.replaceAll(line -> piece.contains(line) ? "  " + line : line);
    }
    return String.join("", lines);
  }

  private static boolean isHead(String line) {
    return line.startsWith("[") || indent(line) == 0 && line.stripTrailing().endsWith(":");
  }

  private static int indent(String line) {
    int indent = 0;
    while (indent < line.length() && line.charAt(indent) == ' ') {
      indent++;
    }
    return indent;
  }

  /// The begin of the text and the end of another of its format, or lines of that among its own.
  private String cross(String text) {
    List<String> own = lines(text);
    List<String> other = lines(new String(any(alike).content(), BYTES));
    int from = random.nextInt(other.size());
    if (random.nextBoolean()) {
      return String.join("", own.subList(0, random.nextInt(own.size() + 1)))
          + String.join("", other.subList(from, other.size()));
    }
    int to = Math.min(other.size(), from + 1 + random.nextInt(30));
    own.addAll(random.nextInt(own.size() + 1), other.subList(from, to));
    return String.join("", own);
  }

  private String lineEnds(String text) {
    return text.replace("\n", any(List.of("\r\n", "\r", "\n\r", "\u0085", "\u000b", "")));
  }

  private String encode(String text) {
    String characters = new String(text.getBytes(BYTES), StandardCharsets.UTF_8);
    Charset charset =
        any(
            List.of(
                StandardCharsets.UTF_16,
                StandardCharsets.UTF_16LE,
                StandardCharsets.UTF_16BE,
                StandardCharsets.UTF_32,
                StandardCharsets.UTF_32LE,
                StandardCharsets.UTF_8));
    String mark = random.nextBoolean() ? "\ufeff" : "";
    return new String((mark + characters).getBytes(charset), BYTES);
  }
}

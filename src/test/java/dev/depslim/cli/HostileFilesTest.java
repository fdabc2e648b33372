package dev.depslim.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.depslim.model.Issue;
import dev.depslim.model.Severity;
import dev.depslim.project.Formats;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Every registered format meets the same kinds of broken content.
class HostileFilesTest {
  private static final long MAX_MILLIS = 10_000;
  private static final int LEVELS = 10_000;

  /// Other work on the machine does not count.
  private final ThreadMXBean clock = ManagementFactory.getThreadMXBean();

  private final Formats formats = Wiring.formats();

  @Test
  void everyFormatSaysWhereBrokenContentIs() throws IOException {
    List<String> wrong = new ArrayList<>();
    int asked = 0;
    for (FormatFixture fixture : oneOfEach().values()) {
      for (Map.Entry<String, byte[]> way : broken(fixture).entrySet()) {
        FormatFixture broken = fixture.with(way.getValue());
        String what = fixture.path() + " (" + fixture.id() + "), " + way.getKey() + ": ";
        long start = clock.getCurrentThreadCpuTime();
        List<Issue> issues = issues(fixture, broken);
        long millis = (clock.getCurrentThreadCpuTime() - start) / 1_000_000;
        asked++;
        if (millis > MAX_MILLIS) {
          wrong.add(what + "takes " + millis + " ms");
        }
        if (issues.isEmpty() && !isSound(fixture.path(), way.getKey())) {
          wrong.add(what + "nothing is said");
        }
        for (Issue issue : issues) {
          // what a lock lacks has no place, and a binary lock no lines
          if (issue.severity() == Severity.ERROR
              && issue.location().line() < 1
              && !fixture.path().endsWith(".lockb")) {
            wrong.add(what + "no line: " + issue);
          }
        }
      }
    }
    assertEquals("", String.join("\n", wrong));
    assertTrue(asked > 100, "only " + asked + " files");
  }

  /// What is not broken for the format: a long name is a name, a list is a statement of Python.
  private static boolean isSound(String path, String way) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    return switch (way) {
      case "cut" -> name.endsWith(".yml");
      case "NUL" -> name.equals("requirements.txt") || name.equals("setup.cfg"); // in a comment
      case "number", "one line" -> name.startsWith("requirements") || name.equals("setup.py");
      case "list" -> name.startsWith("setup.");
      case "deep value", "deep block" -> name.equals("setup.py");
      case "twice" ->
          List.of("setup.py", "pylock.toml", "yarn.lock").contains(name)
              || name.startsWith("requirements");
      default -> false;
    };
  }

  private List<Issue> issues(FormatFixture sound, FormatFixture broken) {
    FormatFixture.Reader reader = java.util.Objects.requireNonNull(sound.reader(formats));
    return reader.manifest() != null
        ? reader.manifest().read(broken.source(), broken).issues()
        : java.util.Objects.requireNonNull(reader.lock()).read(broken.source(), broken).issues();
  }

  private Map<String, FormatFixture> oneOfEach() throws IOException {
    Map<String, FormatFixture> found = new TreeMap<>();
    for (FormatFixture fixture : FormatFixtures.of(formats)) {
      FormatFixture.Reader reader = fixture.reader(formats);
      if (reader != null && fixture.id().startsWith("resources/formats")) {
        found.putIfAbsent(reader.name(), fixture);
      }
    }
    return found;
  }

  private static Map<String, byte[]> broken(FormatFixture fixture) {
    byte[] sound = fixture.content();
    String text = new String(sound, StandardCharsets.UTF_8);
    Map<String, byte[]> ways = new LinkedHashMap<>();
    ways.put("cut", bytes(text.substring(0, text.length() * 2 / 3)));
    ways.put(
        "NUL",
        bytes(text.substring(0, text.length() / 2) + "\0\0" + text.substring(text.length() / 2)));
    ways.put("no UTF-8", with(sound, 0xff, 0xfe, 0x80));
    ways.put("surrogate", with(sound, 0xed, 0xa0, 0x80));
    ways.put("list", bytes("[1, 2]\n"));
    ways.put("number", bytes("9".repeat(100_000)));
    ways.put("deep list", bytes("[".repeat(LEVELS)));
    ways.put("deep value", bytes(text + "\nx = " + "[".repeat(LEVELS) + "]".repeat(LEVELS)));
    ways.put("deep object", bytes("{\"a\":".repeat(LEVELS)));
    ways.put("deep brackets", bytes("a==1; " + "(".repeat(LEVELS)));
    ways.put("deep block", bytes("- ".repeat(LEVELS)));
    ways.put("one line", bytes("x".repeat(3_000_000)));
    ways.put("twice", bytes(text + "\n" + text));
    return ways;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] with(byte[] sound, int... noise) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(sound, 0, sound.length / 2);
    for (int each : noise) {
      out.write(each);
    }
    out.write(sound, sound.length / 2, sound.length - sound.length / 2);
    return out.toByteArray();
  }
}

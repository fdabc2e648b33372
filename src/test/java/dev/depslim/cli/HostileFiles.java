package dev.depslim.cli;

import dev.depslim.model.Issue;
import dev.depslim.model.Severity;
import dev.depslim.project.Formats;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/// Every registered format meets the same kinds of broken content.
final class HostileFiles {
  private static final int LEVELS = 10_000;

  private final Formats formats = Wiring.formats();

  private HostileFiles() {}

  /// Reads one broken file.
  ///
  /// @param run what is wrong with what the reader says, empty for nothing
  record Check(String name, Supplier<String> run) {}

  /// Each way to break a file, for one fixture of each format.
  static List<Check> all() throws IOException {
    HostileFiles files = new HostileFiles();
    List<Check> checks = new ArrayList<>();
    for (FormatFixture fixture : files.oneOfEach().values()) {
      for (String way : broken(fixture).keySet()) {
        String name = fixture.path() + " (" + fixture.id() + "), " + way;
        checks.add(new Check(name, () -> files.problem(fixture, way)));
      }
    }
    return checks;
  }

  private String problem(FormatFixture fixture, String way) {
    byte[] content = java.util.Objects.requireNonNull(broken(fixture).get(way));
    List<Issue> issues = issues(fixture, fixture.with(content));
    if (issues.isEmpty() && !isSound(fixture.path(), way)) {
      return "nothing is said";
    }
    for (Issue issue : issues) {
      // what a lock lacks has no place, and a binary lock no lines
      if (issue.severity() == Severity.ERROR
          && issue.location().line() < 1
          && !fixture.path().endsWith(".lockb")) {
        return "no line: " + issue;
      }
    }
    return "";
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

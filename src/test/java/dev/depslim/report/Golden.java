package dev.depslim.report;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Compares a text with a file under `src/test/resources/golden`, line ends included.
///
/// `mvn test -Ddepslim.golden.update=true` writes the files anew; look at the difference before you
/// commit it. It refuses to run where the environment variable `CI` is set.
final class Golden {
  private static final Path FOLDER = Path.of("src/test/resources/golden");

  private Golden() {}

  static void assertMatches(String file, String actual) throws IOException {
    Path path = FOLDER.resolve(file);
    if (Boolean.getBoolean("depslim.golden.update")) {
      update(path, actual, System.getenv("CI") != null);
      return;
    }
    if (!Files.exists(path)) {
      fail(path + " does not exist: write it with -Ddepslim.golden.update=true");
    }
    String difference = firstDifference(Files.readString(path), actual);
    if (difference != null) {
      fail(path + " " + difference + "\nIf it is right: -Ddepslim.golden.update=true");
    }
  }

  static void update(Path path, String actual, boolean ci) throws IOException {
    if (ci) {
      fail("golden files are not updated in CI: update them at home and look at the difference");
    }
    assertNotNull(path.getParent());
    Files.createDirectories(path.getParent());
    Files.writeString(path, actual);
  }

  /// The first line that differs, with its number, or null where the texts are equal.
  static @Nullable String firstDifference(String expected, String actual) {
    String[] wanted = expected.split("\n", -1);
    String[] got = actual.split("\n", -1);
    for (int i = 0; i < Math.max(wanted.length, got.length); i++) {
      String a = i < wanted.length ? wanted[i] : "(no such line)";
      String b = i < got.length ? got[i] : "(no such line)";
      if (!a.equals(b)) {
        return "differs in line " + (i + 1) + "\nexpected: " + a + "\nbut was:  " + b;
      }
    }
    return null;
  }
}

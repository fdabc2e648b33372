package dev.depslim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs what the build makes as users run it: the launcher, the jars and the bundled runtime.
class DistributionIT {
  private static final Path HOME =
      Path.of(System.getProperty("depslim.home", "target/depslim")).toAbsolutePath();

  @TempDir Path folder;

  private record Ended(int exit, String out, String err) {}

  @Test
  void runsWithoutAnyJavaOnThePath() throws Exception {
    Ended run = run(folder, HOME.resolve("bin/depslim"), "--version");
    assertEquals(0, run.exit, run.err);
    assertTrue(run.out.matches("depslim \\d+\\.\\d+\\.\\d+\\n"), run.out);
    assertEquals("", run.err);
  }

  @Test
  void classesAreMapped() throws Exception {
    Ended run =
        run(
            folder,
            HOME.resolve("runtime/bin/java"),
            "-XX:+UseSerialGC",
            "-Xlog:class+load",
            "-XX:SharedArchiveFile=" + HOME.resolve("lib/depslim.jsa"),
            "-cp",
            HOME.resolve("lib/depslim.jar").toString(),
            "dev.depslim.Depslim",
            "--version");
    assertTrue(run.out.contains("dev.depslim.Depslim source: shared objects file (top)"), run.out);
  }

  @Test
  void runsThroughLinksFromAnyFolder() throws Exception {
    Path link = folder.resolve("a link");
    Files.createSymbolicLink(link, HOME.resolve("bin/depslim"));
    assertEquals(0, run(folder, link, "--help").exit);
  }

  @Test
  void exampleOfTheReadmeIsAnalysed() throws Exception {
    Path example = Path.of("examples/echotune").toAbsolutePath();
    Ended run = run(example, HOME.resolve("bin/depslim"), "analyze", ".");
    assertEquals(0, run.exit, run.err);
    assertEquals("", run.err);
    assertTrue(run.out.contains("90 declared"), run.out);
    assertEquals(1, run(example, HOME.resolve("bin/depslim"), "check").exit);
  }

  @Test
  void imageIsReadWithAnEmptyStandardError() throws Exception {
    Path sample = Path.of("target/sample/shop.tar").toAbsolutePath();
    Ended run = run(folder, HOME.resolve("bin/depslim"), "image", sample.toString());
    assertEquals(0, run.exit, run.err);
    assertEquals("", run.err);
    assertTrue(run.out.contains("puppeteer-core"), run.out);
  }

  @Test
  void missingImageSaysWhatWasTried() throws Exception {
    Ended run =
        run(folder, HOME.resolve("bin/depslim"), "image", "archive:" + folder + "/none.tar");
    assertEquals(3, run.exit);
    assertTrue(run.err.contains("none.tar"), run.err);
    assertEquals("", run.out);
  }

  private static Ended run(Path from, Path program, String... args)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(program.toString());
    command.addAll(List.of(args));
    Path out = Files.createTempFile("depslim", ".out");
    Path err = Files.createTempFile("depslim", ".err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(from.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    Map<String, String> environment = builder.environment();
    environment.remove("JAVA_HOME");
    environment.remove("JAVA_TOOL_OPTIONS");
    environment.put("PATH", "/usr/bin:/bin");
    int exit = builder.start().waitFor();
    Ended ended =
        new Ended(
            exit,
            Files.readString(out, StandardCharsets.UTF_8),
            Files.readString(err, StandardCharsets.UTF_8));
    Files.delete(out);
    Files.delete(err);
    return ended;
  }
}

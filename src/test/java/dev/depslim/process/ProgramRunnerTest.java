package dev.depslim.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramRunnerTest {
  private static final Map<String, String> ENVIRONMENT = Map.of("PATH", "/usr/bin:/bin", "A", "1");

  @TempDir Path folder;

  private ProgramRun run(Duration time, int limit, String... command) {
    return new ProgramRunner(ENVIRONMENT, time, limit)
        .run(List.of(command), folder, Map.of("B", "2"));
  }

  private ProgramRun.Ended shell(String script) {
    return assertInstanceOf(
        ProgramRun.Ended.class, run(Duration.ofSeconds(30), 1 << 20, "sh", "-c", script));
  }

  @Test
  void outputsAndExitCodeAreTold() {
    ProgramRun.Ended ended = shell("echo out; echo err >&2; exit 3");
    assertEquals(new ProgramRun.Ended(3, "out\n", "err\n", false), ended);
  }

  @Test
  void argumentsReachTheProgramAsTheyAre() {
    assertEquals(
        new ProgramRun.Ended(0, "$HOME; 'a b'\n", "", false),
        run(Duration.ofSeconds(30), 1 << 20, "echo", "$HOME; 'a b'"));
  }

  @Test
  void environmentIsWhatWasGivenAndNothingElse() {
    assertEquals("1 2\n", shell("echo $A $B $HOME").output());
  }

  @Test
  void workingFolderIsTheOneGiven() throws IOException {
    assertEquals(folder.toRealPath() + "\n", shell("pwd -P").output());
  }

  @Test
  void standardInputIsEmpty() {
    assertEquals("", shell("cat").output());
  }

  @Test
  void programThatLastsTooLongIsEndedWithItsChildren() throws Exception {
    String beats = "echo begun; (while :; do echo x >> beats; sleep 0.02; done) & wait";
    ProgramRun run = run(Duration.ofMillis(500), 1 << 20, "sh", "-c", beats);
    assertEquals("begun\n", assertInstanceOf(ProgramRun.TimedOut.class, run).output());
    Thread.sleep(100);
    long size = Files.size(folder.resolve("beats"));
    Thread.sleep(200);
    assertEquals(size, Files.size(folder.resolve("beats")));
  }

  @Test
  void outputBeyondTheLimitIsDropped() {
    ProgramRun run = run(Duration.ofSeconds(30), 10, "sh", "-c", "seq 1 100000");
    assertEquals(new ProgramRun.Ended(0, "1\n2\n3\n4\n5\n", "", true), run);
  }

  @Test
  void programThatIsNotThereIsSaid() {
    ProgramRun run = run(Duration.ofSeconds(30), 10, "no-such-program");
    assertEquals(
        new ProgramRun.NotStarted("there is no no-such-program on the PATH: install it"), run);
  }

  @Test
  void currentFolderIsNotSearched() throws IOException {
    Path own = folder.resolve("npm");
    Files.writeString(own, "#!/bin/sh\necho own\n");
    Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rwxr-xr-x"));
    ProgramRun run =
        new ProgramRunner(Map.of("PATH", ":"), Duration.ofSeconds(30), 10)
            .run(List.of("npm"), folder, Map.of());
    assertInstanceOf(ProgramRun.NotStarted.class, run);
  }
}

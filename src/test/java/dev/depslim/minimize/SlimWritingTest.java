package dev.depslim.minimize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.depslim.model.Category;
import dev.depslim.model.Classification;
import dev.depslim.model.Confidence;
import dev.depslim.model.DeclaredDependency;
import dev.depslim.model.Dependency;
import dev.depslim.model.Ecosystem;
import dev.depslim.model.Issue;
import dev.depslim.model.Location;
import dev.depslim.model.Minimization.PackageVersion;
import dev.depslim.model.Minimization.Result;
import dev.depslim.model.Minimization.Verified;
import dev.depslim.model.MinimizePlan;
import dev.depslim.model.MinimizePlan.Decision;
import dev.depslim.model.MinimizePlan.ProjectPlan;
import dev.depslim.model.Origin;
import dev.depslim.model.Project;
import dev.depslim.model.Scope;
import dev.depslim.model.Size;
import dev.depslim.model.Usage;
import dev.depslim.model.Verdict;
import dev.depslim.process.ProgramRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// From a plan to written files and trials, with a writer and a package manager made for it.
class SlimWritingTest {
  private static final String ACCEPTS = "cat in/wanted.txt; printf 12345 > left";

  @TempDir Path root;

  private final MinimizePlan plan =
      new MinimizePlan(
          List.of(Category.DEV),
          false,
          List.of(project(".", "wanted.txt"), project("api", "api/wanted.txt")));

  @BeforeEach
  void inputs() throws IOException {
    Files.createDirectories(root.resolve("api"));
    Files.writeString(root.resolve("wanted.txt"), "flask\npytest\n");
    Files.writeString(root.resolve("api/wanted.txt"), "flask\n");
    Files.writeString(root.resolve("original.txt"), "original");
  }

  @Test
  void formsAreWrittenWithTheirNotes() throws IOException {
    SlimWriting writing = writing(new LineWriter(ACCEPTS, List.of()), "slim");
    assertEquals(List.of(), writing.obstacles(false));
    assertEquals(
        List.of("MINIMIZE.md", "api/MINIMIZE.md", "api/slim.txt", "slim.txt"),
        writing.write().stream().map(written -> written.path()).toList());
    assertEquals("flask\n", Files.readString(root.resolve("slim/slim.txt")));
    assertEquals(
        """
        <!-- written by depslim minimize: slim.txt -->
        # Slim dependencies

        Written by `depslim minimize`; a later run writes it anew. Nothing else was changed: the originals are where they were.

        ## Python

        | file | takes the place of |
        | --- | --- |
        | `slim.txt` | `wanted.txt` |

        1 of 2 declared packages are left out. A production install brings 1 package, 1 fewer than before.

        Not declared for production anyway: `pytest`.

        Only a test.

        Use it in the Dockerfile

        ```dockerfile
        COPY slim/slim.txt ./
        RUN lines install slim.txt
        ```

        Go back: delete these files, and use the originals again.
        """,
        Files.readString(root.resolve("slim/MINIMIZE.md")));
    assertTrue(Files.readString(root.resolve("slim/api/MINIMIZE.md")).contains("COPY slim/api/"));
  }

  @Test
  void whatReadingAgainFindsTakesEverythingBack() {
    SlimWriting writing = writing(new LineWriter(ACCEPTS, List.of("it lies")), "slim");
    IllegalStateException e = assertThrows(IllegalStateException.class, writing::write);
    assertTrue(String.valueOf(e.getMessage()).contains("it lies"), e.getMessage());
    assertFalse(Files.exists(root.resolve("slim")));
  }

  @Test
  void inputThatIsNotUnderstoodIsRefusedWithItsPlace() throws IOException {
    Files.writeString(root.resolve("wanted.txt"), "broken\n");
    List<SlimForms.Attempt> attempts = attempts(new LineWriter(ACCEPTS, List.of()), List.of());
    assertEquals(
        "wanted.txt:1: what is 'broken'?",
        assertInstanceOf(SlimForms.Refused.class, attempts.getFirst()).reason());
    assertInstanceOf(SlimForms.Made.class, attempts.getLast());
  }

  @Test
  void projectWithAnUnreadableFileIsRefused() {
    List<SlimForms.Attempt> attempts =
        attempts(
            new LineWriter(ACCEPTS, List.of()),
            List.of(Issue.error(new Location("api/wanted.txt", 3, 1), "no requirement")));
    assertInstanceOf(SlimForms.Made.class, attempts.getFirst());
    assertEquals(
        "api/wanted.txt:3:1: error: no requirement",
        assertInstanceOf(SlimForms.Refused.class, attempts.getLast()).reason());
  }

  @Test
  void resultsCountWhatGoes() {
    Result result = results(new LineWriter(ACCEPTS, List.of())).values().iterator().next();
    assertEquals(1, result.packages());
    assertEquals(List.of(new PackageVersion("pytest", "1")), result.removed());
    assertEquals(1, result.files().getFirst().difference().removed());
    assertEquals("slim.txt", result.files().getFirst().path());
  }

  @Test
  void trialThatInstallsThePlanIsAccepted() {
    List<String> announced = new ArrayList<>();
    Verified verified = verify(ACCEPTS, announced);
    assertTrue(verified.accepted(), verified.toString());
    assertEquals(1, verified.packages());
    assertEquals(5, verified.bytes());
    assertEquals(List.of("sh -c " + ACCEPTS), announced);
  }

  @Test
  void trialSeesItsFilesAndVariablesAndNothingOfTheProject() {
    assertTrue(
        verify("test -f copy.txt && test $EXTRA = 1 && cat in/wanted.txt", new ArrayList<>())
            .accepted());
    assertTrue(verify("test ! -e wanted.txt && cat in/wanted.txt", new ArrayList<>()).accepted());
  }

  @Test
  void trialThatRefusesShowsItsLastLines() {
    Verified verified = verify("echo no such package >&2; exit 7", new ArrayList<>());
    assertFalse(verified.accepted());
    assertEquals(7, verified.exitCode());
    assertEquals(List.of("no such package"), verified.output());
    assertEquals(List.of(), verified.missing());
  }

  @Test
  void trialThatInstallsSomethingElseIsNotAccepted() {
    Verified verified = verify("echo django", new ArrayList<>());
    assertFalse(verified.accepted());
    assertEquals(List.of("flask@1"), verified.missing());
    assertEquals(List.of("django@1"), verified.unexpected());
  }

  @Test
  void packageManagerThatIsNotThereIsSaid() {
    SlimForms.Made made = results(new LineWriter(ACCEPTS, List.of())).keySet().iterator().next();
    Verified verified =
        new TrialRuns(
                new ProgramRunner(Map.of("PATH", root.toString()), Duration.ofSeconds(5), 100),
                new WrittenFiles(root),
                _ -> {})
            .of(made)
            .getFirst();
    assertFalse(verified.accepted());
    assertEquals("there is no sh on the PATH: install it", verified.message());
  }

  private Verified verify(String script, List<String> announced) {
    SlimForms.Made made = results(new LineWriter(script, List.of())).keySet().iterator().next();
    ProgramRunner runner =
        new ProgramRunner(Map.of("PATH", "/usr/bin:/bin"), Duration.ofSeconds(30), 1 << 20);
    return new TrialRuns(runner, new WrittenFiles(root), announced::add).of(made).getFirst();
  }

  private SlimWriting writing(LineWriter writer, String target) {
    return new SlimWriting(root, root.resolve(target), plan, results(writer));
  }

  private List<SlimForms.Attempt> attempts(LineWriter writer, List<Issue> issues) {
    return new SlimForms(List.of(writer), new WrittenFiles(root), issues).of(plan);
  }

  private Map<SlimForms.Made, Result> results(LineWriter writer) {
    FormResults results = new FormResults(new WrittenFiles(root), List.of());
    Map<SlimForms.Made, Result> made = new LinkedHashMap<>();
    for (SlimForms.Attempt attempt : attempts(writer, List.of())) {
      if (attempt instanceof SlimForms.Made one) {
        made.put(one, results.of(one));
      }
    }
    return made;
  }

  private static ProjectPlan project(String path, String manifest) {
    return new ProjectPlan(
        path,
        Ecosystem.PYPI,
        null,
        List.of(new Project.ManifestFile(manifest, "lines")),
        List.of(),
        List.of(
            decision("flask", Scope.RUNTIME, Verdict.Action.KEEP, manifest),
            decision("pytest", Scope.DEV, Verdict.Action.DROP, manifest)));
  }

  private static Decision decision(
      String name, Scope scope, Verdict.Action action, String manifest) {
    Verdict verdict = new Verdict(action, Confidence.CERTAIN, List.of("a test"));
    return new Decision(
        new Dependency(
            name,
            name,
            Ecosystem.PYPI,
            "",
            null,
            List.of(
                new DeclaredDependency(
                    name,
                    name,
                    "",
                    List.of(),
                    null,
                    scope,
                    null,
                    Origin.REGISTRY,
                    Location.of(manifest))),
            Classification.UNKNOWN,
            new Usage.Undetermined("nobody looked"),
            new Size.Unknown("not measured"),
            verdict),
        verdict);
  }
}

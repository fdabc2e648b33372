package dev.depslim.ecosystem.python;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.depslim.ecosystem.Programs;
import dev.depslim.ecosystem.SlimForm;
import dev.depslim.ecosystem.SlimForm.SlimFile;
import dev.depslim.ecosystem.TrialInstall;
import dev.depslim.ecosystem.TrialInstall.Expected;
import dev.depslim.ecosystem.TrialInstall.Untried;
import dev.depslim.model.DepslimException.InvalidInput;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PipTrialTest {
  /// A machine with some Pythons, each with its pip.
  private static Programs machine(String... minors) {
    return (command, _) -> {
      String program = command.getFirst();
      for (int i = 0; i < minors.length; i++) {
        boolean asked =
            program.equals("python" + minors[i]) || (i == 0 && program.equals("python3"));
        if (asked && command.getLast().equals("--version")) {
          return "pip 24.0 from /usr/lib/pip (python " + minors[i] + ")\n";
        }
      }
      return null;
    };
  }

  private static TrialInstall trial(Plans plans, Programs programs) {
    List<TrialInstall> trials =
        new PythonWriter().trials(plans.plan(), plans.form(), plans.files(), programs);
    assertEquals(1, trials.size());
    return trials.getFirst();
  }

  @Test
  void pipIsAskedForWheelsOnly() {
    Plans plans =
        Plans.with("requirements.txt", "flask\n./vendor/tool-1.0-py3-none-any.whl\n-c c.txt\n");
    plans.files().with("c.txt", "click<9\n").with("vendor/tool-1.0-py3-none-any.whl", "");
    TrialInstall trial = trial(plans, machine("3.11"));
    assertEquals(
        "python3 -m pip install --dry-run --ignore-installed --only-binary :all: --report"
            + " report.json -r requirements-minimal.txt",
        String.join(" ", trial.command()));
    assertEquals(
        "pip install --dry-run --only-binary :all: -r requirements-minimal.txt (Python 3.11)",
        trial.title());
    assertEquals(
        Map.of("requirements-minimal.txt", "requirements-minimal.txt", "c.txt", "c.txt"),
        trial.files());
    assertEquals(
        Map.of("vendor/tool-1.0-py3-none-any.whl", "vendor/tool-1.0-py3-none-any.whl"),
        trial.originals());
    assertEquals(List.of(), trial.made());
  }

  @Test
  void whatMustBeBuiltIsLeftOutAndNamed() {
    Map<String, String> lines = new TreeMap<>();
    lines.put("-e .", "the project itself");
    lines.put("git+https://h.example/o/r#egg=r", "r");
    lines.put("r @ https://h.example/r-1.0.tar.gz", "r");
    lines.put("--no-binary :all:", "--no-binary :all:");
    lines.put("./libs/own", "libs/own");
    lines.forEach((line, name) -> {
      Plans plans = Plans.with("requirements.txt", "flask\n" + line + "\n");
      plans.files().with("pyproject.toml", "").with("libs/own/setup.py", "");
      TrialInstall trial = trial(plans, machine("3.11"));
      assertEquals(List.of(name), trial.untried().stream().map(Untried::name).toList(), line);
      String copy = new String(trial.made().getFirst().content(), StandardCharsets.UTF_8);
      assertTrue(copy.startsWith("flask\n# "), copy);
    });
  }

  @Test
  void thePythonOfTheDockerfileResolves() {
    Plans plans = Plans.with("requirements.txt", "flask\n");
    plans.files().with("Dockerfile", "ARG V=3.12\nFROM python:${V}-slim AS build\nFROM scratch\n");
    assertEquals("python3.12", trial(plans, machine("3.11", "3.12")).command().getFirst());
    plans.files().with("Dockerfile", "FROM ghcr.example/uv:0.9-python3.13-alpine\n");
    assertEquals("python3", trial(plans, machine("3.13", "3.12")).command().getFirst());
  }

  @Test
  void aPythonThatManifestsAllowResolves() {
    Plans plans =
        Plans.with(
            "pyproject.toml",
            "[project]\nname='a'\nrequires-python='>=3.12'\ndependencies=['flask']\n");
    assertEquals("python3.13", trial(plans, machine("3.11", "3.13")).command().getFirst());
    assertEquals("python3", trial(plans, machine("3.12", "3.13")).command().getFirst());
  }

  @Test
  void aPythonThatIsNotThereIsResolvedForByAnother() {
    Plans plans = Plans.with("requirements.txt", "flask\n");
    plans.files().with(".python-version", "3.14\n");
    TrialInstall trial = trial(plans, machine("3.11"));
    List<String> command = trial.command();
    assertEquals(List.of("python3", "-c"), command.subList(0, 2));
    assertTrue(command.get(2).contains("full = '3.14.0'"), command::toString);
    assertEquals(
        List.of("--python-version", "3.14.0", "--target", "installed"),
        command.subList(command.indexOf("--python-version"), command.indexOf("-r")));
    assertEquals("3.14", trial.runtime());
  }

  @Test
  void aPipWithoutDryRunsIsNotTaken() {
    Plans plans = Plans.with("requirements.txt", "flask\n");
    plans.files().with(".python-version", "3.6\n");
    Programs programs =
        (command, environment) ->
            command.getFirst().equals("python3.6")
                ? "pip 21.3.1 from /usr/lib/pip (python 3.6)\n"
                : machine("3.11").answer(command, environment);
    TrialInstall trial = trial(plans, programs);
    assertEquals(List.of("python3", "-c"), trial.command().subList(0, 2));
    assertEquals("3.6", trial.runtime());
  }

  @Test
  void aPackageWithoutAWheelIsLeftOutOfTheNextTrial() {
    Plans plans =
        Plans.with(
            "requirements.txt", "flask==3.0 --hash=sha256:aa\nold[x]==1.0 --hash=sha256:bb\n");
    SlimForm form = plans.form();
    TrialInstall first =
        new PythonWriter().trials(plans.plan(), form, plans.files(), machine("3.11")).getFirst();
    Programs index =
        (command, environment) ->
            command.contains("versions")
                ? "old (1.1)\nAvailable versions: 1.1, 1.0, 0.9\n"
                : machine("3.11").answer(command, environment);
    TrialInstall.Refusal refusal =
        new PythonWriter()
            .refused(
                plans.plan(),
                form,
                plans.files(),
                first,
                "ERROR: Could not find a version that satisfies the requirement old[x]==1.0 (from"
                    + " versions: none)\nERROR: No matching distribution found for old[x]==1.0\n",
                index);
    assertEquals(
        "pip refuses it: old 1.0 has no wheel for Python 3.11 on this machine, and --only-binary"
            + " :all: builds none",
        refusal.message());
    TrialInstall again = Objects.requireNonNull(refusal.again());
    assertEquals(List.of("old 1.0"), again.untried().stream().map(Untried::what).toList());
    assertEquals(
        List.of("requirements-minimal.txt", "depslim-stubs/old-1.0-py3-none-any.whl"),
        again.made().stream().map(SlimFile::name).toList());
    String copy = new String(again.made().getFirst().content(), StandardCharsets.UTF_8);
    assertTrue(copy.contains("old[x]==1.0 --hash=" + StubWheel.hash(again.made().getLast())), copy);
    assertTrue(again.command().contains("--find-links"), again.command()::toString);
  }

  @Test
  void aRefusalIsExplained() {
    Plans plans = Plans.with("requirements.txt", "django==6.1\n");
    plans.files().with(".python-version", "3.11\n");
    assertEquals(
        "pip refuses it: django 6.1 is not for Python 3.11: it asks for >=3.12",
        message(
            plans,
            "ERROR: Ignored the following versions that require a different python version: 6.1"
                + " Requires-Python >=3.12\n"
                + "ERROR: No matching distribution found for django==6.1\n",
            command -> command.contains("--ignore-requires-python") ? "6.1, 5.2" : "5.2"));
    assertEquals(
        "pip refuses it: the index has no version of django==6.1 for Python 3.11",
        message(plans, "ERROR: No matching distribution found for django==6.1\n", _ -> "5.2, 5.1"));
    assertEquals(
        "pip refuses it: no hash of flask==3.0 is that of flask-3.0-py3-none-any.whl",
        message(
            plans,
            "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE. Examine"
                + " it.\n"
                + "    flask==3.0 from https://h.example/a/flask-3.0-py3-none-any.whl (from -r"
                + " x.txt (line 1)):\n",
            _ -> ""));
    assertNull(message(plans, "ERROR: Connection refused\n", _ -> ""));
  }

  private static @Nullable String message(
      Plans plans, String output, Function<List<String>, String> versions) {
    Programs programs =
        (command, environment) ->
            command.contains("versions")
                ? "Available versions: " + versions.apply(command) + "\n"
                : machine("3.11").answer(command, environment);
    TrialInstall trial = trial(plans, programs);
    return new PythonWriter()
        .refused(plans.plan(), plans.form(), plans.files(), trial, output, programs)
        .message();
  }

  @Test
  void anotherPythonIsTakenWhereNothingNamesOne() {
    Plans plans = Plans.with("requirements.txt", "django==6.1\n");
    Programs programs =
        (command, environment) ->
            command.contains("versions")
                ? "Available versions: "
                    + (command.contains("--ignore-requires-python") ? "6.1" : "5.2")
                    + "\n"
                : machine("3.11", "3.12").answer(command, environment);
    TrialInstall again =
        new PythonWriter()
            .refused(
                plans.plan(),
                plans.form(),
                plans.files(),
                trial(plans, programs),
                "versions that require a different python version: 6.1 Requires-Python >=3.12\n"
                    + "ERROR: No matching distribution found for django==6.1\n",
                programs)
            .again();
    assertEquals("python3.12", Objects.requireNonNull(again).command().getFirst());
  }

  @Test
  void versionsThatAreEqualAreSpelledAsPlanned() {
    Expected expected =
        new Expected(List.of(new SlimForm.Installed("a", "4.6", null, false)), false);
    assertEquals(
        List.of("a 4.6"),
        Plans.installed(
            PipReport.installed(
                "{\"install\": [{\"metadata\": {\"name\": \"A\", \"version\": \"4.6.0\"}}]}",
                expected)));
  }

  @Test
  void theReportNamesWhatIsInstalled() {
    String report =
        """
        {"version": "1", "install": [
          {"metadata": {"name": "Typing_Extensions", "version": "4.10.0"}},
          {"metadata": {"name": "torch", "version": "2.3.0+CPU"}}]}
        """;
    assertEquals(
        List.of("torch 2.3.0+cpu", "typing-extensions 4.10.0"),
        Plans.installed(PipReport.installed(report, null)));
    assertEquals(List.of(), PipReport.installed("{\"install\": []}", null));
  }

  @Test
  void otherOutputIsRefused() {
    assertTrue(
        String.valueOf(
                assertThrows(InvalidInput.class, () -> PipReport.installed("no such option", null))
                    .getMessage())
            .contains("pip 22.2 or later"));
    assertThrows(InvalidInput.class, () -> PipReport.installed("[]", null));
  }
}

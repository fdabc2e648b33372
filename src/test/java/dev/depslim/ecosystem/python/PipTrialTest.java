package dev.depslim.ecosystem.python;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.depslim.ecosystem.TrialInstall;
import dev.depslim.model.DepslimException.InvalidInput;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PipTrialTest {
  @Test
  void pipIsAskedForWheelsOnly() {
    Plans plans =
        Plans.with("requirements.txt", "flask\n./vendor/tool-1.0-py3-none-any.whl\n-c c.txt\n");
    plans.files().with("c.txt", "click<9\n").with("vendor/tool-1.0-py3-none-any.whl", "");
    List<TrialInstall> trials =
        new PythonWriter().trials(plans.plan(), plans.form(), plans.files());
    assertEquals(1, trials.size());
    TrialInstall trial = trials.getFirst();
    assertEquals(
        "python3 -m pip install --dry-run --quiet --ignore-installed --only-binary :all: --report -"
            + " -r requirements-minimal.txt",
        String.join(" ", trial.command()));
    assertEquals(
        Map.of("requirements-minimal.txt", "requirements-minimal.txt", "c.txt", "c.txt"),
        trial.files());
    assertEquals(
        Map.of("vendor/tool-1.0-py3-none-any.whl", "vendor/tool-1.0-py3-none-any.whl"),
        trial.originals());
  }

  @Test
  void whatMustBeBuiltIsNotTried() {
    for (String line :
        List.of(
            "-e .",
            "git+https://h.example/o/r#egg=r",
            "r @ https://h.example/r-1.0.tar.gz",
            "--no-binary :all:",
            "./libs/own")) {
      Plans plans = Plans.with("requirements.txt", "flask\n" + line + "\n");
      plans.files().with("pyproject.toml", "").with("libs/own/setup.py", "");
      assertEquals(
          List.of(), new PythonWriter().trials(plans.plan(), plans.form(), plans.files()), line);
    }
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
        Plans.installed(PipTrial.installed(report)));
    assertEquals(List.of(), PipTrial.installed("{\"install\": []}"));
  }

  @Test
  void otherOutputIsRefused() {
    assertTrue(
        String.valueOf(
                assertThrows(InvalidInput.class, () -> PipTrial.installed("no such option"))
                    .getMessage())
            .contains("pip 22.2 or later"));
    assertThrows(InvalidInput.class, () -> PipTrial.installed("[]"));
  }
}

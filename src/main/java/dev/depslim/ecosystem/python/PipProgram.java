package dev.depslim.ecosystem.python;

import dev.depslim.ecosystem.Programs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A pip of this machine that resolves for the Python of a project: one that runs on such a Python
/// where there is one, else that of `python3`, told to resolve for another.
///
/// @param command that starts pip
/// @param options of its `install` and `index`
/// @param installOptions of its `install` alone
/// @param environment variables that are set for it
/// @param python the minor version that it resolves for; null where nothing tells it
record PipProgram(
    List<String> command,
    List<String> options,
    List<String> installOptions,
    Map<String, String> environment,
    @Nullable String python) {
  private static final Map<String, String> QUIET =
      Map.of("PIP_DISABLE_PIP_VERSION_CHECK", "1", "PIP_NO_INPUT", "1", "PYTHONUTF8", "1");
  private static final Pattern PYTHON =
      Pattern.compile("^pip (\\d+(?:\\.\\d+)*)[^\\n]*\\(python (\\d+\\.\\d+)[^)]*\\)");

  /// The first pip with `--dry-run` and `--report`.
  private static final VersionRanges ABLE = Objects.requireNonNull(VersionRanges.of(">=", "22.2"));

  private static final List<String> MACHINE = List.of("python3", "-m", "pip");

  /// Runs pip as if its Python were another. `--python-version` alone chooses files for that Python
  /// and still asks markers, and packages for their `Requires-Python`, about its own.
  private static final String AS_IF =
      """
      import runpy, sys
      from pip._vendor.packaging import markers
      from pip._internal.resolution.resolvelib import candidates
      full = '%s'
      own = markers.default_environment
      markers.default_environment = lambda: {**own(), 'python_version': '%s', \
      'python_full_version': full, 'implementation_version': full}
      python = candidates.RequiresPythonCandidate
      init = python.__init__
      python.__init__ = lambda self, _=None: init(self, tuple(map(int, full.split('.'))))
      sys.argv[0] = 'pip'
      runpy.run_module('pip', run_name='__main__', alter_sys=True)
      """;

  PipProgram {
    command = List.copyOf(command);
    options = List.copyOf(options);
    installOptions = List.copyOf(installOptions);
    environment = Map.copyOf(environment);
  }

  /// The pip for a project.
  static PipProgram of(TargetPython target, Programs programs) {
    List<String> machine = MACHINE;
    String own = python(machine, QUIET, programs);
    if (own == null) {
      String plain = python(List.of("pip"), QUIET, programs);
      machine = plain == null ? MACHINE : List.of("pip");
      own = plain;
    }
    String minor = target.minor();
    if (own == null || own.equals(minor) || (minor == null && target.allows(own))) {
      return new PipProgram(machine, List.of(), List.of(), QUIET, own);
    }
    List<String> wanted = minor == null ? target.minors() : List.of(minor);
    for (String other : wanted) {
      PipProgram there = installed(other, programs);
      if (there != null) {
        return there;
      }
    }
    return wanted.isEmpty() || !machine.equals(MACHINE)
        ? new PipProgram(machine, List.of(), List.of(), QUIET, own)
        : asIf(wanted.getFirst(), target.release(wanted.getFirst()));
  }

  private static @Nullable PipProgram installed(String minor, Programs programs) {
    Map<String, String> environment = new java.util.HashMap<>(QUIET);
    environment.put("PYENV_VERSION", minor); // else the names that pyenv gives to a Python fail
    List<String> command = List.of("python" + minor, "-m", "pip");
    return minor.equals(python(command, environment, programs))
        ? new PipProgram(command, List.of(), List.of(), environment, minor)
        : null;
  }

  private static PipProgram asIf(String minor, String release) {
    return new PipProgram(
        List.of("python3", "-c", AS_IF.formatted(release, minor)),
        List.of("--python-version", release),
        List.of("--target", "installed"),
        QUIET,
        minor);
  }

  /// The Python of a pip that is there and new enough.
  private static @Nullable String python(
      List<String> command, Map<String, String> environment, Programs programs) {
    List<String> ask = new ArrayList<>(command);
    ask.add("--version");
    String answer = programs.answer(ask, environment);
    Matcher python = PYTHON.matcher(answer == null ? "" : answer);
    Version pip = python.find() ? Version.parse(python.group(1)) : null;
    return pip != null && ABLE.contains(pip) ? python.group(2) : null;
  }

  /// A run of it.
  List<String> run(String what, List<String> more) {
    List<String> out = new ArrayList<>(command);
    out.add(what);
    out.addAll(more);
    out.addAll(options);
    return out;
  }
}

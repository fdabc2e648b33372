package dev.depslim.cli;

import static dev.depslim.cli.HostileCases.bomb;
import static dev.depslim.cli.HostileCases.file;
import static dev.depslim.cli.HostileCases.joined;
import static dev.depslim.cli.HostileCases.list;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/// Locks of Python and environments of conda that are large, deep or winding.
final class HostilePythonLocks {
  private HostilePythonLocks() {}

  static List<HostileCase> all() {
    List<HostileCase> all = new ArrayList<>();
    all.addAll(locks());
    return all;
  }

  private static List<HostileCase> locks() {
    return List.of(
        lock(
            "poetry.lock",
            "30,000 packages",
            n ->
                joined(
                        30_000 * n,
                        "",
                        i ->
                            "[[package]]\nname='p"
                                + i
                                + "'\nversion='1'\n[package.dependencies]\np"
                                + (i + 1)
                                + "='*'\n")
                    + "[metadata]\nlock-version='2.1'\ncontent-hash='a'\n"),
        lock(
            "poetry.lock",
            "300 that all need each other",
            n ->
                joined(
                        300,
                        "",
                        i ->
                            "[[package]]\nname='p"
                                + i
                                + "'\nversion='1'\n[package.dependencies]\n"
                                + joined(300, "", j -> "p" + j + "='*'\n"))
                    + "[metadata]\nlock-version='2.1'\ncontent-hash='a'\n"),
        lock(
            "poetry.lock",
            "a marker of 3,000 parts",
            n ->
                "[[package]]\nname='flask'\nversion='1'\nmarkers=\""
                    + joined(3_000 * n, " or ", i -> "python_version == '3." + i + "'")
                    + "\"\n[metadata]\nlock-version='2.1'\ncontent-hash='a'\n"),
        lock(
            "uv.lock",
            "30,000 packages",
            n ->
                "version=1\nrequires-python='>=3.12'\n"
                    + joined(
                        30_000 * n,
                        "",
                        i ->
                            "[[package]]\nname='p"
                                + i
                                + "'\n"
                                + "version='1'\n"
                                + "source={registry='https://pypi.example/simple'}\n"
                                + "dependencies=[{name='p"
                                + Math.max(0, i - 1)
                                + "'}]\n")),
        lock(
            "uv.lock",
            "100,000 wheels",
            n ->
                "version=1\n"
                    + "requires-python='>=3.12'\n"
                    + "[[package]]\n"
                    + "name='flask'\n"
                    + "version='1'\n"
                    + "source={registry='https://pypi.example/simple'}\n"
                    + "wheels=["
                    + list(
                        100_000 * n,
                        i ->
                            "\n"
                                + "{url='https://pythonhosted.example/flask-1-py3-none-any.whl',hash='sha256:a',size=1}")
                    + "]\n"),
        lock(
            "uv.lock",
            "markers of 3,000 forks",
            n ->
                "version=1\nrequires-python='>=3.12'\nresolution-markers=["
                    + list(
                        3_000 * n,
                        i -> "\"python_full_version == '3." + i + "' and sys_platform == 'linux'\"")
                    + "]\n"
                    + "[[package]]\n"
                    + "name='flask'\n"
                    + "version='1'\n"
                    + "source={registry='https://pypi.example/simple'}\n"),
        lock(
            "pdm.lock",
            "30,000 packages",
            n ->
                "[metadata]\ngroups=['default']\nlock_version='4.5.0'\n"
                    + joined(
                        30_000 * n,
                        "",
                        i ->
                            "[[package]]\nname='p"
                                + i
                                + "'\nversion='1'\ngroups=['default']\ndependencies=['p"
                                + (i + 1)
                                + "']\n")),
        lock(
            "pylock.toml",
            "30,000 packages",
            n ->
                "lock-version='1.0'\ncreated-by='x'\n"
                    + joined(
                        30_000 * n, "", i -> "[[packages]]\nname='p" + i + "'\nversion='1'\n")),
        new HostileCase("Pipfile.lock: 30,000 packages")
            .file("Pipfile", "[packages]\nflask='*'\n")
            .file(
                "Pipfile.lock",
                n ->
                    "{\"_meta\":{\"pipfile-spec\":6},\"default\":{"
                        + list(30_000 * n, i -> "\"p" + i + "\":{\"version\":\"==1\"}")
                        + "},\"develop\":{}}")
            .reads("flask"),
        new HostileCase("Pipfile.lock: 10,000 levels")
            .file("Pipfile", "[packages]\nflask='*'\n")
            .file("Pipfile.lock", n -> "{\"default\":" + "[".repeat(10_000))
            .says("Pipfile.lock:1:", "nested deeper")
            .reads("flask"),
        lock("uv.lock", "10,000 levels", n -> "version=1\nx=" + "[".repeat(10_000))
            .says("uv.lock:2:", "nested deeper"),
        lock("poetry.lock", "10,000 levels", n -> "x=" + "[".repeat(10_000))
            .says("poetry.lock:1:", "nested deeper"),
        file("environment.yml", "alias bomb", bomb("dependencies"))
            .says("environment.yml:", "")
            .noReads(),
        file(
                "environment.yml",
                "3 MB in one line",
                n -> "dependencies:\n- flask\n- " + "x".repeat(3_000_000 * n))
            .anyIssue(),
        file(
            "environment.yml",
            "100,000 blank lines",
            n -> "dependencies:" + "\n".repeat(100_000 * n) + "- flask\n"),
        file(
            "environment.yml",
            "100,000 lines of another tool before it",
            n -> "x:\n" + "- y\n".repeat(100_000 * n) + "channels: [c]\ndependencies:\n- flask\n"),
        file(
            "environment.yml",
            "50,000 packages",
            n -> "dependencies:\n- flask\n" + joined(50_000 * n, "", i -> "- p" + i + "=1\n")),
        file(
            "environment.yml",
            "1 MB of flow",
            n -> "dependencies: [flask, " + list(80_000 * n, i -> "p" + i) + "]\n"),
        file(
            "environment.yml",
            "3 MB within quotes",
            n -> "dependencies:\n- flask\nx: '" + "x ".repeat(1_500_000 * n) + "'\n"),
        file(
            "environment.yml",
            "3 MB of lines within quotes",
            n -> "dependencies:\n- flask\nx: '" + "x\n  ".repeat(500_000 * n) + "'\n"),
        file(
                "environment.yml",
                "10,000 levels of flow",
                n -> "dependencies:\n- flask\nx: " + "[".repeat(10_000 * n))
            .says("environment.yml:3:", "")
            .noReads(),
        file(
                "environment.yml",
                "3,000 levels of blocks",
                n ->
                    "dependencies:\n- flask\nx:\n"
                        + joined(3_000 * n, "", i -> " ".repeat(i + 1) + "a:\n"))
            .says("environment.yml:", "")
            .noReads(),
        file(
            "environment.yml",
            "100,000 anchors",
            n ->
                "dependencies:\n- flask\nx:\n"
                    + joined(100_000 * n, "", i -> "- &a" + i + " x\n- *a" + i + "\n")),
        file(
            "environment.yml",
            "wide conditions",
            n -> "dependencies:\n- flask\n- rich " + list(50_000 * n, i -> "!=1." + i) + "\n"));
  }

  private static HostileCase lock(String path, String name, IntFunction<String> text) {
    return new HostileCase(path + ": " + name)
        .file("pyproject.toml", "[project]\nname='x'\ndependencies=['flask','p0']\n")
        .file(path, text)
        .reads("flask");
  }
}

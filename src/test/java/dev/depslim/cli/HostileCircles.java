package dev.depslim.cli;

import static dev.depslim.cli.HostileCases.file;
import static dev.depslim.cli.HostileCases.joined;

import java.util.ArrayList;
import java.util.List;

/// Files, groups, extras and folders that lead back to themselves.
final class HostileCircles {
  private HostileCircles() {}

  static List<HostileCase> all() {
    List<HostileCase> all = new ArrayList<>();
    all.addAll(circles());
    return all;
  }

  private static List<HostileCase> circles() {
    List<HostileCase> all =
        new ArrayList<>(
            List.of(
                file("requirements.txt", "includes itself", n -> "flask\n-r requirements.txt\n")
                    .says("requirements.txt:2:1: error: ", "includes this file again"),
                file("requirements.txt", "a, b, a", n -> "flask\n-r b.txt\n")
                    .file("b.txt", "-r ./x/../requirements.txt\nrich\n")
                    .says("b.txt:1:1: error: ", "includes this file again")
                    .reads("rich"),
                file("requirements.txt", "constraints in a circle", n -> "flask\n-c b.txt\n")
                    .file("b.txt", "-c c.txt\nrich==1\n")
                    .file("c.txt", "-c b.txt\n-c c.txt\n")
                    .says("requirements.txt:2:1: error: ", "files that include each other"),
                file("requirements.txt", "a chain of 1,000", n -> "flask\n-r r0.txt\n"),
                file(
                    "requirements.txt",
                    "30 that include the next twice",
                    n -> "flask\n-r r0.txt\n"),
                file(
                        "pyproject.toml",
                        "groups in a circle",
                        n ->
                            "[project]\n"
                                + "name='x'\n"
                                + "dependencies=['flask']\n"
                                + "[dependency-groups]\n"
                                + "a=[{include-group='b'}]\n"
                                + "b=[\n"
                                + "{include-group='A'},'rich']\n"
                                + "c_c=[{include-group='C.C'}]\n")
                    .says("pyproject.toml:5:4: error: ", "the group 'b' includes 'a' again")
                    .says("pyproject.toml:7:1: error: ", "the group 'A' includes 'b' again")
                    .says("pyproject.toml:8:6: error: ", "the group 'C.C' includes 'c_c' again"),
                file(
                    "pyproject.toml",
                    "60 groups that include the next twice",
                    n ->
                        "[project]\nname='x'\ndependencies=['flask']\n[dependency-groups]\n"
                            + joined(
                                60,
                                "\n",
                                i ->
                                    "g"
                                        + i
                                        + "=[{include-group='g"
                                        + (i + 1)
                                        + "'},{include-group='g"
                                        + (i + 1)
                                        + "'}]")
                            + "\ng60=['rich']\n"),
                file(
                    "pyproject.toml",
                    "a chain of 5,000 groups",
                    n ->
                        "[project]\nname='x'\ndependencies=['flask']\n[dependency-groups]\n"
                            + joined(
                                5_000 * n,
                                "\n",
                                i -> "g" + i + "=[{include-group='g" + (i + 1) + "'}]")
                            + "\ng"
                            + 5_000 * n
                            + "=['rich']\n"),
                file(
                    "pyproject.toml",
                    "extras that name themselves",
                    n ->
                        "[project]\n"
                            + "name='x'\n"
                            + "dependencies=['flask','x[all]']\n"
                            + "[project.optional-dependencies]\n"
                            + "all=['x[all]','x[b]','rich']\n"
                            + "b=['x[all]']\n"),
                file(
                    "pyproject.toml",
                    "60 extras that name the next twice",
                    n ->
                        "[project]\n"
                            + "name='x'\n"
                            + "dependencies=['flask','x[e0]']\n"
                            + "[project.optional-dependencies]\n"
                            + joined(
                                60,
                                "\n",
                                i ->
                                    "e" + i + "=['x[e" + (i + 1) + "]','x[e" + (i + 1) + ",e"
                                        + (i + 1) + "]']")
                            + "\ne60=['rich']\n"),
                file(
                    "pyproject.toml",
                    "a chain of 5,000 extras",
                    n ->
                        "[project]\n"
                            + "name='x'\n"
                            + "dependencies=['flask','x[e0]']\n"
                            + "[project.optional-dependencies]\n"
                            + joined(5_000 * n, "\n", i -> "e" + i + "=['x[e" + (i + 1) + "]']")
                            + "\ne"
                            + 5_000 * n
                            + "=['rich']\n"),
                file(
                        "pyproject.toml",
                        "Poetry paths in a circle",
                        n ->
                            "[tool.poetry]\n"
                                + "name='x'\n"
                                + "version='1'\n"
                                + "[tool.poetry.dependencies]\n"
                                + "flask='*'\n"
                                + "y={path='y'}\n"
                                + "x={path='.'}\n")
                    .file(
                        "y/pyproject.toml",
                        "[tool.poetry]\n"
                            + "name='y'\n"
                            + "version='1'\n"
                            + "[tool.poetry.dependencies]\n"
                            + "rich='*'\n"
                            + "x={path='..'}\n")
                    .reads("rich"),
                file(
                        "pyproject.toml",
                        "uv members that name each other",
                        n ->
                            "[project]\n"
                                + "name='x'\n"
                                + "dependencies=['flask','y']\n"
                                + "[tool.uv.workspace]\n"
                                + "members=['y','.','y/../y']\n"
                                + "[tool.uv.sources]\n"
                                + "y={workspace=true}\n")
                    .file(
                        "y/pyproject.toml",
                        "[project]\n"
                            + "name='y'\n"
                            + "dependencies=['x','rich']\n"
                            + "[tool.uv.workspace]\n"
                            + "members=['..']\n"
                            + "[tool.uv.sources]\n"
                            + "x={workspace=true}\n")
                    .reads("rich"),
                file(
                        "pyproject.toml",
                        "dynamic that reads itself",
                        n ->
                            "[project]\n"
                                + "name='x'\n"
                                + "dynamic=['dependencies']\n"
                                + "[tool.setuptools.dynamic]\n"
                                + "dependencies={file=['pyproject.toml','requirements.txt']}\n")
                    .file("requirements.txt", "flask\n-r requirements.txt\n")
                    .says("requirements.txt:2:1: error: ", ""),
                new HostileCase("setup.cfg: file: that names itself")
                    .file(
                        "setup.cfg",
                        "[metadata]\n"
                            + "name = x\n"
                            + "[options]\n"
                            + "install_requires = file: setup.cfg, requirements.txt\n")
                    .file("requirements.txt", "flask\n-r setup.cfg\n")
                    .reads("flask"),
                new HostileCase("environment.yml: pip that includes it")
                    .file(
                        "environment.yml",
                        "name: x\n"
                            + "dependencies:\n"
                            + "  - flask\n"
                            + "  - pip:\n"
                            + "    - -r environment.yml\n"
                            + "    - -r requirements.txt\n")
                    .file("requirements.txt", "-r environment.yml\nrich\n")
                    .says("", "")
                    .reads("rich")));
    for (int i = 0; i < 1_000; i++) {
      int next = i + 1;
      all.get(3).file("r" + i + ".txt", "-r r" + next + ".txt\n");
    }
    all.get(3).file("r1000.txt", "rich\n").reads("rich");
    for (int i = 0; i < 30; i++) {
      int next = i + 1;
      all.get(4)
          .file(
              "r" + i + ".txt",
              "-r r" + next + ".txt\n-r ./r" + next + ".txt\n-c r" + next + ".txt\n");
    }
    all.get(4).file("r30.txt", "rich\n").reads("rich");
    return all;
  }
}

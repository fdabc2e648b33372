package dev.depslim.cli;

import static dev.depslim.cli.HostileCases.file;
import static dev.depslim.cli.HostileCases.joined;
import static dev.depslim.cli.HostileCases.list;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/// `setup.py`, `setup.cfg` and `Pipfile` that are large, deep or winding.
final class HostileSetup {
  private HostileSetup() {}

  static List<HostileCase> all() {
    List<HostileCase> all = new ArrayList<>();
    all.addAll(setuptools());
    return all;
  }

  private static List<HostileCase> setuptools() {
    return List.of(
        setup(
            "10,000 brackets",
            n -> "install_requires=" + "(".repeat(10_000 * n) + "'flask'" + ")".repeat(10_000 * n)),
        setup("10,000 lists", n -> "install_requires=" + "[".repeat(10_000 * n)),
        setup(
                "50,000 items",
                n -> "install_requires=[" + list(50_000 * n, i -> "'p" + i + "'") + "]")
            .reads("p7"),
        setup(
                "20,000 pluses",
                n -> "install_requires=" + joined(20_000 * n, "+", i -> "['p" + i + "']"))
            .reads("p7"),
        setup(
            "50,000 texts in a row",
            n -> "install_requires=[" + joined(50_000 * n, " ", i -> "'p'") + "]"),
        setup("50,000 dots", n -> "install_requires=a" + ".a".repeat(50_000 * n)),
        setup("50,000 calls", n -> "install_requires=a" + "()".repeat(50_000 * n)),
        setup("50,000 nots", n -> "install_requires=" + "not ".repeat(50_000 * n) + "a"),
        setup("50,000 minuses", n -> "install_requires=" + "-".repeat(50_000 * n) + "a"),
        setup(
            "10,000 conditions",
            n -> "install_requires=" + "'a' if b else ".repeat(10_000 * n) + "'c'"),
        setup("10,000 lambdas", n -> "install_requires=" + "lambda: ".repeat(10_000 * n) + "'c'"),
        file(
                "setup.py",
                "names in a circle",
                n ->
                    "a = b\n"
                        + "b = a\n"
                        + "c = c + ['x']\n"
                        + "from setuptools import setup\n"
                        + "setup(name='x', install_requires=a, extras_require=c)\n")
            .noReads()
            .says("setup.py:1:5: ", "install_requires is computed")
            .says("setup.py:3:5: error: ", ""),
        file(
                "setup.py",
                "lists that double",
                n ->
                    "a0 = ['flask','rich']\n"
                        + joined(60, "", i -> "a" + (i + 1) + " = a" + i + " + a" + i + "\n")
                        + "from setuptools import setup\nsetup(name='x', install_requires=a60)\n")
            .noReads()
            .says("setup.py:", "is computed and not read"),
        file(
                "setup.py",
                "lists within lists that double",
                n ->
                    "a0 = ['flask','rich']\n"
                        + joined(60, "", i -> "a" + (i + 1) + " = [a" + i + ", a" + i + "]\n")
                        + "from setuptools import setup\nsetup(name='x', install_requires=a60)\n")
            .says("setup.py:", "is computed and not read"),
        file(
                "setup.py",
                "spread lists that double",
                n ->
                    "a0 = ['flask','rich']\n"
                        + joined(60, "", i -> "a" + (i + 1) + " = [*a" + i + ", *a" + i + "]\n")
                        + "from setuptools import setup\nsetup(name='x', install_requires=a60)\n")
            .noReads()
            .says("setup.py:", "is computed and not read"),
        file(
                "setup.py",
                "formatted texts that double",
                n ->
                    "a0 = 'flask'\n"
                        + joined(60, "", i -> "a" + (i + 1) + " = f'{a" + i + "}{a" + i + "}'\n")
                        + "from setuptools import setup\nsetup(name='x', install_requires=[a60])\n")
            .noReads()
            .says("setup.py:", "is computed and not read"),
        file(
                "setup.py",
                "filled in texts that double",
                n ->
                    "a0 = 'flask'\n"
                        + joined(
                            60, "", i -> "a" + (i + 1) + " = '%s%s' % (a" + i + ", a" + i + ")\n")
                        + "from setuptools import setup\nsetup(name='x', install_requires=[a60])\n")
            .noReads()
            .says("setup.py:", "is computed and not read"),
        file(
                "setup.py",
                "dictionaries that double",
                n ->
                    "a0 = {'a': ['flask'], 'b': ['rich']}\n"
                        + joined(60, "", i -> "a" + (i + 1) + " = {**a" + i + ", **a" + i + "}\n")
                        + "from setuptools import setup\nsetup(name='x', extras_require=a60)\n")
            .noReads()
            .says("setup.py:", "is computed and not read"),
        file(
                "setup.py",
                "20,000 lists in each other",
                n ->
                    "a = ['flask']\n"
                        + "a = [a]\n".repeat(20_000 * n)
                        + "from setuptools import setup\nsetup(name='x', install_requires=a)\n")
            .noReads()
            .says("setup.py:", "is computed and not read"),
        file(
                "setup.py",
                "30,000 times appended",
                n ->
                    "a = ['flask']\n"
                        + joined(30_000 * n, "", i -> "a.append('p" + i + "')\n")
                        + "from setuptools import setup\nsetup(name='x', install_requires=a)\n")
            .reads("p7"),
        file(
                "setup.py",
                "30,000 extras, one after the other",
                n ->
                    "a = {'b': ['flask']}\n"
                        + joined(30_000 * n, "", i -> "a['e" + i + "'] = ['p" + i + "']\n")
                        + "from setuptools import setup\n"
                        + "setup(name='x', install_requires=['flask'], extras_require=a)\n")
            .anyIssue(),
        file(
                "setup.py",
                "texts that double",
                n ->
                    "a0 = 'flask'\n"
                        + joined(60, "", i -> "a" + (i + 1) + " = a" + i + " + a" + i + "\n")
                        + "from setuptools import setup\nsetup(name='x', install_requires=[a60])\n")
            .noReads()
            .says("setup.py:", "is computed and not read"),
        file(
                "setup.py",
                "texts times a number",
                n ->
                    "from setuptools import setup\n"
                        + "setup(name='x', install_requires=['flask'] * 999999999 + ['a' *"
                        + " 999999999])\n")
            .noReads(),
        file(
                "setup.py",
                "a chain of 20,000 names",
                n ->
                    "a0 = ['flask']\n"
                        + joined(20_000 * n, "", i -> "a" + (i + 1) + " = a" + i + "\n")
                        + "from setuptools import setup\nsetup(name='x', install_requires=a"
                        + 20_000 * n
                        + ")\n")
            .noReads(),
        file(
                "setup.py",
                "a chain of 20,000 names from behind",
                n ->
                    "from setuptools import setup\n"
                        + joined(20_000 * n, "", i -> "a" + i + " = a" + (i + 1) + "\n")
                        + "a"
                        + 20_000 * n
                        + " = ['flask']\nsetup(name='x', install_requires=a0)\n")
            .noReads(),
        file(
            "setup.py",
            "5 MB in one line",
            n ->
                "x = '"
                    + "a".repeat(5_000_000 * n)
                    + "'; from setuptools import setup; setup(name='x',"
                    + " install_requires=['flask'])\n"),
        file(
                "setup.py",
                "one text without an end",
                n ->
                    "from setuptools import setup\n"
                        + "setup(name='x', install_requires=['flask'])\n"
                        + "x = '''"
                        + "a\n".repeat(1_000_000 * n))
            .says("setup.py:3:5: error: ", "is not closed"),
        file(
            "setup.py",
            "100,000 calls of setup",
            n ->
                "from setuptools import setup\n"
                    + "setup(install_requires=['flask'])\n".repeat(100_000 * n)),
        file(
            "setup.py",
            "200,000 backslashes",
            n ->
                "x = 1 "
                    + "\\\n".repeat(200_000 * n)
                    + "\n"
                    + "from setuptools import setup\n"
                    + "setup(name='x', install_requires=['flask'])\n"),
        file(
            "setup.cfg",
            "50,000 requirements",
            n ->
                "[options]\ninstall_requires =\n  flask\n"
                    + joined(50_000 * n, "", i -> "  p" + i + "\n")),
        file(
            "setup.cfg",
            "100,000 sections",
            n ->
                "[options]\ninstall_requires = flask\n"
                    + joined(100_000 * n, "", i -> "[s" + i + "]\n")),
        file(
                "setup.cfg",
                "200,000 broken lines",
                n -> "[options]\ninstall_requires = flask\n" + "?\n".repeat(200_000 * n))
            .says("setup.cfg:", ""),
        file(
                "setup.cfg",
                "3 MB in one line",
                n -> "[options]\ninstall_requires = flask\n" + "x".repeat(3_000_000 * n))
            .says("setup.cfg:3:", ""),
        file(
                "setup.cfg",
                "variables that double",
                n ->
                    "[options]\ninstall_requires = %(a60)s\na0 = flask\n"
                        + joined(60, "", i -> "a" + (i + 1) + " = %(a" + i + ")s%(a" + i + ")s\n"))
            .noReads()
            .says("setup.cfg:2:20: error: ", "is no requirement"),
        file(
            "Pipfile",
            "50,000 packages",
            n -> "[packages]\nflask='*'\n" + joined(50_000 * n, "\n", i -> "p" + i + "='*'")),
        file("Pipfile", "10,000 levels", n -> "[packages]\nflask='*'\nx=" + "[".repeat(10_000))
            .says("Pipfile:3:", "nested deeper"));
  }

  private static HostileCase setup(String name, IntFunction<String> arguments) {
    return new HostileCase("setup.py: " + name)
        .file(
            "setup.py",
            n -> "from setuptools import setup\nsetup(name='x', " + arguments.apply(n) + ")\n")
        .file("requirements.txt", "flask\n")
        .anyIssue()
        .reads("flask");
  }
}

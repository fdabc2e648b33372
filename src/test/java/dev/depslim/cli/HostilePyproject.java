package dev.depslim.cli;

import static dev.depslim.cli.HostileCases.file;
import static dev.depslim.cli.HostileCases.joined;
import static dev.depslim.cli.HostileCases.list;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/// `pyproject.toml` that is large, deep or winding.
final class HostilePyproject {
  private HostilePyproject() {}

  static List<HostileCase> all() {
    List<HostileCase> all = new ArrayList<>();
    all.addAll(pyproject());
    all.addAll(poetry());
    return all;
  }

  private static List<HostileCase> pyproject() {
    return List.of(
        toml("5 MB in one line", n -> "x=[" + list(700_000 * n, i -> "'abcd'") + "]\n"),
        toml(
                "5 MB of commas forgotten",
                n -> "x=[" + joined(700_000 * n, " ", i -> "'abcd'") + "]\n")
            .says("pyproject.toml:4:", ""),
        toml("5 MB of a list without an end", n -> "x=[" + list(500_000 * n, i -> "\n'abcd'"))
            .says("pyproject.toml:", ""),
        toml("200,000 keys", n -> "[x]\n" + joined(200_000 * n, "\n", i -> "k" + i + "=1")),
        toml("200,000 tables", n -> joined(200_000 * n, "\n", i -> "[t.k" + i + "]")),
        toml("200,000 items", n -> "[[t]]\n".repeat(200_000 * n)),
        toml("one table 100,000 times", n -> "[t]\n".repeat(100_000 * n))
            .says("pyproject.toml:5:", "stands in line 4 already"),
        toml("one key 100,000 times", n -> "a=1\n".repeat(100_000 * n))
            .says("pyproject.toml:", "stands in line 4 already"),
        toml("10,000 dots", n -> "a" + ".a".repeat(10_000 * n) + "=1\n")
            .says("pyproject.toml:4:", "nested deeper"),
        toml("a header with 10,000 dots", n -> "[a" + ".a".repeat(10_000 * n) + "]\n")
            .says("pyproject.toml:4:", "nested deeper"),
        toml("10,000 tables in each other", n -> "a=" + "{a=".repeat(10_000 * n))
            .says("pyproject.toml:4:", "nested deeper"),
        toml("100,000 broken lines", n -> "?\n".repeat(100_000 * n)).says("pyproject.toml:4:", ""),
        toml("5 MB of brackets", n -> "[".repeat(5_000_000 * n)).says("pyproject.toml:4:", ""),
        toml("5 MB of quotes", n -> "a=" + "'".repeat(5_000_000 * n)).says("pyproject.toml:4:", ""),
        toml("1 MB of quotes in lines", n -> "'\n".repeat(500_000 * n))
            .says("pyproject.toml:4:", ""),
        toml("a long name without a value", n -> "a".repeat(5_000_000 * n))
            .says("pyproject.toml:4:", ""),
        toml("a long name in lines", n -> ("a".repeat(1000) + "\n").repeat(5_000 * n))
            .says("pyproject.toml:4:", ""),
        toml("a number of 1,000,000 digits", n -> "a=" + "9".repeat(1_000_000 * n))
            .says("pyproject.toml:4:", ""),
        toml("a float of 1,000,000 digits", n -> "a=1." + "9".repeat(1_000_000 * n)).anyIssue(),
        toml("a string of 5 MB", n -> "a=\"" + "\\u0041".repeat(800_000 * n) + "\"\n"),
        toml("100,000 comments", n -> "# x\n".repeat(100_000 * n)),
        toml(
            "50,000 extras",
            n ->
                "[project.optional-dependencies]\n"
                    + joined(50_000 * n, "\n", i -> "e" + i + "=['rich']")),
        toml(
            "50,000 groups",
            n -> "[dependency-groups]\n" + joined(50_000 * n, "\n", i -> "g" + i + "=['rich']")),
        toml(
            "1,000 groups that include all",
            n ->
                "[dependency-groups]\n"
                    + joined(
                        700 * n,
                        "\n",
                        i ->
                            "g"
                                + i
                                + "=['rich',"
                                + list(i, j -> "{include-group='g" + j + "'}")
                                + "]")),
        toml(
            "uv sources, 50,000",
            n ->
                "[tool.uv.sources]\n"
                    + joined(50_000 * n, "\n", i -> "p" + i + "={git='https://git.example/a'}")),
        toml(
                "a workspace with ** forty times",
                n -> "[tool.uv.workspace]\nmembers=['" + "**/".repeat(40) + "x']\n")
            .file(
                "a/".repeat(40) + "pyproject.toml",
                "[project]\nname='deep'\ndependencies=['rich']\n")
            .reads("rich"),
        toml(
                "a workspace with a*a*",
                n -> "[tool.uv.workspace]\nmembers=['" + "a*".repeat(40) + "b']\n")
            .file(
                "a".repeat(200) + "/pyproject.toml",
                "[project]\nname='deep'\ndependencies=['rich']\n")
            .reads("rich"));
  }

  private static List<HostileCase> poetry() {
    return List.of(
        constraint("50,000 alternatives", n -> joined(50_000 * n, " || ", i -> "1." + i)),
        constraint("50,000 conditions", n -> list(50_000 * n, i -> "!=1." + i)),
        constraint(
            "20,000 excluded, then alternatives",
            n -> list(3_000 * n, i -> "!=1." + i) + " || " + list(3_000 * n, i -> "!=1." + i)),
        constraint("100,000 spaces", n -> "1" + " ".repeat(300_000 * n) + "x"),
        constraint("100,000 bars", n -> "|".repeat(100_000 * n)),
        constraint("100,000 commas", n -> "1" + " ,".repeat(100_000 * n)),
        constraint("100,000 dots", n -> "^1" + ".1".repeat(100_000 * n)),
        constraint("100,000 stars", n -> "1" + ".*".repeat(100_000 * n)),
        constraint("100,000 x", n -> "x" + ".x".repeat(100_000 * n)),
        constraint(
            "a wide marker",
            n ->
                "1\", markers=\""
                    + joined(2_000 * n, " or ", i -> "python_version == '3." + i + "'")));
  }

  private static HostileCase toml(String name, IntFunction<String> text) {
    return file(
        "pyproject.toml",
        name,
        n -> "[project]\nname='x'\ndependencies=['flask']\n" + text.apply(n));
  }

  private static HostileCase constraint(String name, IntFunction<String> text) {
    return new HostileCase("Poetry: " + name)
        .file(
            "pyproject.toml",
            n ->
                "[tool.poetry]\n"
                    + "name='x'\n"
                    + "version='1'\n"
                    + "[tool.poetry.dependencies]\n"
                    + "flask='*'\n"
                    + "rich={version=\""
                    + text.apply(n)
                    + "\"}\n")
        .file(
            "poetry.lock",
            n ->
                "[[package]]\nname='flask'\nversion='1'\n[package.dependencies]\nrich={version=\""
                    + text.apply(n)
                    + "\"}\n"
                    + "[[package]]\n"
                    + "name='rich'\n"
                    + "version='1'\n"
                    + "[metadata]\n"
                    + "lock-version='2.1'\n"
                    + "content-hash='a'\n")
        .anyIssue()
        .reads("flask");
  }
}

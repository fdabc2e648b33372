package dev.depslim.cli;

import static dev.depslim.cli.HostileCases.joined;

import java.util.List;
import java.util.function.IntFunction;

/// What is read beside manifests and locks, large, deep or winding.
final class HostileSettings {
  private HostileSettings() {}

  static List<HostileCase> all() {
    return List.of(
        beside(".depslim.yml", "alias bomb", HostileCases.bomb("allow")).says(".depslim.yml:", ""),
        beside(".depslim.yml", "3 MB in one line", n -> "x".repeat(3_000_000 * n))
            .says(".depslim.yml:1:", ""),
        beside(".depslim.yml", "10,000 levels", n -> "a: " + "[".repeat(10_000))
            .says(".depslim.yml:1:", ""),
        beside(".depslim.yml", "50,000 keys", n -> joined(50_000 * n, "", i -> "k" + i + ": 1\n"))
            .says(".depslim.yml:", ""),
        beside(
                ".gitignore",
                "stars",
                n -> ("*a".repeat(60) + "b\n" + "**/".repeat(60) + "x\n").repeat(10))
            .file(
                "a".repeat(200) + "/" + "a/".repeat(40) + "package.json",
                "{\"dependencies\":{\"deep\":\"1\"}}")
            .reads("deep"),
        beside(
            ".gitignore",
            "100,000 lines",
            n -> joined(100_000 * n, "", i -> "/a" + i + "/**/*.x\n")),
        beside(".gitignore", "3 MB in one line", n -> "[a-".repeat(1_000_000 * n)),
        beside(
            ".gitignore",
            "3 MB of spaces",
            n -> "a" + " ".repeat(3_000_000 * n) + "b\nc" + " ".repeat(3_000_000 * n)),
        beside(
            ".npmrc",
            "3 MB",
            n -> joined(100_000 * n, "", i -> "a" + i + "=${b}${c}${d}\n") + "x".repeat(1_000_000)),
        beside(".yarnrc.yml", "alias bomb", HostileCases.bomb("nodeLinker")),
        beside(".yarnrc.yml", "3 MB in one line", n -> "x".repeat(3_000_000 * n)),
        beside("Dockerfile", "1 MB of blank lines", n -> "\n".repeat(1_000_000 * n)),
        beside("Dockerfile", "100,000 options", n -> "FROM" + " --a".repeat(300_000 * n)),
        beside(
            "Dockerfile",
            "1 MB of spaces",
            n -> "FROM" + " ".repeat(1_000_000 * n) + "\n" + "ARG" + " ".repeat(1_000_000 * n)),
        beside(
            "Dockerfile",
            "arguments in a circle",
            n -> "ARG A=$B\nARG B=$A\nFROM python:$A\nFROM $B\n"),
        beside(
            "Dockerfile",
            "arguments that double",
            n ->
                "ARG A0=3.12\n"
                    + joined(60, "", i -> "ARG A" + (i + 1) + "=$A" + i + "$A" + i + "\n")
                    + "FROM python:$A60\n"),
        beside(
            "Dockerfile",
            "1 MB in one line",
            n -> "RUN pip install " + "${a:-".repeat(200_000 * n)),
        beside(".python-version", "3 MB", n -> "3.".repeat(1_500_000 * n)),
        beside("runtime.txt", "3 MB", n -> "python-3." + "1".repeat(3_000_000 * n)));
  }

  private static HostileCase beside(String path, String name, IntFunction<String> text) {
    return new HostileCase(path + ": " + name)
        .file("package.json", "{\"dependencies\":{\"koa\":\"1\"}}")
        .file("pyproject.toml", "[project]\nname='x'\ndependencies=['flask']\n")
        .file("requirements.txt", "flask\n")
        .file(path, text)
        .reads("koa", "flask");
  }
}

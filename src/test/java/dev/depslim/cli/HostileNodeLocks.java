package dev.depslim.cli;

import static dev.depslim.cli.HostileCases.bomb;
import static dev.depslim.cli.HostileCases.joined;
import static dev.depslim.cli.HostileCases.list;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/// Locks of Node that are large, deep or winding.
final class HostileNodeLocks {
  private static final String LOCK3 = "{\"lockfileVersion\":3,\"packages\":{\"\":{},";

  private HostileNodeLocks() {}

  static List<HostileCase> all() {
    List<HostileCase> all = new ArrayList<>();
    all.addAll(npmLocks());
    all.addAll(yamlLocks());
    return all;
  }

  private static List<HostileCase> npmLocks() {
    return List.of(
        lock(
            "30,000 packages",
            n -> LOCK3 + list(30_000 * n, i -> entry("p" + i, "p" + (i + 1))) + "}}"),
        lock(
            "300 packages that all need each other",
            n ->
                LOCK3
                    + list(300, i -> entry("p" + i, joined(300 * n, "\":\"1\",\"", j -> "p" + j)))
                    + "}}"),
        lock(
            "1,000 folders in each other",
            n ->
                LOCK3
                    + list(
                        1_000 * n,
                        i ->
                            "\"node_modules/a"
                                + "/node_modules/a".repeat(i)
                                + "\":{\"version\":\"1\"}")
                    + "}}"),
        lock(
            "links in a circle",
            n ->
                LOCK3
                    + "\"node_modules/a\":{\"link\":true,\"resolved\":\"node_modules/b\"},"
                    + "\"node_modules/b\":{\"link\":true,\"resolved\":\"node_modules/a\"},"
                    + "\"node_modules/c\":{\"link\":true,\"resolved\":\"node_modules/c\"}}}"),
        lock(
                "version 1, 10,000 levels",
                n ->
                    "{\"lockfileVersion\":1,"
                        + "\"dependencies\":{\"a\":{\"version\":\"1\",".repeat(10_000 * n))
            .says("package-lock.json:1:", "nested deeper than"),
        lock(
            "version 1, 200 levels",
            n ->
                "{\"lockfileVersion\":1,"
                    + "\"dependencies\":{\"a\":{\"version\":\"1\",".repeat(200)
                    + "\"dev\":false"
                    + "}}".repeat(200)
                    + "}"),
        lock("a number of 100,000 digits", n -> "{\"lockfileVersion\":" + "9".repeat(100_000) + "}")
            .says("package-lock.json:1:", ""),
        lock(
                "one package 50,000 times",
                n -> LOCK3 + list(50_000 * n, i -> entry("koa", "p" + i)) + "}}")
            .says("package-lock.json:1: warning: ", "again in line 1, which counts"),
        new HostileCase("bun.lock: 30,000 packages")
            .file("package.json", "{\"dependencies\":{\"koa\":\"1\"}}")
            .file(
                "bun.lock",
                n ->
                    "{\"lockfileVersion\":1,\"workspaces\":{\"\":{}},\"packages\":{"
                        + list(
                            30_000 * n, i -> "\"p" + i + "\":[\"p" + i + "@1.0.0\",\"\",{},\"\"]")
                        + "}}")
            .reads("koa"),
        new HostileCase("bun.lock: 10,000 levels")
            .file("package.json", "{\"dependencies\":{\"koa\":\"1\"}}")
            .file("bun.lock", n -> "{\"lockfileVersion\":1,\"packages\":" + "[".repeat(10_000))
            .says("bun.lock:1:", "")
            .reads("koa"),
        new HostileCase("bun.lock: paths of 1,000 names")
            .file("package.json", "{\"dependencies\":{\"koa\":\"1\"}}")
            .file(
                "bun.lock",
                n ->
                    "{\"lockfileVersion\":1,\"workspaces\":{\"\":{}},\"packages\":{"
                        + list(
                            1_000 * n,
                            i -> "\"p" + "/p".repeat(i) + "\":[\"p@1.0." + i + "\",\"\",{},\"\"]")
                        + "}}")
            .reads("koa"));
  }

  private static List<HostileCase> yamlLocks() {
    return List.of(
        yaml(
                "pnpm-lock.yaml",
                "alias bomb",
                n -> "lockfileVersion: '9.0'\n" + bomb("packages").apply(n))
            .says("pnpm-lock.yaml:", ""),
        yaml("pnpm-lock.yaml", "3 MB in one line", n -> "x".repeat(3_000_000 * n))
            .says("pnpm-lock.yaml:1:", ""),
        yaml(
            "pnpm-lock.yaml",
            "3 MB of flow",
            n ->
                "lockfileVersion: '9.0'\npackages: {"
                    + list(100_000 * n, i -> "p" + i + "@1.0.0: {}")
                    + "}"),
        yaml(
                "pnpm-lock.yaml",
                "3 MB of flow without an end",
                n ->
                    "lockfileVersion: '9.0'\npackages: {"
                        + list(100_000 * n, i -> "p" + i + "@1.0.0: {}"))
            .says("pnpm-lock.yaml:", ""),
        yaml("pnpm-lock.yaml", "3 MB within quotes", n -> "a: \"" + "x y ".repeat(800_000 * n))
            .says("pnpm-lock.yaml:1:", ""),
        yaml("pnpm-lock.yaml", "10,000 levels", n -> "- ".repeat(10_000 * n))
            .says("pnpm-lock.yaml:1:", ""),
        yaml("pnpm-lock.yaml", "10,000 levels of flow", n -> "a: " + "[".repeat(10_000 * n))
            .says("pnpm-lock.yaml:1:", ""),
        yaml(
            "pnpm-lock.yaml",
            "30,000 packages",
            n ->
                "lockfileVersion: '9.0'\nimporters:\n  .:\n    dependencies:\n      koa:\n"
                    + "        specifier: '1'\n        version: 1.0.0\npackages:\n"
                    + joined(
                        30_000 * n,
                        "",
                        i -> "  p" + i + "@1.0.0:\n    resolution: {integrity: sha512-a}\n")
                    + "snapshots:\n"
                    + joined(
                        30_000 * n,
                        "",
                        i ->
                            "  p"
                                + i
                                + "@1.0.0:\n    dependencies:\n      p"
                                + (i + 1)
                                + ": 1.0.0\n")),
        yaml(
            "pnpm-lock.yaml",
            "peers in peers, 10,000 levels",
            n ->
                "lockfileVersion: '9.0'\n"
                    + "importers:\n"
                    + "  .:\n"
                    + "    dependencies:\n"
                    + "      koa:\n"
                    + "        specifier: '1'\n"
                    + "        version: 1.0.0\n"
                    + "packages:\n"
                    + "  koa@1.0.0: {}\n"
                    + "snapshots:\n"
                    + "  koa@1.0.0"
                    + "(a@1.0.0".repeat(10_000 * n)
                    + ")".repeat(10_000 * n)
                    + ": {}\n"),
        yaml(
                "pnpm-lock.yaml",
                "tags and comments",
                n -> "# c\n".repeat(100_000 * n) + "!!a ".repeat(100_000 * n))
            .says("pnpm-lock.yaml:", ""),
        yaml(
            "pnpm-lock.yaml",
            "one key 100,000 times",
            n -> "lockfileVersion: '9.0'\npackages:\n" + "  a@1.0.0: {}\n".repeat(100_000 * n)),
        yaml("pnpm-lock.yaml", "50,000 documents", n -> "---\na: 1\n".repeat(50_000 * n)),
        yaml(
            "yarn.lock",
            "50,000 descriptors in one key",
            n ->
                "# yarn lockfile v1\n\n"
                    + joined(50_000 * n, ", ", i -> "p@^1." + i)
                    + ":\n  version \"1.0.0\"\n"),
        yaml(
            "yarn.lock",
            "30,000 packages",
            n ->
                "# yarn lockfile v1\n\n"
                    + joined(
                        30_000 * n,
                        "",
                        i ->
                            "p"
                                + i
                                + "@^1:\n  version \"1.0.0\"\n  dependencies:\n    p"
                                + (i + 1)
                                + " ^1\n\n")),
        yaml(
                "yarn.lock",
                "3 MB in one line",
                n -> "# yarn lockfile v1\n" + "x".repeat(3_000_000 * n))
            .says("yarn.lock:2:", ""),
        yaml(
            "yarn.lock",
            "1 MB of spaces",
            n ->
                "# yarn lockfile v1\n"
                    + "a@1"
                    + " ".repeat(1_000_000 * n)
                    + ":\n  version \"1\"\n"),
        yaml(
            "yarn.lock",
            "berry, 1 MB of spaces",
            n ->
                "__metadata:\n  version: 8\n\n\"a@npm:1"
                    + " ".repeat(1_000_000 * n)
                    + ", b@npm:1\":\n  version: 1\n"),
        yaml(
            "yarn.lock",
            "berry, 50,000 descriptors",
            n ->
                "__metadata:\n  version: 8\n\n\""
                    + joined(50_000 * n, ", ", i -> "p@npm:^1." + i)
                    + "\":\n  version: 1.0.0\n  resolution: \"p@npm:1.0.0\"\n"),
        yaml(
            "yarn.lock",
            "berry, patches in patches",
            n ->
                "__metadata:\n  version: 8\n\n\"a@patch:"
                    + "a@patch%3A".repeat(50_000 * n)
                    + "\":\n  version: 1.0.0\n  resolution: \"a@npm:1.0.0\"\n"),
        yaml(
                "yarn.lock",
                "berry, alias bomb",
                n -> "__metadata:\n  version: 8\n\n" + bomb("x").apply(n))
            .says("yarn.lock:", ""));
  }

  private static HostileCase lock(String name, IntFunction<String> text) {
    return new HostileCase("package-lock.json: " + name)
        .file("package.json", "{\"dependencies\":{\"koa\":\"1\",\"p0\":\"1\"}}")
        .file("package-lock.json", text)
        .reads("koa");
  }

  private static HostileCase yaml(String file, String name, IntFunction<String> text) {
    return new HostileCase(file + ": " + name)
        .file("package.json", "{\"dependencies\":{\"koa\":\"1\"}}")
        .file(file, text)
        .reads("koa");
  }

  private static String entry(String name, String needs) {
    return "\"node_modules/"
        + name
        + "\":{\"version\":\"1.0.0\",\"dependencies\":{\""
        + needs
        + "\":\"1\"}}";
  }
}

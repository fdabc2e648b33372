package dev.depslim.cli;

import static dev.depslim.cli.HostileCases.bomb;
import static dev.depslim.cli.HostileCases.joined;
import static dev.depslim.cli.HostileCases.list;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/// package.json that is large, deep or winding.
final class HostileNode {
  private static final String LOCK3 = "{\"lockfileVersion\":3,\"packages\":{\"\":{},";

  private HostileNode() {}

  static List<HostileCase> all() {
    List<HostileCase> all = new ArrayList<>();
    all.addAll(manifests());
    all.addAll(specs());
    all.addAll(workspaces());
    return all;
  }

  private static List<HostileCase> manifests() {
    return List.of(
        manifest("5 MB in one line", n -> "\"x\":[" + list(500_000 * n, i -> "\"abcdefg\"") + "]"),
        manifest("50,000 dependencies", n -> deps(list(50_000 * n, i -> "\"p" + i + "\":\"1\"")))
            .reads("p7"),
        manifest("one name 100,000 times", n -> deps(list(100_000 * n, i -> "\"p\":\"" + i + "\"")))
            .reads("p")
            .says("package.json:1:", "again in line 1, which wins"),
        manifest("200,000 fields", n -> list(200_000 * n, i -> "\"f" + i + "\":" + i)),
        manifest("a string of 10 MB", n -> "\"x\":\"" + "y".repeat(10_000_000 * n) + "\""),
        manifest("a number of 1,000,000 digits", n -> "\"x\":" + "9".repeat(1_000_000 * n))
            .says("package.json:1:", "too long"),
        new HostileCase("package.json: 10,000 levels")
            .file("package.json", n -> "{\"a\":".repeat(10_000 * n))
            .says("package.json:1:25", "nested deeper than"),
        manifest("overrides, 400 levels", n -> "\"overrides\":" + nested(400)),
        manifest("overrides, 10,000 levels", n -> "\"overrides\":" + nested(10_000))
            .says("package.json:1:", "nested deeper than"),
        manifest(
            "50,000 overrides",
            n -> "\"overrides\":{" + list(50_000 * n, i -> "\"p" + i + "\":\"1\"") + "}"),
        manifest(
            "50,000 resolutions",
            n -> "\"resolutions\":{" + list(50_000 * n, i -> "\"**/a" + i + "/b\":\"1\"") + "}"),
        manifest(
            "a script of 5 MB",
            n -> "\"scripts\":{\"start\":\"" + "koa && ".repeat(700_000 * n) + "\"}"),
        manifest(
            "50,000 scripts",
            n -> "\"scripts\":{" + list(50_000 * n, i -> "\"s" + i + "\":\"npm run s\"") + "}"),
        manifest(
            "100,000 bundled",
            n -> "\"bundledDependencies\":[" + list(100_000 * n, i -> "\"b" + i + "\"") + "]"),
        manifest("a name of 1 MB", n -> deps("\"" + "a".repeat(1_000_000 * n) + "\":\"1\""))
            .says("package.json:1:", "too long"));
  }

  private static List<HostileCase> specs() {
    return List.of(
        spec("50,000 alternatives", n -> joined(50_000 * n, "||", i -> "1.0." + i)),
        spec("50,000 conditions", n -> joined(50_000 * n, " ", i -> ">=1.0." + i)),
        spec("a version with 100,000 dots", n -> "1" + ".1".repeat(100_000 * n)),
        spec("100,000 pre-releases", n -> "1.0.0-a" + ".1".repeat(100_000 * n)),
        spec("100,000 parts of a build", n -> "1.0.0+a" + ".1".repeat(100_000 * n)),
        spec("100,000 v", n -> "v".repeat(100_000 * n)),
        spec("100,000 =", n -> "=".repeat(100_000 * n)),
        spec("100,000 ~", n -> "~ ".repeat(100_000 * n)),
        spec("100,000 digits", n -> "1".repeat(100_000 * n)),
        spec("100,000 spaces", n -> "1" + " ".repeat(100_000 * n) + "x"),
        spec("100,000 hyphens", n -> "1" + " - ".repeat(100_000 * n) + "2"),
        spec("a query of 1 MB", n -> "https://npmjs.example/a.tgz?" + "a=b&".repeat(250_000 * n)),
        spec("git, 1 MB", n -> "git+ssh://" + "a@".repeat(500_000 * n)),
        spec("github, 1 MB", n -> "a/" + "b".repeat(1_000_000 * n)),
        spec("aliases in aliases", n -> "npm:a@".repeat(100_000 * n)),
        spec("1 MB of slashes", n -> "file:" + "../".repeat(300_000 * n)));
  }

  private static List<HostileCase> workspaces() {
    String deep = "a/".repeat(40);
    String folder = "a".repeat(200);
    List<HostileCase> cases = new ArrayList<>();
    cases.add(
        manifest("** forty times", n -> "\"workspaces\":[\"" + "**/".repeat(40) + "x\"]")
            .file(deep + "package.json", "{\"dependencies\":{\"deep\":\"1\"}}")
            .reads("deep"));
    cases.add(
        manifest("a*a* in a name", n -> "\"workspaces\":[\"" + "a*".repeat(40) + "b\"]")
            .file(folder + "/package.json", "{\"dependencies\":{\"deep\":\"1\"}}")
            .reads("deep"));
    cases.add(
        manifest("braces in a row", n -> "\"workspaces\":[\"" + "{a,aa,aaa,a*}".repeat(40) + "b\"]")
            .file(folder + "/package.json", "{\"dependencies\":{\"deep\":\"1\"}}")
            .reads("deep"));
    cases.add(
        manifest("10,000 braces", n -> "\"workspaces\":[\"" + "{a,".repeat(10_000) + "b\"]")
            .file("a/package.json", "{\"dependencies\":{\"deep\":\"1\"}}")
            .reads("deep"));
    cases.add(
        manifest("10,000 stars", n -> "\"workspaces\":[\"" + "*".repeat(10_000) + "\"]")
            .file("a/package.json", "{\"dependencies\":{\"deep\":\"1\"}}")
            .reads("deep"));
    cases.add(
        manifest(
                "20,000 globs",
                n -> "\"workspaces\":[" + list(20_000 * n, i -> "\"p" + i + "/*\"") + "]")
            .file("p7/a/package.json", "{\"dependencies\":{\"deep\":\"1\"}}")
            .reads("deep"));
    cases.add(
        manifest("workspaces in each other", n -> "\"workspaces\":[\"a\"]")
            .file(
                "a/package.json",
                "{\"workspaces\":[\"..\",\".\",\"b\"],\"dependencies\":{\"x\":\"1\"}}")
            .file("a/b/package.json", "{\"workspaces\":[\"../..\"],\"dependencies\":{\"y\":\"1\"}}")
            .reads("x", "y"));
    cases.add(
        new HostileCase("pnpm-workspace.yaml: catalogs, 50,000")
            .file("package.json", "{\"dependencies\":{\"koa\":\"catalog:\",\"p7\":\"catalog:c\"}}")
            .file(
                "pnpm-workspace.yaml",
                n ->
                    "catalog:\n  koa: 'catalog:'\ncatalogs:\n  c:\n"
                        + joined(50_000 * n, "", i -> "    p" + i + ": 'catalog:c'\n"))
            .reads("koa", "p7"));
    cases.add(
        new HostileCase("pnpm-workspace.yaml: alias bomb")
            .file("package.json", "{\"dependencies\":{\"koa\":\"1\"}}")
            .file("pnpm-workspace.yaml", bomb("packages"))
            .says("pnpm-workspace.yaml:7:20: error: ", "more than 2000000 nodes")
            .reads("koa"));
    return cases;
  }

  private static HostileCase manifest(String name, IntFunction<String> fields) {
    return new HostileCase("package.json: " + name)
        .file("package.json", n -> "{\"name\":\"hostile\"," + fields.apply(n) + "}")
        .file("sound/package.json", "{\"dependencies\":{\"koa\":\"^2\"}}")
        .reads("koa");
  }

  private static String deps(String members) {
    return "\"dependencies\":{" + members + "}";
  }

  private static HostileCase spec(String name, IntFunction<String> spec) {
    return new HostileCase("spec: " + name)
        .file(
            "package.json",
            n ->
                "{\"dependencies\":{\"koa\":\""
                    + spec.apply(n)
                    + "\"},\"peerDependencies\":{\"koa\":\""
                    + spec.apply(n)
                    + "\"}}")
        .file(
            "package-lock.json",
            n ->
                LOCK3
                    + "\"node_modules/koa\":{\"version\":\"2.0.0\",\"peerDependencies\":{\"koa\":\""
                    + spec.apply(n)
                    + "\"}}}}")
        .anyIssue()
        .reads("koa");
  }

  private static String nested(int levels) {
    return "{\"a\":".repeat(levels) + "\"1\"" + "}".repeat(levels);
  }
}

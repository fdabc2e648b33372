package dev.depslim.ecosystem.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScriptCheckTest {
  private static final Set<String> BINARIES = Set.of("tsc", "eslint", "husky", "jest", "nodemon");
  private static final Set<String> PACKAGES =
      Set.of("typescript", "eslint", "husky", "jest", "nodemon", "ts-node", "@swc/register");

  @Test
  void scriptsThatCallWhatIsGoneAreFound() {
    for (String script :
        List.of(
            "tsc",
            "tsc -p .",
            "echo building && tsc",
            "A=1 B=\"x y\" tsc",
            "rm -rf dist; (tsc)",
            "true | tsc",
            "npx tsc",
            "npx --no-install tsc@5 -b",
            "npm exec -- tsc",
            "yarn tsc",
            "./node_modules/.bin/tsc",
            "node node_modules/typescript/bin/tsc",
            "node --max-old-space-size=4096 ./node_modules/.bin/tsc",
            "cross-env NODE_ENV=production tsc",
            "dotenv -e .env -- tsc",
            "concurrently \"npm run serve\" 'tsc -w'",
            "sh -c 'cd x && tsc'",
            "node -r ts-node/register src/index.ts",
            "node --require=@swc/register index.js",
            "husky || true")) {
      assertEquals(Set.of("s"), broken(Map.of("s", script)).keySet(), script);
    }
  }

  @Test
  void scriptsThatCallOtherThingsStay() {
    for (String script :
        List.of(
            "node index.js",
            "node tsc.js",
            "echo \"run eslint by hand\"",
            "echo tsc",
            "git commit -m 'tsc is done'",
            "cat tsc",
            "npm run other",
            "npm run build --prefix ui",
            "npm run build -w ui",
            "npx cowsay",
            "node -r dotenv/config index.js",
            "prisma generate && node dist/main")) {
      assertEquals(Map.of(), broken(Map.of("s", script)), script);
    }
  }

  @Test
  void scriptsThatCallSuchScriptsAreFoundToo() {
    Map<String, String> scripts = new LinkedHashMap<>();
    scripts.put("release", "npm run -s all");
    scripts.put("all", "npm-run-all lint serve");
    scripts.put("watch", "concurrently npm:lint npm:serve");
    scripts.put("lint", "eslint .");
    scripts.put("serve", "node .");
    scripts.put("test", "jest");
    scripts.put("verify", "npm t");
    scripts.put("pretest", "node prepare.js");
    assertEquals(
        Map.of(
            "release", "npm run all",
            "all", "npm run lint",
            "watch", "npm run lint",
            "lint", "eslint",
            "test", "jest",
            "verify", "npm run test"),
        broken(scripts));
  }

  private static Map<String, String> broken(Map<String, String> scripts) {
    return ScriptCheck.broken(scripts, BINARIES, PACKAGES);
  }
}

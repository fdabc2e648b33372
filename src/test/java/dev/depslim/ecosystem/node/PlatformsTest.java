package dev.depslim.ecosystem.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.depslim.ecosystem.LockfileReader;
import dev.depslim.model.Lockfile;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What a production install on Linux leaves out, as installs by npm 11, pnpm 10, Yarn 4 and bun
/// 1.4 did for the same package.json.
class PlatformsTest {
  private static final String MANIFEST =
      """
      {"name": "shop", "optionalDependencies": {"mac": "1.0.0", "tool": "1.0.0"},
       "dependencies": {"needed": "1.0.0"}, "devDependencies": {"only-mac": "1.0.0"}}
      """;

  @Test
  void whatOptionalPackagesOfOtherSystemsNeedIsElsewhereToo() {
    String lock =
        """
        {"lockfileVersion": 3, "packages": {
          "": {"name": "shop", "optionalDependencies": {"mac": "1.0.0", "tool": "1.0.0"},
               "dependencies": {"needed": "1.0.0"}, "devDependencies": {"only-mac": "1.0.0"}},
          "node_modules/mac": {"version": "1.0.0", "os": ["darwin"], "optional": true,
                               "dependencies": {"below-mac": "1.0.0", "tool": "1.0.0", "shared": "1.0.0"}},
          "node_modules/below-mac": {"version": "1.0.0", "optional": true},
          "node_modules/tool": {"version": "1.0.0", "optional": true,
                                "optionalDependencies": {"tool-x64": "1.0.0", "tool-s390x": "1.0.0", "wrapper": "1.0.0"}},
          "node_modules/tool-x64": {"version": "1.0.0", "os": ["!win32"], "cpu": ["x64"], "optional": true,
                                    "optionalDependencies": {"other": "1.0.0"}},
          "node_modules/tool-s390x": {"version": "1.0.0", "os": ["linux"], "cpu": ["s390x"], "optional": true},
          "node_modules/needed": {"version": "1.0.0", "os": ["darwin"]},
          "node_modules/only-mac": {"version": "1.0.0", "dev": true, "dependencies": {"shared": "1.0.0"}},
          "node_modules/shared": {"version": "1.0.0", "devOptional": true},
          "node_modules/wrapper": {"version": "1.0.0", "optional": true, "dependencies": {"inner": "1.0.0"}},
          "node_modules/inner": {"version": "1.0.0", "optional": true, "cpu": ["wasm32"],
                                 "dependencies": {"runtime": "1.0.0"}},
          "node_modules/tool-x64/node_modules/other": {"version": "1.0.0", "optional": true, "cpu": ["wasm32"],
                                                       "dependencies": {"runtime": "1.0.0"}},
          "node_modules/runtime": {"version": "1.0.0", "optional": true}
        }}
        """;
    assertEquals(
        "[below-mac, inner, mac, other, runtime, tool-s390x, wrapper]",
        elsewhere("package-lock.json", lock));
  }

  @Test
  void pnpmHasOsAndCpuBesideThePackages() {
    String lock =
        """
        lockfileVersion: '9.0'
        importers:
          .:
            optionalDependencies:
              mac: {specifier: 1.0.0, version: 1.0.0}
              tool: {specifier: 1.0.0, version: 1.0.0}
        packages:
          mac@1.0.0:
            resolution: {integrity: sha512-x==}
            os: [darwin]
          tool@1.0.0:
            resolution: {integrity: sha512-x==}
            cpu: [arm64]
            os: [linux, darwin]
        snapshots:
          mac@1.0.0:
            optional: true
          tool@1.0.0:
            optional: true
        """;
    assertEquals("[mac]", elsewhere("pnpm-lock.yaml", lock));
  }

  @Test
  void yarnHasConditionsAlsoOnItsOwnPatch() {
    String lock =
        """
        __metadata:
          version: 8

        "mac@npm:1.0.0":
          version: 1.0.0
          resolution: "mac@npm:1.0.0"
          conditions: os=darwin
          languageName: node
          linkType: hard

        "mac@patch:mac@npm%3A1.0.0#optional!builtin<compat/mac>":
          version: 1.0.0
          resolution: "mac@patch:mac@npm%3A1.0.0#optional!builtin<compat/mac>::version=1.0.0&hash=df0bf1"
          conditions: os=darwin
          languageName: node
          linkType: hard

        "shop@workspace:.":
          version: 0.0.0-use.local
          resolution: "shop@workspace:."
          dependencies:
            mac: "npm:1.0.0"
            tool: "npm:1.0.0"
          dependenciesMeta:
            mac:
              optional: true
            tool:
              optional: true
          languageName: unknown
          linkType: soft

        "tool@npm:1.0.0":
          version: 1.0.0
          resolution: "tool@npm:1.0.0"
          conditions: (os=linux | os=darwin) & cpu=x64 & libc=glibc
          languageName: node
          linkType: hard
        """;
    assertEquals("[mac, mac]", elsewhere("yarn.lock", lock));
  }

  @Test
  void bunWritesOneSystemAsAString() {
    String lock =
        """
        {"lockfileVersion": 1,
         "workspaces": {"": {"name": "shop", "optionalDependencies": {"mac": "1.0.0", "tool": "1.0.0"}}},
         "packages": {
           "mac": ["mac@1.0.0", "", {"os": "darwin"}, "sha512-x=="],
           "tool": ["tool@1.0.0", "", {"os": ["linux", "darwin"], "cpu": "x64"}, "sha512-x=="]}}
        """;
    assertEquals("[mac]", elsewhere("bun.lock", lock));
  }

  @Test
  void listsNameSystemsOrExcludeThem() {
    assertTrue(Platforms.admits("os", List.of()));
    assertTrue(Platforms.admits("os", List.of("any")));
    assertTrue(Platforms.admits("os", List.of("!win32")));
    assertFalse(Platforms.admits("os", List.of("!linux")));
    assertTrue(Platforms.admits("cpu", List.of("arm64")));
    assertFalse(Platforms.admits("cpu", List.of("ia32", "arm")));
    assertFalse(Platforms.admits("cpu", List.of("!x64", "!arm64")));
    assertTrue(Platforms.admits("libc", List.of("musl")));
    assertTrue(Platforms.admits("os=!win32 & cpu=x64"));
    assertFalse(Platforms.admits("os=linux & cpu=riscv64"));
  }

  private static String elsewhere(String name, String text) {
    Texts files = new Texts(Map.of("package.json", MANIFEST));
    for (LockfileReader reader : NodeEcosystem.lockfiles()) {
      if (reader.reads(name, files)) {
        Lockfile lock = reader.read(Texts.file(name, text), files);
        assertEquals(List.of(), lock.issues());
        return lock.packages().stream()
            .filter(Lockfile.Node::elsewhere)
            .map(Lockfile.Node::name)
            .sorted()
            .toList()
            .toString();
      }
    }
    throw new AssertionError("no reader for " + name);
  }
}

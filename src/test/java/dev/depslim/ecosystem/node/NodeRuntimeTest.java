package dev.depslim.ecosystem.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.depslim.ecosystem.FakeImageFiles;
import dev.depslim.ecosystem.InstalledPackages.Result;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NodeRuntimeTest {
  @Test
  void nodeIsFoundByItsProgramAndHeaders() {
    FakeImageFiles files =
        new FakeImageFiles()
            .file("usr/local/bin/node", "elf")
            .link("usr/local/bin/npm", "../lib/node_modules/npm/bin/npm-cli.js")
            .file("usr/local/LICENSE", "MIT")
            .file(
                "usr/local/include/node/node_version.h",
                """
                #define NODE_MAJOR_VERSION 24
                #define NODE_MINOR_VERSION 11
                #define NODE_PATCH_VERSION 1
                """)
            .file("app/node_modules/node/bin/node", "elf");
    Result result = files.readBy(new NodeRuntime());
    assertEquals(1, result.packages().size());
    assertEquals("24.11.1", result.packages().getFirst().version());
    assertEquals(
        Set.of("usr/local/bin/node", "usr/local/LICENSE", "usr/local/include/node/"),
        files.owned(result.packages().getFirst()));
  }
}

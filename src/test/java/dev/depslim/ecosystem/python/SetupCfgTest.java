package dev.depslim.ecosystem.python;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.depslim.ecosystem.SourceFile;
import dev.depslim.model.Manifest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class SetupCfgTest {
  private static Manifest read(String text) {
    MemoryFiles files = new MemoryFiles().with("setup.cfg", text).with("req/base.txt", "a\n");
    return ManifestRows.read(new SetupCfg(), files, "setup.cfg");
  }

  @Test
  void everyListHasItsScope() {
    Manifest manifest =
        read(
            """
            [metadata]
            name = My.App
            [options]
            packages = find:
            install_requires =
                requests[socks]>=2  # why
                # a comment
                colorama; sys_platform == "win32"

                my-app[extra]
            setup-requires: setuptools_scm>=3 ; wheel
            tests_require =
                pytest
            [options.extras_require]
            docs =
                sphinx
            Dev = black
            [flake8]
            ignore = E501
            """);
    assertEquals(
        List.of(
            "6:5 requests[socks] >=2 RUNTIME null",
            "8:5 colorama  RUNTIME null ; sys_platform == \"win32\"",
            "11:17 setuptools_scm >=3 BUILD setup_requires",
            "11:37 wheel  BUILD setup_requires",
            "13:5 pytest  TEST tests_require",
            "16:5 sphinx  OPTIONAL docs",
            "17:7 black  OPTIONAL dev"),
        ManifestRows.of(manifest));
    assertEquals("My.App", manifest.name());
    assertEquals(List.of(), ManifestRows.issues(manifest));
  }

  @Test
  void filesMayHoldTheList() {
    Manifest manifest = read("[options]\ninstall_requires = file: req/base.txt, req/none.txt\n");
    assertEquals(List.of("req/base.txt"), manifest.includes());
    assertEquals(
        List.of(
            "setup.cfg:2:20: error: the requirement file req/none.txt does not exist here: correct"
                + " the path"),
        ManifestRows.issues(manifest));
  }

  @Test
  void oddLinesAreIssuesAndTheRestCounts() {
    Manifest manifest =
        read(
            """
            stray
            [options]
            install_requires =
                good
                bad=1
            broken line
            [options.extras_require
            [options.extras_require]
            x = y
            """);
    assertEquals(List.of("4:5 good  RUNTIME null", "9:5 y  OPTIONAL x"), ManifestRows.of(manifest));
    assertEquals(
        List.of(
            "setup.cfg:1:1: error: 'stray' stands in no section: write it below a [section]",
            "setup.cfg:6:1: error: 'broken line' is no 'name = value': indent it where it belongs"
                + " to a value",
            "setup.cfg:7:1: error: '[options.extras_require' is no section: close it with ']'",
            "setup.cfg:5:8: error: 'bad=1' in install_requires is no requirement: '=' is no version"
                + " operator: write '=='"),
        ManifestRows.issues(manifest));
  }

  @Test
  void settingsOfOtherToolsAreNoManifest() {
    MemoryFiles files = new MemoryFiles().with("setup.cfg", "[flake8]\nignore = E501\n");
    assertFalse(new SetupCfg().reads("setup.cfg", files));
  }

  @Test
  void sectionThatStandsTwiceIsNamed() {
    Manifest manifest = read("[options]\ninstall_requires = a\n[options]\nsetup_requires = b\n");
    assertEquals(
        List.of(
            "setup.cfg:3:1: error: the section [options] stands in line 1 already, configparser"
                + " stops here: write it once"),
        ManifestRows.issues(manifest));
    assertEquals(2, ManifestRows.of(manifest).size());
  }

  @Test
  void placeOfWhatIsNoTextIsTold() {
    byte[] bytes = "[options]\n# caf?\ninstall_requires = a\n".getBytes(StandardCharsets.UTF_8);
    bytes[15] = (byte) 0xe9;
    SourceFile file = new SourceFile("setup.cfg", bytes);
    assertEquals(
        List.of("setup.cfg:2:6: error: this is no UTF-8 text, pip stops here: save it as UTF-8"),
        ManifestRows.issues(new SetupCfg().read(file, new MemoryFiles())));
  }
}

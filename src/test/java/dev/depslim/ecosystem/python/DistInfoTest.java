package dev.depslim.ecosystem.python;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.depslim.ecosystem.FakeImageFiles;
import dev.depslim.ecosystem.InstalledPackages.Installed;
import dev.depslim.ecosystem.InstalledPackages.Result;
import dev.depslim.ecosystem.InstalledPackages.Trait;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DistInfoTest {
  private static final String SITE = "venv/lib/python3.13/site-packages/";

  private static FakeImageFiles dist(FakeImageFiles files, String name, String... requires) {
    StringBuilder metadata =
        new StringBuilder("Metadata-Version: 2.4\nName: " + name + "\nVersion: 1.0\n");
    for (String line : requires) {
      metadata.append("Requires-Dist: ").append(line).append('\n');
    }
    metadata.append("\nRequires-Dist: not-a-header\n");
    String info = SITE + name + "-1.0.dist-info/";
    return files
        .file(info + "METADATA", metadata.toString())
        .file(info + "INSTALLER", "pip\n")
        .file(
            info + "RECORD",
            name + "/__init__.py,sha256=x,1\n" + name + "-1.0.dist-info/RECORD,,\n")
        .file(SITE + name + "/__init__.py", "x");
  }

  private static Result read(FakeImageFiles files) {
    return files.readBy(new DistInfo());
  }

  private static Installed named(Result result, String name) {
    return result.packages().stream().filter(p -> p.name().equals(name)).findFirst().orElseThrow();
  }

  private static Set<String> edges(Result result) {
    return result.needs().stream()
        .map(n ->
            result.packages().get(n.from()).name()
                + " -> "
                + result.packages().get(n.anyOf()[0]).name())
        .collect(Collectors.toSet());
  }

  @Test
  void recordIsCsvRelativeToTheSite() {
    String info = SITE + "a-1.0.dist-info/";
    FakeImageFiles files =
        dist(new FakeImageFiles(), "a")
            .file(
                info + "RECORD",
                """
                a/__init__.py,sha256=abc,10
                "a/odd, ""name"".txt",sha256=abc,10
                a/absent.py,,
                ../../../bin/a,sha256=abc,10
                a.libs/lib.so,,
                """)
            .file(SITE + "a/odd, \"name\".txt", "x")
            .file(SITE + "a/other.txt", "x")
            .file(SITE + "a.libs/lib.so", "x")
            .file("venv/bin/a", "x");
    assertEquals(
        Set.of(
            info,
            SITE + "a/__init__.py",
            SITE + "a/odd, \"name\".txt",
            SITE + "a.libs/lib.so",
            "venv/bin/a"),
        files.owned(named(read(files), "a")));
  }

  @Test
  void requirementsThatDoNotApplyAreNoNeeds() {
    FakeImageFiles files = new FakeImageFiles();
    dist(
        files,
        "a",
        "b>=1",
        "Win; sys_platform == 'win32'",
        "old; python_version < '3.11'",
        "dev; extra == 'dev'",
        "absent");
    dist(dist(dist(dist(files, "b"), "Win"), "old"), "dev");
    assertEquals(Set.of("a -> b"), edges(read(files)));
  }

  @Test
  void anExtraIsANeedOfWhoAsksForIt() {
    FakeImageFiles files = new FakeImageFiles();
    dist(files, "a", "B.B[Fast]");
    dist(files, "b_b", "c; extra == 'fast'", "d; extra == 'slow'");
    dist(dist(files, "c"), "d");
    assertEquals(Set.of("a -> b_b", "a -> c"), edges(read(files)));
  }

  @Test
  void aLicenceWithBlankLinesDoesNotEndTheHeaders() {
    FakeImageFiles files = dist(new FakeImageFiles(), "b");
    files.file(
        SITE + "a-1.0.dist-info/METADATA",
        "Name: a\r\nVersion: 1.0\r\nLicense: BSD\r\n        \r\n        All rights.\r\n"
            + "Requires-Dist: b\r\n\r\nRequires-Dist: not-a-header\r\n");
    assertEquals(Set.of("a -> b"), edges(read(files)));
  }

  @Test
  void environmentsDoNotMix() {
    FakeImageFiles files = dist(new FakeImageFiles(), "a", "b");
    files.file("other/site-packages/b-1.0.dist-info/METADATA", "Name: b\nVersion: 1.0\n\n");
    assertEquals(Set.of(), edges(read(files)));
  }

  @Test
  void pipMarksWhatWasAskedFor() {
    FakeImageFiles files = dist(dist(new FakeImageFiles(), "a", "b"), "b");
    assertNull(named(read(files), "a").direct());
    files.file(SITE + "a-1.0.dist-info/REQUESTED", "");
    assertEquals(true, named(read(files), "a").direct());
    assertEquals(false, named(read(files), "b").direct());
    files.file(SITE + "b-1.0.dist-info/INSTALLER", "uv");
    assertNull(named(read(files), "a").direct());
  }

  @Test
  void vendoredPackagesBelongToTheOneAround() {
    FakeImageFiles files =
        dist(new FakeImageFiles(), "setuptools")
            .file(SITE + "setuptools/_vendor/wheel-1.dist-info/METADATA", "Name: wheel\n\n")
            .file("root/.cache/uv/archive-v0/x/y-1.dist-info/METADATA", "Name: y\n\n");
    assertEquals(1, read(files).packages().size());
  }

  @Test
  void pipOfTheSystemIsABaseToolAndThatOfAVenvIsNot() {
    String site = "usr/local/lib/python3.13/site-packages/";
    FakeImageFiles files =
        dist(new FakeImageFiles(), "pip")
            .file(site + "pip-25.3.dist-info/METADATA", "Name: pip\nVersion: 25.3\n\n");
    Result result = read(files);
    assertEquals(
        Set.of("usr/local/lib/python3.13/site-packages"),
        result.packages().stream()
            .filter(p -> p.is(Trait.BASE_TOOL))
            .map(Installed::path)
            .collect(Collectors.toSet()));
  }

  @Test
  void withoutARecordTheModuleOfItsNameIsItsOwn() {
    FakeImageFiles files =
        new FakeImageFiles()
            .file(SITE + "yaml/x.py", "")
            .file(SITE + "_yaml.py", "")
            .file(SITE + "PyYAML-6.dist-info/METADATA", "Name: PyYAML\nVersion: 6\n\n")
            .file(SITE + "PyYAML-6.dist-info/top_level.txt", "_yaml\nyaml\n");
    assertEquals(
        Set.of(SITE + "PyYAML-6.dist-info/", SITE + "yaml/", SITE + "_yaml.py"),
        files.owned(named(read(files), "PyYAML")));
  }

  @Test
  void eggsOfAllKindsAreFound() {
    FakeImageFiles files =
        new FakeImageFiles()
            .file(SITE + "lone-1.egg-info", "Name: lone\nVersion: 1\n")
            .file(SITE + "lone.py", "")
            .file(SITE + "zipped-2.0-py2.7.egg", "PK")
            .file(SITE + "open-3.egg/EGG-INFO/PKG-INFO", "Name: open\nVersion: 3\n")
            .file(SITE + "listed-4.egg-info/PKG-INFO", "Name: listed\nVersion: 4\n")
            .file(SITE + "listed-4.egg-info/requires.txt", "lone>=1\n\n[test]\nopen\n")
            .file(SITE + "listed-4.egg-info/installed-files.txt", "../listed.py\nPKG-INFO\n")
            .file(SITE + "listed.py", "");
    Result result = read(files);
    assertEquals(
        Set.of("lone 1", "zipped 2.0", "open 3", "listed 4"),
        result.packages().stream()
            .map(p -> p.name() + " " + p.version())
            .collect(Collectors.toSet()));
    assertEquals(
        Set.of(SITE + "lone-1.egg-info", SITE + "lone.py"), files.owned(named(result, "lone")));
    assertEquals(Set.of(SITE + "open-3.egg/"), files.owned(named(result, "open")));
    assertEquals(
        Set.of(
            SITE + "listed-4.egg-info/", SITE + "listed-4.egg-info/PKG-INFO", SITE + "listed.py"),
        files.owned(named(result, "listed")));
    assertEquals(Set.of("listed -> lone"), edges(result));
  }

  @Test
  void condaNamesItsFilesFromThePrefix() {
    FakeImageFiles files =
        new FakeImageFiles()
            .file(
                "opt/conda/conda-meta/xz-5.8-h1.json",
                "{\"name\":\"xz\",\"version\":\"5.8\",\"files\":[\"bin/xz\",\"lib/none\"]}")
            .file("opt/conda/conda-meta/broken.json", "{")
            .file("opt/conda/bin/xz", "elf");
    Result result = files.readBy(new CondaMeta());
    assertEquals(Set.of("opt/conda/bin/xz"), files.owned(named(result, "xz")));
    assertEquals("opt/conda/conda-meta/broken.json", result.issues().getFirst().location().path());
  }
}
